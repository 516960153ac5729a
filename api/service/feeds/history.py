"""What calendars are told of each duty of each doctor: how often and when it changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.service.documents import canonical, digest
from api.service.feeds.tables import NOBODY, FeedDuty
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from scheduler.writing.rows import place_name


@dataclass(frozen=True, slots=True)
class _Shown:
    """What calendars show of a doctor's duty; equal fingerprints look alike."""

    fingerprint: str
    ends_at: datetime


def revise(session: Session, plan: str, timetable: Timetable) -> None:
    """Bring the history up to date with what has just been published of a plan.

    An event keeps its UID for ever: in the next roster of the plan, and also if the doctor loses
    the duty and gets it back.

    Args:
        session: of the publication.
        plan: id of the plan.
        timetable: the roster that is in force from now on.
    """
    now = datetime.now(UTC)
    known = {
        (own.duty, own.doctor): own
        for own in session.scalars(select(FeedDuty).where(FeedDuty.plan_id == plan))
    }
    has = dict(_shown(timetable))
    for (duty, doctor), shown in has.items():
        own = known.get((duty, doctor))
        if own is None:
            session.add(
                FeedDuty(
                    plan_id=plan,
                    duty=duty,
                    doctor=doctor,
                    sequence=0,
                    fingerprint=shown.fingerprint,
                    ends_at=shown.ends_at,
                    created_at=now,
                    changed_at=now,
                    gone_at=None,
                )
            )
            continue
        own.ends_at = shown.ends_at
        if own.gone_at is not None or own.fingerprint != shown.fingerprint:
            own.sequence += 1
            own.fingerprint = shown.fingerprint
            own.changed_at = now
            own.gone_at = None
    for key, own in known.items():
        if key not in has and own.gone_at is None:
            own.sequence += 1
            own.changed_at = now
            own.gone_at = now


def _shown(timetable: Timetable) -> Iterator[tuple[tuple[str, str], _Shown]]:
    for doctor in timetable.problem.doctors:
        for duty in timetable.duties_of(doctor.id):
            yield (duty.id, doctor.id), _Shown(_fingerprint(timetable, duty), duty.end)
    for duty in timetable.holes:
        mark = _fingerprint(timetable, duty, missing=timetable.missing(duty))
        yield (duty.id, NOBODY), _Shown(mark, duty.end)


def _fingerprint(timetable: Timetable, duty: Duty, missing: int = 0) -> str:
    """Of all that an event shows of the duty."""
    shown = {
        "start": duty.start.isoformat(),
        "end": duty.end.isoformat(),
        "name": duty.type.name,
        "place": place_name(timetable, duty),
        "home": duty.is_home,
    }
    if missing:
        shown["missing"] = missing
    return digest(canonical(shown))
