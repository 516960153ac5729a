"""The rules of a plan, and the municipality's own values."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.forms import Form
from api.pages.page import Page, PageDep
from api.pages.parts.cells import names_in
from api.pages.parts.content import open_plan
from api.pages.parts.filled import FilledDep
from api.pages.rules.tabled import LineError, lines, table
from api.service.accounts.roles import Right
from api.service.plans import routes as plans
from api.service.plans import rule_routes as routes
from api.service.rules.shapes import ParameterOut
from api.service.shapes import ForeignId, Id
from scheduler.reading.faults import Fault, PlanError

router = APIRouter(prefix="/planer/{plan}/regler", tags=["pages"], include_in_schema=False)

_NAMED = ("municipal_duties", "patterns", "municipalities", "doctors")


@router.get("")
def rules(page: PageDep, plan: Id) -> Response:
    """Every rule of a plan, from law to wish."""
    own = plans.plan(page.service, page.actor, Response(), plan)
    found = routes.rules(page.service, page.actor, Response(), plan)
    return page.show(
        "rules/list",
        plan=own,
        rules=found.items,
        rule_set=found.rule_set,
        unsure=sum(one.to_confirm for one in found.items),
        may_write=Right.PLANS_WRITE in page.actor.rights,
    )


@router.get("/{rule}")
def rule(page: PageDep, plan: Id, rule: ForeignId) -> Response:
    """One rule with its values."""
    return _shown(page, plan, rule)


@router.post("/{rule}")
def edit(page: PageDep, plan: Id, rule: ForeignId, filled: FilledDep) -> Response:
    """Set the municipality's own values; an empty field has the default."""
    page.actor.need(Right.PLANS_WRITE)
    found = routes.rule(page.service, page.actor, Response(), plan, rule)
    names = _names(page, plan)
    values: dict[str, Any] = {}
    given: dict[str, str] = {}
    faults: dict[str, str] = {}
    for own in found.parameters:
        if own.fixed:
            if own.own:
                values[own.name] = own.value
            continue
        text = given[own.name] = filled.one(own.name)
        if not text:
            continue
        try:
            values[own.name] = table(text, names) if own.type == "table" else _value(own, text)
        except LineError as error:
            faults[own.name] = page.say("rules.no_line", number=error.number)
        except ValueError:
            faults[own.name] = page.say("rules.no_number")
    form = Form(given, faults)
    if faults:
        return _shown(page, plan, rule, form, 422)
    try:
        done = routes.put_rule(
            page.service, page.actor, Response(), filled.versioned(), plan, rule, values
        )
    except PlanError as error:
        for own_fault in error.faults:
            name = next((own for own in given if own in own_fault.place), "")
            if name:
                faults.setdefault(name, f"{own_fault.problem} {own_fault.remedy}")
        elsewhere = [own for own in error.faults if not any(name in own.place for name in faults)]
        return _shown(page, plan, rule, Form(given, faults), 422, elsewhere)
    told = "rules.saved" if done.changed else "parts.unchanged"
    return page.go(f"/planer/{plan}/regler/{rule}", told, "success" if done.changed else "info")


@router.post("/{rule}/nullstill")
def reset(page: PageDep, plan: Id, rule: ForeignId, filled: FilledDep) -> Response:
    """Give a rule its defaults again."""
    versioned = filled.versioned()
    routes.reset_rule(page.service, page.actor, Response(), versioned, plan, rule)
    return page.go(f"/planer/{plan}/regler/{rule}", "rules.was_reset")


def _value(own: ParameterOut, text: str) -> Any:
    """What a field says.

    Raises:
        ValueError: it must be a number, and is none.
    """
    if own.type == "switch":
        return text == "true"
    if own.type == "choice":
        return text
    plain = text.replace("\u00a0", "").replace(" ", "").replace(",", ".")
    number = float(plain)
    return int(number) if own.type == "whole" and number.is_integer() else number


def _shown(
    page: Page,
    plan: str,
    rule: str,
    form: Form | None = None,
    status: int = 200,
    faults: list[Fault] | None = None,
) -> Response:
    own = plans.plan(page.service, page.actor, Response(), plan)
    found = routes.rule(page.service, page.actor, Response(), plan, rule)
    names = _names(page, plan)
    made = Form({one.name: _text(one, names) for one in found.parameters if one.own})
    return page.show(
        "rules/rule",
        status,
        plan=own,
        rule=found,
        form=form or made,
        faults=faults or [],
        may_write=Right.PLANS_WRITE in page.actor.rights,
    )


def _names(page: Page, plan: str) -> dict[str, str]:
    """What the keys of a table may mean: id -> name."""
    return names_in(open_plan(page, plan).document, _NAMED)


def _text(own: ParameterOut, names: Mapping[str, str]) -> str:
    if own.type == "table":
        return lines(own.value, names)
    if isinstance(own.value, bool):
        return "true" if own.value else "false"
    if isinstance(own.value, float):
        return f"{own.value:g}".replace(".", ",")
    return "" if own.value is None else str(own.value)
