"""Lås: a human has decided that an assignment stands, or that it must not be.

The municipality decides who takes part (F-33.3). A pin is obeyed or, where another rule
forbids it, reported as impossible; it is never silently dropped.
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import ClassVar

from constraints.law import Source
from constraints.wording import duty_named, name, source
from scheduler.domain.problem import Pin, Problem
from scheduler.domain.roster import Timetable
from scheduler.rule import Authority, Case, Confidence, Outcome, Rule
from scheduler.solving.draft import Draft


@dataclass(frozen=True)
class Pins(Rule):
    """Pinned assignments stand; forbidden ones are absent."""

    id: ClassVar = "pins"
    rulebook: ClassVar = ("F-33.3",)
    title: ClassVar = "Låste vakter"
    title_en: ClassVar = "Pinned assignments"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (Source("låst av vaktplanleggeren", confidence=Confidence.POLICY),)

    def encode(self, draft: Draft) -> None:
        """Settle the variable of each pin."""
        for pin in draft.problem.pins:
            duty = draft.problem.duty_by_id[pin.duty]
            variable = draft.works(pin.doctor, duty)
            draft.fix(variable, pin.works, doctor=pin.doctor, duty=duty)

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Look for each pin among those who are on the duty."""
        yield from self._judged(timetable, timetable.problem.pins)

    def check_nearby(
        self, timetable: Timetable, doctors: Set[str], duties: Set[str]
    ) -> Iterator[Case]:
        """Only the pins of these doctors."""
        pins = timetable.problem.pins
        yield from self._judged(timetable, [pin for pin in pins if pin.doctor in doctors])

    def _judged(self, timetable: Timetable, pins: Iterable[Pin]) -> Iterator[Case]:
        for pin in pins:
            present = pin.doctor in timetable.doctors_on(pin.duty)
            yield self.case(
                Outcome.KEPT if present is pin.works else Outcome.BREACH,
                pin.doctor,
                (pin.duty,),
                when=timetable.problem.duty_by_id[pin.duty].interval,
                facts=(("works", int(pin.works)),),
            )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li skal ha …, men har den ikke (låst av vaktplanleggeren).»"""
        shall = "skal ha" if case.fact("works") else "skal ikke ha"
        start = f"{name(problem, case.doctor)} {shall} {duty_named(problem, case.duties[0])}"
        if case.outcome is Outcome.KEPT:
            return f"{start} {source(self.citations[0])}."
        but = "står ikke på den" if case.fact("works") else "står på den"
        return f"{start}, men {but} {source(self.citations[0])}."
