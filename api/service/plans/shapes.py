"""What goes over the wire about plans."""

from datetime import date, datetime
from typing import Any, Self

from pydantic import Field

from api.library import LoadedPlan
from api.service.documents import Difference
from api.service.plans.tables import PlanVersion, StoredPlan
from api.service.shapes import Shape


class PlanOut(Shape):
    """A plan in a list."""

    id: str
    title: str
    version: int = Field(description="Number of the newest version; also the ETag")
    created_at: datetime

    @classmethod
    def of(cls, plan: StoredPlan) -> Self:
        """A plan as it is told."""
        return cls(id=plan.id, title=plan.title, version=plan.version, created_at=plan.created_at)


class VersionOut(Shape):
    """A version of a plan, without the plan itself."""

    number: int
    digest: str | None = Field(description="SHA-256 of the document; null if not for you")
    problem_hash: str | None
    rule_set: str
    file_name: str
    note: str
    author: str
    created_at: datetime

    @classmethod
    def of(cls, version: PlanVersion, *, notes: bool = True) -> Self:
        """A version as it is told; without notes also without what guesses can be tried on."""
        return cls(
            number=version.number,
            digest=version.digest if notes else None,
            problem_hash=version.problem_hash if notes else None,
            rule_set=version.rule_set,
            file_name=version.file_name if notes else "",
            note=version.note if notes else "",
            author=version.author,
            created_at=version.created_at,
        )


class Judged(Shape):
    """What a plan comes to."""

    title: str
    first_day: date
    last_day: date
    doctors: int
    duties: int
    problem_hash: str
    rule_set: str
    remarks: list[str] = Field(description="What a person should know of it, in bokmål")

    @classmethod
    def of(cls, loaded: LoadedPlan) -> Self:
        """A plan that was understood."""
        return cls(
            title=loaded.plan.title,
            first_day=loaded.problem.first_day,
            last_day=loaded.problem.last_day,
            doctors=len(loaded.problem.doctors),
            duties=len(loaded.problem.duties),
            problem_hash=loaded.problem.content_hash,
            rule_set=loaded.rule_set,
            remarks=list(loaded.remarks),
        )


class StoredOut(Shape):
    """A plan that was stored, and what it comes to."""

    plan: PlanOut
    version: VersionOut
    judged: Judged


class DifferenceOut(Shape):
    """A value that two versions have differently."""

    path: str
    before: Any
    after: Any

    @classmethod
    def of(cls, found: Difference) -> Self:
        """A difference as it is told."""
        return cls(path=found.path, before=found.before, after=found.after)
