"""Where one can go: the main menu, by rights."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right, Role


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the main menu.

    Attributes:
        key: of its text.
        path: where it leads; it is marked on all pages below.
        rights: one of them is needed; none: everybody sees it.
        hidden_for: roles that have the right but a better page of their own.
        more: stands under «Mer»: what is needed now and then only.
        more_for: roles for which it stands there.
    """

    key: str
    path: str
    rights: frozenset[Right] = frozenset()
    hidden_for: frozenset[Role] = frozenset()
    more: bool = False
    more_for: frozenset[Role] = frozenset()


# In the order of the work. What the role comes for stands in the bar; it must fit a telephone.
ITEMS = (
    Item("frame.overview", "/", frozenset({Right.PLANS_READ, Right.COOPERATIONS})),
    Item("frame.my_duties", "/mine-vakter", frozenset({Right.FEEDS_OWN})),
    Item("wishes.title", "/onsker", frozenset({Right.WISHES_OWN})),
    Item("manager.title", "/kommunen", frozenset({Right.LEDGER_OWN}), frozenset({Role.DOCTOR})),
    Item(
        "frame.plans",
        "/planer",
        frozenset({Right.PLANS_READ}),
        more_for=frozenset({Role.MANAGER}),
    ),
    Item("frame.rosters", "/vaktplaner", frozenset({Right.ROSTERS_READ, Right.PUBLISHED_READ})),
    Item("swaps.title", "/bytter", frozenset({Right.SWAPS_OWN, Right.PUBLISH})),
    Item(
        "frame.ledger",
        "/vaktkonto",
        frozenset({Right.LEDGER_READ, Right.LEDGER_OWN}),
        frozenset({Role.DOCTOR}),
        more=True,
    ),
    Item(
        "about.account",
        "/min-konto",
        frozenset({Right.LEDGER_OWN}),
        frozenset({Role.MANAGER}),
        more=True,
    ),
    Item("frame.calendars", "/kalendere", frozenset({Right.FEEDS_OWN, Right.FEEDS_ALL}), more=True),
    Item("frame.jobs", "/jobber", frozenset({Right.JOBS}), more=True),
    Item("frame.people", "/brukere", frozenset({Right.ACCOUNTS}), more=True),
    Item(
        "settings.title",
        "/innstillinger",
        frozenset({Right.LEDGER_WRITE}),
        more=True,
    ),
    Item("frame.log", "/logg", frozenset({Right.AUDIT_READ}), more=True),
    Item("about.data", "/mine-data", more=True),
)


def menu(actor: Actor | None) -> Sequence[Item]:
    """What somebody can go to."""
    if actor is None:
        return ()
    return tuple(
        replace(item, more=item.more or actor.role in item.more_for)
        for item in ITEMS
        if (not item.rights or item.rights & actor.rights) and actor.role not in item.hidden_for
    )


def is_here(item: Item, path: str) -> bool:
    """Whether a page lies at the entry or below it."""
    return path == item.path or (item.path != "/" and path.startswith(f"{item.path}/"))
