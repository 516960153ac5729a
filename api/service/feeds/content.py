"""What a feed holds: the published rosters of its cooperation, as events."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.service.feeds.store import BUSY, DOCTOR, PLACE
from api.service.feeds.tables import FeedDuty, StoredFeed
from api.service.rosters.documents import read
from api.service.rosters.store import HEARING
from api.service.rosters.tables import Publication, RosterVersion, StoredRoster
from api.service.understood import UnderstoodPlans
from scheduler.domain.problem import Assignment
from scheduler.domain.roster import Timetable
from scheduler.writing.ical import (
    Entry,
    Feed,
    Revision,
    busy_entries,
    own_entries,
    staff_entries,
    title_of,
    to_calendar,
)

BACK = timedelta(days=30)
_OSLO = ZoneInfo("Europe/Oslo")


@dataclass(frozen=True, slots=True)
class Part:
    """One roster in a feed.

    Attributes:
        version: what is shown of it.
        publication: None for a roster in hearing.
        shown_at: when it was published, or the version made.
    """

    roster: str
    version: str
    plan_version: str
    document: str
    publication: str | None
    shown_at: datetime


def parts_of(session: Session, feed: StoredFeed) -> tuple[Part, ...]:
    """The rosters in a feed: what was published last of each plan; on request hearings too."""
    newest_first = (Publication.created_at.desc(), Publication.id)
    ranked = (
        select(
            Publication.id,
            func.row_number()
            .over(partition_by=StoredRoster.plan_id, order_by=newest_first)
            .label("place"),
        )
        .join(StoredRoster, StoredRoster.id == Publication.roster_id)
        .where(StoredRoster.cooperation_id == feed.cooperation_id)
        .subquery()
    )
    published = session.execute(
        select(Publication, RosterVersion)
        .join(ranked, (Publication.id == ranked.c.id) & (ranked.c.place == 1))
        .join(RosterVersion, RosterVersion.id == Publication.roster_version_id)
    ).all()
    found = [_part(version, publication) for publication, version in published]
    if feed.drafts:
        hearing = session.scalars(
            select(RosterVersion)
            .join(StoredRoster, StoredRoster.id == RosterVersion.roster_id)
            .where(
                StoredRoster.cooperation_id == feed.cooperation_id,
                StoredRoster.state == HEARING,
                RosterVersion.number == StoredRoster.version,
            )
        )
        found += [_part(version, None) for version in hearing]
    return tuple(sorted(found, key=lambda part: (part.shown_at, part.version)))


def _part(version: RosterVersion, publication: Publication | None) -> Part:
    return Part(
        roster=version.roster_id,
        version=version.id,
        plan_version=version.plan_version_id,
        document=version.document,
        publication=publication.id if publication else None,
        shown_at=publication.created_at if publication else version.created_at,
    )


def first_day(today: date | None = None) -> date:
    """The day on which a feed begins."""
    return (today or datetime.now(_OSLO).date()) - BACK


def calendar(
    session: Session,
    plans: UnderstoodPlans,
    feed: StoredFeed,
    parts: Sequence[Part],
    since: date,
) -> bytes:
    """The bytes of a feed: the same for the same publications and first day."""
    title = {PLACE: "Vaktplan", DOCTOR: "Vakter", BUSY: "Opptatt"}.get(feed.kind, "Legevakt")
    entries: list[Entry] = []
    for part in parts:
        problem = plans.of(session, part.plan_version).problem
        timetable = Timetable(problem, read(part.document, problem))
        if feed.kind == DOCTOR and feed.subject in problem.doctor_by_id:
            title = title_of(timetable, feed.subject)
        if feed.kind == PLACE:
            names = {place.id: place.name for place in problem.places}
            title = f"Vaktplan – {names.get(feed.subject, feed.subject)}"
        entries += _entries(timetable, feed, _choices(session, feed, part, since))
    return to_calendar(title, entries)


def _entries(timetable: Timetable, feed: StoredFeed, choices: Feed) -> Iterator[Entry]:
    if feed.kind in (DOCTOR, BUSY):
        if feed.subject in timetable.problem.doctor_by_id:
            entries = own_entries if feed.kind == DOCTOR else busy_entries
            yield from entries(timetable, feed.subject, choices)
        return
    yield from staff_entries(timetable, choices, feed.subject if feed.kind == PLACE else None)


def _choices(session: Session, feed: StoredFeed, part: Part, since: date) -> Feed:
    stamp = part.shown_at.astimezone(UTC).replace(microsecond=0)
    query = select(FeedDuty).where(FeedDuty.roster_id == part.roster, FeedDuty.gone_at.is_(None))
    if feed.kind in (DOCTOR, BUSY):
        query = query.where(FeedDuty.doctor == feed.subject)
    history = session.scalars(query).all() if part.publication else ()
    return Feed(
        stamp=stamp,
        # A doctor who subscribes to several kinds must not see one event twice, or only once.
        namespace=f"{feed.cooperation_id}/{part.roster}/{feed.kind}",
        uids={Assignment(own.duty, own.doctor): own.id for own in history}
        if feed.kind == DOCTOR
        else {},
        revisions={
            Assignment(own.duty, own.doctor): Revision(
                own.sequence,
                own.changed_at.replace(microsecond=0),
                own.created_at.replace(microsecond=0),
            )
            for own in history
        },
        since=since,
        alarm_minutes=feed.alarm_minutes,
        draft=part.publication is None,
    )
