"""From a plain model to a roster: construct, improve, prove, one step after the other.

Each step of the objective is minimised while the steps before it keep what they reached.
Small models are given whole to CP-SAT, which proves as it goes; for larger ones a quick
construction is improved in parts first, and the whole model only asked for a bound.
"""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np

from scheduler.solving.balance import Balance
from scheduler.solving.beginning import Beginning
from scheduler.solving.bounding import FEW, Bounder, trivial_bound
from scheduler.solving.bounds import Bounds
from scheduler.solving.budgets import part_of_time
from scheduler.solving.comparing import Comparing
from scheduler.solving.cool import HOT, Crew, warm_up
from scheduler.solving.cooling import WARM, Cooling
from scheduler.solving.counts_first import CountsFirst
from scheduler.solving.cpsat import Compiled, Effort
from scheduler.solving.exchange import exchange
from scheduler.solving.first import First
from scheduler.solving.focus import focus
from scheduler.solving.improve import Improver
from scheduler.solving.mixing import Mixing
from scheduler.solving.model import Model
from scheduler.solving.packed import Numbers, Packed
from scheduler.solving.result import Ending, Progress, Result, StepResult
from scheduler.solving.state import Index, State
from scheduler.solving.step_bounds import StepBounds
from scheduler.solving.turns import Turn
from scheduler.solving.whole_courses import WholeCourses

SMALL = 2_500  # decisions: up to here the whole model is solved at once
WHOLE = 8_000  # decisions: up to here the whole model is asked for a bound
PATIENCE = 40  # neighbourhoods without success before the next step
_APART = 0.2  # of a small model's step, at most, for bounds before the whole is looked at
_ANNEALING = 0.9  # of a sum's time: parts gain less in it
_COMPARING = 0.5  # of the time of a step that compares doctors
_LOOSELY = 0.9  # of the first comparison's time, before it, for the sum that follows
_RELAXING = 0.25  # of a step's time, at most, for a linear program beside the rest,
_SHARING = 2.0  # and so many times as much for what must be shared out,
_SHARED = 4.0  # or so many where the sum had most of its time before
_WEIGHED = 0.5  # of a step's time, for one worker, before weekends must be weighed
_SHUFFLING = 0.6  # of a sum's annealing, where doctors share out anew what they have
_BESIDE = 0.2  # of the time of a step that compares doctors, the same
_MIXING = 0.8  # of the time where whole courses of all doctors are mixed in place of annealing
_LAYING = 0.2  # of the whole time, at most, for laying whole courses out
_ANEW = 0.3  # of a small model's step: cooled anew
_COUNTING = 0.4  # of a small model's step, at most, for what is counted first
_BEGINNING = 0.1  # of a small model's step, before it is looked at as a whole
_PROVING = 0.5  # of a step's time, where the whole model is solved at once
_BOUNDING = 0.1  # of a step's time, where the whole model is asked for a bound afterwards
_EVENING = 0.05  # of a sum's time, at most, before and after it is improved in parts
_STRETCH = 0.15  # of it, for parts between two times of evening out
_EXCHANGING = 0.02  # of the whole time
_NEAR = 2  # turns in which comparisons are left where they are near enough
_TURNS = 8  # how often all steps are gone through, at most
_ON = 2.0  # the heat with which the first step goes on, in that of the first roster
_WARMING = 0.2  # of a step's time in later turns


