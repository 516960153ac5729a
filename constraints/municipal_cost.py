"""Utgifter til kommunalt arbeid: what the roster costs each municipality (A-02, S-05, S-06).

A price tag and no demand. Self-employed GPs are paid by the hour for § 32 work (ASA 4310);
the rates found are those from 1 July 2024, which the municipality is to update. Decided here:

- All sessions of the period count, also those outside the cap for orders. The specialist's
  rate is for the days from which the doctor is one.
- The work of all others (salaried, hired, locums, of whom it is not known how they are paid)
  has no price here; how many hours they have is told.
- Where the municipality has set a price: what a night closes of a self-employed GP's opening
  hours (S-05), each day counted as the part of it that is lost, at the price of a lost office
  day, to the GP's municipality; and all hours of home duty (S-06), to the municipality of the
  place, or the doctor's where the place has none.
- Reckoned exactly and rounded once, half a krone up.

Like SFS 2305, ASA 4310 does not hold in Oslo (P-9).
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from typing import ClassVar

from constraints.facts.closures import OpenHours, closed_after, closed_hours
from constraints.facts.practice import openings
from constraints.facts.work import closes_practice
from constraints.law import POLICY, Source
from constraints.wording import hours, kroner, listed, number, source
from scheduler.domain.doctor import Doctor, Employment
from scheduler.domain.duty import Duty, MunicipalDuty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import days_touched
from scheduler.rule import Authority, Case, Outcome, Rule, parameter

SPECIALIST_2024, OTHER_2024 = 1230, 1075
"""Kroner an hour from 1 July 2024."""


@dataclass
class _Bill:
    """What one municipality gets for its money."""

    specialist: int = 0  # minutes
    other: int = 0
    unpriced: int = 0
    standby: int = 0
    office_days: Fraction = field(default_factory=Fraction)


@dataclass(frozen=True)
class MunicipalCost(Rule):
    """The hours of self-employed GPs at the rates, and what else has a price."""

    id: ClassVar = "municipal_cost"
    rulebook: ClassVar = ("A-02", "S-05", "S-06")
    title: ClassVar = "Utgifter til kommunalt arbeid"
    title_en: ClassVar = "What municipal work costs"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (
        Source("ASA 4310", "pkt. 12.5"),
        Source("SFS 2305", "pkt. 7.4"),
        Source("SFS 2305", "pkt. 8.3"),
        POLICY,
    )
    hard: ClassVar = False
    sfs_only: ClassVar = True

    cost_other_task_specialist: int = parameter(
        SPECIALIST_2024,
        "Timesats for kommunalt arbeid, spesialist",
        unit="kr per time",
        low=0,
        high=10_000,
        basis="A-02",
    )
    cost_other_task_other: int = parameter(
        OTHER_2024,
        "Timesats for kommunalt arbeid, andre leger",
        unit="kr per time",
        low=0,
        high=10_000,
        basis="A-02",
    )
    cost_office_day_lost: float | None = parameter(
        None, "Utgift for en tapt kontordag", unit="kr per dag", low=0, high=100_000, basis="S-05"
    )
    standby_fee: float | None = parameter(
        None, "Godtgjøring for hjemmevakt", unit="kr per time", low=0, high=10_000, basis="S-06"
    )

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Add up the hours of each municipality, and then their price."""
        bills = self._bills(timetable)
        for municipality in sorted(bills):
            bill = bills[municipality]
            hourly = (
                bill.specialist * _exact(self.cost_other_task_specialist)
                + bill.other * _exact(self.cost_other_task_other)
                + bill.standby * _exact(self.standby_fee)
            )
            total = hourly / 60 + bill.office_days * _exact(self.cost_office_day_lost)
            yield self.case(
                Outcome.NOTICE,
                when=timetable.problem.period,
                measured=floor(total + Fraction(1, 2)),
                unit="kr",
                facts=(
                    ("municipality", municipality),
                    ("specialist_minutes", bill.specialist),
                    ("other_minutes", bill.other),
                    ("unpriced_minutes", bill.unpriced),
                    ("office_days", float(bill.office_days)),
                    ("standby_minutes", bill.standby),
                ),
            )

    def check_nearby(
        self, timetable: Timetable, doctors: Set[str], duties: Set[str]
    ) -> Iterator[Case]:
        """Nothing: a bill is no breach."""
        yield from ()

    def explain(self, problem: Problem, case: Case) -> str:
        """«Fjell får utgifter på 12 300 kr etter denne planen: 10 timer … (…).»"""
        names = {own.id: own.name for own in problem.municipalities}
        where = names.get(case.fact("municipality"), case.fact("municipality"))
        specialist, other = case.fact("specialist_minutes"), case.fact("other_minutes")
        parts = []
        if specialist:
            parts.append(
                f"{hours(specialist)} kommunalt arbeid av næringsdrivende fastleger som er "
                "spesialister"
            )
        if other:
            who = "andre næringsdrivende fastleger" if specialist else "næringsdrivende fastleger"
            parts.append(f"{hours(other)} kommunalt arbeid av {who}")
        if case.fact("office_days"):
            lost = number(case.fact("office_days"))
            parts.append(f"{lost} {'tapt kontordag' if lost == '1' else 'tapte kontordager'}")
        if case.fact("standby_minutes"):
            parts.append(f"{hours(case.fact('standby_minutes'))} hjemmevakt")
        if parts:
            total = kroner(int(case.measured or 0))
            told = f"{where} får utgifter på {total} etter denne planen: {listed(parts)}"
        else:
            told = f"{where} får ingen utgifter etter satsene for næringsdrivende fastleger"
        if self._is_old(specialist, other):
            told += "; timesatsene er fra 1. juli 2024 og må oppdateres av kommunen"
        if case.fact("unpriced_minutes"):
            unpriced = hours(case.fact("unpriced_minutes"))
            told += f"; {unpriced} kommunalt arbeid av andre leger er ikke regnet med"
        return f"{told} {source(self.citations[0])}."

    def _is_old(self, specialist: int, other: int) -> bool:
        """Whether a rate that was used is the one of 2024."""
        return bool(
            (specialist and self.cost_other_task_specialist == SPECIALIST_2024)
            or (other and self.cost_other_task_other == OTHER_2024)
        )

    def _bills(self, timetable: Timetable) -> dict[str, _Bill]:
        problem = timetable.problem
        homes = {place.id: place.municipality for place in problem.places}
        bills: dict[str, _Bill] = {}
        for doctor in problem.doctors:
            own = timetable.duties_of(doctor.id)
            for duty in own:
                if isinstance(duty.type, MunicipalDuty):
                    _add_session(bills.setdefault(duty.type.municipality, _Bill()), doctor, duty)
                elif duty.is_home and self.standby_fee is not None:
                    where = homes.get(duty.type.place) or doctor.municipality
                    bills.setdefault(where, _Bill()).standby += duty.minutes
            if self.cost_office_day_lost is not None and _is_self_employed(doctor):
                lost = _office_days(problem, doctor, own)
                if lost:
                    bills.setdefault(doctor.municipality, _Bill()).office_days += lost
        return bills


def _add_session(bill: _Bill, doctor: Doctor, duty: Duty) -> None:
    since = doctor.competence.specialist_from
    if not _is_self_employed(doctor):
        bill.unpriced += duty.minutes
    elif since is not None and since <= duty.day:
        bill.specialist += duty.minutes
    else:
        bill.other += duty.minutes


def _office_days(problem: Problem, doctor: Doctor, duties: tuple[Duty, ...]) -> Fraction:
    """What the nights close, each day as the part of its agreed hours; absences are no loss."""
    closed, left = closed_hours(problem.settings), OpenHours(problem, doctor)
    lost = Fraction(0)
    for duty in duties:
        if closes_practice(duty):
            after = closed_after(duty, closed)
            for day in days_touched(after):
                minutes = sum(opening.overlap_minutes(after) for opening in left.on(day))
                if minutes:
                    lost += Fraction(minutes, sum(own.minutes for own in openings(doctor, day)))
    return lost


def _is_self_employed(doctor: Doctor) -> bool:
    return doctor.employment is Employment.SELF_EMPLOYED


def _exact(price: float | None) -> Fraction:
    return Fraction(str(price or 0))  # either way: without a price nothing is counted
