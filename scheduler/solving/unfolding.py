"""A course laid out day by day: from what is open, by what is chosen, to what is open then.

States are numbered anew each day; beginnings that leave the same meet in one. What `trellis.py`
merges further.
"""

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
from scheduler.solving.packed import Numbers

Small = NDArray[np.int32]

_ITEMS = 12  # what one day can add to the prices, at most
_PRIME = 0x100000001B3


@compiled
def unfold(
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
