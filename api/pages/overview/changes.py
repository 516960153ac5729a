"""What has changed since yesterday, or since one was here last: read off the audit log."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from api.pages.audit.content import what, who
from api.pages.audit.words import Thing, Things
from api.pages.page import Page
from api.service.audit import store
from api.service.audit.store import LOGGED_IN
from scheduler.domain.time import DAY, moment

_READ = 300  # entries, the newest
_SHOWN = 10  # things


class Since(StrEnum):
    """From when on."""

    YESTERDAY = "igaar"
    LAST_VISIT = "sist"
    WEEK = "uke"


@dataclass(frozen=True, slots=True)
class Deed:
    """What one person did to one thing, how often, and when last."""

    who: str
    what: str
    times: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing, and what was done to it, the newest first."""

    subject: str
    thing: Thing
    deeds: list[Deed]


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed.

    Attributes:
        since: as it was asked for.
        moment: from which on.
        last_visit: when one logged in the time before; None if never.
        things: the newest first.
        more: how many things are not shown.
        all_read: False where there are older entries that were not looked at.
    """

    since: Since
    moment: datetime
    last_visit: datetime | None
    things: list[Changed]
    more: int
    all_read: bool


def changes(page: Page, since: Since) -> Changes:
    """What has been done in the cooperation, logins apart.

    Args:
        page: who asks; may read the log.
        since: from when on; since yesterday where one was never here before.
    """
    actor = page.actor
    with page.service.database.reading() as session:
        last = store.last_login(session, actor.account)
        begin = _begin(page, since, last)
        found = store.entries(session, actor.cooperation, since=begin, most=_READ)
        entries = [own for own in found if own.action != LOGGED_IN]
        things = Things.of(page, session, ((own.subject, own.details) for own in entries))
    told: dict[str, dict[tuple[str, str], datetime]] = {}
    times: Counter[tuple[str, str, str]] = Counter()
    for own in entries:
        person, action = who(own.actor), own.action
        told.setdefault(own.subject, {}).setdefault((person, action), own.at)
        times[own.subject, person, action] += 1
    listed = [
        Changed(
            subject,
            things.thing(subject),
            [
                Deed(person, what(page, action), times[subject, person, action], at)
                for (person, action), at in deeds.items()
            ],
        )
        for subject, deeds in list(told.items())[:_SHOWN]
    ]
    return Changes(since, begin, last, listed, len(told) - len(listed), len(found) < _READ)


def _begin(page: Page, since: Since, last: datetime | None) -> datetime:
    if since is Since.LAST_VISIT and last is not None:
        return last
    days = timedelta(days=7) if since is Since.WEEK else DAY
    return moment(page.clock.today - days)
