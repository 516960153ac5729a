"""Which rosters are in a feed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, null, or_, select
from sqlalchemy.orm import Session

from api.service.feeds.tables import FeedDuty
from api.service.rosters.store import HEARING
from api.service.rosters.tables import Publication, RosterVersion, StoredRoster
from scheduler.domain.time import local_day, moment

BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Part:
    """One roster in a feed.

    Attributes:
        version: id of what is shown of it.
        number: of that version.
        digest: of that version; another one if something was erased from it.
        publication: None for a roster in hearing.
        shown_at: when it was published, or the version made.
    """

    roster: str
    title: str
    plan: str
    version: str
    number: int
    plan_version: str
    digest: str
    publication: str | None
    shown_at: datetime


def first_day(now: datetime) -> date:
    """The Oslo day on which a feed begins."""
    return local_day(now) - BACK


def parts(
    session: Session, cooperation: str, since: date, *, drafts: bool = False
) -> tuple[Part, ...]:
    """The rosters in a feed: what was published last of each plan; on request hearings too.

    Args:
        session: to read with.
        cooperation: id.
        since: plans whose last duty ended before this Oslo day are left out.
        drafts: rosters in hearing too.
    """
    newest_first = (Publication.created_at.desc(), Publication.id)
    ranked = (
        select(
            Publication.id,
            func.row_number()
            .over(partition_by=StoredRoster.plan_id, order_by=newest_first)
            .label("place"),
        )
        .join(StoredRoster, StoredRoster.id == Publication.roster_id)
        .where(StoredRoster.cooperation_id == cooperation)
        .subquery()
    )
    in_window = select(FeedDuty.id).where(
        FeedDuty.plan_id == StoredRoster.plan_id,
        or_(FeedDuty.ends_at.is_(None), FeedDuty.ends_at >= moment(since, time(0))),
    )
    published = (
        _columns(Publication.id, Publication.created_at)
        .join(Publication, Publication.roster_version_id == RosterVersion.id)
        .join(ranked, (Publication.id == ranked.c.id) & (ranked.c.place == 1))
        .where(in_window.exists())
    )
    found = [_part(row) for row in session.execute(published)]
    if drafts:
        hearing = _columns(null(), RosterVersion.created_at).where(
            StoredRoster.cooperation_id == cooperation,
            StoredRoster.state == HEARING,
            RosterVersion.number == StoredRoster.version,
        )
        found += [_part(row) for row in session.execute(hearing)]
    return tuple(sorted(found, key=lambda part: (part.shown_at, part.version)))


def versions(shown: Sequence[Part]) -> Mapping[str, int]:
    """Id of roster -> number of the published version in these parts."""
    return {part.roster: part.number for part in shown if part.publication is not None}


def _columns(
    publication: Any, shown_at: Any
) -> Select[str, str, str, str, int, str, str, str | None, datetime]:
    """The columns of a part; the documents, which are large, are left where they are."""
    return (
        select(
            StoredRoster.id,
            StoredRoster.title,
            StoredRoster.plan_id,
            RosterVersion.id,
            RosterVersion.number,
            RosterVersion.plan_version_id,
            RosterVersion.digest,
            publication,
            shown_at,
        )
        .select_from(RosterVersion)
        .join(StoredRoster, StoredRoster.id == RosterVersion.roster_id)
    )


def _part(row: Row[str, str, str, str, int, str, str, str | None, datetime]) -> Part:
    return Part(*row)
