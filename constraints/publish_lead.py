"""Tid fra planen legges fram til den gjelder: doctors hear of their duties early (F-6.1).

The municipality keeps the doctor informed of plans that matter to the practice as early as
possible. How many weeks that is, the regulation does not say: the number is the
municipality's. For employed doctors the two weeks of the Working Environment Act may bind
too; that was not confirmed, so it is told and not demanded. As read here the roster is laid
before the doctors on the day on which it is judged.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import ClassVar

from constraints.facts.work import is_employed
from constraints.law import POLICY, Act, LawRef
from constraints.wording import counted, on_day, source
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.rule import Authority, Case, Confidence, Outcome, Rule, parameter

EMPLOYED_NOTICE_DAYS = 14
"""Notice of a work plan to employees (unverified)."""


@dataclass(frozen=True)
class PublishLead(Rule):
    """The roster is ready `publish_lead` weeks before its first day."""

    id: ClassVar = "publish_lead"
    rulebook: ClassVar = ("F-6.1",)
    title: ClassVar = "Planen legges fram i god tid"
    title_en: ClassVar = "The roster is published early"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (
        LawRef(Act.FF, "6", section=2, remark=True),
        LawRef(Act.AML, "10-3", confidence=Confidence.UNVERIFIED),
        POLICY,
    )
    hard: ClassVar = False

    publish_lead: int = parameter(
        6, "Tid fra planen legges fram til den gjelder", unit="uker", low=2, high=26, basis="F-6.1"
    )

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Count the days from the day of judgement to the first day."""
        problem = timetable.problem
        days, wanted = (problem.first_day - problem.judged_on).days, self.publish_lead * 7
        employed = any(is_employed(doctor) for doctor in problem.doctors)
        yield self.case(
            Outcome.KEPT if days >= wanted else Outcome.NOTICE,
            measured=days,
            limit=wanted,
            margin=days - wanted,
            unit="dager",
            facts=(("employed", int(employed and days < EMPLOYED_NOTICE_DAYS)),),
        )

    def check_nearby(
        self, timetable: Timetable, doctors: Set[str], duties: Set[str]
    ) -> Iterator[Case]:
        """Nothing: the plan is judged, whoever works."""
        yield from ()

    def explain(self, problem: Problem, case: Case) -> str:
        """«Planen legges fram 3 uker før den begynner …; kommunens mål er 6 uker, … (…).»"""
        days = int(case.measured or 0)
        begins = f"den begynner {on_day(problem.first_day)}"
        if days > 0:
            when = f"{_weeks(days)} før {begins}"
        else:
            when = f"samme dag som {begins}" if days == 0 else f"{_weeks(-days)} etter at {begins}"
        told = (
            f"Planen legges fram {when}; kommunens mål er minst {self.publish_lead} uker før, "
            "siden legene skal få vite om planer som angår praksisen, så tidlig som mulig "
            f"{source(self.citations[0])}"
        )
        if case.fact("employed"):
            told += f", og ansatte leger kan ha krav på to ukers varsel {source(self.citations[1])}"
        return f"{told}."


def _weeks(days: int) -> str:
    """«3 uker», «5 dager», «1 uke og 2 dager»."""
    weeks, rest = divmod(days, 7)
    words = [counted(weeks, "uke", "uker")] if weeks else []
    words += [counted(rest, "dag", "dager")] if rest else []
    return " og ".join(words)
