"""Who has which weekend so that it costs as little as it may: a choice to begin a roster with.

The multipliers of `weighing` tell what a duty adds to nights and points. With these as prices the
weekends are covered anew, one after the other, each in the cheapest way that there is (`covering`):
one part more costs a doctor what it costs beside all others that she has by then. Prices are shaken
at first, and less and less. What comes of it is hardly dearer than the bound, but for what no
weekend knows of.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from scheduler.solving.annealing import Reals
from scheduler.solving.covering import FAR, Laid, cover
from scheduler.solving.jit import compiled, compiled_within
from scheduler.solving.occasions import Occasion
from scheduler.solving.packed import Numbers
from scheduler.solving.taking_part import Sharers

_SWEEPS = 400  # times that all families are covered anew,
_WORK = 4_000_000_000  # and additions in all, at most
_HOT, _COLD = 0.15, 0.005  # how far prices are shaken, in what one part more costs than the last,
_APART = 4.0  # and what two cost for which there is no room: a dead end would be for ever else


@dataclass(frozen=True)
class Choice:
    """What is chosen of all occasions.

    Attributes:
        among: the decisions that are chosen from.
        taken: those of them that are true.
        cost: what it comes to, prices of duties included, in integers of the sum.
    """

    among: frozenset[int]
    taken: frozenset[int]
    cost: float


class Prices(NamedTuple):
    """What counts beside the number of parts.

    Attributes:
        duties: of each decision.
        toll: for one of the held step.
        unit: so many of these are 1 of the sum.
        room: what a way, or two occasions near each other, may cost of the held step.
    """

    duties: Numbers
    toll: int
    unit: int
    room: int


class _Own(NamedTuple):
    """A choice in the making.

    Attributes:
        taker: whose each occasion is.
        ways: of each occasion; -1 for nothing of it.
        counts: how many parts each has.
        parts: scratch.
    """

    taker: Numbers
    ways: Numbers
    counts: Numbers
    parts: Numbers


def choose(
    occasions: Sequence[Occasion],
    families: Laid,
    sharers: Sharers,
    prices: Prices,
    seed: int,
    over: Callable[[], bool],
) -> Choice | None:
    """The cheapest choice that is met.

    Args:
        occasions: all of them, by number.
        families: what is demanded of them.
        sharers: whose they are.
        prices: what counts beside parts.
        seed: of how prices are shaken.
        over: asked between two sweeps; the best that is known by then is told.

    Returns:
        None where nothing is found by then, or some family cannot be covered.
    """
    chance = np.random.default_rng(seed)
    many = len(sharers.begins) - 1
    taker = np.repeat(np.arange(many), np.diff(sharers.begins))
    ways = np.full(len(occasions), -1, dtype=np.int64)
    own = _Own(taker, ways, np.zeros(many, dtype=np.int64), np.zeros_like(ways))
    best, found = FAR, ways.copy()
    bend = prices.unit * _bend(sharers)
    additions = int((families.ends - families.begins).sum())
    dear = round(_APART * bend)
    sweeps = max(1, min(_SWEEPS, _WORK // max(1, additions)))
    for heat in bend * np.geomspace(_HOT, _COLD, sweeps):
        if over():
            break
        shaken = np.rint(heat * chance.standard_normal(len(ways))).astype(np.int64)
        order = chance.permutation(len(families.states))
        cost = _sweep(families, sharers, prices, own, order, shaken, dear)
        if cost >= FAR // 2:
            return None
        if cost < best:
            best, found = cost, ways.copy()
    if best >= FAR // 2:
        return None
    begins = families.decision_at
    taken = [families.decisions[begins[way] : begins[way + 1]] for way in found if way >= 0]
    return Choice(
        frozenset(own for each in occasions for own in each.decisions),
        frozenset(int(own) for each in taken for own in each),
        best / prices.unit,
    )


def _bend(sharers: Sharers) -> float:
    """What one part more costs more than the last, at most, on the way from none to all."""
    found = 0.0
    for begin, end in zip(sharers.price_at, sharers.price_at[1:], strict=False):
        own: Reals = sharers.prices[begin:end].astype(np.float64)
        found = max(found, 2 * float(np.ptp(own)) / max(1, len(own) - 1) ** 2)
    return found


@compiled
def _sweep(
    t: Laid, s: Sharers, p: Prices, o: _Own, order: Numbers, shaken: Numbers, dear: int
) -> int:
    """Cover all families anew, in this order; what all of it costs then, without shaking.

    Args:
        t: the families.
        s: who shares.
        p: what counts beside parts.
        o: the choice; changed in place.
        order: of the families.
        shaken: what is added to the price of each part.
        dear: what two occasions cost for which there is no room.
    """
    for family in order:
        places = range(t.family_at[family], t.family_at[family + 1])
        for place in places:
            own = t.numbers[place]
            if o.ways[own] >= 0:
                o.counts[o.taker[own]] -= 1
                o.ways[own] = -1
        for place in places:
            own = t.numbers[place]
            at = s.price_at[o.taker[own]] + o.counts[o.taker[own]]
            o.parts[own] = p.unit * (s.prices[at + 1] - s.prices[at]) + shaken[own]
            for back in range(s.near.shape[1]):
                before, after = own - 1 - back, own + 1 + back
                if before >= s.begins[o.taker[own]] and o.ways[before] >= 0:
                    o.parts[own] += _beside(s.near[own, back], p, dear)
                if after < s.begins[o.taker[own] + 1] and o.ways[after] >= 0:
                    o.parts[own] += _beside(s.near[after, back], p, dear)
        if cover(t, family, p.duties, o.parts, p.toll, p.room, o.ways) >= FAR // 2:
            return FAR
        for place in places:
            own = t.numbers[place]
            if o.ways[own] >= 0:
                o.counts[o.taker[own]] += 1
    total = 0
    for one in range(len(o.counts)):
        total += p.unit * s.prices[s.price_at[one] + o.counts[one]]
    for own in range(len(o.ways)):
        way = o.ways[own]
        if way < 0:
            continue
        total += p.toll * t.costs[way]
        for at in range(t.decision_at[way], t.decision_at[way + 1]):
            total += p.duties[t.decisions[at]]
        for back in range(s.near.shape[1]):
            before = own - 1 - back
            if before >= s.begins[o.taker[own]] and o.ways[before] >= 0:
                total += _beside(s.near[own, back], p, dear)
    return int(total)


@compiled_within
def _beside(near: int, p: Prices, dear: int) -> int:
    """What two occasions near each other cost."""
    return dear if near > p.room else p.toll * near
