"""A judged roster with something in every part of the report, by rules made for the purpose."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar

from constraints.facts.orders import OrderWeek
from constraints.law import POLICY, Act, LawRef, Source
from scheduler.checking import check
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster, Timetable
from scheduler.domain.time import IsoWeek
from scheduler.rule import Authority, Case, Confidence, Outcome, Rule, parameter
from scheduler.writing.legality import ExemptionRow, LegalityReport, Target
from tests.support import duty
from tests.writing.sample import sample

BASIS = "fritak etter fastlegeforskriften § 33"


@dataclass(frozen=True)
class Covered(Rule):
    """Says of each duty whether it is covered."""

    id: ClassVar = "covered"
    rulebook: ClassVar = ("M-01",)
    title: ClassVar = "Bemanning"
    title_en: ClassVar = "Cover"
    authority: ClassVar = Authority.LAW
    citations: ClassVar = (LawRef(Act.HOTL, "3-2", confidence=Confidence.SECONDARY),)

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        for own in timetable.problem.duties:
            lacking = bool(timetable.missing(own))
            yield Case(self.id, Outcome.HOLE if lacking else Outcome.KEPT, duties=(own.id,))

    def explain(self, problem: Problem, case: Case) -> str:
        return f"{case.duties[0]} er udekket."


@dataclass(frozen=True)
class Cases(Rule):
    """Finds as many cases as it is told to."""

    id: ClassVar = "cases"
    rulebook: ClassVar = ("S-04", "W-07")
    title: ClassVar = "Hvile & <ro>"
    title_en: ClassVar = "Rest"
    authority: ClassVar = Authority.AGREEMENT
    citations: ClassVar = (
        LawRef(Act.FF, "32", section=1),
        Source("SFS 2305", "pkt. 7.4", Confidence.SECONDARY),
    )

    rest: int = parameter(8, "Minste hvile", unit="h", low=8, high=11, basis="S-04")
    mode: str = parameter("soft", "Ønske eller krav", choices=("soft", "hard"))
    breaches: int = 0
    exceptions: int = 0
    notices: int = 0
    kept: int = 1

    def check_doctor(self, timetable: Timetable, doctor: object) -> Iterator[Case]:
        who = timetable.problem.doctors[0]
        if doctor is not who:
            return
        for outcome, count in (
            (Outcome.BREACH, self.breaches),
            (Outcome.EXCEPTION, self.exceptions),
            (Outcome.NOTICE, self.notices),
            (Outcome.KEPT, self.kept),
        ):
            for number in range(count):
                margin = float(number + 1 if outcome is Outcome.KEPT else -number)
                yield Case(self.id, outcome, who.id, margin=margin, unit="h")

    def explain(self, problem: Problem, case: Case) -> str:
        return f"{case.outcome.value} nr. {case.margin:g}."


@dataclass(frozen=True)
class Secret(Rule):
    """Tells why someone is free: what must never be read."""

    id: ClassVar = "secret"
    title: ClassVar = "Fritak etter vedtak om HEMMELIG"
    title_en: ClassVar = "Secret"
    authority: ClassVar = Authority.LAW
    citations: ClassVar = (LawRef(Act.FF, "33", section=3),)

    def stops(self, problem: Problem, doctor: object) -> Iterator[Case]:
        if doctor is problem.doctors[2]:
            for own in problem.duties:
                yield self._case(Outcome.BREACH, problem.doctors[2].id, own.id)

    def check_doctor(self, timetable: Timetable, doctor: object) -> Iterator[Case]:
        first, _, third = timetable.problem.doctors
        if doctor is first:
            yield Case(self.id, Outcome.NOTICE, first.id)
            yield Case(self.id, Outcome.KEPT, first.id, margin=1.0, unit="h")
        for own in timetable.duties_of(third.id) if doctor is third else ():
            yield self._case(Outcome.BREACH, third.id, own.id)

    def explain(self, problem: Problem, case: Case) -> str:
        return "HEMMELIG grunn."

    def _case(self, outcome: Outcome, doctor: str, duty: str) -> Case:
        return Case(self.id, outcome, doctor, (duty,))


@dataclass(frozen=True)
class House(Rule):
    """The municipality's own, without parameters or cases."""

    id: ClassVar = "house"
    title: ClassVar = "Husets ordning"
    title_en: ClassVar = "House"
    authority: ClassVar = Authority.WISH
    citations: ClassVar = (POLICY,)
    hard: ClassVar = False

    def explain(self, problem: Problem, case: Case) -> str:
        return ""


WEEKS = (
    OrderWeek("kari", IsoWeek(2027, 13), Fraction(450), 240, 60, 120, 90, 60, 180),
    OrderWeek("kari", IsoWeek(2027, 14), Fraction(450), 240, 60, 0, 0, 0, 450),
)


def legal(timetable: Timetable | None = None, **more: Any) -> LegalityReport:
    """The sample's report; numbers of `breaches`, `exceptions` and `notices` may be given."""
    timetable = timetable or sample()
    rules = (Covered(), Secret(), Cases(**more), House())
    return LegalityReport(
        check(timetable, rules),
        rule_set="2026.1+abc",
        order_weeks=WEEKS,
        order_basis="fastlegeforskriften § 32",
        targets={"kari": Target(2.5, 0.5, 1.0, 1.5, None), "ola": Target(2.0)},
        exemptions=(
            ExemptionRow("Tom", "hele perioden", BASIS, "2026/4711"),
            ExemptionRow("Kari Ødegård", "–", BASIS, None, in_force=False),
        ),
        discreet={"secret": BASIS},
        remarks=("Ark «Leger», rad 3: fant <ingen> tid & sted.",),
    )


def covered() -> Timetable:
    """The sample without its hole."""
    own = sample()
    return own.with_changes(on=[Assignment("kveld/2027-04-01T16:00", "kari")])


def secret_broken() -> Timetable:
    """The sample with a duty for the one who is free."""
    return sample().with_changes(on=[Assignment("natt/2027-10-30T23:00", "tom")])


def stranger() -> Timetable:
    """The sample with an assignment that the plan does not know."""
    own = sample()
    extra = (*own.roster.assignments, Assignment("natt/1900-01-01", "ukjent"))
    return Timetable(own.problem, Roster(own.roster.problem_hash, extra, own.roster.provenance))


def many_holes(count: int) -> Timetable:
    """The sample's doctors and this many nights that nobody has."""
    own = sample().problem
    nights = tuple(
        duty(
            f"{date.fromordinal(date(2027, 4, 2).toordinal() + n)} 15:00",
            "23:00",
            own.duties[0].type,
        )
        for n in range(count)
    )
    problem = replace(own, duties=nights)
    return Timetable(problem, Roster.of(problem, ()))
