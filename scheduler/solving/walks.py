"""The cheapest courses of one doctor at given prices: walks through a trellis.

Without the limits on long sums the cheapest walk is found backwards in one sweep. Tolls on what the
sums gain bring it near the limits (Lagrange), and what a walk costs with them undercuts every
lawful course, whatever they are. Forwards a few walks are kept in each state, the most promising by
what is known of the rest; where none was dropped that could be better, the first is the cheapest.
"""

import numpy as np

from scheduler.solving.annealing import Reals
from scheduler.solving.distinct import Small
from scheduler.solving.jit import compiled, compiled_within
from scheduler.solving.packed import Numbers
from scheduler.solving.trellis import Trellis

_TIMES = 12  # how often tolls are improved, at most
_CLOSE = 1e-6
_BOLDER, _SHYER = 1.5, 0.7  # steps after one that helped, and after one that did not
_ANY = 10.0  # typical prices below what is wanted: then any lawful course is welcome
_PACES, _STRICTER = 2, 10.0  # tries with a pace, where no lawful walk was met; each times that


@compiled
def walk(
    t: Trellis, costs: Reals, tolls: Reals, width: int, cut: float
) -> tuple[float, Reals, Numbers, Numbers]:
    """The cheapest courses that are met, and what none undercuts.

    Args:
        t: the graph.
        costs: of each decision and variable by its place in the course.
        tolls: for one of each limited sum; improved in place.
        width: how many walks are kept in a state.
        cut: courses that cost as much or more are not wanted.

    Returns:
        A number that no lawful course undercuts; what the courses cost, in ascending order; where
        the links of each begin, and the links.
    """
    states = len(t.link_at) - 1
    prices = np.zeros(len(t.gains))
    for kind in range(len(prices)):
        for item in range(t.item_at[kind], t.item_at[kind + 1]):
            prices[kind] += costs[t.items[item, 0]] * t.items[item, 1]
    rest = np.zeros(states)
    next_link = np.zeros(states, dtype=np.int64)
    best_tolls = tolls.copy()
    low = -np.inf
    high = cut
    limited = len(tolls)
    totals = np.zeros(limited)
    days = len(t.state_at) - 1
    trail = np.zeros(days, dtype=np.int64)
    met = np.zeros(0, dtype=np.int64)
    scale = 0.6
    for time in range(_TIMES):
        _sweep(t, prices, tolls, rest, next_link)
        value = rest[states - 1]
        for n in range(limited):
            if tolls[n] > 0:
                value -= tolls[n] * t.highs[n]
            elif tolls[n] < 0:
                value -= tolls[n] * t.lows[n]
        totals[:] = 0
        state = states - 1
        spent = 0.0
        day = 0
        while state > 0:
            link = next_link[state]
            trail[day] = link
            day += 1
            kind = t.kinds[link]
            spent += prices[kind]
            for n in range(limited):
                totals[n] += t.gains[kind, n]
            state = t.heads[link]
        if value > low:
            low = value
            best_tolls[:] = tolls
            if high == np.inf and time > 0:
                scale *= _BOLDER
        else:
            scale *= _SHYER
        lawful = True
        length = 0.0
        for n in range(limited):
            off = 0.0
            if totals[n] > t.highs[n]:
                off = totals[n] - t.highs[n]
                lawful = False
            elif totals[n] < t.lows[n]:
                off = totals[n] - t.lows[n]
                lawful = False
            elif tolls[n] > 0:
                off = totals[n] - t.highs[n]
            elif tolls[n] < 0:
                off = totals[n] - t.lows[n]
            totals[n] = off / t.largest[n]
            length += totals[n] * totals[n]
        if lawful and spent < high:
            high = spent
            met = trail.copy()
        if length == 0.0 or low >= high - _CLOSE or time == _TIMES - 1:
            break
        aim = high if high < np.inf else value + 0.05 * abs(value) + 1.0
        step = scale * max(aim - value, 0.0) / length
        for n in range(limited):
            after = tolls[n] + step * totals[n] / t.largest[n]
            tolls[n] = 0.0 if after * tolls[n] < 0 else after
    tolls[:] = best_tolls
    if low >= cut - _CLOSE:
        return low, np.zeros(0), np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64)
    _sweep(t, prices, tolls, rest, next_link)
    # Where a lawful walk was met nothing that costs more is looked at.
    bound, found, ends, own = _forwards(t, prices, tolls, rest, t.least, 0.0, width, high)
    pace = np.abs(prices).mean()
    for _ in range(_PACES):
        if len(found) or len(met) or bound >= cut or cut - low < _ANY * pace:
            break
        togo = _togo(t, next_link)
        bound, found, ends, own = _forwards(t, prices, tolls, rest, togo, pace, width, high)
        pace *= _STRICTER
    if len(met):
        found = np.append(found, high)
        own = np.append(own, met)
        ends = np.append(ends, len(own))
    return max(low, bound), found, ends, own


