"""A solve that is asked for."""

from typing import Annotated

from pydantic import Field

from api.service.accounts.actor import Actor
from api.service.errors import NotFoundError
from api.service.jobs.kind import Kind, Placed
from api.service.plans import store as plans
from api.service.rosters import store as rosters
from api.service.service import Service
from api.service.shapes import Id, Shape, Whole

Number = Annotated[Whole, Field(ge=1, le=2_000_000_000)]
Seed = Annotated[Whole, Field(ge=0, le=2**31 - 1)]
Seconds = Annotated[float, Field(gt=0, le=86_400)]


class SolveIn(Shape):
    """A solve that is asked for."""

    plan: Id
    version: Number | None = Field(
        None, description="Number of the plan's version; the newest if not given"
    )
    seconds: Seconds = 60.0
    seed: Seed = 1
    start: Id | None = Field(None, description="Id of a roster of the plan to begin with")


def place(service: Service, actor: Actor, wanted: SolveIn) -> Placed:
    """The version of the plan, and of the roster to begin with."""
    with service.database.reading() as session:
        plan = plans.plan_of(session, actor, wanted.plan)
        version = plans.version_of(session, plan, wanted.version)
        start = None
        if wanted.start is not None:
            roster = rosters.roster_of(session, actor, wanted.start)
            if roster.plan_id != plan.id:
                raise NotFoundError
            start = rosters.version_of(session, actor, roster).id
    seconds = min(wanted.seconds, service.settings.job_seconds)
    return Placed(
        version.id,
        {
            "plan": plan.id,
            "version": version.number,
            "seconds": seconds,
            "seed": wanted.seed,
            "start": start,
        },
        seconds,
    )


SOLVE = Kind("solve", SolveIn, place)
