"""Vektede ønsker om vakter og om fri (own policy of the municipality; off until given).

«Shift on» and «shift off» requests of the rostering literature: a doctor, a day, a pattern
and a weight. They stand in the settings, beside the doctors' own wishes in the problem, for
plans and benchmarks that state their requests by number. (YAML reads the bare words «on» and
«off» as true and false, so the settings are not named so.) Weight 1 costs one unit of the
level (a point, or an hour on the levels of cover and orders) unless `price` says otherwise.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import ClassVar, NamedTuple

from constraints.facts.rostering import (
    EVERY,
    LEVELS,
    as_day,
    level_named,
    paths,
    price_of,
    stranger_told,
    strangers,
    whole,
)
from constraints.law import POLICY
from constraints.wording import name, on_day, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import local_day, whole_days
from scheduler.rule import Authority, Case, Outcome, Rule, parameter
from scheduler.solving.draft import Draft, Var


class Request(NamedTuple):
    """Whether a duty is wanted on a day, of which pattern (None: any), and how much."""

    wanted: bool
    day: date
    pattern: str | None
    weight: int


@dataclass(frozen=True)
class Requests(Rule):
    """What a request asks for is given, or its weight is paid.

    `wanted`, `unwanted`: doctor, day and pattern -> weight, ``{"kari/2027-03-05/natt": 2}``;
    without a pattern every duty of the day is meant. Days outside the period are left out.
    """

    id: ClassVar = "requests"
    title: ClassVar = "Vektede ønsker om vakter og fri"
    title_en: ClassVar = "Weighted shift-on and shift-off requests"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (POLICY,)
    hard: ClassVar = False

    wanted: Mapping[str, int | None] = parameter({}, "Vekt på ønskede vakter", unit="vekt")
    unwanted: Mapping[str, int | None] = parameter({}, "Vekt på uønskede vakter", unit="vekt")
    level: str = parameter("wishes", "Nivået der ønskene veier", choices=LEVELS)
    price: int | None = parameter(
        None, "Pris for vekt 1 (hundredels poeng, eller minutter)", low=1, high=1_000_000
    )

    def __post_init__(self) -> None:
        """Refuse requests without a day or a weight."""
        level_named(self.level)
        whole("price", self.price, low=1)
        for side, values in (("wanted", self.wanted), ("unwanted", self.unwanted)):
            for where, parts, weight in paths(side, values, 2, 3):
                if EVERY in parts:
                    raise ValueError(f"{where} must name one doctor, day and pattern, not {EVERY}")
                as_day(where, parts[1])
                whole(where, weight, low=1)

    def encode(self, draft: Draft) -> None:
        """Price each request that is not granted."""
        level = level_named(self.level)
        price = price_of(level, self.price)
        for doctor in draft.problem.doctors:
            requests = list(self._of(draft.problem, doctor))
            if not requests:
                continue
            found: dict[tuple[date, str | None], list[Var]] = {}
            for duty, var in draft.work_of(doctor.id):
                found.setdefault((duty.day, duty.type.id), []).append(var)
                found.setdefault((duty.day, None), []).append(var)
            for wanted, day, pattern, weight in requests:
                works = draft.any_of(found.get((day, pattern), ()))
                if wanted:
                    draft.penalise(level, [(-price * weight, works)], price * weight)
                else:
                    draft.penalise(level, [(price * weight, works)])

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Look at what the doctor does on the day of each request."""
        for wanted, day, pattern, weight in self._of(timetable.problem, doctor):
            given = tuple(
                duty.id
                for duty in timetable.duties_of(doctor.id)
                if duty.day == day and pattern in (None, duty.type.id)
            )
            yield self.case(
                Outcome.KEPT if bool(given) == wanted else Outcome.EXCEPTION,
                doctor.id,
                given,
                when=whole_days(day, day),
                measured=0 if bool(given) == wanted else weight,
                limit=0,
                unit="vekt",
                facts=(("wanted", int(wanted)), ("pattern", pattern or "")),
            )

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Tell of doctors and patterns in the settings that are not in the plan."""
        patterns = (
            pattern
            for requests in self._by_doctor.values()
            for _, _, pattern, _ in requests
            if pattern
        )
        yield from strangers(self.id, timetable.problem, doctors=self._by_doctor, patterns=patterns)

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari ønsket Natt fredag 5. mars 2027, men fikk den ikke (…).»"""
        if case.outcome is Outcome.NOTICE or case.when is None:
            return stranger_told(self.title, case)
        kind = problem.type_by_id.get(case.fact("pattern"))
        what = kind.name if kind else (case.fact("pattern") or "vakt")
        wanted, granted = bool(case.fact("wanted")), case.outcome is Outcome.KEPT
        wish = "ønsket" if wanted else "ønsket ikke"
        if wanted:
            end = "og fikk den" if granted else "men fikk den ikke"
        else:
            end = "og slapp den" if granted else "men fikk den likevel"
        day = on_day(local_day(case.when.start))
        return (
            f"{name(problem, case.doctor)} {wish} {what} {day}, {end} {source(self.citations[0])}."
        )

    def _of(self, problem: Problem, doctor: Doctor) -> Iterator[Request]:
        """The doctor's requests in the period."""
        for request in self._by_doctor.get(doctor.id, ()):
            if problem.first_day <= request.day <= problem.last_day:
                yield request

    @cached_property
    def _by_doctor(self) -> Mapping[str, list[Request]]:
        found: dict[str, list[Request]] = {}
        for side, values in (("wanted", self.wanted), ("unwanted", self.unwanted)):
            # either way: what has more parts has been refused above
            for where, (doctor, day, *pattern), weight in paths(side, values, 2, 3):
                if weight is not None:
                    request = Request(
                        side == "wanted",
                        as_day(where, day),
                        pattern[0] if pattern else None,
                        weight,
                    )
                    found.setdefault(doctor, []).append(request)
        return found
