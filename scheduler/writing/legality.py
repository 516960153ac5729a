"""What a legality report is made of: the judgement of a roster and the accounts around it.

The engine knows no law: which rules must not tell why somebody is free, and on what basis
orders are counted, is said by whoever puts the report together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Protocol

from scheduler.checking import Report
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Provenance, Timetable
from scheduler.domain.time import IsoWeek
from scheduler.rule import Case, Citation, Level, Outcome, Rule
from scheduler.tallies import Tally, tally
from scheduler.writing.phrases import duty_text, listed


class OrderAccount(Protocol):
    """One doctor's account of municipal work in one ISO week, in minutes.

    Attributes:
        cap: the most that can be ordered.
        agreed, offered: in signed agreements and in offers.
        voluntary, ordered: worked inside them, and beyond.
        left: what can still be ordered.
    """

    @property
    def doctor(self) -> str: ...  # noqa: D102
    @property
    def week(self) -> IsoWeek: ...  # noqa: D102
    @property
    def cap(self) -> Fraction: ...  # noqa: D102
    @property
    def agreed(self) -> int: ...  # noqa: D102
    @property
    def offered(self) -> int: ...  # noqa: D102
    @property
    def voluntary(self) -> int: ...  # noqa: D102
    @property
    def ordered(self) -> int: ...  # noqa: D102
    @property
    def meetings(self) -> int: ...  # noqa: D102
    @property
    def left(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Target:
    """One doctor's fair share; None where the doctor has no part in the measure.

    Attributes:
        points: burden points that are the share of this period.
        carried: points that the balance of earlier periods takes off (+) or puts on (-).
        nights, weekends, great_holidays: as numbers of duties or occasions.
        ordered_points: what the roster's ordered municipal work weighs; it is a part of what
            the share is compared with.
    """

    points: float | None
    carried: float = 0.0
    nights: float | None = None
    weekends: float | None = None
    great_holidays: float | None = None
    ordered_points: float = 0.0

    @property
    def aim(self) -> float | None:
        """What the doctor should have now, earlier periods considered."""
        return None if self.points is None else self.points - self.carried


@dataclass(frozen=True, slots=True)
class ExemptionRow:
    """An exemption as it may be told: never its kind, never its reason.

    Attributes:
        doctor: the doctor's name.
        days: its days inside the period, in bokmål.
        basis: the legal basis, the same for every exemption.
        reference: case number in the archive.
        in_force: False where a human must settle it first.
    """

    doctor: str
    days: str
    basis: str
    reference: str | None
    in_force: bool = True


@dataclass(frozen=True)
class LegalityReport:
    """Everything that the report tells, before it is put in words.

    Attributes:
        rule_set: version of the rules that judged.
        order_basis: where the cap of the order weeks stands.
        targets: fair shares by doctor id.
        costs: rule id -> level -> hundredths of a point that its departures cost together, of
            the rules with prices in force; empty where they cannot be told.
        discreet: id of a rule whose sentences would tell why somebody is free -> what is said
            in place of its title and basis.
        remarks: what was noted when the plan was read.
        rate_basis: what the rates of burden points rest on, with the source where there is one.
    """

    report: Report
    rule_set: str = ""
    order_weeks: tuple[OrderAccount, ...] = ()
    order_basis: str = ""
    targets: Mapping[str, Target] = field(default_factory=dict)
    costs: Mapping[str, Mapping[Level, Fraction | int]] = field(default_factory=dict)
    exemptions: tuple[ExemptionRow, ...] = ()
    discreet: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    rate_basis: tuple[tuple[str, Citation | None], ...] = ()

    @property
    def timetable(self) -> Timetable:
        """The roster that was judged."""
        return self.report.timetable

    @property
    def problem(self) -> Problem:
        """What it is a roster of."""
        return self.report.timetable.problem

    @property
    def provenance(self) -> Provenance:
        """How the roster was made; empty for one that was made by hand."""
        return self.report.timetable.roster.provenance

    @cached_property
    def tallies(self) -> tuple[Tally, ...]:
        """What each doctor has, in the doctors' order."""
        return tally(self.timetable)

    def name(self, doctor: str | None) -> str:
        """The doctor's name on one line."""
        found = self.problem.doctor_by_id.get(doctor or "")
        return " ".join(found.name.split()) if found else ""

    def title(self, rule: Rule) -> str:
        """A rule's title, or what is said in its place where doctors are named beside it."""
        basis = self.discreet.get(rule.id)
        return f"{basis[:1].upper()}{basis[1:]}" if basis else rule.title

    def sentence(self, case: Case) -> str:
        """The rule's sentence about the case, without why anybody is free of duty."""
        basis = self.discreet.get(case.rule)
        if basis is None:
            return self.report.sentence(case)
        who = self.name(case.doctor)
        if case.outcome is Outcome.NOTICE:
            return f"{who}: {basis} må avklares av kommunen."
        duties = [self.problem.duty_by_id.get(duty) for duty in case.duties]
        what = listed([duty_text(duty) for duty in duties if duty])
        return f"{who} har {basis} i tiden for {what}." if what else f"{who} har {basis}."
