"""Én ting om gangen: no doctor has two duties at the same time (M-11).

Derived: backup and primary doctor must be different persons for the same time, and nobody
is on a shift and at a session at once. Exact to the minute; duties that touch do not
overlap. A backup who serves several places is one duty whose pattern backs up all of
them; two backup duties at once are refused. Two duties of one block that overlap make the
block impossible.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import pairwise
from typing import ClassVar

from constraints.law import Act, LawRef
from constraints.wording import duty_named, hours, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import MINUTE
from scheduler.kept import Kept
from scheduler.rule import Authority, Case, Confidence, Outcome, Rule
from scheduler.solving.draft import Draft


@dataclass(frozen=True)
class OnePlaceAtATime(Rule):
    """Of duties that overlap, a doctor has at most one."""

    id: ClassVar = "one_place_at_a_time"
    rulebook: ClassVar = ("M-11",)
    title: ClassVar = "Bare én vakt eller økt om gangen"
    title_en: ClassVar = "One duty at a time"
    authority: ClassVar = Authority.LAW
    citations: ClassVar = (LawRef(Act.AMF, "7", confidence=Confidence.DERIVED),)

    def encode(self, draft: Draft) -> None:
        """Sweep over the doctor's duties; each largest set that shares a moment is a clique."""
        for own in draft.stencils():
            for clique in _cliques([duty for duty, _ in own.work]):
                own.at_most(
                    1,
                    [own.work[place][1] for place in clique],
                    duties=[own.work[place][0] for place in clique],
                )

    @property
    def reach(self) -> timedelta:
        """What overlaps is judged together."""
        # either way: who looks farther finds the same
        return timedelta(0)

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterable[Case]:
        """Walk the doctor's work in order of time, with whatever has not ended in hand."""
        work, own = timetable.work_of(doctor.id), timetable.ids_of(doctor.id)
        # Where each begins when the one before has ended, only neighbours are compared.
        pauses = [later.start - earlier.end for earlier, later in pairwise(work)]
        # either way: nothing is compared where there are no pauses
        least = min(pauses, default=timedelta(0))
        # either way: what is judged one by one is judged the same
        if least < timedelta(0):
            return self._judged(timetable, doctor)
        count = sum([not own.isdisjoint((one.id, other.id)) for one, other in pairwise(work)])
        judged = partial(self._judged, timetable, doctor)
        # either way: any number that is not over the least margin
        return Kept(count, judged, least // MINUTE / 60)

    def _judged(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        own = timetable.ids_of(doctor.id)
        latest: Duty | None = None
        running: list[Duty] = []
        for duty in timetable.work_of(doctor.id):
            running = [earlier for earlier in running if earlier.end > duty.start]
            before = running or ([latest] if latest else [])
            for earlier in before:
                if own.isdisjoint((earlier.id, duty.id)):
                    continue
                overlap = earlier.interval.overlap_minutes(duty.interval)
                free = -overlap if overlap else (duty.start - earlier.end) // MINUTE
                yield self.case(
                    Outcome.BREACH if free < 0 else Outcome.KEPT,
                    doctor.id,
                    (earlier.id, duty.id),
                    measured=free / 60,
                    limit=0,
                    margin=free / 60,
                    unit="h",
                )
            running.append(duty)
            # either way: of two that end together, the pause is the same after both
            latest = duty if latest is None or duty.end > latest.end else latest

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li kan ikke ha både … og …, som overlapper med 2 timer (…).»"""
        both = " og ".join(duty_named(problem, duty, case.doctor) for duty in case.duties)
        if case.outcome is Outcome.KEPT:
            judged = f"kan ha både {both}, som ikke overlapper"
        else:
            judged = (
                f"kan ikke ha både {both}, som overlapper med {hours(-60 * (case.measured or 0))}"
            )
        return f"{name(problem, case.doctor)} {judged} {source(self.citations[0])}."


def _cliques(duties: list[Duty]) -> Iterator[list[int]]:
    """The maximal sets of at least two duties that share a moment, as places in the list.

    The duties come in order of their start. A set is as large as it gets when the next duty
    begins after one of the set has ended.
    """
    running: list[tuple[datetime, int]] = []
    for index, duty in enumerate(duties):
        if running and running[0][0] <= duty.start:
            if len(running) > 1:  # either way: one alone makes no constraint
                yield sorted(place for _, place in running)
            while running and running[0][0] <= duty.start:
                heappop(running)
        heappush(running, (duty.end, index))
    if len(running) > 1:  # either way: one alone makes no constraint
        yield sorted(place for _, place in running)
