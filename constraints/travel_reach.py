"""Rekkevidde: a doctor serves only at places within reach.

Which places a doctor can reach, for duty on site as for call-outs from home (M-04 leaves the
reach of a backup doctor to the municipality, case by case), is a recorded fact about the
doctor. None recorded means all places. It binds shifts and municipal sessions alike.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from constraints.law import Source
from constraints.wording import duty_named, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.kept import Kept
from scheduler.rule import Authority, Case, Confidence, Outcome, Rule


@dataclass(frozen=True)
class TravelReach(Rule):
    """No duty at a place that the doctor cannot reach."""

    id: ClassVar = "travel_reach"
    rulebook: ClassVar = ("M-04",)
    title: ClassVar = "Tjenestested innenfor rekkevidde"
    title_en: ClassVar = "Places within reach"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (
        Source("tjenestesteder registrert for legen", confidence=Confidence.POLICY),
    )

    def stops(self, problem: Problem, doctor: Doctor) -> Iterator[Case]:
        """Duties at other places than those recorded."""
        for duty in problem.duties:
            if doctor.reach is not None and duty.type.place not in doctor.reach:
                yield self._case(doctor, duty, Outcome.BREACH)

    def closed(self, problem: Problem, doctor: Doctor) -> Sequence[Sequence[Duty]]:
        """Those duties, one list for each place."""
        reach = doctor.reach
        if reach is None:
            return ()
        return [own for place, own in _by_place(problem) if place not in reach]

    @property
    def reach(self) -> timedelta:
        """Each duty is judged by itself."""
        # either way: who looks farther finds the same
        return timedelta(0)

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterable[Case]:
        """Look up the place of each duty among the doctor's places."""
        reach = doctor.reach
        if reach is None:
            return ()
        reachable = {place.id for place in timetable.problem.places if place.id in reach}
        duties = timetable.duties_of(doctor.id)

        def judged() -> Iterator[Case]:
            for duty in duties:
                kept = duty.type.place in reachable
                yield self._case(doctor, duty, Outcome.KEPT if kept else Outcome.BREACH)

        if reachable.issuperset([duty.type.place for duty in duties]):
            return Kept(len(duties), judged)
        return judged()

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li kan ikke gjøre tjeneste ved Legevakta, der … er lagt (…).»"""
        duty = problem.duty_by_id[case.duties[0]]
        place = next((p.name for p in problem.places if p.id == duty.type.place), duty.type.place)
        can = "kan" if case.outcome is Outcome.KEPT else "kan ikke"
        return (
            f"{name(problem, case.doctor)} {can} gjøre tjeneste ved {place}, der "
            f"{duty_named(problem, duty.id)} er lagt {source(self.citations[0])}."
        )

    def _case(self, doctor: Doctor, duty: Duty, outcome: Outcome) -> Case:
        return self.case(outcome, doctor.id, (duty.id,), when=duty.interval)


def _by_place(problem: Problem) -> Iterable[tuple[str, Sequence[Duty]]]:
    """The duties of each place, in order of time."""

    def found() -> Mapping[str, list[Duty]]:
        by_place: dict[str, list[Duty]] = {}
        for duty in problem.duties:
            by_place.setdefault(duty.type.place, []).append(duty)
        return by_place

    return problem.remembered("duties by place", found).items()
