"""The manager's page: legality, burden and cost of the own municipality, shared scenarios."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.pages.page import PageDep
from api.service.accounts.roles import Right, Role
from api.service.advice import report_routes
from api.service.errors import ForbiddenError
from api.service.rosters import store as rosters
from api.service.scenarios import memo_routes as memos
from api.service.scenarios import routes as scenarios
from api.service.shapes import Id
from scheduler.fairness.measures import Measure

router = APIRouter(tags=["pages"], include_in_schema=False)
_ROSTERS = 50
_SETS = 10


@router.get("/kommunen")
def municipality(page: PageDep, chosen: Annotated[Id, Query(alias="vaktplan")] = "") -> Response:
    """The newest published roster, or the one that is chosen."""
    if page.actor.role is not Role.MANAGER:
        raise ForbiddenError(right=Right.LEDGER_OWN.value)
    with page.service.database.reading() as session:
        found = rosters.rosters(session, page.actor, None, None, _ROSTERS)[:_ROSTERS]
    own = next((one for one in found if one.id == chosen), found[0] if found else None)
    if own is None:
        return page.show("manager/none")
    burden = report_routes.burden(page.service, page.actor, own.id, version=None)
    legality = report_routes.legality(page.service, page.actor, own.id, version=None)
    sums = {
        measure: (
            sum(of.value for row in burden.rows for of in row.measures if of.measure is measure),
            sum(of.aim or 0 for row in burden.rows for of in row.measures if of.measure is measure),
        )
        for measure in Measure
    }
    totals = {spread.measure: spread.total for spread in burden.spread}
    costs = report_routes.costs(page.service, page.actor, own.id, version=None)
    sets = scenarios.sets(page.service, page.actor, own.plan_id)[:_SETS]
    return page.show(
        "manager/municipality",
        rosters=found,
        roster=own,
        burden=burden,
        sums=sums,
        totals=totals,
        measures=[
            spread.measure
            for spread in burden.spread
            if spread.total or spread.measure is Measure.POINTS
        ],
        several=totals[Measure.POINTS] > sums[Measure.POINTS][0],
        legality=legality,
        notable=[
            rule
            for rule in legality.rules
            if rule.breaches or rule.holes or rule.exceptions or rule.departures
        ],
        costs=costs,
        cost=costs.rows[0] if costs.rows else None,
        sets=[
            (
                scenarios.one(page.service, page.actor, Response(), one.id),
                memos.memo(page.service, page.actor, one.id),
            )
            for one in sets
        ],
    )


@router.get("/kommunen/notat/{set}/{name}")
def memo(page: PageDep, set: Id, name: memos.MemoFile) -> Response:
    """The memo of a shared set of scenarios: a page is read at once, anything else is fetched."""
    answer = memos.memo_file(page.service, page.actor, set, name)
    if name is memos.MemoFile.HTML:  # in its sandbox, as the answer says
        answer.headers["Content-Disposition"] = "inline"
    return answer
