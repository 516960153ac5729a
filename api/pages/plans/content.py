"""A plan as its page shows it, from the document that the reader may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class PlanView:
    """What a page tells of a version.

    Attributes:
        doctors: name, municipality and employment, in the plan's order.
        patterns: name, presence and clock times.
    """

    title: str
    first_day: date
    last_day: date
    municipalities: tuple[str, ...]
    doctors: tuple[tuple[str, str, str], ...]
    patterns: tuple[tuple[str, str, str], ...]


def view(document: Mapping[str, Any]) -> PlanView:
    """A plan as its page shows it."""
    towns = {own["id"]: own["name"] for own in document["municipalities"]}
    return PlanView(
        title=document["title"],
        first_day=date.fromisoformat(document["first_day"]),
        last_day=date.fromisoformat(document["last_day"]),
        municipalities=tuple(towns.values()),
        doctors=tuple(
            (own["name"], towns.get(own["municipality"], own["municipality"]), own["employment"])
            for own in document["doctors"]
        ),
        patterns=tuple(
            (own["name"], own["presence"], f"{own['start']}–{own['end']}")
            for own in document.get("patterns", ())
        ),
    )
