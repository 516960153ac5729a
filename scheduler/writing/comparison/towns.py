"""Municipality by municipality, and together where one alone would tell of single doctors.

A municipality with fewer than `FEWEST` doctors who share is shown together with others, and
never one alone: then it could be reckoned from the rest.
"""

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.writing.comparison.measures import FEWEST
from scheduler.writing.comparison.source import Comparison, TownFigures
from scheduler.writing.phrases import listed


@dataclass(frozen=True, slots=True)
class TownRow:
    """One municipality, or several together.

    Attributes:
        members: ids of the municipalities.
        figures: sums by alternative, in their order; None where it takes no part.
    """

    name: str
    members: tuple[str, ...]
    figures: tuple[TownFigures | None, ...]


def rows(comparison: Comparison, *, discreet: bool) -> tuple[TownRow, ...]:
    """The municipalities in the plan's order, those that join after.

    Args:
        comparison: the alternatives.
        discreet: put small ones together.
    """
    known: dict[str, str] = {}
    for alternative in comparison.alternatives:
        for own, town in (alternative.figures.towns if alternative.figures else {}).items():
            known.setdefault(own, town.name)
    apart: list[tuple[str, ...]] = [(own,) for own in known]
    grouped = _grouped(comparison, list(known)) if discreet else ()
    members = [own for own in apart if own[0] not in grouped]
    members += [grouped] if grouped else []
    return tuple(_row(comparison, own, known) for own in members)


def _grouped(comparison: Comparison, towns: list[str]) -> tuple[str, ...]:
    """The municipalities that must be shown together."""
    by_size = sorted(towns, key=lambda own: (_fewest(comparison, (own,)), own))
    small = [own for own in by_size if 0 < _fewest(comparison, (own,)) < FEWEST]
    if not small:
        return ()
    others = [own for own in by_size if own not in small]
    while others and (len(small) == 1 or _fewest(comparison, tuple(small)) < FEWEST):
        small.append(others.pop(0))
    return tuple(own for own in towns if own in small)


def _fewest(comparison: Comparison, members: tuple[str, ...]) -> int:
    """The smallest number of doctors that the members have between them, where they have any."""
    counts = []
    for alternative in comparison.alternatives:
        if alternative.figures:
            found = [alternative.figures.towns.get(own) for own in members]
            counts.append(sum(town.doctors for town in found if town))
    return min((count for count in counts if count), default=0)


def _row(comparison: Comparison, members: tuple[str, ...], known: dict[str, str]) -> TownRow:
    name = known[members[0]] if len(members) == 1 else listed([known[own] for own in members])
    figures = []
    for alternative in comparison.alternatives:
        towns = alternative.figures.towns if alternative.figures else {}
        own = [towns[member] for member in members if member in towns]
        figures.append(_together(name, own) if own else None)
    return TownRow(name, members, tuple(figures))


def _together(name: str, towns: list[TownFigures]) -> TownFigures:
    costs = [town.municipal_cost for town in towns if town.municipal_cost is not None]
    return TownFigures(
        name=name,
        doctors=sum(town.doctors for town in towns),
        points=sum(town.points for town in towns),
        nights=sum(town.nights for town in towns),
        ordered_hours=sum(town.ordered_hours for town in towns),
        lost_hours=sum(town.lost_hours for town in towns),
        municipal_cost=sum(costs) if costs else None,
    )


COLUMNS: tuple[tuple[str, int, Callable[[TownFigures], float | None]], ...] = (
    ("Poeng per lege", 0, lambda own: own.points_each),
    ("Netter", 0, lambda own: own.nights),
    ("Pålagte timer", 1, lambda own: own.ordered_hours),
    ("Tapt kontortid", 0, lambda own: own.lost_hours),
    ("Utgifter til kommunalt arbeid, kr", 0, lambda own: own.municipal_cost),
)
"""What is told of a municipality: heading, decimals, value."""
