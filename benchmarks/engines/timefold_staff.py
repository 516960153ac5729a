"""A published instance as Timefold's model reads it, and its rosters read back."""

from collections.abc import Mapping
from typing import Any

from benchmarks import curtois
from scheduler.domain.problem import Assignment


def assignments(roster: Mapping[str, str]) -> tuple[Assignment, ...]:
    """A roster of the peer in our words."""
    return tuple(curtois.assignments_of(_plan(roster)))


def scored(instance: curtois.Instance, roster: Mapping[str, str]) -> tuple[tuple[float, ...], bool]:
    """The objective, in the unit of our step, and whether no demand is broken."""
    objective, broken = curtois.score(instance, _plan(roster))
    return (round(objective / 60, 6),), not broken


def _plan(roster: Mapping[str, str]) -> dict[tuple[str, int], str]:
    return {
        (person, int(day)): shift
        for key, shift in roster.items()
        for person, _, day in [key.rpartition("/")]
    }


def task(instance: curtois.Instance) -> dict[str, Any]:
    """The instance as the peer reads it."""
    return {
        "days": instance.days,
        "shifts": [
            {"id": own.id, "minutes": own.minutes, "not_before": sorted(own.not_before)}
            for own in instance.shifts.values()
        ],
        "people": [
            {
                "id": own.id,
                "most": dict(own.max_shifts),
                "max_minutes": own.max_minutes,
                "min_minutes": own.min_minutes,
                "max_run": own.max_run,
                "min_run": own.min_run,
                "min_off": own.min_off,
                "max_weekends": own.max_weekends,
            }
            for own in instance.staff.values()
        ],
        "off": {person: sorted(days) for person, days in instance.days_off.items()},
        "wanted": _requests(instance.on),
        "unwanted": _requests(instance.off),
        "covers": [
            {
                "key": f"{own.day}/{own.shift}",
                "needed": own.needed,
                "under": own.under,
                "over": own.over,
            }
            for own in instance.cover
        ],
    }


def _requests(requests: tuple[curtois.Request, ...]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for own in requests:
        day = found.setdefault(f"{own.employee}/{own.day}", {})
        day[own.shift] = day.get(own.shift, 0) + own.weight
    return found
