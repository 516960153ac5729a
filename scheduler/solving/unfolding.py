"""A course laid out day by day: from what is open, by what is chosen, to what is open then.

States are numbered anew each day; beginnings that leave the same meet in one. What a day makes of a
state is worked out once for all days that are alike (`likeness.py`). What `trellis.py` merges
further.
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
from scheduler.solving.distinct import Distinct, Small
from scheduler.solving.jit import compiled, compiled_within
from scheduler.solving.likeness import days_of
from scheduler.solving.packed import Numbers
from scheduler.solving.store import places_of

Flag = NDArray[np.bool_]
"""One truth, set from outside while compiled code runs."""

_ITEMS = 12  # what one day can add to the prices, at most


class Unfolded(NamedTuple):
    """Links day by day, from states to states numbered anew each day.

    Many links say the same: a kind of link has gains and items, and is kept once.

    Attributes:
        day_at: where each day's links begin, and the end of the last.
        tails, heads, kinds: of each link.
        gains: of each kind, for each limited sum.
        item_at, items: where the items of each kind begin, and the items.
        widths: how many states each day ends with.
    """

    day_at: Numbers
    tails: Small
    heads: Small
    kinds: Small
    gains: Small
    item_at: Numbers
    items: Small
    widths: Numbers


def unfold(
    course: Course, priced: NDArray[np.bool_], largest: int, cells: int, ended: Flag
) -> Unfolded | None:
    """All of a course.

    Args:
        course: of a doctor.
        priced: of each decision and then each definition, whether it can have a price.
        largest: number of links.
        cells: numbers that the states of a day hold, at most, and those that are remembered.
        ended: set from outside; looked at with each decision of a day.

    Returns:
        None where something is too large, or it was ended; no links on the last day where no course
        is lawful.
    """
    own = _Unfolding(course, priced, cells, ended)
    states = own.begin()
    made = 0
    days = []
    for day in range(own.days):
        links = own.links(day, states)
        if links is None or made + len(links.heads) > largest:
            return None
        made += len(links.heads)
        states = links.after
        days.append(links)
    return _joined(days)


class _Links(NamedTuple):
    """The links of a day; heads and kinds are numbered from 0 in it."""

    tails: Small
    heads: Small
    kinds: Small
    gains: Small
    counts: Numbers  # of items, by kind
    items: Small
    after: Numbers  # the states that it leads to, by their numbers among all that are known


def _joined(days: list[_Links]) -> Unfolded:
    sorts = np.cumsum([0, *(len(own.gains) for own in days)])
    counts = np.concatenate([own.counts for own in days])
    kinds = [own.kinds + before for own, before in zip(days, sorts.tolist(), strict=False)]
    return Unfolded(
        np.cumsum([0, *(len(own.heads) for own in days)]),
        np.concatenate([own.tails for own in days]),
        np.concatenate([own.heads for own in days]),
        np.concatenate(kinds).astype(np.int32),
        np.concatenate([own.gains for own in days]),
        np.concatenate(([0], np.cumsum(counts))),
        np.concatenate([own.items for own in days]),
        np.array([len(own.after) for own in days]),
    )


class _Worked:
    """What days that are alike make of the states that they met.

    Attributes:
        begins, counts: of each such state, where its links begin and how many they are.
        heads, said: of each link: the state to which it leads, and what it says.
    """

    def __init__(self) -> None:
        self.begins = np.zeros(0, dtype=np.int64)
        self.counts = np.zeros(0, dtype=np.int64)
        self.heads = np.zeros(0, dtype=np.int64)
        self.said = np.zeros(0, dtype=np.int64)
        self._places = np.zeros(0, dtype=np.int64)  # by state

    def places(self, states: Numbers) -> Numbers:
        """Where each state's links are told of; -1 where they are not yet."""
        missing = int(states.max(initial=-1)) + 1 - len(self._places)
        if missing > 0:
            self._places = np.append(self._places, np.full(max(missing, 1024), -1))
        return self._places[states]

    def add(self, states: Numbers, counts: Numbers, heads: Numbers, said: Numbers) -> None:
        """Note what it makes of more states."""
        self._places[states] = len(self.counts) + np.arange(len(states))
        ends = len(self.heads) + np.cumsum(counts)
        self.begins = np.append(self.begins, ends - counts)
        self.counts = np.append(self.counts, counts)
        self.heads = np.append(self.heads, heads)
        self.said = np.append(self.said, said)

    @property
    def size(self) -> int:
        """Numbers that it holds."""
        return 2 * (len(self.counts) + len(self.heads)) + len(self._places)


