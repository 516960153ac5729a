"""What a sum is sure to come to in single weeks, where the sums before it are held.

A week is a program by itself: all that the model surely says of its decisions (`alone`). What a
sum comes to at least in each of them adds up, since each price counts in one week. So the sums come
in turn, each held in a week at its least there and what is left over of all. Where the last one
costs something, a few of its prices are found that are to blame: the rest of it has less room.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.solving.alone import Alone
from scheduler.solving.asked import Asked
from scheduler.solving.cpsat import Cheapest, Effort
from scheduler.solving.model import Definition, Step
from scheduler.solving.outlook import Outlook
from scheduler.solving.packed import Numbers
from scheduler.solving.state import Index

DAYS = 7  # of a week
_LARGEST = 120_000  # variables: the weeks of larger models take more room than they are worth
_EACH, _WORK = 0.5, 13.0  # in CP-SAT's own measure, at most: for one question, and one of each week
_SOON = 0.3  # of that, with smaller linear programs first
_SECONDS = 20.0  # wall time of one, should its measure fail
_SEED = 1
_BLAMED = 20  # times that a week is asked what is to blame
_FEW = 4  # weeks in which something is spent: where there are more, all of each are to blame
_FIRST = 1_000  # times as dear as other prices are those that are held to be to blame

Prices = Mapping[int, int]


@dataclass(frozen=True)
class Sure:
    """Some prices of a sum, and what they come to at least.

    Attributes:
        variables: with all the prices of these.
        amount: over what they come to where all decisions are open.
    """

    variables: frozenset[int]
    amount: int


def prices_of(step: Step) -> Prices:
    """The prices of a sum, each variable once."""
    found = Counter[int]()
    for price, var in step.terms:
        found[var] += price
    return found


def sums_before(
    steps: Sequence[Step], number: int, scores: Sequence[int]
) -> list[tuple[Step, int]]:
    """The steps before this one that are sums, with what they are held at."""
    pairs = zip(steps[:number], scores, strict=False)
    return [(step, score) for step, score in pairs if not step.worst]


def sure_bound(
    index: Index, number: int, scores: Sequence[int], over: Callable[[], bool] = lambda: False
) -> int | None:
    """What no roster that is as good on earlier sums undercuts; None where nothing is sure.

    Args:
        index: the plain model.
        number: of a step that is a sum, not the first.
        scores: of a roster.
        over: asked now and then; what is sure of weeks by then is told.
    """
    step = index.model.steps[number]
    prices = prices_of(step)
    outlook = Outlook(index, prices)
    least = step.constant + outlook.least
    if scores[number] <= least:
        return None
    held = sums_before(index.model.steps, number, scores)
    found = surely(index, outlook, held, prices, over, few=0)
    return least + sum(each.amount for each in found) if found else None


def surely(
    index: Index,
    outlook: Outlook,
    held: Sequence[tuple[Step, int]],
    prices: Prices,
    over: Callable[[], bool] = lambda: False,
    few: int = _FEW,
) -> list[Sure]:
    """What is sure to be spent, by weeks; nothing where time is out.

    Args:
        index: the plain model; of a large one nothing is told.
        outlook: on it, of any prices.
        held: sums, with what they are held at.
        prices: of the sum that follows.
        over: asked now and then.
        few: weeks at most of which it is asked which prices are to blame; else it is all of them.
    """
    if index.model.size > _LARGEST:
        return []
    weeks = _Weeks(index, outlook, prices, over)
    if over():
        return []
    for step, score in held:
        own = prices_of(step)
        room = score - step.constant - least_of(outlook, own)
        if not weeks.hold(own, room, over):
            return []
    return weeks.spend(prices, over, few)


def least_of(outlook: Outlook, prices: Prices) -> int:
    """What prices come to at least where all decisions are open."""
    return sum(
        price * (outlook.lows if price > 0 else outlook.highs)[var] for var, price in prices.items()
    )


class _Weeks:
    """The weeks, each a program of its own."""

    def __init__(
        self, index: Index, outlook: Outlook, prices: Prices, over: Callable[[], bool]
    ) -> None:
        """Begin weeks where the fewest prices are cut; some are lacking once time is out."""
        self._index = index
        self._spans: dict[int, tuple[int, int] | None] = {}
        grid = index.grid
        self._day_of = np.where(grid.unit_of >= 0, grid.day_of[grid.unit_of], -1)
        spans = [span for var in prices if (span := self._span(var)) is not None]
        self._first = _beginning(np.array(spans, dtype=np.int64).reshape(-1, 2))
        decisions: dict[int, list[int]] = defaultdict(list)
        for var in range(2, index.model.decisions + 2):
            if self._day_of[var] >= 0:
                decisions[self._week(int(self._day_of[var]))].append(var)
        uppers = list(index.model.uppers)
        made: dict[int, Definition] = {}
        self._weeks: dict[int, Alone] = {}
        for week, own in sorted(decisions.items()):
            if over():
                break
            self._weeks[week] = Alone(index, outlook, own, uppers, made)
        self._work = min(_EACH, _WORK / max(1, len(self._weeks)))

    def hold(self, prices: Prices, room: int, over: Callable[[], bool]) -> bool:
        """Demand that a sum costs no more than its least in each week and what is left over.

        Returns:
            False where time is out, or no roster keeps within the room.
        """
        told = self._told(prices)
        least = dict.fromkeys(self._weeks, 0)
        for week in self._weeks if room else ():
            if over():
                return False
            found = self._ask(week, told[week], over)
            least[week] = max(0, found.bound or 0)
        left = room - sum(least.values())
        for week, program in self._weeks.items():
            constant, costs = program.spent(told[week])
            program.limit(costs, least[week] + left - constant)
        return left >= 0

    def spend(self, prices: Prices, over: Callable[[], bool], few: int) -> list[Sure]:
        """Which prices come to something in each week; those that are known when time is out."""
        told, found = self._told(prices), dict[int, Cheapest]()
        for week in self._weeks:
            if over():
                break
            asked = self._ask(week, told[week], over)
            if asked.bound is not None and asked.bound > 0:
                found[week] = asked
        blamed = [Sure(frozenset(told[week]), own.bound or 0) for week, own in found.items()]
        if len(found) > few:
            return blamed
        return [
            self._blame(week, told[week], own, whole, over)
            for (week, own), whole in zip(found.items(), blamed, strict=True)
        ]

    def _blame(
        self, week: int, prices: Prices, found: Cheapest, whole: Sure, over: Callable[[], bool]
    ) -> Sure:
        """A few of the prices that come to as much as all, if they are found."""
        blamed: dict[int, int] = {}
        for _ in range(_BLAMED):
            if found.chosen is None or over():
                break
            paid = self._weeks[week].paid(prices, found.chosen)
            if paid.keys() <= blamed.keys():
                break
            blamed |= {var: prices[var] for var in paid}
            least = self._ask(week, blamed, over).bound
            if least is not None and least >= whole.amount:
                return Sure(frozenset(blamed), least)
            dearer = {v: p * (_FIRST if v in blamed else 1) for v, p in prices.items()}
            found = self._ask(week, dearer, over)
        return whole

    def _ask(self, week: int, prices: Prices, over: Callable[[], bool]) -> Cheapest:
        constant, costs = self._weeks[week].spent(prices)
        if not costs:
            return Cheapest(constant, frozenset())
        effort = Effort(_SECONDS, 1, _SEED, deterministic=self._work, soon=_SOON * self._work)
        found = self._weeks[week].compiled(costs).cheapest(costs, effort, Asked(over))
        bound = None if found.bound is None else found.bound + constant
        return Cheapest(bound, found.chosen, found.impossible)

    def _told(self, prices: Prices) -> dict[int, dict[int, int]]:
        """The prices of each week: each where it begins."""
        found: dict[int, dict[int, int]] = {week: {} for week in self._weeks}
        for var, price in prices.items():
            span = self._span(var)
            if span is not None and price:
                found[self._week(span[0])][var] = price
        return found

    def _week(self, day: int) -> int:
        return (day - self._first) // DAYS

    def _span(self, var: int) -> tuple[int, int] | None:
        """The first and the last day of the decisions that a variable follows from."""
        if var not in self._spans:
            definition = self._index.model.definition_of.get(var)
            if definition is None:
                day = int(self._day_of[var])
                own = [] if day < 0 else [(day, day)]
            else:
                own = [span for _, v in definition.terms if (span := self._span(v)) is not None]
            self._spans[var] = (min(a for a, _ in own), max(b for _, b in own)) if own else None
        return self._spans[var]


def _beginning(spans: Numbers) -> int:
    """The first day of a week, so that the fewest spans reach from one week into the next."""
    cut = [
        int(((spans[:, 0] - first) // DAYS != (spans[:, 1] - first) // DAYS).sum())
        for first in range(DAYS)
    ]
    return int(np.argmin(cut))
