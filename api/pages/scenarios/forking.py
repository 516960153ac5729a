"""An alternative is made on a page: the plan with one change, alone or beside others."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import ValidationError

from api.pages.forms import Form
from api.pages.page import Page, PageDep
from api.pages.parts.content import open_plan
from api.pages.parts.filled import FilledDep, FilledIn
from api.service.accounts.roles import Right
from api.service.errors import NotFoundError
from api.service.plans.beginning import id_of
from api.service.scenarios import routes
from api.service.scenarios.shapes import ScenarioIn, ScenarioSetIn, ScenarioSetOut
from api.service.shapes import Id
from scheduler.reading.faults import Fault, PlanError
from scheduler.whatif.scenarios import MOST_SCENARIOS

router = APIRouter(prefix="/planer/{plan}/scenarier", tags=["pages"], include_in_schema=False)

# Kind of change -> the fields that it must have, and those that it may have.
KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "doctors_join": (("municipality", "number"), ()),
    "doctors_leave": (("municipality", "number"), ()),
    "doctor_leaves": (("doctor",), ("last_day",)),
    "municipality_leaves": (("municipality",), ()),
    "all_claim_exemption": ((), ("claimed_from",)),
}
_KINDS_OF = {
    name: [kind for kind, (needed, allowed) in KINDS.items() if name in (*needed, *allowed)]
    for name in ("municipality", "number", "doctor", "last_day", "claimed_from")
}
_LONGEST = 200


@router.get("/nytt")
def new(page: PageDep, plan: Id, sett: Annotated[Id | None, Query()] = None) -> Response:
    """The form of an alternative; of a set that is there already, if one is named."""
    return _show(page, plan, _of(page, plan, sett or ""), Form({"number": "1"}))


@router.post("/nytt")
def add(page: PageDep, plan: Id, filled: FilledDep) -> Response:
    """Put the alternative into its set, or make a set of it."""
    page.actor.need(Right.PLANS_WRITE)
    own = _of(page, plan, filled.one("sett"))
    if _full(own):
        return _show(page, plan, own, filled.form(), 422)
    name, kind = filled.one("name"), filled.one("change")
    needed, allowed = KINDS.get(kind, ((), ()))
    missing = [own for own in ("name", "change", *needed) if not filled.one(own)]
    faults = {
        own: page.say("parts.fill_in", field=page.say(f"scenarios.new_{own}")) for own in missing
    }
    if kind and kind not in KINDS:
        faults["change"] = page.say("parts.cannot_be_used", field=page.say("scenarios.new_change"))
    if len(name) > _LONGEST:
        faults["name"] = page.say("parts.cannot_be_used", field=page.say("scenarios.new_name"))
    if faults:
        return _show(page, plan, own, filled.form(faults), 422)
    change = {own: filled.one(own) for own in (*needed, *allowed) if filled.one(own)}
    taken = [one.id for one in own.scenarios] if own else []
    try:
        alternative = ScenarioIn(
            id=id_of(name, taken), name=name, changes=[{"change": kind, **change}]
        )
    except ValidationError:  # of a name alone: with invisible characters, or nothing to read
        unusable = page.say("parts.cannot_be_used", field=page.say("scenarios.new_name"))
        return _show(page, plan, own, filled.form({"name": unusable}), 422)
    try:
        made = _stored(page, plan, own, filled, alternative)
    except PlanError as error:
        return _show(page, plan, own, filled.form(), 422, list(error.faults))
    return page.go(f"/planer/{plan}/scenarier/{made.id}", "scenarios.made", name=name)


def _stored(
    page: Page,
    plan: str,
    own: ScenarioSetOut | None,
    filled: FilledIn,
    alternative: ScenarioIn,
) -> ScenarioSetOut:
    if own is None or own.document is None:
        fresh = ScenarioSetIn(title=alternative.name, scenarios=[alternative])
        return routes.add(page.service, page.actor, Response(), plan, fresh)
    document = own.document.model_dump(
        mode="json", by_alias=True, exclude_none=True, exclude={"format", "version", "plan"}
    )
    document["scenarios"].append(alternative.model_dump(by_alias=True, exclude_none=True))
    wanted = ScenarioSetIn.model_validate(document)
    versioned = filled.versioned()
    return routes.replace(page.service, page.actor, Response(), versioned, own.id, wanted)


def _of(page: Page, plan: str, set_: str) -> ScenarioSetOut | None:
    """The set that the alternative is for."""
    if not set_:
        return None
    found = routes.one(page.service, page.actor, Response(), set_)
    if found.plan != plan:
        raise NotFoundError
    return found


def _full(own: ScenarioSetOut | None) -> bool:
    return own is not None and len(own.scenarios) >= MOST_SCENARIOS


def _show(
    page: Page,
    plan: str,
    own: ScenarioSetOut | None,
    form: Form,
    status: int = 200,
    faults: list[Fault] | None = None,
) -> Response:
    page.actor.need(Right.PLANS_WRITE)
    whole = open_plan(page, plan)
    return page.show(
        "scenarios/new",
        status,
        plan=whole,
        own=own,
        most=MOST_SCENARIOS,
        full=_full(own),
        form=form,
        faults=faults or [],
        kinds=[(kind, page.say(f"scenarios.kind_{kind}")) for kind in KINDS],
        kinds_of=_KINDS_OF,
        doctors=[(one["id"], one["name"]) for one in whole.document["doctors"]],
        towns=[(one["id"], one["name"]) for one in whole.document["municipalities"]],
    )
