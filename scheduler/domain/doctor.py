"""Doctors: who they are, what they may do alone, and when they are away."""

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from fractions import Fraction

from scheduler.domain.time import Interval


class Employment(StrEnum):
    """How a doctor is tied to the municipality."""

    SELF_EMPLOYED = "self_employed"  # næringsdrivende fastlege
    EMPLOYED = "employed"  # fastlønnet fastlege
    LOCUM = "locum"  # vikar for a GP: keeps that GP's obligations
    LIS1 = "lis1"
    HIRED = "hired"  # innleid vaktlege: takes part by contract only

    @property
    def is_gp(self) -> bool:
        """Whether the duties of a fastlege rest on the doctor."""
        return self in (Employment.SELF_EMPLOYED, Employment.EMPLOYED, Employment.LOCUM)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included; None is open."""

    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins."""
        if self.first and self.last and self.last < self.first:
            raise ValueError(f"last ({self.last}) must not be before first ({self.first})")

    def contains(self, day: date) -> bool:
        """Whether the day lies in the span."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, order=True, slots=True)
class OpeningHours:
    """One weekday's agreed opening of a practice (Monday = 0), local clock."""

    weekday: int
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Competence:
    """Facts from which independence on duty is computed for each date.

    A day is the first on which the fact holds; None means that it does not hold.

    Attributes:
        clinical_months: months of clinical service completed on `as_of`.
        duties_done: completed legevakt duties before the roster's first day.
        as_of: the day on which `clinical_months` was counted; the count grows from there
            while the doctor serves. None: it does not grow.
    """

    specialist_from: date | None = None
    approved_gp_from: date | None = None
    clinical_months: int = 0
    as_of: date | None = None
    municipal_gp_from: date | None = None  # first day of that service
    duties_done: int = 0
    lis1_completed_from: date | None = None
    emergency_course_from: date | None = None
    violence_course_from: date | None = None
    radio_from: date | None = None  # nødnett


@dataclass(frozen=True, slots=True)
class PersonalLimits:
    """What is agreed with one doctor about amount and kind of duties."""

    no_nights: bool = False
    max_duties_per_month: int | None = None
    max_nights_per_month: int | None = None
    max_weekends_per_month: int | None = None
    not_weekdays: frozenset[int] = frozenset()
    not_patterns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Doctor:
    """A doctor who may be given duties.

    Attributes:
        practice_share: agreed share of full-time practice, a contract field that is never
            inferred from `opening_hours`; Fraction(1) is full time.
        office: id of the place where the practice is, or its name where no duty is served there.
        eve_closing: agreed closing time on eves that are working days; None as on other days.
        agreement: the days on which the GP agreement (or the engagement) runs.
        extension_until: last day of a time-limited extension beyond 70, if one is recorded.
        share_weight: relative size of the fair legevakt share; 1 is an equal share.
        list_size: number of listed patients, for keys that use it.
        reach: ids of the places where the doctor can serve; None means all.
    """

    id: str
    name: str
    municipality: str
    employment: Employment
    born: date
    practice_share: Fraction = Fraction(1)
    office: str | None = None
    shared_list: str | None = None
    opening_hours: tuple[OpeningHours, ...] = ()
    eve_closing: time | None = None
    agreement: Span = field(default_factory=Span)
    extension_until: date | None = None
    competence: Competence = field(default_factory=Competence)
    share_weight: Fraction = Fraction(1)
    list_size: int | None = None
    limits: PersonalLimits = field(default_factory=PersonalLimits)
    reach: frozenset[str] | None = None

    def __hash__(self) -> int:
        """By the id: a problem asks after its doctors a hundred thousand times."""
        return hash(self.id)

    def __post_init__(self) -> None:
        """Refuse shares outside their range."""
        if not 0 <= self.practice_share <= 1:
            raise ValueError(f"practice_share ({self.practice_share}) must be between 0 and 1")
        if self.share_weight < 0:
            raise ValueError(f"share_weight ({self.share_weight}) must not be negative")


class AbsenceKind(StrEnum):
    """Why a doctor is away; only the class is kept."""

    HOLIDAY = "holiday"
    COURSE = "course"
    SICK = "sick"
    PARENTAL = "parental"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Absence:
    """A stretch of time, exact to the minute, in which a doctor can have no duty."""

    doctor: str
    interval: Interval
    kind: AbsenceKind


class ExemptionKind(StrEnum):
    """The legal ground of an exemption; never a diagnosis."""

    AGE = "age"  # § 33(4) a
    PREGNANCY = "pregnancy"  # § 33(4) b
    NURSING = "nursing"  # § 33(4) c
    DECISION = "decision"  # § 33(3): health or weighty social reasons
    NEED = "need"  # remark § 33(3): more doctors than needed
    RECRUITMENT = "recruitment"  # promised at recruitment


class ExemptionStatus(StrEnum):
    """Where the exemption stands."""

    CLAIMED = "claimed"
    APPLIED = "applied"
    GRANTED = "granted"
    REFUSED = "refused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Exemption:
    """An exemption from out-of-hours duty, claimed, applied for or decided.

    Attributes:
        claimed_from: first day for which a right is claimed; `claimed_until` the last.
        decided_on: the day of the municipality's decision or of the signed promise.
        interval: the days that the decision covers, both included.
        term: expected birth (pregnancy).
        birth: the child's day of birth (ends a pregnancy right, starts a nursing right).
        hindered: the pregnancy hinders duties before the last three months.
        released_on: the day of a recorded mutual agreement that ends a recruitment promise.
        reference: case number in the archive.
    """

    id: str
    doctor: str
    kind: ExemptionKind
    status: ExemptionStatus
    claimed_from: date | None = None
    claimed_until: date | None = None
    decided_on: date | None = None
    interval: Span = field(default_factory=Span)
    term: date | None = None
    birth: date | None = None
    hindered: bool = False
    released_on: date | None = None
    reference: str | None = None
