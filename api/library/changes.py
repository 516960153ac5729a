"""What happens to a published roster, and what the ledger makes of it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from api.library.plans import LoadedPlan
from scheduler.domain.roster import Roster
from scheduler.reading.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from api.repair import Repaired
    from scheduler.ledger.book import Book
    from scheduler.ledger.closing import Closing
    from scheduler.repairing.asking import Limits
    from scheduler.repairing.events import Event


def repair(
    loaded: LoadedPlan,
    roster: Roster,
    events: Sequence[Event],
    *,
    moment: datetime,
    frozen_hours: float = 24.0,
    limits: Limits | None = None,
    stop: threading.Event | None = None,
    current: LoadedPlan | None = None,
) -> Repaired:
    """The smallest lawful changes of a published roster after what happened; nothing is written.

    Args:
        loaded: the plan that the roster was made of.
        roster: as it was published, with what was changed by hand since.
        events: from `scheduler.repairing.events`: `Away`, `Resigns`, `Claims`, `Dropped`, ...
        moment: nothing that began before it changes, UTC.
        frozen_hours: what begins within so many hours changes only if it has lost its doctor.
        limits: how far to look (`scheduler.repairing.repairs.Limits`).
        stop: set it to end early.
        current: the plan as it has become since, with all doctors of the roster.

    Raises:
        scheduler.reading.faults.PlanError: an event names what is not there, or says nothing.
    """
    from api.repair import repair as _repaired

    return _repaired(
        loaded,
        roster,
        events,
        moment=moment,
        frozen_hours=frozen_hours,
        limits=limits,
        stop=stop,
        current=current,
    )


def close_period(
    loaded: LoadedPlan,
    worked: Roster,
    book: Book,
    *,
    booked_on: date,
    refused: Mapping[str, int] | None = None,
) -> Closing:
    """Post a period into the ledger as it was worked.

    Args:
        loaded: the plan of the period.
        worked: the roster as it was worked: swaps and sickness are in it.
        book: the ledger so far; `Book()` for a new one.
        booked_on: the day of the entry.
        refused: what each doctor was refused, in hundredths of a wish; read off the roster with
            the plan's own weighing of wishes if not given.

    Returns:
        The book with one entry more (two if it was empty) and remarks in bokmål.

    Raises:
        scheduler.ledger.entry.LedgerError: the period is closed already, overlaps one that is,
            or lies before it.
    """
    from api import ledger

    return ledger.close_period(loaded, worked, book, booked_on=booked_on, refused=refused)


def open_accounts(plan: Plan, book: Book) -> Plan:
    """The plan with the ledger's balances as its opening balances.

    A doctor who is not in the book keeps what the plan says, which for one who joins is nothing.

    Args:
        plan: a plan as it is written.
        book: the ledger with all earlier periods closed.
    """
    from api import ledger

    return ledger.open_accounts(plan, book)
