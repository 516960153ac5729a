"""The book of a cooperation: read whole, added to at its end."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.accounts.tables import Cooperation
from api.service.audit.store import log
from api.service.documents import canonical
from api.service.errors import NotFoundError, StaleError
from api.service.ledgers.tables import LedgerEntry
from api.service.recent import Recent
from api.service.rosters.documents import read
from api.service.rosters.tables import RosterVersion
from api.service.understood import UnderstoodPlans
from scheduler.domain.roster import Timetable
from scheduler.ledger.book import Book
from scheduler.ledger.digest import entry_document
from scheduler.reading.faults import PlanError
from scheduler.reading.ledger import ReadBook, flaw_faults, read_book
from scheduler.writing.ledger_file import FORMAT, VERSION

_NAME = "vaktkonto.json"
_KEPT = 8  # books; a large one takes some tens of megabytes


class Books:
    """Books that were read lately, by their last digest: nothing above it can be another."""

    def __init__(self) -> None:
        """Know none yet."""
        self._recent: Recent[Book] = Recent(_KEPT)

    def of(self, session: Session, actor: Actor) -> Book:
        """The book of the actor's cooperation; empty if nothing was ever posted.

        Raises:
            NotFoundError: the actor belongs to no cooperation.
            PlanError: it is not as it was posted.
        """
        if not actor.cooperation:
            raise NotFoundError
        last = session.scalar(
            select(LedgerEntry)
            .where(LedgerEntry.cooperation_id == actor.cooperation)
            .order_by(LedgerEntry.number.desc())
            .limit(1)
        )
        if last is None:
            return Book()

        def whole() -> Book:
            found = look_into(session, actor)
            if found.flaws:
                raise PlanError(flaw_faults(found.flaws))
            return found.book

        return self._recent.get((actor.cooperation, last.number, last.digest), whole)

    def forget(self) -> None:
        """Know none any more: something has been erased from them."""
        self._recent.forget()


def look_into(session: Session, actor: Actor) -> ReadBook:
    """The book as it stands, tampered with or not.

    Raises:
        PlanError: what stands there is no book any more.
    """
    rows = session.scalars(
        select(LedgerEntry)
        .where(LedgerEntry.cooperation_id == actor.cooperation)
        .order_by(LedgerEntry.number)
    ).all()
    head = {
        "format": FORMAT,
        "version": VERSION,
        "length": rows[-1].number if rows else 0,
        "digest": rows[-1].digest if rows else "",
    }
    entries = ",".join(own.document for own in rows)
    text = f'{json.dumps(head)[:-1]},"entries":[{entries}]}}'
    return read_book(text.encode(), _NAME)


def append(
    session: Session,
    actor: Actor,
    before: Book,
    after: Book,
    *,
    roster_version: str | None = None,
) -> None:
    """Put the entries that a book has more than the one that stands at its end.

    Args:
        session: to write with.
        actor: who posts.
        before: the book that was read.
        after: the same with more entries.
        roster_version: id of what was worked, for a closing.

    Raises:
        StaleError: somebody else has posted in between.
    """
    session.get_one(Cooperation, actor.cooperation, with_for_update=True)
    stands = session.scalar(
        select(func.max(LedgerEntry.number)).where(LedgerEntry.cooperation_id == actor.cooperation)
    )
    if (stands or 0) != len(before.entries):
        raise StaleError(version=stands or 0)
    for own in after.entries[len(before.entries) :]:
        session.add(
            LedgerEntry(
                cooperation_id=actor.cooperation,
                number=own.number,
                digest=own.digest,
                document=canonical(entry_document(own) | {"digest": own.digest}),
                roster_version_id=roster_version if own.period else None,
                author=actor.name,
                created_at=datetime.now(UTC),
            )
        )
        # The reason stands in the entry, and stays there alone.
        log(session, actor, f"ledger.{own.event.value}", f"ledger/{own.number}", digest=own.digest)


def rows(session: Session, actor: Actor, *, before: int | None, most: int) -> Sequence[LedgerEntry]:
    """Entries as they were stored, the newest first.

    Args:
        session: to read with.
        actor: whose cooperation's.
        before: only entries with smaller numbers.
        most: how many.
    """
    query = select(LedgerEntry).where(LedgerEntry.cooperation_id == actor.cooperation)
    if before is not None:
        query = query.where(LedgerEntry.number < before)
    return session.scalars(query.order_by(LedgerEntry.number.desc()).limit(most)).all()


def worked(session: Session, plans: UnderstoodPlans, actor: Actor, number: int) -> Timetable | None:
    """The roster as it was worked, of a closing that was made here; else None.

    Args:
        session: to read with.
        plans: what the roster's plan means.
        actor: whose cooperation's.
        number: of the entry.
    """
    version = session.scalar(
        select(RosterVersion)
        .join(LedgerEntry, LedgerEntry.roster_version_id == RosterVersion.id)
        .where(LedgerEntry.cooperation_id == actor.cooperation, LedgerEntry.number == number)
    )
    if version is None:
        return None
    problem = plans.of(session, version.plan_version_id).problem
    return Timetable(problem, read(version.document, problem))
