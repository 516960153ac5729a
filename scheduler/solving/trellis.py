"""All courses of one doctor as a layered graph: every lawful course is a walk, day by day.

What is open at the end of a day (`courses.py`) is all that later days need to know of earlier ones,
so two beginnings that leave the same meet in one state; states from which the same can follow are
merged. Sums over most of the time, such as hours, are not in the states: each link tells what it
gains of them. A graph is laid out once and then walked at any prices (`walks.py`).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

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
from scheduler.solving.jit import compiled
from scheduler.solving.packed import NO_LIMIT, Numbers

Small = NDArray[np.int32]

MOST_LINKS = 400_000  # of one doctor, before states are merged; about 30 MB
_ITEMS = 12  # what one day can add to the prices, at most
_PRIME = 0x100000001B3


class Trellis(NamedTuple):
    """The walks from the highest state to state 0; links lead from higher to lower states.

    Attributes:
        link_at: where the links of each state begin; one place more than there are states.
        heads: where each link leads.
        gains: what each link adds to each limited sum.
        item_at: where the items of each link begin; one place more than there are links.
        items: (decision or variable by its place in the course, value) of each link.
        least, most: of each state, what the limited sums can still gain.
        lows, highs, largest: the limits, and the largest term of each limited sum.
    """

    link_at: Small
    heads: Small
    gains: Small
    item_at: Small
    items: Small
    least: Numbers
    most: Numbers
    lows: Numbers
    highs: Numbers
    largest: Numbers


def trellis(course: Course, priced: NDArray[np.bool_], links: int = MOST_LINKS) -> Trellis | None:
    """The graph of a course; None where it is too large, or a long sum is more than a limit.

    Args:
        course: of the doctor.
        priced: of each decision and then each definition, whether it can have a price.
        links: number of links before states are merged.
    """
    limited = course.limits[:, 0]
    if len(limited) != course.tracked or not len(course.decisions):
        return None
    day_at, tails, heads, gains, item_at, items, widths = _grow(course, priced, links)
    if not len(day_at):
        return None
    own = _merged(day_at, widths, tails, heads, gains, item_at, items)
    if len(own[0]) < 2:
        return None
    least, most = _reach(own[0], own[1], own[2])
    lows, highs, largest = (course.limits[:, n].copy() for n in (1, 2, 3))
    return Trellis(*own, least, most, lows, highs, largest)


@compiled
def _grow(
    course: Course, priced: NDArray[np.bool_], largest: int
) -> tuple[Numbers, Small, Small, Small, Numbers, Small, Numbers]:
    """Links day by day, from states to states numbered anew each day; empty if they are too many.

    Gives where each day's links begin, their tails, heads, gains, where their items begin, the
    items, and how many states each day ends with.
    """
    layers, room, limited = len(course.decisions), course.room, len(course.limits)
    none = np.zeros(0, dtype=np.int64)
    small = np.zeros((0, max(1, limited)), dtype=np.int32)
    nothing = (none, small[:, 0], small[:, 0], small, none, small, none)
    days = int(course.day_ends.sum())
    day_at = np.zeros(days + 1, dtype=np.int64)
    widths = np.zeros(days, dtype=np.int64)
    capacity = 1024
    tails = np.zeros(capacity, dtype=np.int32)
    heads = np.zeros(capacity, dtype=np.int32)
    gains = np.zeros((capacity, limited), dtype=np.int32)
    item_at = np.zeros(capacity + 1, dtype=np.int64)
    items = np.zeros((4 * capacity, 2), dtype=np.int32)
    states = np.zeros((1, room), dtype=np.int64)
    made, written, day, first = 0, 0, 0, 0
    for end in range(layers):
        if course.day_ends[end] != 1:
            continue
        slots = states.copy()
        origin = np.arange(len(states))
        paths = np.zeros((len(states), _ITEMS, 2), dtype=np.int32)
        lengths = np.zeros(len(states), dtype=np.int64)
        for k in range(first, end + 1):
            count = len(slots)
            for o in range(course.open_at[k], course.open_at[k + 1]):
                slots[:, course.openings[o, 0]] = course.openings[o, 1]
            slots = np.concatenate((slots, slots))
            origin = np.concatenate((origin, origin))
            paths = np.concatenate((paths, paths))
            lengths = np.concatenate((lengths, lengths))
            fill = 0
            for i in range(2 * count):
                lawful = True
                if i >= count:
                    lawful = _take(course, k, 1, slots[i])
                    if lengths[i] == _ITEMS:
                        return nothing
                    paths[i, lengths[i], 0] = k
                    paths[i, lengths[i], 1] = 1
                    lengths[i] += 1
                if lawful:
                    length = _close(course, k, slots[i], priced, paths[i], lengths[i])
                    if length > _ITEMS:
                        return nothing
                    if length >= 0:
                        slots[fill] = slots[i]
                        origin[fill] = origin[i]
                        paths[fill] = paths[i]
                        lengths[fill] = length
                        fill += 1
            slots, origin = slots[:fill].copy(), origin[:fill].copy()
            paths, lengths = paths[:fill].copy(), lengths[:fill].copy()
            if made + fill > largest:
                return nothing
        size = 64
        while size < 3 * len(slots):
            size *= 2
        table = np.full(size, -1, dtype=np.int64)
        fresh = np.zeros((len(slots), room), dtype=np.int64)
        found = 0
        for i in range(len(slots)):
            own = slots[i]
            near = _PRIME
            for place in range(course.tracked, room):
                near = (near ^ own[place]) * _PRIME
                near ^= (near >> 29) & 0x7FFFFFFFF
            at = (near >> 3) & (size - 1)
            while table[at] >= 0:
                same = True
                for place in range(course.tracked, room):
                    if fresh[table[at], place] != own[place]:
                        same = False
                        break
                if same:
                    break
                at = (at + 1) & (size - 1)
            if table[at] < 0:
                table[at] = found
                fresh[found, course.tracked :] = own[course.tracked :]
                found += 1
            while made + 1 >= len(tails):
                tails = np.concatenate((tails, tails))
                heads = np.concatenate((heads, heads))
                gains = np.concatenate((gains, gains))
                item_at = np.concatenate((item_at, item_at))
            while written + _ITEMS >= len(items):
                items = np.concatenate((items, items))
            tails[made] = origin[i]
            heads[made] = table[at]
            for n in range(limited):
                gains[made, n] = own[course.limits[n, 0]]
            for n in range(lengths[i]):
                items[written] = paths[i, n]
                written += 1
            made += 1
            item_at[made] = written
        states = fresh[:found].copy()
        widths[day] = found
        day += 1
        day_at[day] = made
        first = end + 1
    return (
        day_at,
        tails[:made],
        heads[:made],
        gains[:made],
        item_at[: made + 1],
        items[:written],
        widths,
    )


@compiled
def _take(course: Course, local: int, value: int, own: Numbers) -> bool:
    """Add a decision or variable to what is open; False where a limit is broken at once."""
    for e in range(course.edge_at[local], course.edge_at[local + 1]):
        place = course.edges[e, 0]
        own[place] += course.edges[e, 1] * value
        if place >= course.tracked and own[place] > course.edges[e, 2]:
            return False
    return True


@compiled
def _close(
    course: Course,
    k: int,
    own: Numbers,
    priced: NDArray[np.bool_],
    path: Small,
    length: int,
) -> int:
    """Close what ends with a decision; how many items there are now, -1 where something breaks."""
    for c in range(course.close_at[k], course.close_at[k + 1]):
        row = course.closings[c]
        if row[SLOT] < course.tracked:
            continue
        total = own[row[SLOT]]
        own[row[SLOT]] = 0
        if row[HOW] == LIMITS:
            demanded = True
            if row[GUARDED] >= 0:
                demanded = own[row[GUARDED]] != 0
                own[row[GUARDED]] = 0
            if demanded and (total < row[LOWEST] or total > row[HIGHEST]):
                return -1
            continue
        over = total - row[LOWEST]
        value = (1 if over >= 0 else 0) if row[HOW] == AT_LEAST else max(over, 0)
        if value == 0:
            continue
        local = row[NUMBER]
        if priced[local]:
            if length >= _ITEMS:
                return _ITEMS + 1
            path[length, 0] = local
            path[length, 1] = value
            length += 1
        if not _take(course, local, value, own):
            return -1
    return length


@compiled
def _merged(
    day_at: Numbers,
    widths: Numbers,
    tails: Small,
    heads: Small,
    gains: Small,
    item_at: Numbers,
    items: Small,
) -> tuple[Small, Small, Small, Small, Small]:
    """States from which the same can follow as one, those from which nothing can left out."""
    days, limited = len(widths), gains.shape[1]
    links = len(tails)
    link_at = np.zeros(links + 2, dtype=np.int32)
    new_heads = np.zeros(links, dtype=np.int32)
    new_gains = np.zeros((links, limited), dtype=np.int32)
    new_at = np.zeros(links + 1, dtype=np.int32)
    new_items = np.zeros((len(items), 2), dtype=np.int32)
    made = written = 0
    count = 1  # state 0, without links
    after = np.zeros(widths[-1], dtype=np.int64)  # what each state of the next day became
    for day in range(days - 1, -1, -1):
        low, high = day_at[day], day_at[day + 1]
        width = 1 if day == 0 else widths[day - 1]
        order = low + np.argsort(tails[low:high], kind="mergesort")
        became = np.full(width, -1, dtype=np.int64)
        size = 64
        while size < 3 * width:
            size *= 2
        table = np.full(size, -1, dtype=np.int64)
        place = 0
        while place < len(order):
            tail = tails[order[place]]
            begin_links, begin_items = made, written
            near = _PRIME
            while place < len(order) and tails[order[place]] == tail:
                link = order[place]
                place += 1
                head = after[heads[link]]
                if head < 0:
                    continue
                new_heads[made] = head
                near = (near ^ head) * _PRIME
                for n in range(limited):
                    new_gains[made, n] = gains[link, n]
                for item in range(item_at[link], item_at[link + 1]):
                    new_items[written] = items[item]
                    near = (near ^ (items[item, 0] * 131 + items[item, 1])) * _PRIME
                    near ^= (near >> 29) & 0x7FFFFFFFF
                    written += 1
                made += 1
                new_at[made] = written
            if made == begin_links:
                continue
            at = (near >> 3) & (size - 1)
            while table[at] >= 0 and not _same(
                table[at],
                begin_links,
                made,
                link_at,
                new_heads,
                new_gains,
                new_at,
                new_items,
            ):
                at = (at + 1) & (size - 1)
            if table[at] >= 0:
                became[tail] = table[at]
                made, written = begin_links, begin_items
                continue
            table[at] = count
            became[tail] = count
            count += 1
            link_at[count] = made
        after = became
    if after[0] < 0:
        return link_at[:1], new_heads[:0], new_gains[:0], new_at[:1], new_items[:0]
    return (
        link_at[: count + 1].copy(),
        new_heads[:made].copy(),
        new_gains[:made].copy(),
        new_at[: made + 1].copy(),
        new_items[:written].copy(),
    )


@compiled
def _same(
    state: int,
    begin: int,
    end: int,
    link_at: Small,
    heads: Small,
    gains: Small,
    item_at: Small,
    items: Small,
) -> bool:
    """Whether a state has the same links as those that were just written."""
    shift = link_at[state] - begin
    if link_at[state + 1] - link_at[state] != end - begin:
        return False
    for link in range(begin, end):
        other = link + shift
        if heads[link] != heads[other]:
            return False
        for n in range(gains.shape[1]):
            if gains[link, n] != gains[other, n]:
                return False
        first, second = item_at[link], item_at[other]
        if item_at[link + 1] - first != item_at[other + 1] - second:
            return False
        for n in range(item_at[link + 1] - first):
            if items[first + n, 0] != items[second + n, 0]:
                return False
            if items[first + n, 1] != items[second + n, 1]:
                return False
    return True


@compiled
def _reach(link_at: Small, heads: Small, gains: Small) -> tuple[Numbers, Numbers]:
    """The least and the most that each limited sum can still gain from each state."""
    states, limited = len(link_at) - 1, gains.shape[1]
    least = np.zeros((states, limited), dtype=np.int64)
    most = np.zeros((states, limited), dtype=np.int64)
    for state in range(1, states):
        least[state] = NO_LIMIT
        most[state] = -NO_LIMIT
        for link in range(link_at[state], link_at[state + 1]):
            for n in range(limited):
                least[state, n] = min(least[state, n], gains[link, n] + least[heads[link], n])
                most[state, n] = max(most[state, n], gains[link, n] + most[heads[link], n])
    return least, most
