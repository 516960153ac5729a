"""What it costs each doctor to have part in occasions, where every part is paid for.

A doctor takes those parts that pay best: their number has its price, and so have two that lie near
each other. The cheapest choice is found in the order of time, exactly.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from scheduler.solving.covering import FAR, Found
from scheduler.solving.jit import compiled
from scheduler.solving.occasions import NEAR, Occasion
from scheduler.solving.packed import Numbers


class Sharers(NamedTuple):
    """Those who share and their occasions, one after the other.

    Attributes:
        begins: where the occasions of each begin.
        near: what each occasion costs beside the one before it, and the one before that.
        price_at: where the prices of each begin.
        prices: what each number of occasions or more costs.
        can: whether some of an occasion can be had.
        must: whether some of it must be.
    """

    begins: Numbers
    near: Numbers
    price_at: Numbers
    prices: Numbers
    can: Numbers
    must: Numbers


class TakingPart:
    """The occasions of those who share, in their order.

    Attributes:
        size: how many additions one choice takes.
        prices: what each number of occasions or more costs each who shares.
        laid: all of it as arrays.

    Args:
        shared: the occasions of each, in order of time.
        prices: what each number of them costs each, from none on.
        room: what may be spent of the held step; two that cost more are not had together.
    """

    def __init__(
        self, shared: Sequence[Sequence[Occasion]], prices: Sequence[Numbers], room: int
    ) -> None:
        """Lay it out."""
        own = [each for occasions in shared for each in occasions]
        near = np.zeros((len(own), NEAR), dtype=np.int64)
        for number, each in enumerate(own):
            near[number, : len(each.near)] = each.near
        # Some may be had beside those that are told: so many cost what so many or more do.
        self.prices = [np.minimum.accumulate(each[::-1])[::-1] for each in prices]
        self.laid = Sharers(
            begins=np.cumsum([0, *map(len, shared)]).astype(np.int64),
            near=near,
            price_at=np.cumsum([0, *map(len, self.prices)]).astype(np.int64),
            prices=np.concatenate((np.empty(0, dtype=np.int64), *self.prices)),
            can=np.array([len(each.ways) > 0 for each in own], dtype=np.int64),
            must=np.array([not each.spared for each in own], dtype=np.int64),
        )
        self._room = room
        self.size = sum(4 * len(each) ** 2 for each in shared)

    @property
    def dearest(self) -> int:
        """What one part more costs at most."""
        return max((int(np.ptp(each)) for each in self.prices), default=0)

    def slope(self, parts: float) -> Numbers:
        """What the last of so many parts costs each, told for every occasion."""
        begins = self.laid.begins
        found = np.zeros(len(self.laid.can), dtype=np.int64)
        for prices, first, last in zip(self.prices, begins, begins[1:], strict=False):
            count = min(len(prices) - 1, max(1, round(parts)))
            found[first:last] = prices[count] - prices[count - 1]
        return found

    def cheapest(self, pays: Numbers, toll: int, unit: int, had: Numbers) -> Found:
        """The cheapest choice of all.

        Args:
            pays: what having each occasion is paid.
            toll: for one of the held step.
            unit: how much 1 of the prices is.
            had: set to whether each occasion is had.
        """
        cost, spent = _cheapest(self.laid, self._room, pays, toll, unit, had)
        return Found(int(cost), int(spent))


@compiled
def _cheapest(
    t: Sharers, room: int, pays: Numbers, toll: int, unit: int, had: Numbers
) -> tuple[int, int]:
    total = 0
    spent = 0
    for one in range(len(t.begins) - 1):
        first, many = t.begins[one], t.begins[one + 1] - t.begins[one]
        # By time, by which of the last two are had (bits), and by how many are had.
        least = np.full((many + 1, 4, many + 1), FAR)
        came = np.zeros((many + 1, 4, many + 1), dtype=np.int64)
        least[0, 0, 0] = 0
        for time in range(many):
            number = first + time
            for last in range(4):
                beside = 0
                free = t.can[number] > 0
                for back in range(2):
                    if last >> back & 1:
                        beside += t.near[number, back]
                        free = free and t.near[number, back] <= room
                for count in range(time + 1):
                    cost = least[time, last, count]
                    if cost >= FAR // 2:
                        continue
                    then = last << 1 & 3
                    if not t.must[number] and cost < least[time + 1, then, count]:
                        least[time + 1, then, count] = cost
                        came[time + 1, then, count] = last
                    cost += toll * beside - pays[number]
                    if free and cost < least[time + 1, then + 1, count + 1]:
                        least[time + 1, then + 1, count + 1] = cost
                        came[time + 1, then + 1, count + 1] = last
        best = FAR
        state, parts = 0, 0
        for last in range(4):
            for count in range(many + 1):
                cost = least[many, last, count]
                if cost < FAR // 2 and cost + unit * t.prices[t.price_at[one] + count] < best:
                    best = cost + unit * t.prices[t.price_at[one] + count]
                    state, parts = last, count
        if best >= FAR // 2:
            return FAR, 0
        total += best
        for time in range(many, 0, -1):
            number = first + time - 1
            taken = state & 1
            had[number] = taken
            last = came[time, state, parts]
            if taken:
                for back in range(2):
                    if last >> back & 1:
                        spent += t.near[number, back]
            parts -= taken
            state = last
    return total, spent
