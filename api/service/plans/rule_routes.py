"""The rules of a plan, and the municipality's own values for them."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Response
from pydantic import Field

from api import library
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.dependencies import ActorDep, ServiceDep, Versioned, VersionedDep, tag
from api.service.errors import NotFoundError
from api.service.plans import parts, store
from api.service.plans.changing import change
from api.service.plans.part_routes import NumberDep, Why
from api.service.plans.routes import PlanId
from api.service.problems import documented
from api.service.rules.shapes import RuleChanged, RuleOut, RulesOut
from api.service.service import Service
from api.service.shapes import ForeignId
from constraints.catalogue import ALL_RULES, VOCABULARY
from scheduler.reading.values import Setting

router = APIRouter(prefix="/plans/{plan}/rules", tags=["rules"])

RuleId = Annotated[ForeignId, Path(description="Id of the rule")]
Values = Annotated[
    dict[Annotated[str, Field(max_length=100)], Setting],
    Body(
        description="Setting -> value, as in the plan file",
        max_length=100,
        examples=[{"target_rest": 12}],
    ),
]
_KINDS = {own.id: own for own in (*ALL_RULES, *VOCABULARY)}
_CHANGES = documented(401, 403, 404, 412, 422, 428)


@router.get("", responses=documented(401, 403, 404, 422))
def rules(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    plan: PlanId,
    version: NumberDep = None,
) -> RulesOut:
    """Every rule with its sources, and the values that hold in the plan."""
    number, loaded = _loaded(service, actor, response, plan, version)
    return RulesOut(
        version=number,
        rule_set=loaded.rule_set,
        items=[_told(actor, loaded, own.id) for own in (*ALL_RULES, *VOCABULARY)],
    )


@router.get("/{rule}", responses=documented(401, 403, 404, 422))
def rule(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    plan: PlanId,
    rule: RuleId,
    version: NumberDep = None,
) -> RuleOut:
    """One rule."""
    _, loaded = _loaded(service, actor, response, plan, version)
    return _told(actor, loaded, rule)


@router.put("/{rule}", responses=_CHANGES)
def put_rule(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    plan: PlanId,
    rule: RuleId,
    values: Values,
    note: Why = "",
) -> RuleChanged:
    """Set all of the municipality's values for a rule; what is left out has its default."""
    return _change(service, actor, response, versioned, plan, rule, lambda _: values, note)


@router.patch("/{rule}", responses=_CHANGES)
def edit_rule(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    plan: PlanId,
    rule: RuleId,
    values: Values,
    note: Why = "",
) -> RuleChanged:
    """Set some of the municipality's values for a rule; the others stay."""

    def edit(own: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**own, **values}

    return _change(service, actor, response, versioned, plan, rule, edit, note)


@router.delete("/{rule}", responses=_CHANGES)
def reset_rule(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    plan: PlanId,
    rule: RuleId,
    note: Why = "",
) -> RuleChanged:
    """Give a rule its defaults again."""
    return _change(service, actor, response, versioned, plan, rule, lambda _: {}, note)


def _loaded(
    service: Service, actor: Actor, response: Response, plan: str, number: int | None
) -> tuple[int, library.LoadedPlan]:
    actor.need(Right.PLANS_READ)
    with service.database.reading() as session:
        found = store.plan_of(session, actor, plan)
        version = store.version_of(session, found, number)
        loaded = service.plans.of(session, version.id)
    tag(response, found.version)
    return version.number, loaded


def _told(actor: Actor, loaded: library.LoadedPlan, rule: str) -> RuleOut:
    """A rule as the plan has it; one that demands nothing of the plan with its defaults."""
    if rule not in _KINDS:
        raise NotFoundError
    found = next((own for own in loaded.rules if own.id == rule), None)
    settings = loaded.plan.settings.get(rule, {})
    told = RuleOut.of(found or _KINDS[rule](), settings, active=found is not None)
    return told if actor.sees_grounds else told.without_tables()


def _change(
    service: Service,
    actor: Actor,
    response: Response,
    versioned: Versioned,
    plan: str,
    rule: str,
    edit: Callable[[Mapping[str, Any]], Mapping[str, Any]],
    note: str,
) -> RuleChanged:
    actor.need(Right.PLANS_WRITE)
    if rule not in _KINDS:
        raise NotFoundError

    def with_rule(document: parts.Document) -> parts.Edited:
        settings = dict(document.get("settings", {}))
        settings[rule] = dict(edit(settings.get(rule, {})))
        return parts.with_settings(document, settings)

    done = change(service, actor, plan, versioned.check, with_rule, note=note)
    tag(response, done.plan.version)
    return RuleChanged(
        version=done.plan.version,
        changed=done.changed,
        rule=_told(actor, done.loaded, rule),
        remarks=list(done.loaded.remarks),
    )
