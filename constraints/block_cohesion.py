"""Sammenhengende vakter: duties that had better go to one doctor (`Duty.together`; policy).

Nobody is told to take them all. Each doctor beyond the first (or beyond as many as one of
the duties needs) has a price. Duties of the former roster that belong to the same group
count, but what they split already costs nothing.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import ClassVar

from constraints.law import POLICY
from constraints.wording import counted, duty_named, source
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.rule import Authority, Case, Level, Outcome, Rule, price_parameter
from scheduler.solving.draft import Draft
from scheduler.solving.model import TRUE


@dataclass(frozen=True)
class BlockCohesion(Rule):
    """Duties meant to go together are shared by as few doctors as can be."""

    id: ClassVar = "block_cohesion"
    title: ClassVar = "Vakter som helst tas av samme lege"
    title_en: ClassVar = "Duties that go together"
    authority: ClassVar = Authority.WISH
    citations: ClassVar = (POLICY,)
    hard: ClassVar = False

    price: int = price_parameter(100, "Pris for hver lege ut over den første")

    def encode(self, draft: Draft) -> None:
        """A price for each doctor in a group beyond as many as it needs."""
        before = _doctors_before(draft.problem)
        for group, duties in _groups(draft.problem).items():
            own: dict[str, set[int]] = {doctor: {TRUE} for doctor in before.get(group, ())}
            for duty in duties:
                for doctor, var in draft.candidates(duty):
                    own.setdefault(doctor, set()).add(var)
            terms = [(1, draft.any_of(variables)) for variables in own.values()]
            free = max(len(before.get(group, ())), *(duty.needed for duty in duties))
            draft.penalise(Level.WISHES, [(self.price, draft.excess(terms, free))])

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Count the doctors of each group."""
        yield from self._counted(timetable, _groups(timetable.problem))

    def check_nearby(
        self, timetable: Timetable, doctors: Set[str], duties: Set[str]
    ) -> Iterator[Case]:
        """Only the groups of which something has changed hands."""
        problem = timetable.problem
        groups = problem.remembered("groups", lambda: _groups(problem))
        touched = {
            group: own for group, own in groups.items() if any(duty.id in duties for duty in own)
        }
        yield from self._counted(timetable, touched)

    def _counted(
        self, timetable: Timetable, groups: Mapping[str, Sequence[Duty]]
    ) -> Iterator[Case]:
        before = _doctors_before(timetable.problem) if groups else {}
        for group, duties in groups.items():
            doctors = set(before.get(group, ()))
            free = max(len(doctors), *(duty.needed for duty in duties))
            for duty in duties:
                doctors.update(timetable.doctors_on(duty.id))
            yield self.case(
                Outcome.KEPT if len(doctors) <= free else Outcome.EXCEPTION,
                duties=tuple([duty.id for duty in duties]),
                measured=len(doctors),
                limit=free,
                margin=free - len(doctors),
                unit="leger",
            )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Natt fredag … til Natt søndag … er delt på 2 leger, …»"""
        first, last = (duty_named(problem, duty) for duty in (case.duties[0], case.duties[-1]))
        which = first if first == last else f"Vaktene fra {first} til {last}"
        doctors = counted(int(case.measured or 0), "lege", "leger")
        wanted = counted(int(case.limit or 0), "lege", "leger")
        if case.outcome is Outcome.KEPT:
            return (
                f"{which} er samlet på {doctors}, slik det er ønsket {source(self.citations[0])}."
            )
        return f"{which} er delt på {doctors}, men bør tas av {wanted} {source(self.citations[0])}."


def _groups(problem: Problem) -> Mapping[str, tuple[Duty, ...]]:
    """Duties of the period by group, in order of time."""
    found: dict[str, list[Duty]] = {}
    for duty in problem.duties:
        if duty.together:
            found.setdefault(duty.together, []).append(duty)
    return {group: tuple(duties) for group, duties in found.items()}


def _doctors_before(problem: Problem) -> Mapping[str, frozenset[str]]:
    """The doctors who had a duty of the group in the former roster."""
    found: dict[str, set[str]] = {}
    for past in problem.tail:
        if past.duty.together and past.doctor in problem.doctor_by_id:
            found.setdefault(past.duty.together, set()).add(past.doctor)
    return {group: frozenset(doctors) for group, doctors in found.items()}
