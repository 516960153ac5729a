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
from scheduler.solving.jit import compiled, compiled_within
from scheduler.solving.packed import Numbers

Small = NDArray[np.int32]
Flag = NDArray[np.bool_]
"""One truth, set from outside while compiled code runs."""

_ITEMS = 12  # what one day can add to the prices, at most
_PRIME = 0x100000001B3


@compiled
def unfold(
    course: Course, priced: NDArray[np.bool_], largest: int, cells: int, ended: Flag
) -> tuple[Numbers, Small, Small, Small, Small, Numbers, Small, Numbers]:
    """Links day by day, from states to states numbered anew each day; empty if they are too many.

    So it is where the states of a day hold more numbers than `cells`, and where it was ended from
    outside; both are looked at with each decision.

    Many links say the same: a kind of link has gains and items, and is kept once. Gives where each
    day's links begin, their tails, heads and kinds; the gains of each kind, where its items begin,
    and the items; and how many states each day ends with.
    """
    layers, room, limited = len(course.decisions), course.room, len(course.limits)
    none = np.zeros(0, dtype=np.int64)
    small = np.zeros((0, max(1, limited)), dtype=np.int32)
    nothing = (none, small[:, 0], small[:, 0], small[:, 0], small, none, small, none)
    days = int(course.day_ends.sum())
    day_at = np.zeros(days + 1, dtype=np.int64)
    widths = np.zeros(days, dtype=np.int64)
    capacity = 1024
    tails = np.zeros(capacity, dtype=np.int32)
    heads = np.zeros(capacity, dtype=np.int32)
    kinds = np.zeros(capacity, dtype=np.int32)
    gains = np.zeros((capacity, limited), dtype=np.int32)
    item_at = np.zeros(capacity + 1, dtype=np.int64)
    items = np.zeros((4 * capacity, 2), dtype=np.int32)
    known = np.full(4 * capacity, -1, dtype=np.int64)  # kinds, by what they say
    slots = np.zeros((capacity, room), dtype=np.int64)
    origin = np.zeros(capacity, dtype=np.int64)
    paths = np.zeros((capacity, _ITEMS, 2), dtype=np.int32)
    lengths = np.zeros(capacity, dtype=np.int64)
    count, made, sorts, day, first = 1, 0, 0, 0, 0
    for end in range(layers):
        if course.day_ends[end] != 1:
            continue
        for i in range(count):
            origin[i] = i
            lengths[i] = 0
        for k in range(first, end + 1):
            if ended[0] or count * (room + 2 * _ITEMS) > cells:
                return nothing
            while 2 * count > len(slots):
                slots = np.concatenate((slots, slots))
                origin = np.concatenate((origin, origin))
                paths = np.concatenate((paths, paths))
                lengths = np.concatenate((lengths, lengths))
            for o in range(course.open_at[k], course.open_at[k + 1]):
                slots[:count, course.openings[o, 0]] = course.openings[o, 1]
            # Behind those without the decision come those with it.
            end_at, lost = count, 0
            for i in range(count):
                if _fits(course, k, slots[i]):
                    if lengths[i] == _ITEMS:
                        return nothing
                    slots[end_at] = slots[i]
                    paths[end_at] = paths[i]
                    paths[end_at, lengths[i], 0] = k
                    paths[end_at, lengths[i], 1] = 1
                    if _take(course, k, 1, slots[end_at]):
                        length = _close(
                            course, k, slots[end_at], priced, paths[end_at], lengths[i] + 1
                        )
                        if length > _ITEMS:
                            return nothing
                        if length >= 0:
                            lengths[end_at] = length
                            origin[end_at] = origin[i]
                            end_at += 1
                lengths[i] = _close(course, k, slots[i], priced, paths[i], lengths[i])
                if lengths[i] > _ITEMS:
                    return nothing
                lost += lengths[i] < 0
            count = end_at
            if lost:
                count = 0
                for i in range(end_at):
                    if lengths[i] >= 0:
                        if count < i:
                            slots[count] = slots[i]
                            paths[count] = paths[i]
                            origin[count] = origin[i]
                            lengths[count] = lengths[i]
                        count += 1
            if made + count > largest:
                return nothing
        size = 64
        while size < 3 * count:
            size *= 2
        table = np.full(size, -1, dtype=np.int64)
        fresh = np.zeros((count, room), dtype=np.int64)
        found = 0
        while made + count >= len(tails):
            tails = np.concatenate((tails, tails))
            heads = np.concatenate((heads, heads))
            kinds = np.concatenate((kinds, kinds))
        for i in range(count):
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
            # What the link says is noted as a kind of its own, and kept where it is a new one.
            while sorts + 2 >= len(item_at):
                gains = np.concatenate((gains, gains))
                item_at = np.concatenate((item_at, item_at[1:]))
            while item_at[sorts] + _ITEMS >= len(items):
                items = np.concatenate((items, items))
            if 3 * sorts > len(known):
                known = _spread(gains, item_at, items, sorts, 2 * len(known))
            for n in range(limited):
                gains[sorts, n] = own[course.limits[n, 0]]
            for n in range(lengths[i]):
                items[item_at[sorts] + n] = paths[i, n]
            item_at[sorts + 1] = item_at[sorts] + lengths[i]
            tails[made] = origin[i]
            heads[made] = table[at]
            at = _known(gains, item_at, items, sorts, known)
            if known[at] < 0:
                known[at] = sorts
                sorts += 1
            kinds[made] = known[at]
            made += 1
        slots[:found] = fresh[:found]
        count = found
        widths[day] = found
        day += 1
        day_at[day] = made
        first = end + 1
    return (
        day_at,
        tails[:made].copy(),
        heads[:made].copy(),
        kinds[:made].copy(),
        gains[:sorts].copy(),
        item_at[: sorts + 1].copy(),
        items[: item_at[sorts]].copy(),
        widths,
    )


