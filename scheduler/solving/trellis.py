"""All courses of one doctor as a layered graph: every lawful course is a walk, day by day.

What is open at the end of a day (`courses.py`) is all that later days need to know of earlier ones,
so two beginnings that leave the same meet in one state; states from which the same can follow are
merged. Sums over most of the time, such as hours, are not in the states: each link tells what it
gains of them. A graph is laid out once and then walked at any prices (`walks.py`).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.solving.courses import Course
from scheduler.solving.distinct import Small
from scheduler.solving.jit import compiled, compiled_within
from scheduler.solving.packed import Numbers
from scheduler.solving.unfolding import Flag, unfold

MOST_LINKS = 400_000  # of one doctor, before states are merged; about 5 MB
_CELLS = 8_000_000  # numbers that a day's states hold; up to four times so many are reserved
_LARGEST = 2**31
_FAR = _LARGEST - 1
_PRIME = 0x100000001B3


class Trellis(NamedTuple):
    """The walks from the highest state to state 0; links lead from higher to lower states.

    Attributes:
        link_at: where the links of each state begin; one place more than there are states.
        heads: where each link leads.
        kinds: what each link says; many say the same.
        gains: what a link of each kind adds to each limited sum.
        item_at: where the items of each kind begin; one place more than there are kinds.
        items: (decision or variable by its place in the course, value) of each kind.
        state_at: the lowest of the states in which each day begins, and 0; descending.
        least, most: of each state, what the limited sums can still gain.
        lows, highs, largest: the limits, and the largest term of each limited sum.
    """

    link_at: Small
    heads: Small
    kinds: Small
    gains: Small
    item_at: Numbers
    items: Small
    state_at: Numbers
    least: Small
    most: Small
    lows: Numbers
    highs: Numbers
    largest: Numbers


def trellis(
    course: Course,
    priced: NDArray[np.bool_],
    links: int = MOST_LINKS,
    ended: Flag | None = None,
) -> Trellis | None:
    """The graph of a course; None where it is too large, or a long sum is more than a limit.

    Args:
        course: of the doctor.
        priced: of each decision and then each definition, whether it can have a price.
        links: number of links before states are merged.
        ended: set from outside; there is no graph then.
    """
    ended = np.zeros(1, dtype=np.bool_) if ended is None else ended
    limited = course.limits[:, 0]
    if len(limited) != course.tracked or not len(course.decisions) or not _is_small(course):
        return None
    own = unfold(course, priced, links, _CELLS, ended)
    if own is None or ended[0]:
        return None
    link_at, heads, kinds, state_at = _merged(
        own.day_at, own.widths, own.tails, own.heads, own.kinds
    )
    if len(link_at) < 2:
        return None
    least, most = reach(link_at, heads, kinds, own.gains)
    lows, highs, largest = (course.limits[:, n].copy() for n in (1, 2, 3))
    return Trellis(
        link_at,
        heads,
        kinds,
        own.gains,
        own.item_at,
        own.items,
        state_at,
        least,
        most,
        lows,
        highs,
        largest,
    )


def _is_small(course: Course) -> bool:
    """Whether no sum of it comes near what 32 bits hold."""
    largest = max(np.abs(own).max(initial=0) for own in (course.edges[:, 1], course.shares))
    return int(largest) * len(course.decisions) < _LARGEST


@compiled
def _merged(
    day_at: Numbers, widths: Numbers, tails: Small, heads: Small, kinds: Small
) -> tuple[Small, Small, Small, Numbers]:
    """States from which the same can follow as one, those from which nothing can left out."""
    days, links = len(widths), len(tails)
    link_at = np.zeros(links + 2, dtype=np.int32)
    new_heads = np.zeros(links, dtype=np.int32)
    new_kinds = np.zeros(links, dtype=np.int32)
    state_at = np.zeros(days + 1, dtype=np.int64)
    made = 0
    count = 1  # state 0, without links
    after = np.zeros(widths[-1], dtype=np.int64)  # what each state of the next day became
    for day in range(days - 1, -1, -1):
        low, high = day_at[day], day_at[day + 1]
        width = 1 if day == 0 else widths[day - 1]
        order = low + np.argsort(tails[low:high], kind="mergesort")
        became = np.full(width, -1, dtype=np.int64)
        state_at[day] = count
        size = 64
        while size < 3 * width:
            size *= 2
        table = np.full(size, -1, dtype=np.int64)
        place = 0
        while place < len(order):
            tail = tails[order[place]]
            begin = made
            near = _PRIME
            while place < len(order) and tails[order[place]] == tail:
                link = order[place]
                place += 1
                head = after[heads[link]]
                if head < 0:
                    continue
                new_heads[made] = head
                new_kinds[made] = kinds[link]
                near = (near ^ head) * _PRIME
                near = (near ^ kinds[link]) * _PRIME
                near ^= (near >> 29) & 0x7FFFFFFFF
                made += 1
            if made == begin:
                continue
            at = (near >> 3) & (size - 1)
            while table[at] >= 0 and not _same(
                table[at], begin, made, link_at, new_heads, new_kinds
            ):
                at = (at + 1) & (size - 1)
            if table[at] >= 0:
                became[tail] = table[at]
                made = begin
                continue
            table[at] = count
            became[tail] = count
            count += 1
            link_at[count] = made
        after = became
    if after[0] < 0:
        return link_at[:1], new_heads[:0], new_kinds[:0], state_at
    return link_at[: count + 1].copy(), new_heads[:made].copy(), new_kinds[:made].copy(), state_at


@compiled_within
def _same(state: int, begin: int, end: int, link_at: Small, heads: Small, kinds: Small) -> bool:
    """Whether a state has the same links as those that were just written."""
    shift = link_at[state] - begin
    if link_at[state + 1] - link_at[state] != end - begin:
        return False
    for link in range(begin, end):
        if heads[link] != heads[link + shift] or kinds[link] != kinds[link + shift]:
            return False
    return True


@compiled
def reach(link_at: Small, heads: Small, kinds: Small, gains: Small) -> tuple[Small, Small]:
    """The least and the most that each limited sum can still gain from each state."""
    states, limited = len(link_at) - 1, gains.shape[1]
    least = np.zeros((states, limited), dtype=np.int32)
    most = np.zeros((states, limited), dtype=np.int32)
    for state in range(1, states):
        least[state] = _FAR
        most[state] = -_FAR
        for link in range(link_at[state], link_at[state + 1]):
            for n in range(limited):
                gain = gains[kinds[link], n]
                least[state, n] = min(least[state, n], gain + least[heads[link], n])
                most[state, n] = max(most[state, n], gain + most[heads[link], n])
    return least, most
