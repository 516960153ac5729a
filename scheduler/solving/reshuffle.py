"""What a few doctors have is shared out among them anew, all of it at once.

Where every step so far is held hardly a single move is left: each takes points from one doctor and
gives them to another. Two doctors who share out all that they have can end with the same points
and fewer weekends, and CP-SAT soon finds out whether they can: what is free is who of them has each
duty, and nothing else (`narrowing`). More can do more, and take longer (`groups`).
"""

import random
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

import numpy as np

from scheduler.solving.cpsat import Answer, Compiled, Effort, Verdict
from scheduler.solving.groups import ANYBODY, Group, Groups, Pull
from scheduler.solving.improve import extent
from scheduler.solving.model import Step, Term
from scheduler.solving.narrowing import Narrowed, narrowed
from scheduler.solving.packed import NO_LIMIT, Numbers
from scheduler.solving.part import Part, take_over
from scheduler.solving.state import Index, State

_WORK = 3.0  # in CP-SAT's own measure, for one group
_LONGEST = 20.0  # seconds for one group, however slow the machine
_LAYING = 1e-4  # what laying a group out takes in that measure, for each decision that is free
_FINE = 0.001  # of what there is: a group is not asked for less than that


Posted = tuple[Part, Sequence[int], list[tuple[int, Step]]]
"""A part, the largest value of each of its variables, and weighted steps to be minimised."""


class Reshuffle:
    """Improves one step of the objective by sharing out anew what a few doctors have.

    Attributes:
        tried: how many groups were.

    Args:
        index: of the model.
        number: of the step; where it compares doctors, one of the worst-off is in every group.
        seed: of every random choice.
        workers: groups at a time, no two of them with the same doctor.
        stop: set from outside to end early.
        held: so many of the first steps are held; those between them and the step are left open.
            None for all before it.
        below: of those who are compared, by their place: so far over the share at most, or as far
            as they are.
    """

    def __init__(
        self,
        index: Index,
        number: int,
        seed: int,
        workers: int,
        stop: threading.Event,
        held: int | None = None,
        below: Mapping[int, int] | None = None,
    ) -> None:
        """Nothing has been tried."""
        self._below = below or {}
        self._index, self._number, self._stop = index, number, stop
        self._held = number if held is None else held
        self._workers = workers
        self._chance = random.Random(seed)
        self._groups = Groups(index.grid, self._chance)
        self._compared = dict(_compared(index))
        steps = list(enumerate(index.model.steps))[number:]
        tie = next((n for n, step in steps if step.terms and not step.worst), number)
        self._count = 1 + (tie if index.model.steps[number].worst else number)  # steps asked for
        self.tried = 0

    @property
    def pairs(self) -> int:
        """How many groups of two there are."""
        return self._groups.pairs

    def run(
        self,
        state: State,
        *,
        enough: Callable[[], int],
        until: Callable[[], float],
        patience: int,
        found: Callable[[State], None],
    ) -> None:
        """Share out anew until the step reaches `enough`, or time or patience is out.

        Args:
            state: a lawful roster; changed in place, never for the worse by what is held, the step
                and those after it.
            enough: a value that cannot be undercut, as far as it is known by then.
            until: seconds left.
            patience: groups of every size without success before giving up.
            found: called after each improvement.
        """
        running: dict[Future[Answer], tuple[Group, Numbers, Narrowed]] = {}
        with ThreadPoolExecutor(max_workers=self._workers) as pool:
            while True:
                over = (
                    self._stop.is_set()
                    or until() <= 0
                    or self._groups.failed(patience)
                    or state.violation > 0
                    or self._reached(state, enough)
                )
                while not over and len(running) < self._workers:
                    taken = {doctor for group, _, _ in running.values() for doctor in group}
                    group = self._groups.draw(state, taken, self._pull(state))
                    if group is None:
                        break
                    free = self._free(state, group)
                    seed = self._chance.randrange(1 << 30)
                    some = narrowed(state, free, self._count)
                    job = pool.submit(self._solve, some.own, until(), seed)
                    running[job] = (group, free, some)
                    self.tried += 1
                if not running:
                    return
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for job in done:
                    group, free, some = running.pop(job)
                    answer = job.result()
                    before = self._worth(state)[self._held]
                    better = answer.chosen is not None and take_over(
                        state, free, some.all_of(answer.chosen), self._worth
                    )
                    self._groups.learn(
                        group,
                        before - self._worth(state)[self._held],
                        answer.work + _LAYING * len(free),
                        better=better,
                        solved=answer.verdict is Verdict.OPTIMAL,
                    )
                    if better:
                        found(state)

    def _worth(self, state: State) -> tuple[int, ...]:
        """What is held, the step, and those after it."""
        scores = state.score()
        return (*scores[: self._held], *scores[self._number :])

    def _reached(self, state: State, enough: Callable[[], int]) -> bool:
        """Whether nothing more is asked for."""
        return state.score()[self._number] <= enough()

    def _pull(self, state: State) -> Pull:
        """Those who make up what the step compares are to give, and others may take up to that."""
        step = self._index.model.steps[self._number]
        if not step.worst:
            return ANYBODY
        found = heights(state, self._number)
        order = np.argsort(-found, kind="stable")
        gives = dict.fromkeys(order[: step.worst].tolist(), 1)
        room = int(found[order[: step.worst][-1]]) - found
        return self._by_doctor(gives, room)

    def _by_doctor(self, gives: Mapping[int, int], room: Numbers) -> Pull:
        """The same, where those who are compared are told by their place."""
        return Pull(
            {
                self._compared[place]: much
                for place, much in gives.items()
                if place in self._compared
            },
            {
                doctor: int(room[place])
                for place, doctor in self._compared.items()
                if room[place] > 0
            },
        )

    def _free(self, state: State, group: Group) -> Numbers:
        """What these doctors could have of all that one of them has."""
        grid = self._index.grid
        cells = grid.cells[list(group)]
        held = (cells > 0) & (state.board.values[cells] > 0)
        own = cells[:, held.any(axis=0)]
        return np.unique(own[own > 0])

    def _solve(self, own: Part, seconds: float, seed: int) -> Answer:
        """The best way to share it out, with the steps before this one held."""
        own, uppers, aim = self._aim(own)
        compiled = Compiled.part(uppers, own)
        hold(compiled, own, self._held)
        for step in [step for step in own.steps if step.worst][:1]:
            for place, most in self._below.items():
                _limit(compiled, own, step.entries[place], most)
        _, last = aim[-1]
        gap = int(_FINE * (_value(own, last.terms) + last.constant)) if not last.worst else 0
        limit = min(_LONGEST, max(0.1, seconds))
        effort = Effort(limit, 1, seed, _WORK, brief=True, gap=max(0, gap))
        return compiled.solve(aim, effort, self._stop)

    def _aim(self, own: Part) -> Posted:
        """The step; where it compares doctors the next sum breaks ties: it would be ruined."""
        uppers = self._index.model.uppers
        first, *later = own.steps[self._number :]
        tie = next((step for step in later if step.terms and not step.worst), None)
        if not first.worst or tie is None:
            return own, uppers, [(1, first)]
        return own, uppers, [(1 + extent(tie, self._index.packed.uppers), first), (1, tie)]


