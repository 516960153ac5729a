"""Whether a version of a published roster says something else than what was published.

Doctors work by assignments and by what the plan says of them. The plan's pins tell a search what it
may not move, and nobody what to do: a pin that is undone after a publication amends nothing.
"""

import json
from dataclasses import dataclass
from typing import Any, Self

from api.service.plans.tables import PlanVersion
from api.service.rosters.documents import assignments
from api.service.rosters.tables import RosterVersion

PINS = "pins"
"""The part of a plan that pins stand in."""


@dataclass(frozen=True, slots=True)
class PinsApart:
    """A plan's document taken apart.

    Attributes:
        pins: the rows of its pins.
        rest: all else.
    """

    pins: list[Any]
    rest: dict[str, Any]

    @classmethod
    def of(cls, plan: PlanVersion) -> Self:
        """The document of a stored version."""
        rest = json.loads(plan.document)
        return cls(rest.pop(PINS, []), rest)


def amends(published: tuple[RosterVersion, PlanVersion], document: str, plan: PlanVersion) -> bool:
    """Whether a version differs from what was published in more than the plan's pins.

    Args:
        published: the version that was published last, and the plan that it was made for.
        document: of the later version.
        plan: what that one was made for.
    """
    told, told_plan = published
    if assignments(told.document) != assignments(document):
        return True
    if told_plan.digest == plan.digest:
        return False
    return PinsApart.of(told_plan).rest != PinsApart.of(plan).rest
