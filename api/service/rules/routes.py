"""The catalogue of rules, and the rules of a plan with its settings."""

from typing import Annotated

from fastapi import APIRouter, Path

from api.service.accounts.roles import Right
from api.service.dependencies import ActorDep, ServiceDep
from api.service.errors import NotFoundError
from api.service.plans import store as plans
from api.service.problems import documented
from api.service.rules.shapes import RuleOut
from api.service.shapes import Id
from constraints.catalogue import ALL_RULES, VOCABULARY

router = APIRouter(tags=["rules"])

_KINDS = {kind.id: kind for kind in (*ALL_RULES, *VOCABULARY)}


@router.get("/rules", name="rules", responses=documented(401, 403))
def catalogue(_: ActorDep) -> list[RuleOut]:
    """Every rule as it is where nothing is set, in the order in which they are explained."""
    return [RuleOut.of(kind()) for kind in _KINDS.values()]


@router.get("/rules/{rule}", name="rule", responses=documented(401, 403, 404, 422))
def one(
    _: ActorDep, rule: Annotated[str, Path(max_length=60, description="Id of the rule")]
) -> RuleOut:
    """One rule as it is where nothing is set.

    Raises:
        NotFoundError: there is none.
    """
    if rule not in _KINDS:
        raise NotFoundError
    return RuleOut.of(_KINDS[rule]())


@router.get("/plans/{plan}/rules", name="of_plan", responses=documented(401, 403, 404, 422))
def of_plan(
    service: ServiceDep, actor: ActorDep, plan: Annotated[Id, Path(description="Id of the plan")]
) -> list[RuleOut]:
    """The rules of a plan as they are with its settings.

    Settings that name doctors (tables by doctor) are for those who keep the plan.
    """
    actor.need(Right.PLANS_READ)
    with service.database.reading() as session:
        found = plans.version_of(session, plans.plan_of(session, actor, plan))
        loaded = service.plans.of(session, found.id)
    told = [RuleOut.of(rule) for rule in loaded.rules]
    return told if actor.sees_grounds else [_without_tables(own) for own in told]


def _without_tables(rule: RuleOut) -> RuleOut:
    """A table may be by doctor: «kari/2027-03-05/natt» is a wish."""
    shown = [
        own.model_copy(update={"value": None}) if own.type == "table" else own
        for own in rule.parameters
    ]
    hidden = any(own.type == "table" and own.value for own in rule.parameters)
    sentence = rule.title if hidden else rule.sentence
    return rule.model_copy(update={"parameters": shown, "sentence": sentence})
