"""A whole course of one doctor at once: the cheapest that is met when days are decided in order.

A beam search over what is still open (see `courses.py`): of beginnings that leave the same to later
days some of the cheapest are kept. It proves nothing; what it gives is lawful for this doctor.
"""

import numpy as np

from scheduler.solving.annealing import Reals
from scheduler.solving.board import BROKEN, PENALTY, WEIGHT, Board, flip
from scheduler.solving.courses import (
    AT_LEAST,
    GUARDED,
    HIGHEST,
    HOW,
    LIMITS,
    LOWEST,
    NUMBER,
    SLOT,
    Course,
)
from scheduler.solving.jit import compiled, compiled_within
from scheduler.solving.packed import NO_LIMIT, Numbers

_CROWD = 20  # beginnings within a day, for each that is kept at its end
_PRIME, _OTHER = 0x100000001B3, 0x1F123BB5


# What gets a constant is compiled once more, for that very constant; a sum is any number.
@compiled_within
def _number(constant: int) -> int:
    return constant + 0


@compiled_within
def _truth(constant: int) -> bool:
    return constant == 1


@compiled
def trace(
    course: Course, costs: Reals, width: int, alike: int, pace: float, loose: bool
) -> tuple[float, Numbers, Numbers]:
    """The cheapest course that is met.

    Args:
        course: of the doctor.
        costs: of each decision, with what it does to others, and then of each definition.
        width: how many beginnings are kept from day to day.
        alike: how many of them may leave the same to later days, but for the tracked sums.
        pace: what it costs while a tracked sum lags behind or runs ahead of its limits by one of
            its largest terms.
        loose: tracked sums have no limits.

    Returns:
        What the course costs (infinite where none was met), the decisions that are true in it, and
        what the limited among the tracked sums come to.
    """
    layers = len(course.decisions)
    capacity = _CROWD * width
    slots = np.zeros((capacity, course.room), dtype=np.int64)
    kept = np.zeros((width, course.room), dtype=np.int64)
    spent = np.zeros(capacity)
    nodes = np.full(capacity, -1, dtype=np.int64)
    parents = np.empty(capacity, dtype=np.int64)
    taken = np.empty(capacity, dtype=np.int64)
    made = 0
    count = _number(1)
    for k in range(layers):
        for o in range(course.open_at[k], course.open_at[k + 1]):
            slots[:count, course.openings[o, 0]] = course.openings[o, 1]
        if 2 * count > capacity:
            count = _reduce(course, k, slots, kept, spent, nodes, count, alike, 0.0, _truth(0))
        if made + count > len(parents):
            parents = np.concatenate((parents, np.empty_like(parents)))
            taken = np.concatenate((taken, np.empty_like(taken)))
        following = count
        for i in range(count):
            slots[following] = slots[i]
            price = _take(course, k, slots[following], loose) + costs[k]
            if price < np.inf:
                price += _settle(course, k, slots[following], costs, loose)
            if price < np.inf:
                spent[following] = spent[i] + price
                parents[made] = nodes[i]
                taken[made] = k
                nodes[following] = made
                made += 1
                following += 1
        fill = _number(0)
        for i in range(following):
            if i < count:
                spent[i] += _settle(course, k, slots[i], costs, loose)
            if spent[i] < np.inf:
                if fill < i:
                    slots[fill] = slots[i]
                    spent[fill] = spent[i]
                    nodes[fill] = nodes[i]
                fill += 1
        count = fill
        if course.day_ends[k] == 1 and count > 0:
            count = _reduce(course, k, slots, kept, spent, nodes, count, alike, pace, not loose)
        if count == 0:
            return np.inf, parents[:0], course.limits[:, 0]
    best = int(np.argmin(spent[:count]))
    found = np.zeros(layers, dtype=np.int64)
    length = 0
    node = nodes[best]
    while node >= 0:
        found[length] = course.decisions[taken[node]]
        length += 1
        node = parents[node]
    return spent[best], found[:length], slots[best][course.limits[:, 0]]


@compiled_within
def _take(course: Course, k: int, own: Numbers, loose: bool) -> float:
    """Add a decision to what is open; infinite where a limit is broken whatever follows."""
    for e in range(course.edge_at[k], course.edge_at[k + 1]):
        place = course.edges[e, 0]
        own[place] += course.edges[e, 1]
        if own[place] > course.edges[e, 2] and not (loose and place < course.tracked):
            return np.inf
    return 0.0


@compiled_within
def _settle(course: Course, k: int, own: Numbers, costs: Reals, loose: bool) -> float:
    """Close what ends with a decision: what it costs, infinite where something is broken."""
    price = 0.0
    for c in range(course.close_at[k], course.close_at[k + 1]):
        row = course.closings[c]
        total = own[row[SLOT]]
        tracked = row[SLOT] < course.tracked
        if not tracked:
            own[row[SLOT]] = 0
        if row[HOW] == LIMITS:
            demanded = True
            if row[GUARDED] >= 0:
                demanded = own[row[GUARDED]] != 0
                own[row[GUARDED]] = 0
            if loose and tracked:
                continue
            if demanded and (total < row[LOWEST] or total > row[HIGHEST]):
                return np.inf
            continue
        over = total - row[LOWEST]
        value = (1 if over >= 0 else 0) if row[HOW] == AT_LEAST else max(over, 0)
        if value == 0:
            continue
        price += costs[row[NUMBER]] * value
        for e in range(course.edge_at[row[NUMBER]], course.edge_at[row[NUMBER] + 1]):
            place = course.edges[e, 0]
            own[place] += course.edges[e, 1] * value
            if own[place] > course.edges[e, 2] and not (loose and place < course.tracked):
                return np.inf
    return price


