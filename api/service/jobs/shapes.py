"""What goes over the wire about jobs."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from api.service.jobs.tables import Job, JobEvent
from api.service.shapes import Id, Shape


class SolveIn(Shape):
    """A solve that is asked for."""

    plan: Id
    version: Annotated[int, Field(ge=1, le=2_000_000_000)] | None = Field(
        None, description="Number of the plan's version; the newest if not given"
    )
    seconds: Annotated[float, Field(gt=0, le=86_400)] = 60.0
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1
    start: Id | None = Field(None, description="Id of a roster of the plan to begin with")


class JobOut(Shape):
    """A job."""

    id: str
    kind: str
    state: Literal["queued", "running", "stopping", "done", "failed", "cancelled"]
    options: dict[str, Any]
    attempts: int
    roster: str | None = Field(description="Id of the roster that came out")
    message: str = Field(description="Why it failed, in bokmål")
    author: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    @classmethod
    def of(cls, job: Job) -> Self:
        """A job as it is told."""
        return cls(
            id=job.id,
            kind=job.kind,
            state=job.state,
            options=job.options,
            attempts=job.attempts,
            roster=job.result_id,
            message=job.message,
            author=job.author,
            created_at=job.created_at,
            started_at=job.started_at,
            ended_at=job.ended_at,
        )


class EventOut(Shape):
    """One thing that a job told."""

    number: int
    at: datetime
    kind: str
    data: dict[str, Any]

    @classmethod
    def of(cls, event: JobEvent) -> Self:
        """An event as it is told."""
        return cls(number=event.number, at=event.at, kind=event.kind, data=event.data)
