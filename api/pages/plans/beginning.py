"""A plan is begun without a file: what the smallest one must say, and the rest on its pages."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import ValidationError

from api.pages.forms import Form
from api.pages.page import Page, PageDep
from api.pages.parts.filled import FilledDep, FilledIn
from api.service.accounts.roles import Right
from api.service.plans import beginning_routes as routes
from scheduler.domain.doctor import Employment
from scheduler.domain.duty import Presence
from scheduler.reading.faults import Fault, PlanError

router = APIRouter(prefix="/planer", tags=["pages"], include_in_schema=False)

# Where the API has the value of each field.
_PLACES: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "first_day": ("first_day",),
    "last_day": ("last_day",),
    "municipality": ("municipality", "name"),
    "inhabitants": ("municipality", "inhabitants"),
    "place": ("place",),
    "doctor": ("doctor", "name"),
    "born": ("doctor", "born"),
    "employment": ("doctor", "employment"),
    "shift": ("shift", "name"),
    "presence": ("shift", "presence"),
    "start": ("shift", "start"),
    "end": ("shift", "end"),
}
_USUAL = {"presence": Presence.HOME.value, "start": "15:30", "end": "08:00"}


@router.get("/tom")
def empty(page: PageDep) -> Response:
    """The form."""
    return _show(page, Form(_USUAL))


@router.post("/tom")
def begin(page: PageDep, filled: FilledDep) -> Response:
    """Store the smallest plan, and go on with its doctors."""
    page.actor.need(Right.PLANS_WRITE)
    wanted: dict[str, Any] = {"municipality": {}, "doctor": {}, "shift": {}}
    for name, (first, *rest) in _PLACES.items():
        if value := filled.one(name):
            inner = wanted[first] if rest else wanted
            inner[rest[0] if rest else first] = value
    try:
        asked = routes.EmptyPlan.model_validate(wanted)
    except ValidationError as error:
        return _show(page, filled.form(_faults(page, filled, error)), 422)
    if asked.last_day < asked.first_day:
        early = {"last_day": page.say("repairs.ends_early")}
        return _show(page, filled.form(early), 422)
    try:
        made = routes.begin(page.service, page.actor, Response(), asked)
    except PlanError as error:
        return _show(page, filled.form(), 422, list(error.faults))
    return page.go(f"/planer/{made.plan.id}/deler/leger", "plans.begun")


def _faults(page: Page, filled: FilledIn, error: ValidationError) -> dict[str, str]:
    wrong = {own["loc"][: len(place)] for own in error.errors() for place in _PLACES.values()}
    return {
        name: page.say(
            "parts.cannot_be_used" if filled.one(name) else "parts.fill_in",
            field=page.say(f"plans.new_{name}"),
        )
        for name, place in _PLACES.items()
        if place in wrong
    }


def _show(page: Page, form: Form, status: int = 200, faults: list[Fault] | None = None) -> Response:
    page.actor.need(Right.PLANS_WRITE)
    return page.show(
        "plans/empty",
        status,
        form=form,
        faults=faults or [],
        employments=[own.value for own in Employment],
        presences=[own.value for own in Presence],
    )
