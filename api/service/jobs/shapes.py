"""What goes over the wire about jobs."""

from datetime import datetime
from typing import Any, Literal, Self

from pydantic import Field

from api.service.jobs.kinds import KINDS
from api.service.jobs.tables import Job
from api.service.shapes import Shape


class JobOut(Shape):
    """A job."""

    id: str
    kind: str
    state: Literal["queued", "running", "stopping", "done", "failed", "cancelled"]
    options: dict[str, Any]
    attempts: int
    roster: str | None = Field(description="Id of the roster that came out")
    cut_off: bool = Field(
        description="A search did not answer when it was to end, and was ended: what came out is, "
        "or compares, the last roster that it handed on. False for jobs that ended before this was "
        "stored"
    )
    message: str = Field(
        description="Why it failed, in bokmål; what it tells of the plan only to who sees grounds"
    )
    author: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    @classmethod
    def of(cls, job: Job, *, private: bool) -> Self:
        """A job as it is told; with private options and details only to who sees grounds."""
        hidden = frozenset() if private or job.kind not in KINDS else KINDS[job.kind].private
        return cls(
            id=job.id,
            kind=job.kind,
            state=job.state,
            options={key: own for key, own in job.options.items() if key not in hidden},
            attempts=job.attempts,
            roster=job.result_id,
            cut_off=job.cut_off,
            message=f"{job.message} {job.details}".strip() if private else job.message,
            author=job.author,
            created_at=job.created_at,
            started_at=job.started_at,
            ended_at=job.ended_at,
        )


class ResultOut(Shape):
    """What came of a job."""

    job: JobOut
    document: dict[str, Any] | None = Field(
        description="As the file of the same command: of repair, compare and certify; answers of "
        "explanations. Null for a job that gave a roster alone, or nothing"
    )
    files: list[str] = Field(description="Names under /jobs/{job}/files")


class ChosenOut(Shape):
    """A roster after an option of a repair was chosen."""

    roster: str
    version: int = Field(description="Number of the roster's new version; also the ETag")
    plan: str
    plan_version: int = Field(description="Of the plan with what happened")
    holes: int
    breaches: int
