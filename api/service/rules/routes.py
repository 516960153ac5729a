"""The catalogue of rules."""

from typing import Annotated

from fastapi import APIRouter, Path

from api.service.dependencies import ActorDep
from api.service.errors import NotFoundError
from api.service.problems import documented
from api.service.rules.shapes import RuleOut
from constraints.catalogue import ALL_RULES, VOCABULARY

router = APIRouter(tags=["rules"])

_KINDS = {kind.id: kind for kind in (*ALL_RULES, *VOCABULARY)}


@router.get("/rules", name="catalogue", responses=documented(401, 403))
def catalogue(_: ActorDep) -> list[RuleOut]:
    """Every rule as it is where nothing is set, in the order in which they are explained."""
    return [RuleOut.of(kind()) for kind in _KINDS.values()]


@router.get("/rules/{rule}", name="one_of_catalogue", responses=documented(401, 403, 404, 422))
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
