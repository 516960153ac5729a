"""Days of a course on which the same happens to what is open.

A sum stands in any slot that is free, and the slots of two days differ even where the days are the
same. So what is open at the beginning of a day is numbered in the order in which it was met, and a
day is told by those numbers: what opens, what each decision adds, what closes at which limits. Most
days of a long time are like another one.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.solving.courses import GUARDED, HIGHEST, HOW, LIMITS, LOWEST, NUMBER, SLOT, Course
from scheduler.solving.jit import compiled, compiled_within
from scheduler.solving.packed import Numbers

_PRIME = 0x100000001B3
_OPENING, _EDGE, _CLOSING, _LAYER = 2, 3, 7, 3  # numbers that tell of one, at most


class Days(NamedTuple):
    """The days of a course.

    Attributes:
        firsts: the first layer of each, and the number of layers.
        alike: the first day on which the same happens as on each.
        open_at, slots: where those begin that are open when each day begins, and when the last
            ends, the tracked ones left out; in an order that is the same on days that are alike.
    """

    firsts: Numbers
    alike: Numbers
    open_at: Numbers
    slots: Numbers

    def open(self, day: int) -> Numbers:
        """The slots that are open when a day begins."""
        return self.slots[self.open_at[day] : self.open_at[day + 1]]


def days_of(course: Course, priced: NDArray[np.bool_]) -> Days:
    """The days of a course.

    Args:
        course: of a doctor.
        priced: of each decision and then each definition, whether it can have a price.
    """
    return Days(*_days(course, priced))


@compiled
def _days(course: Course, priced: NDArray[np.bool_]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    layers, room, tracked = len(course.decisions), course.room, course.tracked
    days = int(course.day_ends.sum())
    firsts = np.zeros(days + 1, dtype=np.int64)
    alike = np.arange(days)
    open_at = np.zeros(days + 2, dtype=np.int64)
    slots = np.zeros((days + 1) * room, dtype=np.int64)
    # Each slot's number while it is open, and the slots by number; tracked ones keep theirs.
    place = np.full(room, -1, dtype=np.int64)
    place[:tracked] = np.arange(tracked) - tracked
    met = np.zeros(room + len(course.edges) + len(course.openings), dtype=np.int64)
    signs = np.zeros(
        days
        + _LAYER * layers
        + _OPENING * len(course.openings)
        + _EDGE * len(course.edges)
        + _CLOSING * len(course.closings),
        dtype=np.int64,
    )
    told = np.zeros(days + 1, dtype=np.int64)
    hashes = np.zeros(days, dtype=np.int64)
    day = count = length = 0
    for k in range(layers):
        if k == firsts[day]:
            signs[length] = count
            length += 1
        signs[length] = course.open_at[k + 1] - course.open_at[k]
        signs[length + 1] = course.edge_at[k + 1] - course.edge_at[k]
        signs[length + 2] = course.close_at[k + 1] - course.close_at[k]
        length += _LAYER
        for o in range(course.open_at[k], course.open_at[k + 1]):
            slot = course.openings[o, 0]
            count = _meet(slot, tracked, place, met, count)
            signs[length] = place[slot]
            signs[length + 1] = course.openings[o, 1]
            length += _OPENING
        count, length = _edges(course, k, place, met, count, signs, length)
        for c in range(course.close_at[k], course.close_at[k + 1]):
            row = course.closings[c]
            slot, guarded = row[SLOT], row[GUARDED]
            count = _meet(slot, tracked, place, met, count)
            signs[length] = place[slot]
            signs[length + 1] = row[HOW]
            signs[length + 2] = row[LOWEST]
            if row[HOW] == LIMITS:
                signs[length + 3] = row[HIGHEST]
                if guarded >= 0:
                    count = _meet(guarded, tracked, place, met, count)
                    signs[length + 4] = place[guarded] + 1
                    place[guarded] = -1
            else:
                local = row[NUMBER]
                signs[length + 5] = priced[local]
                signs[length + 6] = course.edge_at[local + 1] - course.edge_at[local]
            length += _CLOSING
            if row[HOW] != LIMITS:
                count, length = _edges(course, row[NUMBER], place, met, count, signs, length)
            if slot >= tracked:
                place[slot] = -1
        if course.day_ends[k] != 1:
            continue
        # What is still open keeps its order.
        kept = 0
        for n in range(count):
            slot = met[n]
            if place[slot] == n:
                place[slot] = kept
                met[kept] = slot
                slots[open_at[day + 1] + kept] = slot
                kept += 1
        count = kept
        near = _PRIME
        for n in range(told[day], length):
            near = (near ^ signs[n]) * _PRIME
            near ^= (near >> 29) & 0x7FFFFFFFF
        hashes[day] = near
        told[day + 1] = length
        for other in range(day):
            if alike[other] == other and hashes[other] == near and _same(signs, told, other, day):
                alike[day] = other
                break
        day += 1
        firsts[day] = k + 1
        open_at[day + 1] = open_at[day] + count
    return firsts, alike, open_at, slots[: open_at[days + 1]].copy()


@compiled_within
def _meet(slot: int, tracked: int, place: Numbers, met: Numbers, count: int) -> int:
    """Number a slot that is met for the first time; how many were met on the day by now."""
    if slot >= tracked and place[slot] < 0:
        place[slot] = count
        met[count] = slot
        count += 1
    return count


@compiled_within
def _edges(
    course: Course,
    local: int,
    place: Numbers,
    met: Numbers,
    count: int,
    signs: Numbers,
    length: int,
) -> tuple[int, int]:
    """Tell what a decision or variable adds; how many slots were met, and where the signs end."""
    for e in range(course.edge_at[local], course.edge_at[local + 1]):
        slot = course.edges[e, 0]
        count = _meet(slot, course.tracked, place, met, count)
        signs[length] = place[slot]
        signs[length + 1] = course.edges[e, 1]
        signs[length + 2] = course.edges[e, 2]
        length += _EDGE
    return count, length


@compiled_within
def _same(signs: Numbers, told: Numbers, one: int, other: int) -> bool:
    """Whether the same is told of two days."""
    first = signs[told[one] : told[one + 1]]
    second = signs[told[other] : told[other + 1]]
    return len(first) == len(second) and bool((first == second).all())
