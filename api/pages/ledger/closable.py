"""Which periods can be closed: those of published rosters that no closing has counted."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.ledgers.shapes import LedgerOut
from api.service.plans.tables import PlanVersion
from api.service.rosters import store as rosters

_LISTED = 50


@dataclass(frozen=True, slots=True)
class Closable:
    """A published roster whose period is not closed.

    Attributes:
        id: of the roster.
        last_day: of its period; swaps and sickness may come until then.
    """

    id: str
    title: str
    last_day: date


def closable(session: Session, actor: Actor, ledger: LedgerOut) -> Iterator[Closable]:
    """The rosters that can be chosen, the newest first."""
    closed = {(own.title, own.first_day, own.last_day) for own in ledger.closings}
    for own in rosters.rosters(session, actor, None, None, _LISTED)[:_LISTED]:
        if rosters.last_publication(session, own) is None:
            continue
        version = rosters.version_of(session, actor, own)
        plan = json.loads(session.get_one(PlanVersion, version.plan_version_id).document)
        first, last = (date.fromisoformat(plan[name]) for name in ("first_day", "last_day"))
        if (plan["title"], first, last) not in closed:
            yield Closable(own.id, own.title, last)
