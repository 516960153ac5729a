"""A stretch of time of all doctors' courses, with what comes before and after as it is.

Between the state in which a doctor's stretch begins and the one in which it ends, a trellis is a
smaller one, and what the rest of the course gains of its limited sums is taken off the limits. All
that is asked of whole courses can be asked of these.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.solving.annealing import Reals
from scheduler.solving.coupling import Coupling, Share
from scheduler.solving.descent import Prices
from scheduler.solving.distinct import Small
from scheduler.solving.generating import Generator
from scheduler.solving.grid import Grid
from scheduler.solving.jit import compiled
from scheduler.solving.mixture import Column
from scheduler.solving.packed import Numbers
from scheduler.solving.store import places_of
from scheduler.solving.trellis import Trellis, reach


@dataclass(frozen=True)
class Section:
    """A stretch of time.

    Attributes:
        generator: of what doctors can have in it.
        present: what they have.
    """

    generator: Generator
    present: list[Column]


@dataclass(frozen=True)
class _Own:
    """One doctor's part.

    Attributes:
        trellis: of the stretch; None where the doctor can have nothing in it.
        inside: the values of what is decided or follows in it, by places in the course.
        outside: the same for the rest of the course.
        open: whether each of those may change.
    """

    trellis: Trellis | None
    inside: Reals
    outside: Reals
    open: NDArray[np.bool_]


def days_of_courses(generator: Generator, grid: Grid) -> list[Numbers]:
    """By doctor: the days of the plan that are days of the doctor's course."""
    found = []
    for share in generator.coupling.shares:
        own = share.course
        units = grid.unit_of[own.decisions[own.day_ends == 1]]
        found.append(np.where(units >= 0, grid.day_of[units], -1))
    return found


def section(
    whole: Generator, days: Sequence[Numbers], columns: Sequence[Column], first: int, end: int
) -> Section:
    """The days from `first` to before `end`.

    Args:
        whole: of whole courses.
        days: as of `days_of_courses`.
        columns: what the doctors have, by doctor.
        first: the first day.
        end: the day after the last.
    """
    rows, parts = whole.coupling, []
    settled = np.zeros(len(rows.lows))
    held = np.zeros(len(rows.lows), dtype=np.bool_)
    constant = rows.constant
    for doctor, share in enumerate(rows.shares):
        low, high = np.searchsorted(days[doctor], (first, end)).tolist()
        own = _part(whole.trellises[doctor], share, columns[doctor], low, high)
        cost, activity = share.weigh(own.outside, len(rows.lows))
        settled += activity
        constant += cost
        held[share.rows[own.open[share.locals]]] = True
        parts.append(own)
    constant += float(Prices(rows).of(settled)[~held].sum())
    names = np.cumsum(held) - 1
    shares = []
    for own, share in zip(parts, rows.shares, strict=True):
        terms = np.flatnonzero(own.open[share.locals])
        shares.append(
            Share(
                share.course,
                share.places,
                share.costs,
                share.locals[terms],
                names[share.rows[terms]],
                share.coefficients[terms],
                share.uppers,
            )
        )
    tied = Coupling(
        rows.lows[held] - settled[held],
        rows.highs[held] - settled[held],
        rows.under[held],
        rows.over[held],
        tuple(shares),
        constant,
    )
    generator = Generator(tied, [own.trellis for own in parts])
    present = [generator.column(doctor, own.inside) for doctor, own in enumerate(parts)]
    return Section(generator, present)


def _part(whole: Trellis | None, share: Share, column: Column, low: int, high: int) -> _Own:
    """One doctor's part of the days `low` to before `high` of the course."""
    size = len(share.costs)
    inside, outside = np.zeros(size), np.zeros(size)
    may = np.zeros(size, dtype=np.bool_)
    if whole is None:
        return _Own(None, inside, outside, may)
    links = _followed(whole, _counted(share, column), share.course.day_ends)
    for values, own in ((inside, links[low:high]), (outside, np.delete(links, slice(low, high)))):
        items = whole.items[_items(whole, whole.kinds[own])]
        values[items[:, 0]] = items[:, 1]
    if low == high:
        return _Own(None, inside, outside, may)
    states = np.append(len(whole.link_at) - 2, whole.heads[links])
    gained = whole.gains[whole.kinds[np.delete(links, slice(low, high))]].sum(axis=0)
    own_trellis = _between(whole, int(states[low]), int(states[high]), gained)
    may[own_trellis.items[:, 0]] = True
    return _Own(own_trellis, inside, outside, may)


