"""Sums of what single doctors have, as a step prices them or an earlier one limits them.

Nights and burden points are such sums. What lies in them beyond decisions counts with whatever is
cheapest.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.solving.model import TRUE, Model, Step, Term, Terms
from scheduler.solving.packed import Numbers
from scheduler.solving.tallies import Rise, base_of

_Key = tuple[Term, ...]


@dataclass(frozen=True)
class Load:
    """A sum of decisions.

    Attributes:
        variables: all that it is a sum of.
        terms: the decisions in it.
        amounts: where what it costs may turn, and the ends of what it can be.
        costs: of each amount, at least.
        steepest: what one more or less costs at most.
    """

    variables: tuple[int, ...]
    terms: Terms
    amounts: Numbers
    costs: Numbers
    steepest: int


def loads_of(
    model: Model,
    step: Step,
    limits: Mapping[_Key, int],
    apart: Collection[tuple[int, ...]],
) -> list[Load]:
    """The sums with a price in the step or with a limit, but for those of which nothing is left.

    Args:
        model: the plain model.
        step: a sum.
        limits: what sums may come to at most.
        apart: variables that are counted elsewhere, each once.
    """
    rises: dict[_Key, list[Rise]] = {key: [] for key in limits}
    for price, var in step.terms:
        base = base_of(model, var) if price > 0 else None
        if base is None or not base[0]:
            continue
        terms, threshold = base
        sign = 1 if terms[0][0] > 0 else -1
        key = tuple([(sign * c, v) for c, v in terms])
        if tuple([v for _, v in terms]) not in apart:
            rises.setdefault(key, []).append((sign, threshold, price))
    found = [_load(model, key, own, limits.get(key)) for key, own in rises.items()]
    return [load for load in found if load is not None]


def limits_of(steps: Sequence[Step], scores: Sequence[int]) -> dict[_Key, int]:
    """What each doctor's sum may be at most, where the worst-off one of some is held.

    Args:
        steps: those that are held.
        scores: what they are held at.
    """
    found: dict[_Key, int] = {}
    for step, score in zip(steps, scores, strict=False):
        for terms, constant in step.entries if step.worst == 1 else ():
            key, most = tuple(terms), score - constant
            if key and key[0][0] > 0:
                found[key] = min(most, found.get(key, most))
    return found


def _load(model: Model, key: _Key, rises: Iterable[Rise], limit: int | None) -> Load | None:
    own = [(c, v) for c, v in key if TRUE < v < model.decisions + 2]
    beyond = [(c, v) for c, v in key if not TRUE < v < model.decisions + 2]
    if not own:
        return None
    less = sum(c * (1 if v == TRUE else model.uppers[v]) for c, v in beyond if c < 0 or v == TRUE)
    more = sum(c * (1 if v == TRUE else model.uppers[v]) for c, v in beyond if c > 0 or v == TRUE)
    low = sum(c for c, _ in own if c < 0)
    high = sum(c for c, _ in own if c > 0)
    if limit is not None:
        high = min(high, limit - less)
    unit = int(np.gcd.reduce([abs(c) for c, _ in own]))
    turns = {low, high // unit * unit}
    # sign * (own + beyond) - threshold, with the cheapest that lies beyond
    told = [(s, at - (less if s > 0 else -more), price) for s, at, price in rises]
    for sign, threshold, _ in told:
        at = sign * threshold
        turns |= {at // unit * unit, -(-at // unit) * unit}
    amounts = np.array(sorted(n for n in turns if low <= n <= high), dtype=np.int64)
    if not len(amounts):
        return None
    costs = np.zeros_like(amounts)
    for sign, threshold, price in told:
        costs += price * np.maximum(0, sign * amounts - threshold)
    return Load(
        tuple([v for _, v in key]), tuple(own), amounts, costs, sum(price for _, _, price in told)
    )
