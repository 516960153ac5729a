"""Who may be alone on duty (AMF § 7: M-03, M-06, M-09), and who may stand behind whom (M-04).

A doctor is competent to be alone who has done both courses and is a specialist in general
practice, or who is an approved GP or has 30 months of clinical service and in addition a
year as municipal GP or 40 completed legevakter. A LIS1 doctor never is.

Read and derived here:

- All facts but the number of duties have a first day and then hold, so one day (`alone_from`)
  tells from when a doctor is competent by dates alone. A duty is judged by the day on which
  it starts.
- A legevakt is a primary shift of letter a or b. The doctor's `duties_done` counts those
  before the period; those of the period count from the moment they end.
- Clinical months grow with the calendar from `as_of`; leave is not subtracted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scheduler.domain.doctor import Competence, Doctor, Employment
from scheduler.domain.duty import Duty, Presence, Role, ShiftPattern
from scheduler.domain.time import add_months

NEVER = date.max


class Gap(StrEnum):
    """What a doctor lacks to be alone on duty."""

    LIS1 = "lis1"
    SERVICE = "service"
    EXPERIENCE = "experience"
    EMERGENCY_COURSE = "emergency_course"
    VIOLENCE_COURSE = "violence_course"


@dataclass(frozen=True, slots=True)
class Demand:
    """The amounts that the regulation asks for."""

    clinical_months: int = 30
    municipal_months: int = 12
    duties: int = 40


@dataclass(frozen=True, slots=True)
class Independence:
    """Whether a doctor may be alone on a duty.

    Attributes:
        after: how many duties of the period must be completed first; 0: always (however
            few), None: never (however many).
    """

    after: int | None

    def given(self, completed: int) -> bool:
        """Whether it holds after so many completed duties of the period."""
        return self.after is not None and completed >= self.after


@dataclass(frozen=True, slots=True)
class Standing:
    """From when one doctor may be alone on duty.

    Attributes:
        alone_from: the first day of competence by dates alone.
        counting_from: the first day from which only the number of duties may lack.
        lacking: how many completed duties lack on the period's first day.
    """

    alone_from: date
    counting_from: date
    lacking: int

    def on(self, day: date) -> Independence:
        """The independence on a duty that starts on the day."""
        if day >= self.alone_from:
            return Independence(0)
        return Independence(self.lacking if day >= self.counting_from else None)


def standing(doctor: Doctor, demand: Demand) -> Standing:
    """From when the doctor is competent under AMF § 7."""
    own = doctor.competence
    if doctor.employment is Employment.LIS1:
        return Standing(NEVER, NEVER, 0)
    courses = max(own.emergency_course_from or NEVER, own.violence_course_from or NEVER)
    specialist = own.specialist_from or NEVER
    service = _service_from(own, demand)
    lacking = max(0, demand.duties - own.duties_done)
    experience = _municipal_year(own, demand) if lacking else date.min
    return Standing(
        alone_from=max(courses, min(specialist, max(service, experience))),
        counting_from=max(courses, service),
        lacking=lacking,
    )


def gaps(doctor: Doctor, day: date, demand: Demand, completed: int = 0) -> tuple[Gap, ...]:
    """What the doctor lacks on the day, after so many completed duties of the period."""
    own = doctor.competence
    if doctor.employment is Employment.LIS1:
        return (Gap.LIS1,)
    found = []
    if (own.specialist_from or NEVER) > day:
        if _service_from(own, demand) > day:
            found.append(Gap.SERVICE)
        if own.duties_done + completed < demand.duties and _municipal_year(own, demand) > day:
            found.append(Gap.EXPERIENCE)
    if (own.emergency_course_from or NEVER) > day:
        found.append(Gap.EMERGENCY_COURSE)
    if (own.violence_course_from or NEVER) > day:
        found.append(Gap.VIOLENCE_COURSE)
    return tuple(found)


def counts_as_legevakt(duty: Duty) -> bool:
    """Whether the duty is one of the 40: a primary shift, out of hours or by day."""
    return duty.is_shift and not duty.is_backup


def completed_before(duties: Iterable[Duty], moment: datetime) -> int:
    """How many of a doctor's duties of the period are completed legevakter at the moment."""
    return sum(1 for duty in duties if counts_as_legevakt(duty) and duty.end <= moment)


def stands_by(protector: ShiftPattern, protected: ShiftPattern) -> bool:
    """Whether a doctor on one pattern stands by a doctor on the other at the same time.

    A backup does for the patterns it backs up; a primary doctor does where both are on
    site at one place. (Two doctors on one and the same duty always stand by each other.)
    """
    if protector.role is Role.BACKUP:
        return protected.id in protector.backs_up
    on_site = protector.presence is protected.presence is Presence.ON_SITE
    return on_site and protector.place == protected.place


def _service_from(own: Competence, demand: Demand) -> date:
    """The first day as approved GP or with enough clinical service, specialists included."""
    by_title = min(own.approved_gp_from or NEVER, own.specialist_from or NEVER)
    missing = demand.clinical_months - own.clinical_months
    if own.as_of is None:
        return min(by_title, date.min if missing <= 0 else NEVER)
    # either way: far before or after `as_of` the exact month does not matter
    return min(by_title, add_months(own.as_of, max(-600, min(missing, 600))))


def _municipal_year(own: Competence, demand: Demand) -> date:
    """The first day with a completed year as municipal GP."""
    if own.municipal_gp_from is None:
        return NEVER
    return add_months(own.municipal_gp_from, demand.municipal_months)
