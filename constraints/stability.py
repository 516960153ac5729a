"""Få endringer i en publisert plan (F-32.9, F-6.1; case E4).

When a published roster must be changed, whoever has a duty in it keeps it where that can be.
Duties that began before the day of judgement are history and no longer a choice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from constraints.law import POLICY, Act, LawRef
from constraints.wording import duty_named, listed, name, source
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.rule import Authority, Case, Level, Outcome, Rule, parameter
from scheduler.solving.draft import Draft


@dataclass(frozen=True)
class Stability(Rule):
    """As few as can be of the published assignments are taken back."""

    id: ClassVar = "stability"
    rulebook: ClassVar = ("F-32.9", "F-6.1")
    title: ClassVar = "Få endringer i publisert plan"
    title_en: ClassVar = "Few changes to the published roster"
    authority: ClassVar = Authority.WISH
    citations: ClassVar = (POLICY, LawRef(Act.FF, "6", section=2, remark=True))
    hard: ClassVar = False

    price: int = parameter(
        300, "Pris for hver vakt som flyttes", unit="hundredels poeng", low=1, high=10_000
    )

    def encode(self, draft: Draft) -> None:
        """A price for each published assignment that is not kept."""
        problem = draft.problem
        for own in problem.published:
            duty = problem.duty_by_id.get(own.duty)
            if duty is not None and duty.day >= problem.judged_on:
                kept = draft.works(own.doctor, duty)
                draft.penalise(Level.WISHES, [(-self.price, kept)], self.price)

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Walk the duties and look for the doctors who were to have each of them."""
        problem = timetable.problem
        published: dict[str, set[str]] = {}
        for own in problem.published:
            published.setdefault(own.duty, set()).add(own.doctor)
        for duty in problem.duties:
            if duty.day < problem.judged_on:
                continue
            before, now = published.get(duty.id, set()), set(timetable.doctors_on(duty.id))
            for doctor in sorted(before):
                yield Case(
                    self.id,
                    Outcome.KEPT if doctor in now else Outcome.EXCEPTION,
                    doctor,
                    (duty.id,),
                    when=duty.interval,
                    facts=tuple(("new", other) for other in sorted(now - before)),
                )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Natt lørdag … er flyttet fra Kari til Ola i den publiserte planen (…).»"""
        duty = duty_named(problem, case.duties[0])
        # A doctor of the published roster may have left since.
        known = problem.doctor_by_id
        who = name(problem, case.doctor) if case.doctor in known else "en lege som har sluttet"
        if case.outcome is Outcome.KEPT:
            return f"{who} beholder {duty} fra den publiserte planen {source(self.citations[0])}."
        new = [name(problem, str(doctor)) for _, doctor in case.facts]
        change = f"flyttet fra {who} til {listed(new)}" if new else f"tatt fra {who} uten avløser"
        return f"{duty} er {change} siden planen ble publisert {source(self.citations[0])}."
