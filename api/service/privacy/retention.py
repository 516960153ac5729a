"""What is not kept for longer than needed: how long stands in the settings.

One of all processes that share the database does it now and then (`sweeper`), or somebody by hand.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, or_, select, update
from sqlalchemy.orm import Session

from api.service.accounts.tables import ApiToken, Cooperation, LoginTry, PendingLogin, Visit
from api.service.audit.tables import AuditEntry
from api.service.db.base import Base
from api.service.db.database import Database
from api.service.feeds.tables import FeedClient, StoredFeed
from api.service.hearings.tables import RosterComment
from api.service.jobs.store import ENDED
from api.service.jobs.tables import Job, OnceKey
from api.service.messages.tables import Message
from api.service.offers.tables import SwapDeal, SwapOffer
from api.service.privacy import erasing, ledgers, rewriting
from api.service.privacy.months import later
from api.service.privacy.rewriting import Rewriting
from api.service.privacy.tables import Erasure, Turn
from api.service.rosters.tables import StoredRoster
from api.service.scenarios.tables import ScenarioSet
from api.service.settings import Settings
from api.service.wishes.tables import StatedWish, WishRound

_KEYS = timedelta(days=2)  # as long as a key stands for its request
_TRIES = timedelta(hours=1)
_LOGINS = timedelta(hours=1)


def sweep(
    database: Database, settings: Settings, now: datetime, *, only_try: bool = False
) -> Mapping[str, int]:
    """Delete what has been kept long enough; gives the number of rows by table.

    Args:
        database: all of it.
        settings: how many months things are kept.
        now: to count from.
        only_try: tell what would go, and keep it.
    """
    counts = Counter(sweep_rows(database, settings, now, only_try=only_try))
    counts.update(sweep_plans(database, settings, now, only_try=only_try))
    return {name: count for name, count in sorted(counts.items()) if count}


def sweep_rows(
    database: Database, settings: Settings, now: datetime, *, only_try: bool = False
) -> Mapping[str, int]:
    """Delete rows that have been kept long enough."""
    counts = Counter[str]()
    with database.trying(only_try) as session:
        for table, old in _old(settings, now):
            counts[table.name] += _deleted(session, table, old)
        counts["audit_entry"] += _old_entries(session, settings, now)
    return counts


def sweep_plans(
    database: Database, settings: Settings, now: datetime, *, only_try: bool = False
) -> Mapping[str, int]:
    """Erase grounds of periods that are long over, and names that no longer have to be shown."""
    counts = Counter[str]()
    today = now.date()
    with database.reading() as session:
        cooperations = session.scalars(select(Cooperation.id).order_by(Cooperation.id)).all()
        waiting = [own.id for own in erasing.due(session, today)]
    for cooperation in cooperations:
        with database.reading() as session:
            found = rewriting.of_grounds(session, cooperation, today, settings.keep_grounds_months)
        if found.plans or found.over:
            with database.trying(only_try) as session:
                counts.update(_without_grounds(session, cooperation, found))
    for name in waiting:
        counts.update(_finished(database, settings, name, now, only_try=only_try))
    return counts


def _without_grounds(session: Session, cooperation: str, found: Rewriting) -> Mapping[str, int]:
    """What was private in periods that are long over goes: wishes, and what people wrote."""
    touched = _said_about(session, found.over)
    if not found.plans and not any(touched.values()):
        return {}
    made = erasing.open_erasure(session, cooperation, "retention")
    found.store(session, cooperation)
    touched |= found.touched
    touched["ledger_entry"] = ledgers.rewritten(
        session, cooperation, found.meanings, None, name_too=False
    )
    erasing.close(session, made, touched)
    return {name: int(count) for name, count in made.counts.items()}


def _said_about(session: Session, plans: Collection[str]) -> dict[str, Collection[Any]]:
    """Delete wishes and comments of plans, and what was noted to swaps; gives keys by table."""
    rounds = select(WishRound.id).where(WishRound.plan_id.in_(plans))
    rosters = select(StoredRoster.id).where(StoredRoster.plan_id.in_(plans))
    found: dict[str, Collection[Any]] = {}
    for table, own in (
        (_table(StatedWish), StatedWish.round_id.in_(rounds)),
        (_table(RosterComment), RosterComment.roster_id.in_(rosters)),
        (_table(ScenarioSet), ScenarioSet.plan_id.in_(plans)),
    ):
        gone = session.execute(delete(table).where(own).returning(*table.primary_key))
        found[table.name] = gone.all()
    for table, text in ((_table(SwapOffer), "note"), (_table(SwapDeal), "reason")):
        emptied = session.execute(
            update(table)
            .where(table.c.plan_id.in_(plans), table.c[text] != "")
            .values({text: ""})
            .returning(*table.primary_key)
        )
        found[table.name] = emptied.all()
    return found


def my_turn(session: Session, name: str, now: datetime, every: timedelta) -> bool:
    """Whether this process does it now: one of all that ask does, and the next one later.

    Args:
        session: to write with.
        name: of what is done.
        now: when.
        every: until it is done again.
    """
    turn = session.get(Turn, name, with_for_update=True)
    if turn is None:
        session.add(Turn(name=name, next_at=now + every))
        session.flush()
        return True
    if turn.next_at > now:
        return False
    turn.next_at = now + every
    return True


def _old(settings: Settings, now: datetime) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Rows that have been kept long enough."""
    messages = _before(now, settings.keep_messages_months)
    jobs = _before(now, settings.keep_jobs_months)
    ended = _before(now, settings.keep_ended_months)
    yield _table(Visit), Visit.ends_at <= now
    yield _table(PendingLogin), PendingLogin.created_at <= now - _LOGINS
    yield _table(LoginTry), LoginTry.at <= now - _TRIES
    yield _table(OnceKey), OnceKey.created_at <= now - _KEYS
    yield _table(Message), Message.sent_at <= messages
    yield _table(Job), (Job.state.in_(ENDED)) & (Job.ended_at <= jobs)
    yield _table(ApiToken), or_(ApiToken.ends_at <= ended, ApiToken.revoked_at <= ended)
    yield _table(StoredFeed), StoredFeed.revoked_at <= ended
    yield _table(FeedClient), FeedClient.fetched_at <= ended