@compiled_within
def _spread(gains: Small, item_at: Numbers, items: Small, sorts: int, size: int) -> Numbers:
    """A larger table of the kinds that are known."""
    known = np.full(size, -1, dtype=np.int64)
    for kind in range(sorts):
        known[_known(gains, item_at, items, kind, known)] = kind
    return known


@compiled_within
def _known(gains: Small, item_at: Numbers, items: Small, kind: int, known: Numbers) -> int:
    """Where in the table a kind with the same gains and items stands, or could stand."""
    low, high = item_at[kind], item_at[kind + 1]
    near = _PRIME
    for n in range(gains.shape[1]):
        near = (near ^ gains[kind, n]) * _PRIME
        near ^= (near >> 29) & 0x7FFFFFFFF
    for item in range(low, high):
        near = (near ^ (items[item, 0] * 131 + items[item, 1])) * _PRIME
        near ^= (near >> 29) & 0x7FFFFFFFF
    at = (near >> 3) & (len(known) - 1)
    while known[at] >= 0:
        other = known[at]
        same = item_at[other + 1] - item_at[other] == high - low
        if same:
            for n in range(gains.shape[1]):
                same = same and gains[other, n] == gains[kind, n]
            for n in range(high - low):
                before = items[item_at[other] + n]
                same = same and before[0] == items[low + n, 0] and before[1] == items[low + n, 1]
        if same:
            break
        at = (at + 1) & (len(known) - 1)
    return at


@compiled_within
def _fits(course: Course, local: int, own: Numbers) -> bool:
    """Whether a decision breaks no limit at once."""
    for e in range(course.edge_at[local], course.edge_at[local + 1]):
        place = course.edges[e, 0]
        if place >= course.tracked and own[place] + course.edges[e, 1] > course.edges[e, 2]:
            return False
    return True


@compiled_within
def _take(course: Course, local: int, value: int, own: Numbers) -> bool:
    """Add a decision or variable to what is open; False where a limit is broken at once."""
    for e in range(course.edge_at[local], course.edge_at[local + 1]):
        place = course.edges[e, 0]
        own[place] += course.edges[e, 1] * value
        if place >= course.tracked and own[place] > course.edges[e, 2]:
            return False
    return True


@compiled_within
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
