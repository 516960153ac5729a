"""The schedule of simulated annealing: prices, heat, and slices between which it can be stopped."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from functools import cache
from math import inf

import numpy as np

from scheduler.solving.annealing import Best, Prices, Reals, anneal, probe
from scheduler.solving.board import BROKEN, WEIGHT, Board, weigh
from scheduler.solving.construct import construct
from scheduler.solving.exchange import exchange
from scheduler.solving.grid import Grid, filled
from scheduler.solving.model import EXCESS, Definition, Model, Step
from scheduler.solving.moves import EMPTY, KINDS
from scheduler.solving.narrowing import narrowed
from scheduler.solving.packed import Numbers
from scheduler.solving.state import Index, State

_STRICTER, _LAXER = 1.3, 0.95  # what the price of a breach is multiplied with after each slice
_CHEAPEST, _DEAREST = 0.5, 16.0  # that price, in typical changes
_HEAVIEST = 1 << 10  # the weight of a constraint that stays broken
_SLICE = 20_000  # proposals
_PROBES = 2_000
_LEAST = 1 / 30  # of the proposals: no kind of move gets less
_EMPTYING = 0.25  # of them: what emptying an occasion gets, for nothing else does what it does,
_WORTH = 5.0  # but no more than so many times its part of what is taken
_DOUBT = 0.01  # what a kind of move counts as taken before it was
_RARE = 2  # the last kinds of move get no more than about that before they have paid
_DEARER = 4.0  # what earlier steps and breaches cost, in typical changes of the current step
_TIES = 0.05  # what the next step counts; the one after it the same part of that, and so on
HOT, _COLD = 1.0, 0.003  # heat at the beginning and at the end, in typical changes
_JOURNAL = 4_096
_NONE = int(np.iinfo(np.int64).max)  # the value of a roster that is not there yet
_AMPLE = 200  # proposals for each decision from which on a way may begin at full heat
_FEELING = 0.1  # of the heat, in the slice that finds out how many proposals there is time for
_PATIENCE = 1_000  # proposals for each decision; more would find little more


@cache
def warm_up() -> None:
    """Have everything compiled, or fetched from where it is kept, before any time is counted."""
    model = Model(decisions=1, uppers=[0, 1, 1, 1], groups={"doctors": [[2]], "units": [[2]]})
    model.definitions = [Definition(3, EXCESS, ((-1, 2),), -1, 1)]  # one duty that lacks a doctor
    model.steps = [Step(1, "", "", "", 1, terms=((1, 3),))]
    index = Index(model)
    construct(index, 0)
    state = State(index)
    Annealer(index, 0).run(state, 0, proposals=1, over=lambda _: True)
    narrowed(state, np.array([2], dtype=np.int64))
    exchange(index, state, lambda: False)


class Crew:
    """Annealers side by side, one for each worker, with seeds of their own.

    Attributes:
        heat: what was left of it when they ended.
        pace: proposals a second of the slowest of them, when they last ended; 0 before.
        spared: so many do nothing, but never all: their processors are for somebody else.
    """

    def __init__(self, index: Index, seed: int, workers: int, stop: threading.Event) -> None:
        """Prepare them; `stop` ends them early."""
        self.pace = 0.0
        self.spared = 0
        self.index = index
        self.stop = stop
        self.heat = HOT
        first = Annealer(index, seed)
        self.annealers = [first, *(first.twin(seed + n) for n in range(1, workers))]

    def anneal(
        self,
        state: State,
        current: int,
        *,
        until: Callable[[], float],
        enough: Callable[[], int],
        hot: float = HOT,
        part: float = 1.0,
        any_lawful: bool = False,
    ) -> bool:
        """Anneal one step from a roster, each worker by itself; the state becomes the best.

        Args:
            state: where to begin; need not be lawful.
            current: the step to work on.
            until: seconds left.
            enough: a value that cannot be undercut, as far as it is known by then.
            hot: heat at the beginning, in typical changes of the step.
            part: of the patience, where time does not end it.
            any_lawful: the first lawful roster that one of them meets ends it for all.

        Returns:
            Whether a better roster was found.
        """
        seconds = until()
        if seconds <= 0 or self.stop.is_set() or not self.index.model.decisions:
            return False

        met = threading.Event()
        working = self.annealers[: max(1, len(self.annealers) - self.spared)]

        def over(value: int) -> bool:
            if any_lawful and value < _NONE:
                met.set()
            return self.stop.is_set() or met.is_set() or until() <= 0 or value <= enough()

        def spent() -> float:
            return 1.0 - until() / seconds

        most = int(_PATIENCE * part * self.index.model.decisions)

        def work(annealer: Annealer) -> tuple[bool, State]:
            own = state if len(working) == 1 else State(self.index, state.chosen)
            better = annealer.run(own, current, proposals=most, over=over, spent=spent, hot=hot)
            return better, own

        if len(working) == 1:
            ended = [work(working[0])]
        else:
            with ThreadPoolExecutor(max_workers=len(working)) as pool:
                ended = list(pool.map(work, working))
        found = [own for better, own in ended if better]
        self.heat = max(annealer.heat for annealer in working)
        took = seconds - until()
        self.pace = min(own.proposed for own in working) / took if took > 0 else 0.0
        if not found:
            return False
        if len(working) > 1:
            state.become(min(found, key=State.score).decided)
        return True

    def ample(self) -> float:
        """Seconds in which full heat cools down, at the pace of the last way; infinite before."""
        return _AMPLE * self.index.model.decisions / self.pace if self.pace else inf


class Annealer:
    """Simulated annealing of one step after the other, with one seed.

    Attributes:
        heat: what was left of it at the end.
        proposed: how many moves were tried.
    """

    def __init__(self, index: Index, seed: int) -> None:
        """Lay out the grid."""
        self.index = index
        self.grid: Grid = index.grid
        self.mix = np.full(KINDS, 1.0)
        self.mix[KINDS - _RARE :] = _LEAST * KINDS
        self.mix[EMPTY] = KINDS * (_EMPTYING if len(self.grid.occasion_decisions) else _LEAST)
        self.mix /= self.mix.sum()
        self.heat = HOT
        self.proposed = 0
        chance = random.Random(seed)
        self.chance: Numbers = np.array([chance.randrange(1, 1 << 62)], dtype=np.int64)

    def twin(self, seed: int) -> "Annealer":
        """Another one on the same grid."""
        other = copy(self)
        other.mix = self.mix.copy()
        other.chance = np.array([random.Random(seed).randrange(1, 1 << 62)], dtype=np.int64)
        return other

    def run(
        self,
        state: State,
        current: int,
        *,
        proposals: int,
        over: Callable[[int], bool],
        spent: Callable[[], float] = lambda: 0.0,
        hot: float = HOT,
        cold: float = _COLD,
    ) -> bool:
        """Anneal; the state becomes the best lawful roster seen, never a worse one.

        Args:
            state: where to begin; need not be lawful.
            current: the step to work on.
            proposals: how many moves are tried, unless it is over before.
            over: asked between slices, with the value of the current step.
            spent: what part of the time is gone; it cools no slower than that.
            hot: heat at the beginning, in typical changes of the step; less where a lawful roster
                has too little time for it.
            cold: heat at the end.

        Returns:
            Whether a better roster was found.
        """
        before, lawful = state.score(), state.violation == 0
        weigh(state.board, np.ones(len(state.board.constraints), dtype=np.int64))
        own = filled(self.grid, state.decided)
        best = self._best(state, lawful)
        prices = self._prices(state, own, current, before)
        slices = max(1, proposals // _SLICE)
        gone = 0.0  # of the way from hot to cold
        begun = spent()
        self.proposed = 0
        for number in range(slices):
            paid = np.zeros((KINDS, 2))
            then = min(1.0, max((number + 1) / slices, gone + 1 / slices, spent()))
            feels = lawful and number == 0 and slices > 1
            heat = hot * (cold / hot) ** gone
            anneal(
                state.board,
                own,
                prices,
                best,
                self._shares(),
                heat * _FEELING if feels else heat,
                (cold / hot) ** ((then - gone) / _SLICE),
                _SLICE,
                self.chance,
                paid,
            )
            gone = then
            self.proposed += _SLICE
            if feels:
                hot = max(cold, hot * self._bearable(slices, spent() - begun))
            self.heat = hot * (cold / hot) ** gone
            self._learn(paid)
            factor = _STRICTER if state.violation else _LAXER
            price = min(max(prices.broken * factor, _CHEAPEST), _DEAREST)
            prices = prices._replace(broken=price)
            blame(state.board, blamed=price >= _DEAREST)
            if gone >= 1.0 or over(int(best.scores[current])):
                break
        if best.since[1] == 0 and not lawful:
            return False
        state.become(np.flatnonzero(best.decided).astype(np.int64))
        return bool(best.since[1] > 0)

    def _bearable(self, slices: int, part: float) -> float:
        """The part of the heat from which a way can still cool down in the time that there is.

        A way that is too short for its heat ends worse than it began.

        Args:
            slices: how many there are at most.
            part: of the time, which the first slice has taken.
        """
        proposals = _SLICE * min(slices, 1 / part if part > 0 else slices)
        return min(1.0, proposals / max(1, self.index.model.decisions) / _AMPLE)

    def _best(self, state: State, lawful: bool) -> Best:
        decided = np.zeros(self.index.model.decisions + 2, dtype=np.uint8)
        decided[state.decided] = 1
        scores = np.array(state.score(), dtype=np.int64)
        if not lawful:
            scores[:] = _NONE
        return Best(
            decided,
            scores,
            np.zeros(_JOURNAL, dtype=np.int64),
            np.zeros(2, dtype=np.int64),
        )

    def _prices(self, state: State, own: Grid, current: int, before: tuple[int, ...]) -> Prices:
        """Prices in which a typical change of the current step is 1."""
        steps = np.array(before, dtype=np.int64)
        changes = np.zeros((_PROBES, len(steps) + 1), dtype=np.int64)
        probe(state.board, own, self._shares(), self.chance, steps, changes)
        sizes = np.abs(changes[:, 1:]).T
        weights: Reals = np.array([1.0 / _quantile(own, 0.5) for own in sizes])
        # A small change of an earlier step is as dear as any: no step is given up for a later one.
        weights[:current] = [_DEARER / _quantile(own, 0.02) for own in sizes[:current]]
        weights[current + 1 :] *= _TIES ** np.arange(1, len(steps) - current)
        return Prices(current, steps.copy(), weights, _DEARER, _DEARER / 2)

    def _shares(self) -> Reals:
        """How likely each kind of move and those before it are; a little over 1 at the end."""
        shares: Reals = np.cumsum(self.mix) / self.mix.sum() + 1e-9
        return shares

    def _learn(self, paid: Reals) -> None:
        """Try more often what is taken more often, and nothing less than one time in thirty."""
        rates = (paid[:, 1] + _DOUBT) / (paid[:, 0] + 1.0)
        shares = rates / rates.sum()
        wanted = np.maximum(shares, _LEAST)
        if paid[EMPTY, 1]:
            wanted[EMPTY] = max(wanted[EMPTY], min(_EMPTYING, _WORTH * shares[EMPTY]))
        self.mix = 0.9 * self.mix + 0.1 * wanted / wanted.sum()


def blame(b: Board, *, blamed: bool) -> None:
    """Let a constraint that stays broken at the highest price weigh more than those kept.

    So a way may break another one to mend it, however cold it is; whatever is kept again gets
    lighter.
    """
    weights, broken = b.constraints[:, WEIGHT], b.constraints[:, BROKEN] > 0
    if blamed or (weights > 1).any():
        heavier = np.where(broken & blamed, weights * 2, np.where(broken, weights, weights // 2))
        weigh(b, np.clip(heavier, 1, _HEAVIEST))


def _quantile(changes: Numbers, share: float) -> float:
    """Of the changes that are not 0 the one that this share is below; 1 where there are none."""
    moved = changes[changes > 0]
    return float(np.quantile(moved, share)) if len(moved) else 1.0
