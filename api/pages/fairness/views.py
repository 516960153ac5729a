"""What a roster comes to: who bears what, by which rules it is judged, what became of wishes."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.page import Page, PageDep
from api.pages.rosters.standing import part_shown
from api.pages.tables import as_csv
from api.service.accounts.roles import Right
from api.service.advice import report_routes
from api.service.advice.burden import BurdenOut
from api.service.rosters import store
from api.service.rosters.asked import version_asked
from api.service.rosters.tables import StoredRoster
from api.service.shapes import Id
from scheduler.fairness.measures import Measure
from scheduler.rule import Outcome
from scheduler.writing.rows import Cell

router = APIRouter(prefix="/vaktplaner", tags=["pages"], include_in_schema=False)

_WORST = "fairness_worst_1"


@dataclass(frozen=True, slots=True)
class Dots:
    """How far each doctor is from the target, on one scale that is as long to both sides.

    Attributes:
        reach: points from the middle, which is the target, to either end.
        places: of each doctor who has a target, from -1 to 1.
        bound: where the one who is furthest over must at least lie, from -1 to 1, and in points;
            None where nothing is proven, or not for the reader.
    """

    reach: float
    places: Mapping[str, float]
    bound: tuple[float, float] | None


@router.get("/{roster}/fordeling")
def fairness(page: PageDep, roster: Id) -> Response:
    """Who bears what beside the fair share of it, and how the shares are reckoned."""
    burden = report_routes.burden(page.service, page.actor, roster)
    shares = report_routes.shares(page.service, page.actor, roster)
    found = _found(page, roster)
    return page.show(
        "fairness/fairness",
        roster=found,
        burden=burden,
        shares=shares,
        dots=_dots(burden, _bound(page, roster)),
        measures=_measures(burden),
        **part_shown(page, found),
    )


@router.get("/{roster}/fordeling.csv")
def fairness_file(page: PageDep, roster: Id) -> Response:
    """Who bears what beside the fair share of it, as a table."""
    burden = report_routes.burden(page.service, page.actor, roster)
    measures = _measures(burden)
    head = [page.say("rosters.doctor")]
    for own in measures:
        word = page.say(f"fairness.measure_{own}")
        head += [word, f"{word}, {page.say('rosters.sum_aim').lower()}"]
    rows: list[list[Cell]] = []
    for row in burden.rows:
        by = {own.measure: own for own in row.measures}
        cells: list[Cell] = [row.name]
        for measure in measures:
            aim = by[measure].aim
            cells += [by[measure].value, "" if aim is None else round(aim, 2)]
        rows.append(cells)
    return as_csv("fordeling", head, rows)


def _measures(burden: BurdenOut) -> list[Measure]:
    """Those of which anything is shared out."""
    return [own.measure for own in burden.spread if own.total or own.measure is Measure.POINTS]


def _dots(burden: BurdenOut, bound: float | None) -> Dots:
    over = {
        row.doctor: own.over
        for row in burden.rows
        for own in row.measures
        if own.measure is Measure.POINTS and own.over is not None
    }
    reach = float(ceil(max([1.0, *(abs(own) for own in over.values())])))
    shown = bound is not None and abs(bound) <= reach
    return Dots(
        reach,
        {who: own / reach for who, own in over.items()},
        (bound / reach, bound) if bound is not None and shown else None,
    )


def _bound(page: Page, roster: str) -> float | None:
    """Points over the target below which the one furthest over cannot come, as was proven."""
    if Right.ROSTERS_WRITE not in page.actor.rights:
        return None
    with page.service.database.reading() as session:
        asked = version_asked(page.service, session, page.actor, roster, None)
    levels = asked.content.provenance.levels
    return next((own.bound for own in levels if own.level == _WORST), None)


@router.get("/{roster}/lovlighet")
def legality(page: PageDep, roster: Id) -> Response:
    """Every rule with what it found, and for each doctor what is not kept or close to a limit."""
    told = report_routes.legality(page.service, page.actor, roster)
    found = _found(page, roster)
    return page.show(
        "fairness/legality",
        roster=found,
        told=told,
        titles={own.rule: own.title for own in told.rules},
        kept=Outcome.KEPT,
        **part_shown(page, found),
    )


@router.get("/{roster}/onsker")
def receipts(page: PageDep, roster: Id) -> Response:
    """What became of every wish."""
    page.actor.need(Right.ROSTERS_WRITE)
    told = report_routes.receipts(page.service, page.actor, roster)
    found = _found(page, roster)
    return page.show("fairness/receipts", roster=found, told=told, **part_shown(page, found))


def _found(page: Page, roster: str) -> StoredRoster:
    with page.service.database.reading() as session:
        return store.roster_of(session, page.actor, roster)
