"""Entries of the audit log in words."""

import json
from dataclasses import dataclass
from datetime import datetime

from api.pages.page import Page
from api.pages.subjects import CATALOGUE
from api.service.audit.routes import EntryOut

_PATHS = {"plan": "/planer/{}", "roster": "/vaktplaner/{}", "job": "/jobber/{}"}


@dataclass(frozen=True, slots=True)
class Told:
    """One entry.

    Attributes:
        what: in words, or the name of the action where there are none.
        path: of what it is about; empty if it has no page.
    """

    at: datetime
    who: str
    what: str
    subject: str
    path: str
    why: str
    details: str


def told(page: Page, own: EntryOut) -> Told:
    """An entry in words."""
    key = f"audit.{own.action.replace('.', '_').replace('-', '_')}"
    kind, _, id_ = own.subject.partition("/")
    return Told(
        at=own.at,
        who=own.actor.split(" <")[0],
        what=page.say(key) if key in CATALOGUE.texts else own.action,
        subject=own.subject,
        path=_PATHS[kind].format(id_) if kind in _PATHS and id_ else "",
        why=own.why,
        details=json.dumps(own.details, ensure_ascii=False) if own.details else "",
    )
