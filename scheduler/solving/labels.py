"""All courses of one doctor that cost no more than a limit, in whole numbers.

Beginnings of walks through the trellis (`trellis.py`) that end in the same state with the same long
sums are one label: the same can follow, at the same cost. What the cheapest beginning and the
cheapest end cost is then known of every label, so the cheapest course is known exactly, and what
leads to no course within the limit is left out.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.solving.distinct import Small
from scheduler.solving.jit import compiled, compiled_within
from scheduler.solving.packed import Numbers
from scheduler.solving.trellis import Trellis

NEVER = 1 << 61  # costs more than any limit; twice that still fits into 63 bits
_FREE = -(1 << 60)  # stands for a sum that keeps its limits whatever follows
_PRIME = 0x100000001B3

Flags = NDArray[np.bool_]


class Labels(NamedTuple):
    """Every lawful walk within a limit, as a graph; label 0 is where all begin.

    Attributes:
        arc_at: where the arcs of each label begin; one place more than there are labels.
        links, heads: of each arc: its link in the trellis, and to which label it leads.
        end: the label in which all walks end; -1 where there is none.
    """

    arc_at: Numbers
    links: Small
    heads: Small
    end: int


@compiled
def link_prices(t: Trellis, costs: Numbers) -> Numbers:
    """What each link costs, from what each decision and variable of the course costs."""
    prices = np.zeros(len(t.gains), dtype=np.int64)
    for kind in range(len(prices)):
        for item in range(t.item_at[kind], t.item_at[kind + 1]):
            prices[kind] += costs[t.items[item, 0]] * t.items[item, 1]
    return prices[t.kinds]


@compiled
def link_days(t: Trellis) -> Small:
    """The day of each link, counted from the last, which is 1."""
    states = len(t.link_at) - 1
    until = np.zeros(states, dtype=np.int32)
    days = np.zeros(len(t.heads), dtype=np.int32)
    for state in range(1, states):
        for link in range(t.link_at[state], t.link_at[state + 1]):
            days[link] = until[t.heads[link]] + 1
            until[state] = days[link]
    return days


@compiled
def ends(t: Trellis, prices: Numbers, tolls: Numbers) -> tuple[Numbers, int]:
    """The least still to come from each state, tolls included; what tolls give back at best.

    Both together undercut every lawful course, whatever the tolls on the limited sums are.
    """
    states = len(t.link_at) - 1
    rest = np.zeros(states, dtype=np.int64)
    for state in range(1, states):
        least = NEVER
        for link in range(t.link_at[state], t.link_at[state + 1]):
            value = prices[link] + rest[t.heads[link]]
            for n in range(len(tolls)):
                value += tolls[n] * t.gains[t.kinds[link], n]
            least = min(least, value)
        rest[state] = least
    back = 0
    for n in range(len(tolls)):
        if tolls[n] > 0:
            back -= tolls[n] * t.highs[n]
        elif tolls[n] < 0:
            back -= tolls[n] * t.lows[n]
    return rest, back


@compiled
def _lay(
    t: Trellis,
    prices: Numbers,
    tolls: Numbers,
    rest: Numbers,
    back: int,
    limit: int,
    most: int,
) -> tuple[bool, Numbers, Small, Small, int]:
    """Whether there are no more than `most` arcs, and the fields of `Labels`; see `labels`."""
    states, limited = len(rest), len(tolls)
    sums = np.zeros((64, limited), dtype=np.int64)
    where = np.zeros(64, dtype=np.int32)
    taxed = np.zeros(64, dtype=np.int64)  # the least of those that met, tolls included
    spent = np.zeros(64, dtype=np.int64)
    after = np.full(64, -1, dtype=np.int32)  # the next label of the same state
    first = np.full(states, -1, dtype=np.int32)
    table = np.full(256, -1, dtype=np.int32)
    tails = np.zeros(256, dtype=np.int32)
    links = np.zeros(256, dtype=np.int32)
    heads = np.zeros(256, dtype=np.int32)
    total = np.zeros(limited, dtype=np.int64)
    root = states - 1
    first[root] = 0
    where[0] = root
    made, arcs = 1, 0
    for state in range(root, 0, -1):
        label = first[state]
        while label >= 0:
            for link in range(t.link_at[state], t.link_at[state + 1]):
                head, kind = t.heads[link], t.kinds[link]
                key = taxed[label] + prices[link]
                for n in range(limited):
                    key += tolls[n] * t.gains[kind, n]
                if key + rest[head] + back > limit:
                    continue
                lawful = True
                near = _PRIME ^ (head * 0x9E3779B1)
                for n in range(limited):
                    total[n] = _FREE
                    if sums[label, n] != _FREE:
                        own = sums[label, n] + t.gains[kind, n]
                        low, high = own + t.least[head, n], own + t.most[head, n]
                        if low > t.highs[n] or high < t.lows[n]:
                            lawful = False
                            break
                        if high > t.highs[n] or low < t.lows[n]:
                            total[n] = own
                    near = (near ^ total[n]) * _PRIME
                    near ^= (near >> 29) & 0x7FFFFFFFF
                if not lawful:
                    continue
                at = (near >> 3) & (len(table) - 1)
                while table[at] >= 0:
                    other = table[at]
                    same = where[other] == head
                    for n in range(limited):
                        if sums[other, n] != total[n]:
                            same = False
                    if same:
                        break
                    at = (at + 1) & (len(table) - 1)
                cost = spent[label] + prices[link]
                if table[at] >= 0:
                    other = table[at]
                    taxed[other] = min(taxed[other], key)
                    spent[other] = min(spent[other], cost)
                else:
                    other = made
                    if made == len(where):
                        sums = np.concatenate((sums, sums))
                        where = np.concatenate((where, where))
                        taxed = np.concatenate((taxed, taxed))
                        spent = np.concatenate((spent, spent))
                        after = np.concatenate((after, after))
                    sums[other] = total
                    where[other] = head
                    taxed[other] = key
                    spent[other] = cost
                    after[other] = first[head]
                    first[head] = other
                    made += 1
                    table[at] = other
                    if 3 * made > len(table):
                        table = _spread(where, sums, made, 2 * len(table))
                if arcs == most:
                    return False, spent[:0], links[:0], heads[:0], -1
                if arcs == len(tails):
                    tails = np.concatenate((tails, tails))
                    links = np.concatenate((links, links))
                    heads = np.concatenate((heads, heads))
                tails[arcs] = label
                links[arcs] = link
                heads[arcs] = other
                arcs += 1
            label = after[label]
    # All arcs of a label stand together, and after those that lead to it.
    remains = np.full(made, NEVER, dtype=np.int64)
    if first[0] >= 0:
        remains[first[0]] = 0
    for arc in range(arcs - 1, -1, -1):
        value = prices[links[arc]] + remains[heads[arc]]
        remains[tails[arc]] = min(remains[tails[arc]], value)
    number = np.full(made, -1, dtype=np.int32)
    number[0] = 0
    count = 1
    kept = 0
    for arc in range(arcs):
        tail, head = tails[arc], heads[arc]
        if spent[tail] + prices[links[arc]] + remains[head] > limit:
            continue
        if number[head] < 0:
            number[head] = count
            count += 1
        tails[kept], links[kept], heads[kept] = number[tail], links[arc], number[head]
        kept += 1
    order = np.argsort(tails[:kept], kind="mergesort")
    arc_at = np.zeros(count + 1, dtype=np.int64)
    for arc in range(kept):
        arc_at[tails[arc] + 1] += 1
    end = number[first[0]] if first[0] >= 0 else -1
    return True, np.cumsum(arc_at), links[:kept][order], heads[:kept][order], end


@compiled_within
def _spread(where: Small, sums: Numbers, made: int, size: int) -> Small:
    """A larger table of the labels."""
    table = np.full(size, -1, dtype=np.int32)
    for label in range(made):
        near = _PRIME ^ (where[label] * 0x9E3779B1)
        for n in range(sums.shape[1]):
            near = (near ^ sums[label, n]) * _PRIME
            near ^= (near >> 29) & 0x7FFFFFFFF
        at = (near >> 3) & (size - 1)
        while table[at] >= 0:
            at = (at + 1) & (size - 1)
        table[at] = label
    return table


def labels(t: Trellis, prices: Numbers, tolls: Numbers, limit: int, most: int) -> Labels | None:
    """Every lawful course that costs no more than the limit; None where that takes too many arcs.

    Args:
        t: the graph.
        prices: of its links; with tolls and over all days together below 2**60.
        tolls: for one of each limited sum. Any are right; good ones leave less to look at.
        limit: what a course may cost.
        most: arcs that are laid out at most; some 30 bytes each.
    """
    rest, back = ends(t, prices, tolls)
    if rest[-1] + back > limit:
        return Labels(np.zeros(2, dtype=np.int64), t.heads[:0], t.heads[:0], -1)
    laid, arc_at, links, heads, end = _lay(t, prices, tolls, rest, back, limit, most)
    return Labels(arc_at, links, heads, end) if laid else None


@compiled
def rest_of(own: Labels, prices: Numbers, banned: Flags) -> Numbers:
    """What the cheapest end costs from each label; `NEVER` or nearly so where there is none.

    Args:
        own: the walks.
        prices: of the links.
        banned: links of which no walk makes use.
    """
    rest = np.full(len(own.arc_at) - 1, NEVER, dtype=np.int64)
    if own.end >= 0:
        rest[own.end] = 0
    for label in range(len(rest) - 1, -1, -1):
        for arc in range(own.arc_at[label], own.arc_at[label + 1]):
            if not banned[own.links[arc]] and rest[own.heads[arc]] < NEVER:
                value = prices[own.links[arc]] + rest[own.heads[arc]]
                rest[label] = min(rest[label], value)
    return rest


@compiled
def cheapest(own: Labels, prices: Numbers, rest: Numbers) -> Small:
    """The links of a cheapest course, day by day; none where there is no course."""
    found = np.zeros(len(rest), dtype=np.int32)
    length = label = 0
    if own.end < 0 or rest[0] >= NEVER:
        return found[:0]
    while label != own.end:
        for arc in range(own.arc_at[label], own.arc_at[label + 1]):
            if prices[own.links[arc]] + rest[own.heads[arc]] == rest[label]:
                found[length] = own.links[arc]
                length += 1
                label = own.heads[arc]
                break
    return found[:length].copy()


@compiled
def _narrowed(
    own: Labels, prices: Numbers, rest: Numbers, limit: int, banned: Flags
) -> tuple[Numbers, Small, Small, int]:
    """The fields of what is left; see `narrow`."""
    count = len(rest)
    spent = np.full(count, NEVER, dtype=np.int64)
    spent[0] = 0
    number = np.full(count, -1, dtype=np.int32)
    number[0] = 0
    made, kept = 1, 0
    arc_at = np.zeros(count + 1, dtype=np.int64)
    links = np.zeros(len(own.links), dtype=np.int32)
    heads = np.zeros(len(own.links), dtype=np.int32)
    order = np.zeros(count, dtype=np.int32)
    at = 0
    # Labels are met in the order of days: all that leads to one comes before it.
    while at < made:
        label = order[at]
        for arc in range(own.arc_at[label], own.arc_at[label + 1]):
            link, head = own.links[arc], own.heads[arc]
            cost = spent[label] + prices[link]
            if banned[link] or rest[head] >= NEVER or cost + rest[head] > limit:
                continue
            if number[head] < 0:
                number[head] = made
                order[made] = head
                made += 1
            spent[head] = min(spent[head], cost)
            links[kept] = link
            heads[kept] = number[head]
            kept += 1
        at += 1
        arc_at[at] = kept
    end = number[own.end] if own.end >= 0 else -1
    return arc_at[: made + 1].copy(), links[:kept].copy(), heads[:kept].copy(), end


def narrow(own: Labels, prices: Numbers, limit: int, banned: Flags) -> Labels:
    """The walks that cost no more than a limit and make use of no banned link.

    Some that cost more may be left where they share their parts with others.
    """
    return Labels(*_narrowed(own, prices, rest_of(own, prices, banned), limit, banned))
