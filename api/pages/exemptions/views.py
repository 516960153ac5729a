"""Exemptions: what waits, a claim with its dates, a decision, an end."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.pages.forms import Form
from api.pages.page import Page, PageDep
from api.pages.parts.content import open_plan
from api.pages.parts.filled import FilledDep, FilledIn, asked
from api.service.accounts.roles import Right
from api.service.errors import NotFoundError
from api.service.plans import exemption_routes as routes
from api.service.plans.exemption_shapes import Claim, DatesOut, Decision, End
from api.service.shapes import ForeignId, Id
from scheduler.reading.faults import Fault, PlanError

router = APIRouter(prefix="/planer/{plan}/fritak", tags=["pages"], include_in_schema=False)

# Fields that one kind of claim has alone; the page shows them with it and no other.
_ONLY = {"term": "pregnancy", "hindered": "pregnancy", "birth": "nursing"}
KINDS = ("age", "pregnancy", "nursing", "decision", "need")
OUTCOMES = ("granted", "refused")


@router.get("")
def exemptions(
    page: PageDep, plan: Id, lege: Annotated[ForeignId | None, Query()] = None
) -> Response:
    """Every exemption, those that wait first, and the form of a claim."""
    return _list(page, plan, Form({"doctor": lege or ""}))


@router.post("")
def claim(page: PageDep, plan: Id, filled: FilledDep) -> Response:
    """Show what would follow from a claim, or put it on record."""
    page.actor.need(Right.PLANS_WRITE)
    wanted, form = asked(page, Claim, _of_kind(filled), "exemptions")
    form = filled.form(form.faults)
    if wanted is None:
        return _list(page, plan, form, status=422)
    if wanted.first and wanted.last and wanted.last < wanted.first:
        early = {"last": page.say("repairs.ends_early")}
        return _list(page, plan, filled.form(early), status=422)
    if not filled.one("lagre"):
        dates = routes.dates(
            page.service,
            page.actor,
            Response(),
            plan,
            wanted.doctor,
            wanted.kind,
            wanted.first,
            wanted.last,
            wanted.term,
            wanted.birth,
            wanted.hindered,
        )
        return _list(page, plan, form, dates=dates)
    try:
        versioned = filled.versioned()
        done = routes.claim(page.service, page.actor, Response(), versioned, plan, wanted)
    except PlanError as error:
        return _list(page, plan, form, faults=list(error.faults), status=422)
    return page.go(_path(plan), "exemptions.claimed", name=done.exemption.doctor_name)


def _of_kind(filled: FilledIn) -> FilledIn:
    """What was filled in, without what was left in the fields of another kind."""
    kind = filled.one("kind")
    kept = {name: own for name, own in filled.values.items() if _ONLY.get(name, kind) == kind}
    return FilledIn(kept)


@router.get("/{key}")
def exemption(page: PageDep, plan: Id, key: ForeignId) -> Response:
    """One exemption: its days, and the forms of its decision and its end."""
    return _one(page, plan, key, Form({"decided_on": page.clock.today.isoformat()}), Form())


@router.post("/{key}/vedtak")
def decide(page: PageDep, plan: Id, key: ForeignId, filled: FilledDep) -> Response:
    """Put the decision on record."""
    page.actor.need(Right.PLANS_WRITE)
    wanted, form = asked(page, Decision, filled, "exemptions")
    if wanted is None:
        return _one(page, plan, key, form, Form(), 422)
    try:
        versioned = filled.versioned()
        done = routes.decide(page.service, page.actor, Response(), versioned, plan, key, wanted)
    except PlanError as error:
        return _one(page, plan, key, form, Form(), 422, list(error.faults))
    return page.go(_path(plan), "exemptions.decided", name=done.exemption.doctor_name)


@router.post("/{key}/slutt")
def end(page: PageDep, plan: Id, key: ForeignId, filled: FilledDep) -> Response:
    """End an exemption."""
    page.actor.need(Right.PLANS_WRITE)
    wanted, form = asked(page, End, filled, "exemptions")
    if wanted is None:
        return _one(page, plan, key, Form(), form, 422)
    try:
        versioned = filled.versioned()
        done = routes.end(page.service, page.actor, Response(), versioned, plan, key, wanted)
    except PlanError as error:
        return _one(page, plan, key, Form(), form, 422, list(error.faults))
    return page.go(_path(plan), "exemptions.ended", name=done.exemption.doctor_name)


def _path(plan: str) -> str:
    return f"/planer/{plan}/fritak"


def _list(
    page: Page,
    plan: str,
    form: Form,
    *,
    dates: DatesOut | None = None,
    faults: list[Fault] | None = None,
    status: int = 200,
) -> Response:
    page.actor.need(Right.PLANS_WRITE)
    own = open_plan(page, plan)
    every = routes.claims(page.service, page.actor, Response(), plan)
    return page.show(
        "exemptions/list",
        status,
        plan=own,
        waiting=[one for one in every if one.waiting],
        others=[one for one in every if not one.waiting],
        doctors=[(one["id"], one["name"]) for one in own.document["doctors"]],
        kinds=KINDS,
        form=form,
        dates=dates,
        faults=faults or [],
    )


def _one(
    page: Page,
    plan: str,
    key: str,
    decision: Form,
    ending: Form,
    status: int = 200,
    faults: list[Fault] | None = None,
) -> Response:
    page.actor.need(Right.PLANS_WRITE)
    own = open_plan(page, plan)
    every = routes.claims(page.service, page.actor, Response(), plan)
    found = next((one for one in every if one.key == key), None)
    if found is None:
        raise NotFoundError
    return page.show(
        "exemptions/one",
        status,
        plan=own,
        own=found,
        form=decision,
        ending=ending,
        outcomes=OUTCOMES,
        faults=faults or [],
    )
