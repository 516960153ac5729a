"""What needs attention in a plan."""

from datetime import datetime
from typing import Self

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from api.service.accounts.roles import Right
from api.service.dependencies import ActorDep, ServiceDep, tag
from api.service.plans import store
from api.service.plans.attention import Attention, Item, items
from api.service.plans.routes import PlanId
from api.service.problems import documented
from scheduler.domain.time import OSLO

router = APIRouter(prefix="/plans/{plan}", tags=["plans"])


class AttentionOut(BaseModel):
    """One thing that needs attention."""

    kind: Attention
    subject: str = Field(
        description="Kind and id of what it is about: «roster/…», «exemption/…», «wish-round/…»; "
        "empty for the plan as a whole"
    )
    count: int
    due: datetime | None
    text: str = Field(description="One sentence in bokmål")

    @classmethod
    def of(cls, own: Item) -> Self:
        """As it is told."""
        return cls(kind=own.kind, subject=own.subject, count=own.count, due=own.due, text=own.text)


@router.get("/attention", responses=documented(401, 403, 404, 422))
def attention(
    service: ServiceDep, actor: ActorDep, response: Response, plan: PlanId
) -> list[AttentionOut]:
    """Holes, claims that wait, exemptions that expire, wishes, calendars, law to be confirmed."""
    actor.need(Right.PLANS_WRITE)
    today = datetime.now(OSLO).date()
    with service.database.reading() as session:
        found = store.plan_of(session, actor, plan)
        loaded = service.plans.of(session, store.version_of(session, found).id)
        told = [AttentionOut.of(own) for own in items(session, found, loaded, today)]
    tag(response, found.version)
    return told
