"""What a feed holds: the published rosters of its cooperation, as events."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.service.feeds.parts import Part
from api.service.feeds.store import BUSY, DISTRICT, DOCTOR, HOLES, OF_DOCTOR, PLACE
from api.service.feeds.tables import FeedDuty, StoredFeed
from api.service.rosters.documents import read
from api.service.rosters.tables import RosterVersion
from api.service.understood import UnderstoodPlans
from scheduler.domain.problem import Assignment
from scheduler.domain.roster import Timetable
from scheduler.writing.ical import (
    Feed,
    busy_entries,
    hole_entries,
    own_entries,
    staff_entries,
    title_of,
    uid,
)
from scheduler.writing.ical_format import Entry, Revision, to_calendar
from scheduler.writing.ical_words import LANGUAGES

PAGE = "/vakt/"
"""Where the page of an event is; the id of the event follows."""


def calendar(
    session: Session,
    plans: UnderstoodPlans,
    feed: StoredFeed,
    parts: Sequence[Part],
    since: date,
    public_url: str,
) -> bytes:
    """The bytes of a feed: the same for the same publications and first day.

    Args:
        session: to read with.
        plans: that were understood lately.
        feed: whose bytes.
        parts: the rosters in it.
        since: the Oslo day on which it begins.
        public_url: by which people reach the service; events link to their pages there.
    """
    words = LANGUAGES[feed.language]
    title = {
        DOCTOR: words.duties,
        BUSY: words.busy,
        PLACE: words.roster,
        DISTRICT: words.district,
        HOLES: words.holes,
    }[feed.kind]
    entries: list[Entry] = []
    decided: set[tuple[str, ...]] = set()
    for part in sorted(parts, key=lambda own: own.publication is None):
        problem = plans.of(session, part.plan_version).problem
        document = session.get_one(RosterVersion, part.version).document
        timetable = Timetable(problem, read(document, problem))
        if feed.kind == DOCTOR and feed.subject in problem.doctor_by_id:
            title = title_of(timetable, feed.subject, words)
        if feed.kind == PLACE:
            names = {place.id: place.name for place in problem.places}
            title = f"{words.roster} – {names.get(feed.subject, feed.subject)}"
        for entry in _entries(timetable, feed, _choices(session, feed, part, since, public_url)):
            shown = (
                part.plan,
                entry.duty.id,
                entry.summary,
                str(entry.duty.start),
                str(entry.duty.end),
            )
            if part.publication is not None:
                decided.add(shown)
            elif shown in decided:
                continue  # a hearing that would change nothing about this duty
            entries.append(entry)
    return to_calendar(title, entries)


def _entries(timetable: Timetable, feed: StoredFeed, choices: Feed) -> Iterator[Entry]:
    if feed.kind in OF_DOCTOR:
        if feed.subject in timetable.problem.doctor_by_id:
            entries = own_entries if feed.kind == DOCTOR else busy_entries
            yield from entries(timetable, feed.subject, choices)
    elif feed.kind == HOLES:
        yield from hole_entries(timetable, choices)
    else:
        yield from staff_entries(timetable, choices, feed.subject if feed.kind == PLACE else None)


def _choices(session: Session, feed: StoredFeed, part: Part, since: date, public_url: str) -> Feed:
    history = _history(session, feed, part) if part.publication else ()
    known = {Assignment(own.duty, own.doctor): own for own in history}
    return Feed(
        stamp=part.shown_at.astimezone(UTC).replace(microsecond=0),
        namespace=f"{feed.cooperation_id}/{part.plan}/{feed.kind}",
        uids={who: _uid(feed, own) for who, own in known.items()},
        revisions={
            who: Revision(
                own.sequence,
                own.changed_at.replace(microsecond=0),
                own.created_at.replace(microsecond=0),
            )
            for who, own in known.items()
        },
        since=since,
        alarm_minutes=feed.alarm_minutes,
        draft=part.publication is None,
        words=LANGUAGES[feed.language],
        pages={who: f"{public_url.rstrip('/')}{PAGE}{own.id}" for who, own in known.items()},
        home_busy=feed.home_busy,
    )


def _history(session: Session, feed: StoredFeed, part: Part) -> Sequence[FeedDuty]:
    query = select(FeedDuty).where(FeedDuty.plan_id == part.plan, FeedDuty.gone_at.is_(None))
    if feed.kind in OF_DOCTOR:
        query = query.where(FeedDuty.doctor == feed.subject)
    return session.scalars(query).all()


def _uid(feed: StoredFeed, own: FeedDuty) -> str:
    """Who subscribes to several kinds must not see one event twice, or only once."""
    return own.id if feed.kind == DOCTOR else uid(feed.kind, own.id, "")