@compiled_within
def _sweep(t: Trellis, prices: Reals, tolls: Reals, rest: Reals, next_link: Numbers) -> None:
    """The least that is still to come from each state, tolls included, and the link to it."""
    taxed = _taxed(t, prices, tolls)
    for state in range(1, len(rest)):
        best = np.inf
        for link in range(t.link_at[state], t.link_at[state + 1]):
            value = taxed[t.kinds[link]] + rest[t.heads[link]]
            if value < best:
                best = value
                next_link[state] = link
        rest[state] = best


@compiled_within
def _togo(t: Trellis, next_link: Numbers) -> Small:
    """What the cheapest walk from each state gains of each limited sum."""
    limited = t.gains.shape[1]
    togo = np.zeros((len(t.least), limited), dtype=np.int32)
    for state in range(1, len(togo)):
        link = next_link[state]
        for n in range(limited):
            togo[state, n] = t.gains[t.kinds[link], n] + togo[t.heads[link], n]
    return togo


@compiled_within
def _taxed(t: Trellis, prices: Reals, tolls: Reals) -> Reals:
    """The price of each kind of link with tolls on what it gains."""
    taxed = prices.copy()
    for n in range(len(tolls)):
        if tolls[n] != 0:
            for kind in range(len(taxed)):
                taxed[kind] += tolls[n] * t.gains[kind, n]
    return taxed


@compiled_within
def _forwards(
    t: Trellis,
    prices: Reals,
    tolls: Reals,
    rest: Reals,
    togo: Small,
    pace: float,
    width: int,
    cut: float,
) -> tuple[float, Reals, Numbers, Numbers]:
    """Walks that keep the limits, and what none of those that were dropped undercuts.

    Kept are those that promise most; one that would break a limit if it went on as cheaply as can
    be (`togo`) promises less by the pace for each largest term too much or too little.
    """
    states, limited = len(rest), len(tolls)
    counts = np.zeros(states, dtype=np.int64)
    spent = np.zeros((states, width))
    keys = np.zeros((states, width))
    promises = np.zeros((states, width))
    sums = np.zeros((states, width, limited), dtype=np.int64)
    came = np.full((states, width), -1, dtype=np.int64)  # the walk before, as state * width + place
    by = np.zeros((states, width), dtype=np.int64)
    total = np.zeros(limited, dtype=np.int64)
    back = 0.0  # what tolls give back at best
    for n in range(limited):
        if tolls[n] > 0:
            back -= tolls[n] * t.highs[n]
        elif tolls[n] < 0:
            back -= tolls[n] * t.lows[n]
    dues = _taxed(t, prices, tolls)
    counts[states - 1] = 1
    lost = np.inf
    for state in range(states - 1, 0, -1):
        for place in range(counts[state]):
            taxes = keys[state, place]
            for link in range(t.link_at[state], t.link_at[state + 1]):
                head, kind = t.heads[link], t.kinds[link]
                taxed = taxes + dues[kind]
                if taxed + rest[head] + back >= cut:
                    continue
                cost = spent[state, place] + prices[kind]
                lawful = True
                for n in range(limited):
                    total[n] = sums[state, place, n] + t.gains[kind, n]
                    if total[n] + t.least[head, n] > t.highs[n]:
                        lawful = False
                    if total[n] + t.most[head, n] < t.lows[n]:
                        lawful = False
                if not lawful:
                    continue
                promise = taxed
                for n in range(limited if pace > 0 else 0):
                    then = total[n] + togo[head, n]
                    if then > t.highs[n]:
                        promise += pace * (then - t.highs[n]) / t.largest[n]
                    elif then < t.lows[n]:
                        promise += pace * (t.lows[n] - then) / t.largest[n]
                at = counts[head]
                known = -1
                worst = 0
                for other in range(at):
                    if promises[head, other] > promises[head, worst]:
                        worst = other
                    same = True
                    for n in range(limited):
                        if sums[head, other, n] != total[n]:
                            same = False
                            break
                    if same:
                        known = other
                if known >= 0:
                    if spent[head, known] <= cost:
                        continue
                    at = known
                elif at == width:
                    if promises[head, worst] <= promise:
                        lost = min(lost, taxed + rest[head] + back)
                        continue
                    lost = min(lost, keys[head, worst] + rest[head] + back)
                    at = worst
                else:
                    counts[head] += 1
                spent[head, at] = cost
                keys[head, at] = taxed
                promises[head, at] = promise
                for n in range(limited):
                    sums[head, at, n] = total[n]
                came[head, at] = state * width + place
                by[head, at] = link
    order = np.argsort(spent[0, : counts[0]])
    order = order[spent[0][order] < cut]
    found = spent[0][order]
    ends = np.zeros(len(order) + 1, dtype=np.int64)
    own = np.zeros(1024, dtype=np.int64)
    length = 0
    for n in range(len(order)):
        at = order[n]
        state, place = 0, at
        while state != states - 1:
            if length == len(own):
                own = np.concatenate((own, own))
            own[length] = by[state, place]
            length += 1
            walked = came[state, place]
            state, place = walked // width, walked % width
        ends[n + 1] = length
    bound = min(lost, cut)
    if len(found):
        bound = min(bound, found[0])
    return bound, found, ends, own[:length]
