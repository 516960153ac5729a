"""What calendars are told of each duty of each doctor: how often and when it changed."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.service.documents import canonical, digest
from api.service.feeds.tables import FeedDuty
from api.service.rosters.tables import StoredRoster
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from scheduler.writing.rows import place_name


def revise(session: Session, roster: StoredRoster, timetable: Timetable) -> None:
    """Bring the history up to date with what has just been published.

    An event keeps its UID for ever: also when the doctor loses the duty and gets it back.
    """
    now = datetime.now(UTC)
    known = {
        (own.duty, own.doctor): own
        for own in session.scalars(select(FeedDuty).where(FeedDuty.roster_id == roster.id))
    }
    has = {
        (duty.id, doctor.id): _fingerprint(timetable, duty)
        for doctor in timetable.problem.doctors
        for duty in timetable.duties_of(doctor.id)
    }
    for (duty, doctor), fingerprint in has.items():
        own = known.get((duty, doctor))
        if own is None:
            session.add(
                FeedDuty(
                    roster_id=roster.id,
                    duty=duty,
                    doctor=doctor,
                    sequence=0,
                    fingerprint=fingerprint,
                    created_at=now,
                    changed_at=now,
                    gone_at=None,
                )
            )
        elif own.gone_at is not None or own.fingerprint != fingerprint:
            own.sequence += 1
            own.fingerprint = fingerprint
            own.changed_at = now
            own.gone_at = None
    for key, own in known.items():
        if key not in has and own.gone_at is None:
            own.sequence += 1
            own.changed_at = now
            own.gone_at = now


def _fingerprint(timetable: Timetable, duty: Duty) -> str:
    """Of all that an event shows of the duty."""
    shown = {
        "start": duty.start.isoformat(),
        "end": duty.end.isoformat(),
        "name": duty.type.name,
        "place": place_name(timetable, duty),
        "home": duty.is_home,
    }
    return digest(canonical(shown))