def _counted(share: Share, column: Column) -> Numbers:
    """Which decisions of a course are taken, by their places."""
    chosen = np.isin(share.course.decisions, np.array(column.decisions, dtype=np.int64))
    return chosen.astype(np.int64)


def _items(own: Trellis, kinds: Small) -> Numbers:
    """Where the items of some kinds stand."""
    begins = own.item_at[kinds]
    return places_of(begins, own.item_at[kinds + 1] - begins)


def _between(whole: Trellis, top: int, bottom: int, gained: Numbers) -> Trellis:
    """The walks from one state to another; what was gained elsewhere is taken off the limits."""
    link_at, heads, links = _cut(whole, top, bottom)
    named, places = np.unique(whole.kinds[links], return_inverse=True)
    gains = whole.gains[named]
    kinds: Small = places.astype(np.int32)
    counts = whole.item_at[named + 1] - whole.item_at[named]
    least, most = reach(link_at, heads, kinds, gains)
    return whole._replace(
        link_at=link_at,
        heads=heads,
        kinds=kinds,
        gains=gains,
        item_at=np.concatenate(([0], np.cumsum(counts))),
        items=whole.items[_items(whole, named)],
        state_at=_day_states(link_at, heads),
        least=least,
        most=most,
        lows=whole.lows - gained,
        highs=whole.highs - gained,
    )


@compiled
def _followed(t: Trellis, chosen: Numbers, day_ends: Numbers) -> Numbers:
    """The links of the walk that takes just these decisions."""
    links = np.zeros(len(t.state_at) - 1, dtype=np.int64)
    state, day, wanted = len(t.link_at) - 2, 0, 0
    for k in range(len(chosen)):
        wanted += chosen[k]
        if day_ends[k] != 1:
            continue
        for link in range(t.link_at[state], t.link_at[state + 1]):
            kind = t.kinds[link]
            taken = 0
            for item in range(t.item_at[kind], t.item_at[kind + 1]):
                local = t.items[item, 0]
                if local < len(chosen):
                    taken += 1 if chosen[local] == 1 else len(chosen)
            if taken == wanted:
                links[day] = link
                state = t.heads[link]
                break
        day += 1
        wanted = 0
    return links


@compiled
def _cut(t: Trellis, top: int, bottom: int) -> tuple[Small, Small, Numbers]:
    """What lies between two states: where links begin, where they lead, which they were."""
    reached = np.zeros(top + 1, dtype=np.bool_)
    reached[top] = True
    for state in range(top, bottom, -1):
        if reached[state]:
            for link in range(t.link_at[state], t.link_at[state + 1]):
                if t.heads[link] >= bottom:
                    reached[t.heads[link]] = True
    number = np.full(top + 1, -1, dtype=np.int32)
    number[bottom] = 0
    states, made = 1, 0
    size = t.link_at[top + 1] - t.link_at[bottom]
    link_at = np.zeros(top - bottom + 2, dtype=np.int32)
    heads = np.zeros(size, dtype=np.int32)
    links = np.zeros(size, dtype=np.int64)
    for state in range(bottom + 1, top + 1):
        begin = made
        if reached[state]:
            for link in range(t.link_at[state], t.link_at[state + 1]):
                head = t.heads[link]
                if head >= bottom and number[head] >= 0:
                    heads[made] = number[head]
                    links[made] = link
                    made += 1
        if made > begin:
            number[state] = states
            states += 1
            link_at[states] = made
    return link_at[: states + 1].copy(), heads[:made].copy(), links[:made].copy()


@compiled
def _day_states(link_at: Small, heads: Small) -> Numbers:
    """The lowest of the states in which each day begins, and 0; descending."""
    lowest = np.zeros(len(link_at), dtype=np.int64)
    days = 0
    for state in range(1, len(link_at) - 1):
        # What leads into the states of a day belongs to the day before.
        if days == 0 or heads[link_at[state]] >= lowest[days]:
            days += 1
            lowest[days] = state
    return lowest[days::-1].copy() if days else lowest[:1]
