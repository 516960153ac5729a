"""Få endringer i en publisert plan (F-32.9, F-6.1; case E4).

When a published roster must be changed, whoever has a duty in it keeps it where that can be.
Three things are counted:

- each published assignment that is taken back: `price`, and `near_price` besides for a duty on
  the day of judgement, less with every day that it lies later and nothing from `near_days` on;
- each doctor who is touched, once, however many duties are taken or given: `doctor_price`;
- a duty that is only given (a hole is filled, a doctor more is put on it) is no assignment
  taken back. It touches the doctor.

Cover stands on a level before this one, so no hole is left for the sake of peace. Duties that
began before the day of judgement are history and no longer a choice, and what was called off
moves nobody. Wishes about the new duties are weighed by `wishes`.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import ClassVar

from constraints.law import POLICY, Act, LawRef
from constraints.wording import counted, duty_named, listed, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.rule import Authority, Case, Level, Outcome, Rule, parameter, price_parameter
from scheduler.solving.draft import Draft
from scheduler.solving.model import Term


@dataclass(frozen=True)
class Stability(Rule):
    """As few as can be of the published assignments are taken back, and few doctors touched."""

    id: ClassVar = "stability"
    rulebook: ClassVar = ("F-32.9", "F-6.1")
    title: ClassVar = "Få endringer i publisert plan"
    title_en: ClassVar = "Few changes to the published roster"
    authority: ClassVar = Authority.WISH
    citations: ClassVar = (POLICY, LawRef(Act.FF, "6", section=2, remark=True))
    hard: ClassVar = False

    price: int = price_parameter(300, "Pris for hver vakt som tas fra en lege")
    near_price: int = price_parameter(900, "Pris i tillegg for en vakt samme dag")
    near_days: int = parameter(
        90, "Dager til tillegget for en nær vakt er borte", unit="dager", low=1, high=365
    )
    doctor_price: int = price_parameter(100, "Pris for hver lege som berøres")

    def encode(self, draft: Draft) -> None:
        """A price for each assignment that is not kept, and for each doctor with a change."""
        problem = draft.problem
        if not problem.published:
            return
        before = _published(problem)
        changes: dict[str, list[Term]] = {doctor.id: [] for doctor in problem.doctors}
        kept: dict[str, int] = dict.fromkeys(changes, 0)
        for duty in problem.duties:
            if duty.day < problem.judged_on:
                continue
            for doctor in before.get(duty.id, ()):
                price = self._price(problem, duty)
                works = draft.works(doctor, duty)
                draft.penalise(Level.WISHES, [(-price, works)], price)
                if doctor in changes:
                    changes[doctor].append((-1, works))
                    kept[doctor] += 1
            for doctor, var in draft.candidates(duty):
                if doctor not in before.get(duty.id, ()):
                    changes[doctor].append((1, var))  # either way: any weight is a change
        for doctor, terms in changes.items():
            # Duties that are new, less those kept: any change brings it over what was published.
            touched = draft.at_least(terms, 1 - kept[doctor])
            draft.penalise(Level.WISHES, [(self.doctor_price, touched)])

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Compare the doctor's duties before and now, and tell once who is touched."""
        problem = timetable.problem
        if not problem.published or not self.doctor_price:
            return
        before = {own.duty for own in problem.published if own.doctor == doctor.id}
        now = timetable.ids_of(doctor.id)
        touched = before ^ now
        changed = [
            duty for duty in problem.duties if duty.id in touched and duty.day >= problem.judged_on
        ]
        if before or now:
            yield self.case(
                Outcome.EXCEPTION if changed else Outcome.KEPT,
                doctor.id,
                tuple([duty.id for duty in changed]),
                measured=len(changed),
                limit=0,
                margin=-len(changed),
                unit="vakter",
                facts=tuple(("new", duty.id) for duty in changed if duty.id in now),
            )

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Walk the duties and look for the doctors who were to have each of them."""
        yield from self._moved(timetable, timetable.problem.duties)

    def check_nearby(
        self, timetable: Timetable, doctors: Set[str], duties: Set[str]
    ) -> Iterator[Case]:
        """Only the duties that have changed hands."""
        known = timetable.problem.duty_by_id
        yield from self._moved(timetable, [known[own] for own in sorted(duties & known.keys())])

    def _moved(self, timetable: Timetable, duties: Iterable[Duty]) -> Iterator[Case]:
        problem = timetable.problem
        published: dict[str, set[str]] = {}
        for own in problem.published:
            published.setdefault(own.duty, set()).add(own.doctor)
        for duty in duties if published else ():
            before = published.get(duty.id)
            if not before or duty.day < problem.judged_on or not self._price(problem, duty):
                continue
            now = set(timetable.doctors_on(duty.id))
            for doctor in sorted(before):
                yield self.case(
                    Outcome.KEPT if doctor in now else Outcome.EXCEPTION,
                    doctor,
                    (duty.id,),
                    when=duty.interval,
                    facts=tuple(("to", other) for other in sorted(now - before)),
                )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Natt lørdag … er flyttet fra Kari til Ola siden planen ble publisert (…).»"""
        # A doctor of the published roster may have left since.
        known = problem.doctor_by_id
        who = name(problem, case.doctor) if case.doctor in known else "en lege som har sluttet"
        cited = source(self.citations[0])
        if case.unit:
            return self._touched(case, who, cited)
        duty = duty_named(problem, case.duties[0])
        if case.outcome is Outcome.KEPT:
            return f"{who} beholder {duty} fra den publiserte planen {cited}."
        new = [name(problem, str(doctor)) for _, doctor in case.facts]
        change = f"flyttet fra {who} til {listed(new)}" if new else f"tatt fra {who} uten avløser"
        return f"{duty} er {change} siden planen ble publisert {cited}."

    def _touched(self, case: Case, who: str, cited: str) -> str:
        """«Kari har mistet 1 vakt og fått 2 vakter siden planen ble publisert (…).»"""
        given = len(case.facts)
        lost = len(case.duties) - given
        told = [f"mistet {counted(lost, 'vakt', 'vakter')}"] if lost else []
        told += [f"fått {counted(given, 'vakt', 'vakter')}"] if given else []
        if not told:
            return f"{who} har de samme vaktene som i den publiserte planen {cited}."
        return f"{who} har {listed(told)} siden planen ble publisert {cited}."

    def _price(self, problem: Problem, duty: Duty) -> int:
        """Hundredths of a point for taking the duty back; the nearer in time, the dearer."""
        left = max(0, self.near_days - (duty.day - problem.judged_on).days)
        return self.price + self.near_price * left // self.near_days


def _published(problem: Problem) -> Mapping[str, tuple[str, ...]]:
    """Duty -> the doctors who have it in the published roster."""
    found: dict[str, list[str]] = {}
    for own in sorted(set(problem.published)):
        found.setdefault(own.duty, []).append(own.doctor)
    return {duty: tuple(doctors) for duty, doctors in found.items()}
