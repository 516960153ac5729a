"""What a fairness report is made of, before it is put in words.

The engine knows no law: what § 32 counts, what was wished and what an account book holds is
handed in by whoever puts the report together (`api.fairness`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from scheduler.domain.calendar import GreatHoliday
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Provenance, Timetable
from scheduler.fairness.closing import Settlement
from scheduler.fairness.measures import Measure
from scheduler.fairness.shares import FairShares
from scheduler.writing.fairness.names import pseudonyms
from scheduler.writing.legality import OrderAccount


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to one wish.

    Attributes:
        sentence: what was wished and what became of it, with the doctor's name.
        reasons: what stood against it; empty where it was granted or nothing is known.
        partly: it was not granted, but some of its days were, as `rettvakt wishes` counts.
    """

    doctor: str
    granted: bool
    sentence: str
    reasons: tuple[str, ...] = ()
    partly: bool = False


@dataclass(frozen=True, slots=True)
class YearToDate:
    """What closed periods of this calendar year have given one doctor.

    Attributes:
        worked, parts: what was worked and the fair part of it, in the measure's unit.
    """

    worked: Mapping[Measure, Fraction]
    parts: Mapping[Measure, Fraction]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an account book of earlier periods tells.

    Attributes:
        year: the calendar year that `so_far` is about.
        so_far: by doctor id; those who have worked nothing may be left out.
        holidays: by doctor id, all years in which each great holiday was worked.
    """

    year: int
    so_far: Mapping[str, YearToDate]
    holidays: Mapping[str, Mapping[GreatHoliday, tuple[int, ...]]]


@dataclass(frozen=True)
class FairnessReport:
    """Everything that the report tells.

    Attributes:
        settlements: one for each measure and doctor.
        order_weeks: § 32 accounts, by doctor and week.
        needed_hours: hours of § 32 work that the plan asks for, by municipality id.
        receipts: answers to wishes.
        earlier: None without an account book; then the plan's own memory is shown.
        anonymous: doctors have pseudonyms, and nothing is told by which a doctor could be
            known again.
    """

    timetable: Timetable
    shares: FairShares
    settlements: tuple[Settlement, ...]
    rule_set: str = ""
    order_weeks: tuple[OrderAccount, ...] = ()
    needed_hours: Mapping[str, float] = field(default_factory=dict)
    receipts: tuple[Receipt, ...] = ()
    earlier: Earlier | None = None
    anonymous: bool = False

    @property
    def problem(self) -> Problem:
        """What the roster is a roster of."""
        return self.timetable.problem

    @property
    def provenance(self) -> Provenance:
        """How the roster was made; empty for one that was made by hand."""
        return self.timetable.roster.provenance

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What each doctor is called in the report: the name on one line, or a pseudonym."""
        if self.anonymous:
            return pseudonyms(self.problem)
        return {doctor.id: " ".join(doctor.name.split()) for doctor in self.problem.doctors}

    @cached_property
    def by_measure(self) -> Mapping[Measure, tuple[Settlement, ...]]:
        """The settlements of each measure, in the doctors' order."""
        found: dict[Measure, list[Settlement]] = {measure: [] for measure in Measure}
        for own in self.settlements:
            found[own.measure].append(own)
        return {measure: tuple(own) for measure, own in found.items()}