def _compared(index: Index) -> Iterator[tuple[int, int]]:
    """Who is compared at each place of the first step that does so."""
    step = next((step for step in index.model.steps if step.worst), None)
    for place, (terms, _) in enumerate(step.entries if step else ()):
        owners = (int(index.grid.doctor_of[v]) for _, v in terms if v <= index.model.decisions + 1)
        doctor = next((owner for owner in owners if owner >= 0), None)
        if doctor is not None:
            yield place, doctor


def hold(compiled: Compiled, own: Part, number: int) -> None:
    """Demand that the first steps, so many, get no worse.

    Where the worst-off are compared each stays below the last of those who count, or where she is:
    that is more than is needed, and far easier than to rank them.
    """
    for step, score in zip(own.steps[:number], own.scores, strict=False):
        if not step.worst:
            if step.terms:
                compiled.keep(step, score)
            continue
        heights = [_height(own, entry) for entry in step.entries]
        last = sorted(heights, reverse=True)[min(step.worst, len(heights)) - 1]
        for entry in step.entries:
            _limit(compiled, own, entry, last)


def _height(own: Part, entry: tuple[Sequence[Term], int]) -> int:
    terms, constant = entry
    return _value(own, terms) + constant


def _value(own: Part, terms: Iterable[Term]) -> int:
    return sum(c * own.values[v] for c, v in terms)


def _limit(compiled: Compiled, own: Part, entry: tuple[Sequence[Term], int], most: int) -> None:
    """Demand that one who is compared is no further over than this, or than now."""
    terms, constant = entry
    if terms:
        top = max(_height(own, entry), most) - constant
        compiled.limit({var: c for c, var in terms}, -NO_LIMIT, top)


def heights(state: State, number: int) -> Numbers:
    """How far over the share each is whom a step compares; a copy."""
    family = int(state.board.tops[number, 1])
    begin, end = state.board.families[family : family + 2].tolist()
    return np.array(state.board.heights[begin:end])
