"""What the pages of one roster share: its parts, and what the reader may do with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from api.pages.page import Page
from api.pages.rosters import year_sums
from api.service.accounts.roles import Right
from api.service.advice import report_routes
from api.service.rosters.store import ARCHIVED
from api.service.rosters.tables import StoredRoster
from scheduler.fairness.measures import Measure


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
        year: in the year in which the roster begins, with what the ledger has closed of it.
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
        earlier = year_sums.earlier(page, problem.first_day)
        year = problem.first_day.year
        found = {}
        for who in own.reader.rows(problem, all_names=True):
            effect = next(one for one in own.desk.effects[who] if one.measure is points)
            here = year_sums.points_in_year(own.asked.timetable, who, effect.before, year)
            so_far = float((earlier.get(who, 0) + here) / points.scale)
            aim = None if effect.aim is None else float(effect.aim / points.scale)
            found[who] = Burden(effect.before / points.scale, so_far, aim)
        return found