class Search:
    """One run on one model.

    Args:
        model: what the rules posted.
        seconds: wall time at most.
        workers: solver threads.
        seed: of every random choice.
        stop: set from outside to end early and keep the best.
        tell: called with progress, seldom enough for a person.
        keep: called with the decisions of each improvement, just before `tell` has its values.
        start: decisions of a former roster to begin with, if it is lawful and none of ours better.
        spare: decisions of a lawful roster, for where the construction breaks something.
        small: number of decisions up to which the whole model is solved at once.
        packed: the model as arrays, where they are at hand.
    """

    def __init__(
        self,
        model: Model,
        *,
        seconds: float,
        workers: int,
        seed: int,
        stop: threading.Event,
        tell: Callable[[Progress], None] = lambda _: None,
        keep: Callable[[list[int]], None] = lambda _: None,
        start: tuple[int, ...] = (),
        spare: tuple[int, ...] = (),
        small: int = SMALL,
        packed: Packed | None = None,
    ) -> None:
        """Index the model and note the time."""
        warm_up()
        self._begun = time.monotonic()
        self.model = model
        self.index = Index(model, packed)
        self.crew = Crew(self.index, seed, workers, stop)
        self.seconds = seconds
        self.workers = workers
        self.seed = seed
        self.stop = stop
        self.tell = tell
        self.keep = keep
        self.start = start
        self.spare = spare
        self.small = small
        self.courses = WholeCourses(self.index, seed, workers, stop)
        self.improver = Improver(self.index, self.seed, self.workers, self.stop)
        self.comparing = Comparing(self.index, seed, workers, stop)
        self.beginning = Beginning(self.index, self.comparing, seed, workers, stop)
        self.bounds = Bounds([trivial_bound(step, model) for step in model.steps])
        self._step_bounds = StepBounds(
            self.index,
            self.bounds,
            self.beginning.known,
            self._left,
            small=model.decisions <= small,
            stop=stop,
        )
        self._cooling = Cooling(self.crew, self.bounds, self._within, self._found)
        own = (self.courses, self.crew, self.bounds, self._within, self._now, self._found)
        self._mixing = Mixing(*own)
        self._step = 0
        self._doing = "construct"
        self._turns = 0
        self._lawful: Numbers = np.zeros(0, dtype=np.int64)  # the last roster that was handed on

    def run(self) -> Result:
        """Search until everything is proven, time is out, or someone says stop."""
        self._say(None)
        state = self.first()
        if isinstance(state, Ending):
            return Result(state, None, (), self.stop.is_set())
        self._found(state)
        rest = self._left() * _EXCHANGING
        patience, reached = PATIENCE, state.score()
        for turn in range(_TURNS):
            self._turns = turn
            self.bounds.dropped = False
            done = [
                self._work_on(state, number, self._budget(number, rest), patience, turn)
                for number in range(len(self.model.steps))
                if not self._over(rest)
            ]
            if self._over(rest) or (all(done) and not self.bounds.dropped):
                break
            patience *= 1 if state.score() < reached else 2
            reached = state.score()
        if not self._proven(state):
            near = {n: self.comparing.near(n) for n in range(len(self.model.steps))}
            told = {n: value for n, value in near.items() if value is not None}
            if exchange(self.index, state, lambda: self._over(0.0), told):
                self._found(state)
        self._secure(state)
        scores = state.score()
        return Result(
            Ending.SOLVED,
            tuple(state.chosen),
            tuple(
                StepResult(value, min(bound, value), value <= bound)
                for value, bound in zip(scores, self.bounds, strict=True)
            ),
            self.stop.is_set(),
        )

    def first(self) -> State | Ending:
        """A first lawful roster, or why there is none."""
        bound = self.bounds[0] if self.bounds else 0
        own = (self.index, self.crew, self.improver, self.seed, self.workers, self._left)
        return First(*own, bound, self.stop, self.courses).find(self.start, self.spare)

    def _work_on(self, state: State, number: int, budget: float, patience: int, turn: int) -> bool:
        """Make one step better for a while: cool, improve in parts, prove; small ones prove first.

        In later turns the way is warmed up but a little, and bounds are left as they are.

        Returns:
            Whether nothing better is left.
        """
        self._step = number
        if state.score()[number] <= self._enough(number):
            if state.score()[number] > self.bounds[number]:
                self._step_bounds.share_out(number, state.score(), budget)
            self._weigh(number, state.score(), self._within(budget))
            return state.score()[number] <= self.bounds[number]
        end = time.monotonic() + budget
        if turn:
            if not (self.comparing.loosened and self._shuffles(number)):
                self._anneal(state, number, budget * _WARMING, hot=WARM)
            self._reshuffle(state, number, budget * _ANNEALING * _SHUFFLING)
        elif self.model.decisions <= self.small:
            mixes, proving = self._mixes(state, number), _PROVING
            self._anneal(state, number, budget * (_MIXING if mixes else _BEGINNING))
            if mixes:
                self._step_bounds.share_out(number, state.score(), budget * _APART)
            elif self.model.steps[number].worst:
                self._step_bounds.relax(
                    state.values, state.score(), number, budget * _APART, _SHARING
                )
            elif self._step_bounds.shared(number, state.score(), budget * _APART):
                # What is shared out is told by no doctor alone, and seldom by the whole.
                proving = _APART
                self._count_first(state, number, budget * _COUNTING)
                self._cooling.anew(state, number, self._within(budget * _ANEW))
                self._improve(state, number, budget, end, patience)
            else:
                self._by_doctor(state, number, budget * _APART)
            left = end - time.monotonic()
            if left > 0 and state.score()[number] > self.bounds[number]:
                self._whole(state, number, min(budget * proving, left))
        else:
            # The way to the first roster may have led down far: on from there.
            hot = min(HOT, _ON * self.crew.heat) if number == 0 else HOT
            self._cool_and_bound(state, number, budget, hot)
            if self._waited_for(number):  # parts have no more time where the cooling has stalled
                parts = 0.0 if self.beginning.ready else budget * (1 - _ANNEALING)
                end = min(end, time.monotonic() + parts)
        proves = self.small < self.model.decisions <= WHOLE and turn == 0
        part = end - (budget * _BOUNDING if proves and self.model.steps[number].level <= 4 else 0.0)
        exhausted = self._improve(state, number, budget, part, patience)
        if part < end and state.score()[number] > self.bounds[number]:
            self._whole(state, number, budget * _BOUNDING)
        return exhausted or state.score()[number] <= self.bounds[number]

    def _improve(self, state: State, number: int, budget: float, end: float, patience: int) -> bool:
        """Improve a step in parts, and even it out before, now and then, and afterwards.

        Returns:
            Whether nothing better is left, for everything at once was free.
        """
        last = end - _EVENING * budget
        while True:
            self._even_out(state, number, budget, end)
            self._now(state, "improve")
            pause = min(last, time.monotonic() + _STRETCH * budget)
            exhausted = self.improver.run(
                state,
                number,
                good_enough=lambda: self._enough(number),
                until=partial(self._until, pause),
                patience=patience,
                found=self._found,
            )
            if exhausted or not pause <= time.monotonic() < last:
                break
        self._even_out(state, number, budget, end)
        return exhausted

    def _cool_and_bound(self, state: State, number: int, budget: float, hot: float) -> None:
        """Anneal a step and bound it: side by side where there is more than one worker.

        The bound only needs what the roster reached on the first step, which is a copy here. Where
        whole courses are mixed the linear program says little, and would take a thread from them.
        """
        if self._mixes(state, number):
            self._anneal(state, number, budget * _MIXING, hot)
            return
        if self._shuffles(number):
            budget = self._share_loosely(state, number, budget)
        more = _SHARED if self.comparing.loosened and self.workers > 1 else _SHARING
        values, scores = state.values, state.score()
        weighing = self._within(budget * (1.0 if self.workers > 1 else _WEIGHED))

        def relax() -> None:
            if not self._weigh(number, scores, weighing):
                self._step_bounds.relax(values, scores, number, budget * _RELAXING, more)

        first, *later = self._ways(state, number, budget, hot)
        if self.workers == 1:
            relax()
            first()
        else:
            # What is weighed has to be ready before its time is up: it has a processor of its own.
            self.crew.spared = int(self._weighs(number, weighing))
            with ThreadPoolExecutor(max_workers=1) as pool:
                bounded = pool.submit(relax)
                first()
                bounded.result()
            self.crew.spared = 0
            self.bounds.leave(state.score())
        for way in later:
            way()

    def _ways(
        self, state: State, number: int, budget: float, hot: float
    ) -> list[Callable[[], None]]:
        """What betters a step, in turn: cooling, and sharing out anew where doctors are compared.

        Where it was shared out anew before, cooling would undo that.
        """
        compares = bool(self.model.steps[number].worst)
        share = budget * (_COMPARING if compares else _ANNEALING)
        if not self._shuffles(number):
            return [partial(self._anneal, state, number, share, hot)]
        shuffled = budget * _BESIDE if compares else share * _SHUFFLING
        share -= 0 if compares else shuffled
        if not self.comparing.loosened:
            return [
                partial(self._anneal, state, number, share, hot),
                partial(self._reshuffle, state, number, shuffled),
            ]
        return [partial(self._reshuffle, state, number, share + shuffled)]

    def _shuffles(self, number: int) -> bool:
        """Whether doctors share out anew what they have to better the step.

        Only on the level where doctors are compared: what is held there bars single moves.
        """
        return self.model.decisions > self.small and self.comparing.serves(number)

    def _share_loosely(self, state: State, number: int, budget: float) -> float:
        """Before doctors are compared, better the sum that follows, with the comparisons open.

        Returns:
            What is left of the budget.
        """
        if not self.comparing.opens(number):
            return budget
        self._now(state, "improve")
        turn = self._turn(budget * _LOOSELY)
        begin = partial(self.beginning.make, state, turn, self._within, turn.until())
        if self.comparing.share_loosely(state, turn, begin):
            return budget * (1 - _LOOSELY)
        return self._budget(number, self.seconds * _EXCHANGING)

    def _reshuffle(self, state: State, number: int, budget: float) -> None:
        """Let a few doctors at a time share out anew what they have."""
        if self._shuffles(number):
            self._now(state, "improve")
            self.comparing.reshuffle(state, number, self._turn(budget))

    def _turn(self, budget: float) -> Turn:
        """So many seconds, counted from now on."""
        return Turn(self._enough, self._within(budget), PATIENCE, self._found)

    def _enough(self, number: int) -> int:
        """What a step need not be better than: its bound, or near to it in the first turns."""
        near = self.comparing.near(number) if self._turns < _NEAR else None
        return self.bounds[number] if near is None else max(near, self.bounds[number])

    def _anneal(self, state: State, number: int, budget: float, hot: float = HOT) -> None:
        """Let the step cool down, or mix whole courses for it where the model is made of them.

        Of a step at its bound the ties only are broken elsewhere.
        """
        if state.score()[number] <= self.bounds[number]:
            return
        self._now(state, "improve")
        within = self._within(budget)
        waited_for = self._waited_for(number)

        def until() -> float:
            """A roster that begins with its weekends is soon better."""
            return 0.0 if waited_for and self.beginning.ready else within()

        if self._mixes(state, number):
            if self._mixing.run(state, budget, until, hot) or self.courses.in_windows:
                return
            hot = WARM
        self._cooling.run(state, number, until, hot, waited_for=waited_for)

    def _weigh(self, number: int, scores: Sequence[int], until: Callable[[], float]) -> bool:
        """Weigh weekends beside the sum before the comparisons; whether a roster can begin so."""
        if not self._waited_for(number):
            return False
        return self.beginning.weigh(scores, until, self._left(), self.bounds)

    def _weighs(self, number: int, until: Callable[[], float]) -> bool:
        """Whether weekends are weighed now."""
        return self._waited_for(number) and self.beginning.serves(until(), self._left())

    def _waited_for(self, number: int) -> bool:
        """Whether doctors who share out anew wait for this step's time."""
        later = number + 1 < len(self.model.steps)
        return later and self._shuffles(number + 1) and self.comparing.opens(number + 1)

    def _mixes(self, state: State, number: int) -> bool:
        """Whether the step is the first one and a sum that is mixed from whole courses."""
        if number > 0 or state.score()[0] <= self.bounds[0]:
            return False
        end = self._left() - _LAYING * self.seconds
        return self.courses.serves(lambda: self._over(end))

    def _even_out(self, state: State, number: int, budget: float, end: float) -> None:
        """Even out between two doctors at a time what weighs differently, in a sum."""
        until = partial(self._until, min(end, time.monotonic() + _EVENING * budget))
        if number == 0 or self.model.steps[number].worst or self.stop.is_set() or until() <= 0:
            return
        balance = Balance(self.index, number, self.seed, self.stop)
        balance.run(state, enough=lambda: self.bounds[number], until=until, found=self._found)

    def _count_first(self, state: State, number: int, budget: float) -> None:
        """Bring what is counted to where the bound has it, and even out the rest afterwards."""
        until = self._within(budget)
        first = CountsFirst(self.index, number, self.seed, self.workers, self.stop)
        first.run(state, enough=lambda: self.bounds[number], until=until, found=self._found)

    def _whole(self, state: State, number: int, budget: float) -> None:
        """Give the whole model to CP-SAT, with the roster as hint; take value and bound."""
        self._now(state, "prove")
        scores = state.score()
        step, floor = self.model.steps[number], self.bounds[number]
        if step.worst:
            # Doctors are compared faster without what later steps alone speak of.
            seen = focus(self.model, number, scores)
            compiled, held = Compiled.whole(Index(seen.model), state.values), seen.held
        else:
            compiled = Compiled.whole(self.index, state.values)
            held = tuple(zip(self.model.steps[:number], scores, strict=False))
        for earlier, score in held:
            compiled.keep(earlier, score)
        effort = Effort(min(budget, self._left()), self.workers, self.seed)
        answer = compiled.solve([(1, step)], effort, self.stop, floor=floor)
        self.bounds.better(number, answer.bound, scores)
        if answer.chosen is not None:
            self._take(state, answer.chosen)

    def _by_doctor(self, state: State, number: int, budget: float) -> None:
        """Bound a sum doctor by doctor; take the rosters that are met on the way."""
        if self.model.decisions <= FEW:
            return
        self._now(state, "prove")
        bounder = Bounder(
            self.model, state.values, workers=self.workers, seed=self.seed, stop=self.stop
        )
        found = bounder.by_doctor(number, self.bounds[number], min(budget, self._left()))
        self.bounds.better(number, found.bound, bounder.scores)
        for chosen in found.chosen:
            self._take(state, chosen)

    def _take(self, state: State, chosen: frozenset[int]) -> None:
        """Go over to a roster that a solver has met, if it is lawful and better."""
        found = State(self.index, chosen)
        if not found.violation and found.score() < state.score():
            state.become(found.decided)
            self._found(state)

    def _budget(self, number: int, rest: float) -> float:
        """This step's part of the time that is left, but for the rest."""
        opening = self.comparing.first if self._turns == 0 else None
        opens = opening is not None and self._shuffles(opening) and self.comparing.opens(opening)
        part = part_of_time(
            self.model.steps, number, opening if opens else None, again=self.beginning.ready
        )
        return (self._left() - rest) * part

    def _over(self, rest: float) -> bool:
        return self.stop.is_set() or self._left() <= rest

    def _proven(self, state: State) -> bool:
        return all(value <= bound for value, bound in zip(state.score(), self.bounds, strict=True))

    def _left(self) -> float:
        return self.seconds - (time.monotonic() - self._begun)

    def _until(self, end: float) -> float:
        return min(end - time.monotonic(), self._left())

    def _within(self, seconds: float) -> Callable[[], float]:
        """What is left of so many seconds, counted from now on."""
        return partial(self._until, time.monotonic() + seconds)

    def _found(self, state: State) -> None:
        """Hand a better roster on, and tell of it."""
        if not self._secure(state):
            return
        self.bounds.leave(state.score())
        self.keep(state.chosen)
        self._say(state)

    def _secure(self, state: State) -> bool:
        """Whether nothing is broken; what breaks something goes back to the last that did not.

        Whoever improves a roster claims to break nothing. What is broken is known of every roster,
        so no claim need be believed: a fault there may cost time, but never the roster.
        """
        if state.violation:
            state.become(self._lawful)
            return False
        self._lawful = state.decided
        return True

    def _now(self, state: State, doing: str) -> None:
        """Tell what begins."""
        self._doing = doing
        self._say(state)

    def _say(self, state: State | None) -> None:
        self.tell(
            Progress(
                time.monotonic() - self._begun,
                self._step,
                state.score() if state else None,
                tuple(self.bounds),
                self._doing,
            )
        )