@compiled_within
def _reduce(
    course: Course,
    k: int,
    slots: Numbers,
    kept: Numbers,
    spent: Reals,
    nodes: Numbers,
    count: int,
    alike: int,
    pace: float,
    whole: bool,
) -> int:
    """Keep the cheapest, of those that leave the same to later days not too many; how many.

    `whole`: a day is over, so what tracked sums can still gain is known.
    """
    key = spent[:count].copy()
    for i in range(count):
        if whole:
            key[i] += _pressure(course, k, slots[i], pace)
    order = np.argsort(key)
    size = 64
    while size < 4 * len(kept):
        size *= 2
    groups = np.zeros((size, 2), dtype=np.int64)
    known = np.zeros(size, dtype=np.int64)
    fill = 0
    new_spent, new_nodes = np.empty(len(kept)), np.empty(len(kept), dtype=np.int64)
    for i in order:
        if key[i] == np.inf or fill == len(kept):
            break
        own = slots[i]
        near = _PRIME
        for place in range(course.tracked, course.room):
            near = (near ^ own[place]) * _PRIME
            near ^= (near >> 29) & 0x7FFFFFFFF
        far = near
        for place in range(course.tracked):
            far = (far ^ own[place]) * _PRIME
            far ^= (far >> 29) & 0x7FFFFFFFF
        near |= 1
        far |= 1
        place = (near >> 1) & (size - 1)
        while groups[place, 0] != 0 and groups[place, 0] != near:
            place = (place + 1) & (size - 1)
        if groups[place, 0] == near and groups[place, 1] >= alike:
            continue
        at = (far >> 1) & (size - 1)
        while known[at] != 0 and known[at] != far:
            at = (at + 1) & (size - 1)
        if known[at] == far:
            continue
        known[at] = far
        groups[place, 0] = near
        groups[place, 1] += 1
        kept[fill] = own
        new_spent[fill] = spent[i]
        new_nodes[fill] = nodes[i]
        fill += 1
    slots[:fill] = kept[:fill]
    spent[:fill] = new_spent[:fill]
    nodes[:fill] = new_nodes[:fill]
    return fill


@compiled_within
def _pressure(course: Course, k: int, own: Numbers, pace: float) -> float:
    """How far tracked sums are off an even pace to their limits; infinite where one is lost."""
    pressure = 0.0
    for n in range(len(course.limits)):
        total, low, high = own[course.limits[n, 0]], course.limits[n, 1], course.limits[n, 2]
        largest, rest = course.limits[n, 3], course.rest[n, k]
        if total + rest < low:
            return np.inf
        gone = 1.0 - rest / max(1, course.rest[n, 0])
        if low > -NO_LIMIT:
            pressure += max(0.0, low * gone - total - largest) / largest
        if high < NO_LIMIT:
            pressure += max(0.0, total - high * gone - largest) / largest
    return pressure * pace


@compiled
def marginals(b: Board, course: Course, prices: Reals, weights: Reals, broken: float) -> Reals:
    """What each decision alone does to the objective, and to what ties doctors together.

    What follows from this doctor alone is left out: a course settles it as it goes.

    Args:
        b: a roster in which the doctor has nothing.
        course: of the doctor.
        prices: of each variable.
        weights: of each step.
        broken: the price of a breach.
    """
    costs = np.empty(len(course.decisions) + len(course.variables))
    costs[len(course.decisions) :] = prices[course.variables]
    before = b.sums.copy()
    for k in range(len(course.decisions)):
        own = 0.0
        for var in course.variables:
            own -= prices[var] * b.values[var]
        breaches = b.counts[PENALTY]
        for number in course.constraints:
            breaches -= b.constraints[number, BROKEN] * b.constraints[number, WEIGHT]
        flip(b, course.decisions[k])
        for var in course.variables:
            own += prices[var] * b.values[var]
        after = b.counts[PENALTY]
        for number in course.constraints:
            after -= b.constraints[number, BROKEN] * b.constraints[number, WEIGHT]
        price = broken * (after - breaches) - own
        for s in range(len(weights)):
            price += weights[s] * (b.sums[s] - before[s])
        costs[k] = price
        flip(b, course.decisions[k])
    return costs


@compiled
def even(course: Course, costs: Reals, tolls: Reals, scale: float, width: int, times: int) -> Reals:
    """The costs with tolls, at which tracked sums come near their limits of themselves.

    Without them the cheapest days come first, and later ones are left with what the limits allow.

    Args:
        course: of the doctor.
        costs: see `trace`.
        tolls: for one largest term of each tracked sum that is limited; changed in place.
        scale: a typical cost.
        width: of the beams that try them.
        times: how many.
    """
    taxed = costs.copy()
    for time in range(times + 1):
        taxed[:] = costs
        for n in range(len(tolls)):
            for j in range(len(costs)):
                taxed[j] += tolls[n] * course.shares[n, j] / course.limits[n, 3]
        if time == times:
            break
        _, _, totals = trace(course, taxed, width, _number(1), 0.0, _truth(1))
        settled = True
        for n in range(len(tolls)):
            low, high, largest = course.limits[n, 1], course.limits[n, 2], course.limits[n, 3]
            aim = min(max(totals[n], low), high)
            if tolls[n] > 0:
                aim = high
            elif tolls[n] < 0:
                aim = low
            off = (totals[n] - aim) / largest
            if abs(off) > 1:
                settled = False
            step = 3.0 * scale * off / max(1.0, aim / largest) / (1.0 + 0.5 * time)
            after = tolls[n] + step
            # A toll that changes sides stops in the middle, where the sum is free.
            tolls[n] = 0.0 if after * tolls[n] < 0 else after
        if settled:
            times = time + 1
    return taxed
