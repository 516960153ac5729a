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
from scheduler.solving.jit import compiled
from scheduler.solving.packed import NO_LIMIT, Numbers
from scheduler.solving.unfolding import Small, unfold

MOST_LINKS = 400_000  # of one doctor, before states are merged; about 30 MB
_LARGEST = 2**31
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
    if len(limited) != course.tracked or not len(course.decisions) or not _is_small(course):
        return None
    day_at, tails, heads, gains, item_at, items, widths = unfold(course, priced, links)
    if not len(day_at):
        return None
    own = _merged(day_at, widths, tails, heads, gains, item_at, items)
    if len(own[0]) < 2:
        return None
    least, most = _reach(own[0], own[1], own[2])
    lows, highs, largest = (course.limits[:, n].copy() for n in (1, 2, 3))
    return Trellis(*own, least, most, lows, highs, largest)


def _is_small(course: Course) -> bool:
    """Whether no sum of it comes near what 32 bits hold."""
    largest = max(np.abs(own).max(initial=0) for own in (course.edges[:, 1], course.shares))
    return int(largest) * len(course.decisions) < _LARGEST


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
