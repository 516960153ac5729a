"""What the pages of one roster share: its parts, and what the reader may do with it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from api.pages.page import Page
from api.service.accounts.roles import Right
from api.service.advice import report_routes
from api.service.rosters.store import ARCHIVED
from api.service.rosters.tables import StoredRoster
from scheduler.fairness.measures import Measure
from scheduler.ledger.book import Book
from scheduler.ledger.entry import Kind


class Side(StrEnum):
    """From which side a roster is looked at."""

    DOCTORS = "leger"
    PATTERNS = "vakttyper"


@dataclass(frozen=True, slots=True)
class Part:
    """A page of a roster.

    Attributes:
        key: of its text.
        path: below the roster's own.
        right: needed for it; None: whoever reads the roster.
    """

    key: str
    path: str = ""
    right: Right | None = None


@dataclass(frozen=True, slots=True)
class Burden:
    """Burden points of one doctor.

    Attributes:
        period: in this roster.
        year: with earlier periods that the ledger has closed and that began in the same year.
        aim: what the doctor should have; None where there is no share.
    """

    period: float
    year: float
    aim: float | None


PARTS = (
    Part("rosters.part_grid"),
    Part("rosters.part_findings", "/funn", Right.ROSTERS_WRITE),
    Part("rosters.part_legality", "/lovlighet"),
    Part("rosters.part_fairness", "/fordeling"),
    Part("rosters.part_receipts", "/onsker", Right.ROSTERS_WRITE),
    Part("rosters.part_versions", "/versjoner", Right.ROSTERS_READ),
    Part("rosters.part_repair", "/reparer", Right.ROSTERS_WRITE),
    Part("rosters.part_hearing", "/horing", Right.ROSTERS_WRITE),
    Part("rosters.part_publish", "/publiser", Right.PUBLISH),
)


def part_shown(page: Page, roster: StoredRoster) -> dict[str, Any]:
    """What every page of a roster shows of it: the parts, the revision, and what may be done."""
    rights = page.actor.rights
    return {
        "parts_of_roster": [own for own in PARTS if own.right is None or own.right in rights],
        "revision": f"{roster.version}.{roster.moves}",
        "may_change": Right.ROSTERS_WRITE in rights and roster.state != ARCHIVED,
        "may_publish": Right.PUBLISH in rights,
    }


def burdens_of(page: Page, roster: str, version: int) -> Mapping[str, Burden]:
    """What each doctor bears in a roster, as on the page of fairness, beside year and target."""
    points = Measure.POINTS
    with report_routes.opened(page.service, page.actor, roster, version) as own:
        problem = own.desk.loaded.problem
        earlier = _earlier(page, problem.first_day)
        found = {}
        for who in own.reader.rows(problem, all_names=True):
            effect = next(one for one in own.desk.effects[who] if one.measure is points)
            period = effect.before / points.scale
            aim = None if effect.aim is None else float(effect.aim / points.scale)
            found[who] = Burden(period, earlier.get(who, 0.0) + period, aim)
        return found


def earlier_in_year(book: Book, first: date) -> Mapping[str, float]:
    """Points by doctor in the closed periods before a day that began in the same year.

    The ledger knows what a doctor has worked in a period, not on which day: a period across New
    Year counts where it begins, as the roster itself does.
    """
    sums: Counter[str] = Counter()
    for entry in book.closings:
        period = entry.period
        if period is None or period.last_day >= first or period.first_day.year != first.year:
            continue
        for line in entry.lines:
            if line.doctor and line.measure is Measure.POINTS and line.kind is Kind.WORKED:
                sums[line.doctor] += line.amount
    return {who: amount / Measure.POINTS.scale for who, amount in sums.items()}


def _earlier(page: Page, first: date) -> Mapping[str, float]:
    """See `earlier_in_year`; nothing for who may not read the ledger."""
    if Right.LEDGER_READ not in page.actor.rights:
        return {}
    with page.service.database.reading() as session:
        return earlier_in_year(page.service.books.of(session, page.actor), first)