def _table(kind: type[Base]) -> Table:
    table = kind.__table__
    if not isinstance(table, Table):
        raise TypeError(f"kind ({kind}) must have a table of its own")
    return table


def _before(now: datetime, months: int) -> datetime:
    """So many months ago."""
    day = later(now.date(), -months)
    return datetime.combine(day, now.timetz())


def _deleted(session: Session, table: Table, old: ColumnElement[bool]) -> int:
    return len(session.execute(delete(table).where(old).returning(*table.primary_key)).all())


def _old_entries(session: Session, settings: Settings, now: datetime) -> int:
    """Entries of the audit log go by way of an erasure, which stays."""
    old = AuditEntry.at <= _before(now, settings.keep_audit_months)
    if session.scalar(select(AuditEntry.id).where(old).limit(1)) is None:
        return 0
    made = erasing.open_erasure(session, "", "retention")
    gone = session.scalars(delete(AuditEntry).where(old).returning(AuditEntry.id)).all()
    erasing.close(session, made, {"audit_entry": gone})
    return len(gone)


def _finished(
    database: Database, settings: Settings, name: str, now: datetime, *, only_try: bool
) -> Mapping[str, int]:
    with database.reading() as session:
        erasure = session.get_one(Erasure, name)
        person = erasing.held_person(erasure)
        found = rewriting.of_person(
            session,
            erasure.cooperation_id or "",
            person,
            now.date(),
            settings.keep_rosters_months,
        )
    with database.trying(only_try) as session:
        made = erasing.finish(session, session.get_one(Erasure, name), found)
        return {key: int(count) for key, count in made.counts.items()}
