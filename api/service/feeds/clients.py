"""Kinds of calendar clients: how they are known again, and how slowly they read.

The delays are measurements by third parties (vendors publish little) and stand for the slow end of
what was seen. What a client itself has shown counts for more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from api.service.feeds.tables import FeedClient
from scheduler.writing.ical_format import REFRESH

SILENT_AFTER = 3
"""So many of its usual pauses without a visit, and a client is taken to have stopped."""


class State(StrEnum):
    """What a client has of the rosters that are in force."""

    CURRENT = "current"
    BEHIND = "behind"  # it has an earlier version, and may come yet
    SILENT = "silent"  # it has not come for so long that it will hardly come again


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of client.

    Attributes:
        name: as its users call it.
        marks: any of them in the User-Agent, in small letters, tells it.
        delay: within which it usually has read a change.
    """

    id: str
    name: str
    marks: tuple[str, ...]
    delay: timedelta


_DAY = timedelta(days=1)
_HOURS = timedelta(hours=6)
OTHER = Family("other", "kalenderen", (), _DAY)
FAMILIES: Mapping[str, Family] = {
    own.id: own
    for own in (
        Family("google", "Google Kalender", ("google-calendar-importer",), _DAY),
        Family("thunderbird", "Thunderbird", ("thunderbird",), _HOURS),
        Family("outlook", "Outlook på PC", ("microsoft outlook", "microsoft office"), _HOURS),
        Family("outlook-web", "Outlook på nettet", ("exchange", "outlook"), _DAY),
        Family("iphone", "iPhone eller iPad", ("ios/", "iphone", "ipad"), _DAY),
        Family("mac", "Kalender på Mac", ("macos/", "mac os x/", "mac_os_x/"), _DAY),
        Family("icsx5", "Android (ICSx⁵)", ("icsx5", "icsdroid", "davx5"), _DAY),
        Family("vdirsyncer", "vdirsyncer", ("vdirsyncer",), _HOURS),
        OTHER,
    )
}


def family_of(user_agent: str) -> Family:
    """The kind of client that calls itself so; OTHER where none is known."""
    own = user_agent.casefold()
    return next((f for f in FAMILIES.values() if any(mark in own for mark in f.marks)), OTHER)


def delay(client: FeedClient) -> timedelta:
    """Within which a client will have read a change: its own last pause, where there is one.

    Never under the pause that the feed itself asks for.
    """
    if client.before_at is None:
        return FAMILIES.get(client.family, OTHER).delay
    return max(client.fetched_at - client.before_at, REFRESH)


def state(client: FeedClient, current: Mapping[str, int], now: datetime) -> State:
    """What a client has of the rosters in force.

    Args:
        client: with what it has seen.
        current: id of roster -> number of the published version.
        now: the present moment.
    """
    usual = max(delay(client), FAMILIES.get(client.family, OTHER).delay)
    if now - client.fetched_at > SILENT_AFTER * usual:
        return State.SILENT
    return State.CURRENT if has_read(client, current) else State.BEHIND


def has_read(client: FeedClient, versions: Mapping[str, int]) -> bool:
    """Whether a client has seen these versions of these rosters, or later ones."""
    return all(client.seen.get(roster, 0) >= number for roster, number in versions.items())


def quickest(clients: Sequence[FeedClient], now: datetime) -> FeedClient | None:
    """The client that reads a change first; None where none comes any more."""
    coming = [own for own in clients if state(own, {}, now) is not State.SILENT]
    return min(coming, key=delay, default=None)
