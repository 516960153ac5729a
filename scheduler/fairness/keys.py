"""How municipalities share before their doctors do, in whole numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scheduler.domain.problem import Problem
from scheduler.fairness.measures import shifts

HALF = Fraction(1, 2)


class Key(StrEnum):
    """How municipalities share before their doctors do."""

    NONE = "none"  # one pool of doctors, whatever their municipality
    POSTS = "posts"  # number of GPs
    POPULATION = "population"
    HALF = "half"  # one half in equal parts, one half by population
    CUSTOM = "custom"  # Municipality.key


def apportion(total: int, weights: Sequence[Fraction]) -> tuple[int, ...]:
    """Share out a whole number by weight: largest remainder, the earlier one at a tie.

    Raises:
        ValueError: a weight is negative, or something is to be shared and none is positive.
    """
    if any(weight < 0 for weight in weights):
        raise ValueError(f"weights ({[str(w) for w in weights]}) must not be negative")
    whole = sum(weights, Fraction(0))
    if not total:
        return (0,) * len(weights)
    if not whole:
        raise ValueError(f"weights ({[str(w) for w in weights]}) must hold a positive one")
    exact = [total * weight / whole for weight in weights]
    parts = [part.__floor__() for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return tuple(parts)


def key_weights(problem: Problem, key: Key) -> tuple[Fraction, ...]:
    """Each municipality's part of the whole by the key, in the problem's order.

    Raises:
        ValueError: the key gives every municipality nothing (no GPs, no inhabitants, no
            custom key).
    """
    if key is Key.NONE:
        raise ValueError("key (none) must be one that divides between municipalities")
    towns = problem.municipalities
    gps = [
        sum(d.employment.is_gp and d.municipality == town.id for d in problem.doctors)
        for town in towns
    ]
    population = [town.inhabitants for town in towns]
    if key is Key.HALF:
        people = _normal([Fraction(p) for p in population], key)
        return tuple(HALF / len(towns) + HALF * part for part in people)
    if key is Key.CUSTOM:
        return _normal([town.key or Fraction(0) for town in towns], key)
    return _normal([Fraction(n) for n in (gps if key is Key.POSTS else population)], key)


def _normal(weights: list[Fraction], key: Key) -> tuple[Fraction, ...]:
    whole = sum(weights, Fraction(0))
    if not whole:
        raise ValueError(f"key ({key}) must give at least one municipality a part")
    return tuple(weight / whole for weight in weights)


@dataclass(frozen=True, slots=True)
class MunicipalQuota:
    """How many shifts are a municipality's to fill or to pay.

    Attributes:
        part: its part of the whole by the key.
    """

    municipality: str
    part: Fraction
    duties: int


def municipal_quota(problem: Problem, key: Key) -> tuple[MunicipalQuota, ...]:
    """The plan's shifts shared out between the municipalities in whole numbers.

    The quota depends on the key alone: it stays where it is when all of a municipality's
    doctors are exempt.
    """
    total = sum(duty.needed for duty in shifts(problem))
    parts = key_weights(problem, key)
    return tuple(
        MunicipalQuota(town.id, part, duties)
        for town, part, duties in zip(
            problem.municipalities, parts, apportion(total, parts), strict=True
        )
    )
