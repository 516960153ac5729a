"""How even those who are compared can be at best: what must be handed out, and in what portions.

Each who is compared is so far over her share as the portions that she has come to. All that the
cover demands has to be had by somebody; and who can have portions of one size only, sessions of
2.5 points and nothing else, is over her share by a certain part of a portion or else under it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from math import gcd

import numpy as np

from scheduler.solving.model import EXCESS, TRUE, Model, Step
from scheduler.solving.packed import Numbers
from scheduler.solving.state import Index
from scheduler.solving.tallies import Row, rows_of

_STEPS = 4_096  # heights that are looked at one by one; where there are more, some at a time


@dataclass(frozen=True)
class Evenness:
    """What is known of those whom a step compares, in the step's own integers.

    Attributes:
        least: how far over the share each is with nothing.
        most: and with everything.
        portions: what divides all that each can have; 0 for who can have nothing.
        due: what they come to at least, all together.
        typical: what a typical portion weighs.
    """

    least: Numbers
    most: Numbers
    portions: Numbers
    due: int
    typical: int

    @classmethod
    def of(cls, index: Index, step: Step, score: int) -> "Evenness | None":
        """Read it off the model; None where it cannot be told.

        Args:
            index: the plain model.
            step: one that compares.
            score: of a roster on the first step: what the cover may lack.
        """
        weights: dict[int, int] = {}
        spared = 0
        for terms, _ in step.entries:
            for c, var in terms:
                decisions, free = _counted(index.model, var)
                if c <= 0 or not decisions or not weights.keys().isdisjoint(decisions):
                    return None
                weights |= dict.fromkeys(decisions, c)
                spared += c * free
        rows, missing = rows_of(index, score)
        least = np.array([constant for _, constant in step.entries], dtype=np.int64)
        uppers = index.model.uppers
        sums = [sum(c * uppers[var] for c, var in terms) for terms, _ in step.entries]
        return cls(
            least=least,
            most=least + np.array(sums, dtype=np.int64),
            portions=np.array(
                [reduce(gcd, (c for c, _ in terms), 0) for terms, _ in step.entries],
                dtype=np.int64,
            ),
            due=int(least.sum()) + _demanded(rows, missing, weights) - spared,
            typical=int(np.median(list(weights.values()))) if weights else 0,
        )

    def reached(self, height: int) -> Numbers:
        """How far over the share each can be, and no further than this; or has to be."""
        steps = (height - self.least) // np.maximum(self.portions, 1)
        return np.clip(self.least + steps * self.portions, self.least, self.most)

    def bound(self, worst: int) -> int:
        """What the largest together, so many, come to at least."""
        low, high = int(self.least.max()), int(self.most.max())
        while low < high:
            middle = (low + high) // 2
            if self.reached(middle).sum() >= self.due:
                high = middle
            else:
                low = middle + 1
        if worst == 1:
            return low
        return self._together(min(worst, len(self.least)), low)

    def _together(self, worst: int, highest: int) -> int:
        """The same for several, if the first of them is at least so far over.

        The last of them is somewhere below; what is too much for the others then is had by those
        before her.
        """
        lowest = int(np.sort(self.least)[-worst])
        width = max(1, -(-(highest - lowest) // _STEPS))
        found = highest * worst
        for height in range(lowest, highest + 1, width):
            last = min(highest, height + width - 1)
            more = max(0, self.due - int(self.reached(last).sum()))
            known = int(np.sort(self.reached(height))[: worst - 1].sum())
            before = max((worst - 2) * height + max(height, highest), known + more)
            found = min(found, height + before)
        return max(found, -(-self.due * worst // len(self.least)))

    def floors(self) -> dict[int, int]:
        """Who has to stay under the share so that the worst-off is best off: how far over at most.

        Of those who have portions of one size, who would be furthest over is the first to stay
        under, as long as what the others then have more does not come to as much.
        """
        chosen = (self.portions > 1) & (self.least <= 0) & (self.most > 0)
        over = np.where(chosen, self.least % np.maximum(self.portions, 1), 0)
        order = np.argsort(-over, kind="stable").tolist()
        found: dict[int, int] = {}
        best: dict[int, int] = {}
        worst, under = int(over.max(initial=0)), 0
        for own, following in pairwise(order):
            if not over[own]:
                break
            found[own] = int(over[own] - self.portions[own])
            under -= found[own]
            now = max(int(over[following]), -(-under // (len(order) - len(found))))
            if now < worst:
                worst, best = now, dict(found)
        return best


def even_bound(index: Index, step: Step, score: int) -> int | None:
    """What a step that compares cannot undercut; None where it cannot be told."""
    own = Evenness.of(index, step, score)
    return None if own is None else own.bound(step.worst)


def _counted(model: Model, var: int) -> tuple[tuple[int, ...], int]:
    """The decisions that a portion counts, and how many of them are free; none if it is no count.

    Of two sessions in one week that are agreed by the week the second one only may be ordered.
    """
    if TRUE < var < model.decisions + 2:
        return (var,), 0
    d = model.definition_of.get(var)
    if d is None or d.kind != EXCESS or d.threshold < 0:
        return (), 0
    if any(c != 1 or not TRUE < own < model.decisions + 2 for c, own in d.terms):
        return (), 0
    return tuple(own for _, own in d.terms), d.threshold


def _demanded(rows: Sequence[Row], missing: int, weights: dict[int, int]) -> int:
    """What all that is demanded comes to at least, whoever has it."""
    seen = set[int]()
    total = dearest = 0
    for row in rows:
        if seen.isdisjoint(row.decisions):
            seen.update(row.decisions)
            cheapest = min((weights.get(own, 0) for own in row.decisions), default=0)
            total += row.needed * cheapest
            dearest = max(dearest, cheapest)
    return max(0, total - missing * dearest)