class _Unfolding:
    """The days of a course in turn."""

    def __init__(self, course: Course, priced: NDArray[np.bool_], cells: int, ended: Flag) -> None:
        self._course, self._priced, self._cells, self._ended = course, priced, cells, ended
        self._of = days_of(course, priced)
        self.days = len(self._of.alike)
        self._width = int(np.diff(self._of.open_at).max(initial=1))
        self._limited = len(course.limits)
        self._said = Distinct(self._limited + 2 * _ITEMS)
        self._forget()

    def _forget(self) -> None:
        self._states = Distinct(self._width)
        self._worked: dict[int, _Worked] = {}

    def begin(self) -> Numbers:
        """The one state in which the first day begins."""
        return self._states.numbers(np.zeros((1, self._width), dtype=np.int32))

    def links(self, day: int, states: Numbers) -> _Links | None:
        """The links of a day from these states; None where it is too large, or was ended."""
        remembered = len(self._states) * self._width
        if remembered + sum(own.size for own in self._worked.values()) > self._cells:
            rows = self._states.rows[states]
            self._forget()
            states = self._states.numbers(rows)
        worked = self._worked.setdefault(int(self._of.alike[day]), _Worked())
        missing = states[worked.places(states) < 0]
        if len(missing):
            first, end = self._of.firsts[day : day + 2].tolist()
            each, heads, said = _day(
                self._course,
                self._priced,
                first,
                end,
                self._states.rows[missing],
                self._of.open(day),
                self._of.open(day + 1),
                self._cells,
                self._ended,
            )
            if not len(each):
                return None
            worked.add(missing, each, self._states.numbers(heads), self._said.numbers(said))
        at = worked.places(states)
        counts = worked.counts[at]
        places = places_of(worked.begins[at], counts)
        after, ends = np.unique(worked.heads[places], return_inverse=True)
        sorts, kinds = np.unique(worked.said[places], return_inverse=True)
        rows = self._said.rows[sorts]
        told = rows[:, self._limited :].reshape(-1, _ITEMS, 2)
        there = told[:, :, 0] >= 0
        return _Links(
            np.repeat(np.arange(len(states), dtype=np.int32), counts),
            ends.astype(np.int32),
            kinds.astype(np.int32),
            rows[:, : self._limited],
            there.sum(axis=1),
            self._items(day, told[there]),
            after,
        )

    def _items(self, day: int, told: Small) -> Small:
        """Items by their places in the course, told by their places in the day before."""
        first, end = self._of.firsts[day : day + 2].tolist()
        closing = self._course.closings[self._course.close_at[first] :, NUMBER]
        items = told.copy()
        decides = told[:, 0] < end - first
        items[decides, 0] += first
        items[~decides, 0] = closing[told[~decides, 0] - (end - first)]
        return items


@compiled
def _day(
    course: Course,
    priced: NDArray[np.bool_],
    first: int,
    end: int,
    states: Small,
    before: Numbers,
    after: Numbers,
    cells: int,
    ended: Flag,
) -> tuple[Numbers, Small, Small]:
    """What the decisions from `first` to before `end`, which make a day, make of states.

    Args:
        course: of a doctor.
        priced: as in `unfold`.
        first: the day's first layer.
        end: the next day's.
        states: a row for each: what stands in the slots that are open.
        before: the slots that are open when the day begins, in the order of a row.
        after: those that are open when it ends.
        cells: as in `unfold`.
        ended: as in `unfold`.

    Returns:
        How many links each state has; the state to which each leads; what it says: what it adds to
        limited sums, then its items: a decision by its place in the day, or, behind all of them, a
        variable by that of what closes, and the value. All empty where they are too many.
    """
    room, limited, count = course.room, len(course.limits), len(states)
    nothing = (
        np.zeros(0, dtype=np.int64),
        np.zeros((0, states.shape[1]), dtype=np.int32),
        np.zeros((0, limited + 2 * _ITEMS), dtype=np.int32),
    )
    capacity = 2 * count + 64
    slots = np.zeros((capacity, room), dtype=np.int64)
    origin = np.zeros(capacity, dtype=np.int64)
    paths = np.full((capacity, _ITEMS, 2), -1, dtype=np.int32)
    lengths = np.zeros(capacity, dtype=np.int64)
    for i in range(count):
        origin[i] = i
        for n in range(len(before)):
            slots[i, before[n]] = states[i, n]
    behind = end - first - course.close_at[first]
    for k in range(first, end):
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
                paths[end_at, lengths[i], 0] = k - first
                paths[end_at, lengths[i], 1] = 1
                if _take(course, k, 1, slots[end_at]):
                    length = _close(
                        course, k, slots[end_at], priced, behind, paths[end_at], lengths[i] + 1
                    )
                    if length > _ITEMS:
                        return nothing
                    if length >= 0:
                        lengths[end_at] = length
                        origin[end_at] = origin[i]
                        end_at += 1
            lengths[i] = _close(course, k, slots[i], priced, behind, paths[i], lengths[i])
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
    counts = np.zeros(len(states), dtype=np.int64)
    heads = np.zeros((count, states.shape[1]), dtype=np.int32)
    said = np.full((count, limited + 2 * _ITEMS), -1, dtype=np.int32)
    order = np.argsort(origin[:count], kind="mergesort")
    for n in range(count):
        i = order[n]
        counts[origin[i]] += 1
        for place in range(len(after)):
            heads[n, place] = slots[i, after[place]]
        for place in range(limited):
            said[n, place] = slots[i, course.limits[place, 0]]
        for item in range(lengths[i]):
            said[n, limited + 2 * item] = paths[i, item, 0]
            said[n, limited + 2 * item + 1] = paths[i, item, 1]
    return counts, heads, said


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
    behind: int,
    path: Small,
    length: int,
) -> int:
    """Close what ends with a decision; how many items there are now, -1 where something breaks.

    A variable is told by what closes, with `behind` added.
    """
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
            path[length, 0] = behind + c
            path[length, 1] = value
            length += 1
        if not _take(course, local, value, own):
            return -1
    return length
