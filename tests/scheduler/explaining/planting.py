"""What planted plans are made of: people, duties, and what keeps somebody from one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from constraints.catalogue import rules_for
from scheduler.domain.doctor import (
    Absence,
    AbsenceKind,
    Competence,
    Doctor,
    Exemption,
    ExemptionKind,
    ExemptionStatus,
)
from scheduler.domain.duty import Duty, Letter, MunicipalDuty, Presence, Role, ShiftPattern
from scheduler.domain.problem import Attitude, Place, Problem, Wish
from scheduler.domain.roster import Timetable
from scheduler.explaining.conflict import Finding
from scheduler.rule import Rule
from tests.support import (
    DAYTIME,
    EVENING,
    NIGHT,
    NURSING_HOME,
    doctor,
    duty,
    roster,
    span,
)

Cause = tuple[str, str | None]
"""A rule and a doctor (ids)."""

SINCE = date(2015, 1, 1)
ABLE = Competence(
    specialist_from=SINCE,
    approved_gp_from=SINCE,
    clinical_months=120,
    municipal_gp_from=SINCE,
    duties_done=200,
    lis1_completed_from=SINCE,
    emergency_course_from=SINCE,
    violence_course_from=SINCE,
    radio_from=SINCE,
)
SPECIAL = MunicipalDuty("veiledning", "Veiledning", "fjell", "sh", specialist_only=True)
EARLY = ShiftPattern(
    "tidlig", "Tidligvakt", Letter.OUT_OF_HOURS, Presence.ON_SITE, Role.PRIMARY, "lv", burden=100
)
ANNEX = ShiftPattern(
    "nord", "Nordvakt", Letter.OUT_OF_HOURS, Presence.ON_SITE, Role.PRIMARY, "nord", burden=100
)
PLACES = (Place("lv", "Legevakta"), Place("sh", "Sykehjemmet"), Place("nord", "Legevakt nord"))


def able(name: str, **more: Any) -> Doctor:
    """A doctor who may be alone on duty."""
    more.setdefault("competence", ABLE)
    return doctor(name, **more)


KARI, OLA, SIV = able("Kari"), able("Ola"), able("Siv")
NIGHT_10 = duty("2027-03-10 23:00", "2027-03-11 08:00", NIGHT)
NIGHT_12 = duty("2027-03-12 23:00", "2027-03-13 08:00", NIGHT)
EVENING_10 = duty("2027-03-10 15:00", "2027-03-10 23:00", EVENING)
DAY_10 = duty("2027-03-10 08:00", "2027-03-10 15:00", DAYTIME)
SESSION_10 = duty("2027-03-10 08:00", "2027-03-10 12:00", NURSING_HOME)
SESSION_11 = duty("2027-03-11 08:00", "2027-03-11 12:30", NURSING_HOME)


@dataclass(frozen=True)
class Planted:
    """A plan with a cause.

    Attributes:
        asked: the duty that lacks a doctor; None where the plan has no roster at all.
        work: the roster as it stands.
        causes: all that must be blamed, and nothing else.
        demands: ids of other duties that are a part of the conflict.
    """

    name: str
    problem: Problem
    causes: frozenset[Cause]
    asked: Duty | None = None
    work: Mapping[str, Sequence[Duty]] | None = None
    demands: frozenset[str] = frozenset()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The catalogue's rules with the plan's settings."""
        return rules_for(self.problem)

    @property
    def timetable(self) -> Timetable:
        """The roster as it stands."""
        return roster(self.problem, self.work or {})

    @property
    def finding(self) -> Finding:
        """What is to be found."""
        return Finding.TOGETHER if self.demands else Finding.ALONE


def away(who: Doctor, start: str = "2027-03-10", end: str = "2027-03-14") -> Absence:
    return Absence(who.id, span(f"{start} 00:00", f"{end} 00:00"), AbsenceKind.HOLIDAY)


def cannot(who: Doctor, start: str = "2027-03-10", end: str = "2027-03-14") -> Wish:
    when = span(f"{start} 00:00", f"{end} 00:00")
    return Wish(f"ø-{who.id}-{start}", who.id, Attitude.CANNOT, when)


def exempt(who: Doctor, kind: ExemptionKind, **more: Any) -> Exemption:
    """An exemption of the whole spring."""
    rights = (ExemptionKind.AGE, ExemptionKind.PREGNANCY, ExemptionKind.NURSING)
    status = ExemptionStatus.CLAIMED if kind in rights else ExemptionStatus.GRANTED
    more.setdefault("claimed_from", date(2027, 1, 1))
    more.setdefault("decided_on", date(2026, 10, 1))
    return Exemption(f"f-{who.id}", who.id, kind, status, **more)
