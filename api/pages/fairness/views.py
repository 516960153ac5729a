"""What a roster comes to: who bears what, by which rules it is judged, what became of wishes."""

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.page import Page, PageDep
from api.pages.rosters.standing import part_shown
from api.service.accounts.roles import Right
from api.service.advice import report_routes
from api.service.advice.burden import BurdenOut
from api.service.rosters import store
from api.service.rosters.tables import StoredRoster
from api.service.shapes import Id
from scheduler.fairness.measures import Measure
from scheduler.rule import Outcome

router = APIRouter(prefix="/vaktplaner", tags=["pages"], include_in_schema=False)

WIDTH = 200.0
"""Of a bar, in units of its picture."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A value beside its aim, in units of the picture; None where there is no aim."""

    value: float
    aim: float | None


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
        bars=_bars(burden),
        measures=[
            own.measure for own in burden.spread if own.total or own.measure is Measure.POINTS
        ],
        width=WIDTH,
        **part_shown(page, found),
    )


def _bars(burden: BurdenOut) -> dict[str, Bar]:
    """The points of each doctor as a bar, all on one scale."""
    rows = {
        row.doctor: own
        for row in burden.rows
        for own in row.measures
        if own.measure is Measure.POINTS
    }
    top = max(
        [1.0, *(own.value for own in rows.values()), *(own.aim or 0.0 for own in rows.values())]
    )
    return {
        who: Bar(
            round(WIDTH * own.value / top, 1),
            None if own.aim is None else round(WIDTH * max(own.aim, 0.0) / top, 1),
        )
        for who, own in rows.items()
    }


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
