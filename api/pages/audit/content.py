"""Entries of the audit log in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from api.pages.audit.words import Thing, Things
from api.pages.page import Page
from api.pages.subjects import CATALOGUE
from api.service.audit.routes import EntryOut


@dataclass(frozen=True, slots=True)
class Told:
    """One entry.

    Attributes:
        what: in words, or the name of the action where there are none.
        subject: as the API names it.
        details: a few words each.
    """

    at: datetime
    who: str
    what: str
    subject: str
    thing: Thing
    why: str
    details: list[str]


def told(page: Page, session: Session, entries: Sequence[EntryOut]) -> list[Told]:
    """Entries in words."""
    things = Things.of(page, session, ((own.subject, own.details) for own in entries))
    return [
        Told(
            at=own.at,
            who=who(own.actor),
            what=what(page, own.action),
            subject=own.subject,
            thing=things.thing(own.subject),
            why=own.why,
            details=things.details(own.action, own.details),
        )
        for own in entries
    ]


def who(actor: str) -> str:
    """The name of who did it, without the address."""
    return actor.split(" <")[0]


def what(page: Page, action: str) -> str:
    """What was done, in words; the name of the action where there are none."""
    key = f"audit.{action.replace('.', '_').replace('-', '_')}"
    return page.say(key) if key in CATALOGUE.texts else action
