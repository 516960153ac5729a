"""Large-neighbourhood search: free a part of the roster, solve it, keep what is better.

Neighbourhoods are windows of time, groups of doctors, the surroundings of holes, and the
worst-off with the best-off; which kind is tried next follows what has paid so far. The size
adapts so that about half of them are solved to optimality.
"""

import random
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import cached_property

from scheduler.solving.cpsat import Compiled, Effort, Verdict
from scheduler.solving.evaluate import step_values, total
from scheduler.solving.model import EXCESS, Definition, Model, Step
from scheduler.solving.state import Index, State

_SMALLEST, _LARGEST = 60, 1500  # free decisions
_DETERMINISTIC = 1.5  # CP-SAT's measure of work for one neighbourhood
_HEAVIEST = 10**12  # largest weight in one combined objective


@dataclass
class Kind:
    """A kind of neighbourhood with what it has brought."""

    name: str
    draw: Callable[["Neighbourhoods", State, random.Random, int, int], set[int]]
    tried: int = 1
    paid: float = 1.0
    size: int = 300


@dataclass
class Neighbourhoods:
    """Draws sets of decisions to free.

    Attributes:
        model: the plain model; its `groups` say which decisions share a doctor or a unit.
    """

    model: Model
    kinds: list[Kind] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Lay out units in time and owners of decisions."""
        self.units = self.model.groups["units"]
        self.doctors = self.model.groups["doctors"]
        self.unit_of = {var: n for n, own in enumerate(self.units) for var in own}
        self.kinds = [
            Kind("costs", Neighbourhoods.costs),
            Kind("window", Neighbourhoods.window),
            Kind("doctors", Neighbourhoods.group),
            Kind("contrast", Neighbourhoods.contrast),
            Kind("holes", Neighbourhoods.holes),
            Kind("random", Neighbourhoods.scattered),
        ]

    def window(self, state: State, chance: random.Random, size: int, current: int) -> set[int]:
        """Everything in a stretch of time."""
        return self._around(chance.randrange(len(self.units)), size)

    def group(self, state: State, chance: random.Random, size: int, current: int) -> set[int]:
        """A few doctors over the whole time, or a part of it."""
        free: set[int] = set()
        for number in chance.sample(range(len(self.doctors)), len(self.doctors)):
            free.update(self.doctors[number])
            if len(free) >= size:
                break
        return self._cut(free, chance, size)

    def contrast(self, state: State, chance: random.Random, size: int, current: int) -> set[int]:
        """The worst-off and the best-off of a comparison, with one more by chance."""
        compared = [s for s in self.model.steps if s.worst]
        if not compared:
            return self.group(state, chance, size, current)
        entries = compared[-1].entries
        values = state.values
        heights = sorted(
            range(len(entries)), key=lambda n: total(entries[n][0], values) + entries[n][1]
        )
        picked = {heights[-1 - min(len(heights) - 1, int(chance.expovariate(1)))]}
        picked.add(heights[min(len(heights) - 1, int(chance.expovariate(1)))])
        picked.add(chance.choice(heights))
        decisions = {v for n in picked for _, v in entries[n][0] if v <= self.model.decisions + 1}
        owners = [own for own in self.doctors if not decisions.isdisjoint(own)]
        return self._cut({v for own in owners for v in own}, chance, size)

    def costs(self, state: State, chance: random.Random, size: int, current: int) -> set[int]:
        """Some of what the current step pays for, with what lies around it in time."""
        step = self.model.steps[current]
        values = state.values
        paid = [(c * values[v], v) for c, v in step.terms if c * values[v] > 0]
        if not paid:
            return self.contrast(state, chance, size, current)
        free: set[int] = set()
        weights = [price for price, _ in paid]
        while len(free) < size:
            [(_, var)] = chance.choices(paid, weights)
            units = {self.unit_of[v] for v in self._decisions(var) if v in self.unit_of}
            for unit in units:
                free.update(self.units[unit])
            free.update(self._around(chance.choice(sorted(units)), size // 4) if units else ())
            if not units or chance.random() < 0.2:
                break
        return self._cut(free, chance, size)

    def _decisions(self, var: int) -> set[int]:
        """The decisions from which a variable follows."""
        found: set[int] = set()
        pending = [var]
        while pending:
            one = pending.pop()
            definition = self.model.definition_of.get(one)
            if definition is not None:
                pending.extend(v for _, v in definition.terms)
            else:
                found.add(one)
        return found

    def holes(self, state: State, chance: random.Random, size: int, current: int) -> set[int]:
        """The surroundings of something uncovered."""
        values = state.values
        missing = [d for d in self._demands if values[d.var]]
        fillers = [v for d in missing for c, v in d.terms if c < 0 and v in self.unit_of]
        if not fillers:
            return self.window(state, chance, size, current)
        return self._around(self.unit_of[chance.choice(fillers)], size)

    def scattered(self, state: State, chance: random.Random, size: int, current: int) -> set[int]:
        """Units anywhere, whole."""
        free: set[int] = set()
        for number in chance.sample(range(len(self.units)), len(self.units)):
            free.update(self.units[number])
            if len(free) >= size:
                break
        return free

    @cached_property
    def _demands(self) -> list[Definition]:
        """What the first step counts as missing."""
        counted = (self.model.definition_of.get(v) for _, v in self.model.steps[0].terms)
        return [d for d in counted if d is not None and d.kind == EXCESS]

    def _around(self, centre: int, size: int) -> set[int]:
        low = high = centre
        free = set(self.units[centre])
        while len(free) < size and (low > 0 or high < len(self.units) - 1):
            low, high = max(0, low - 1), min(len(self.units) - 1, high + 1)
            free.update(self.units[low])
            free.update(self.units[high])
        return free

    def _cut(self, free: set[int], chance: random.Random, size: int) -> set[int]:
        """Of too many decisions those in a stretch of time."""
        if len(free) <= 1.3 * size:
            return free
        ordered = sorted(free, key=lambda v: (self.unit_of.get(v, 0), v))
        start = chance.randrange(len(ordered) - size + 1)
        return set(ordered[start : start + size])


def combined(steps: list[Step], current: int, model: Model) -> list[tuple[int, Step]]:
    """The current step first, the later ones as tie-breakers where numbers allow."""
    later = steps[current + 1 :]
    spread = 1
    for step in later:
        if step.worst:
            continue
        spread += sum(abs(c) * model.uppers[v] for c, v in step.terms)
    plain = [(1, step) for step in later if not step.worst]
    if spread >= _HEAVIEST:
        return [(1, steps[current])]
    return [(min(spread, _HEAVIEST), steps[current]), *plain]


class Improver:
    """Improves one step of the objective without giving up the steps before it."""

    def __init__(self, index: Index, seed: int, workers: int, stop: threading.Event) -> None:
        """Prepare the neighbourhoods."""
        self.index = index
        self.model = index.model
        self.neighbourhoods = Neighbourhoods(index.model)
        self.chance = random.Random(seed)
        self.workers = workers
        self.stop = stop

    def run(
        self,
        state: State,
        current: int,
        *,
        good_enough: int | None,
        until: Callable[[], float],
        patience: int,
        found: Callable[[State], None],
    ) -> None:
        """Search until the step reaches `good_enough`, time is out, or patience is.

        Args:
            state: the roster; changed in place, never for the worse.
            current: number of the step.
            good_enough: a value that cannot be undercut.
            until: seconds left.
            patience: neighbourhoods without success before giving up.
            found: called after each improvement.
        """
        failures = 0
        with ThreadPoolExecutor(max_workers=self.workers) as pool:
            running: dict[Future[tuple[frozenset[int] | None, Verdict]], tuple[Kind, set[int]]] = {}
            while True:
                over = (
                    self.stop.is_set()
                    or until() <= 0
                    or failures >= patience
                    or (good_enough is not None and state.score()[current] <= good_enough)
                )
                if over and not running:
                    return
                while not over and len(running) < self.workers:
                    kind, free = self._draw(state, current)
                    job = pool.submit(self._solve, state.values, free, current, until())
                    running[job] = (kind, free)
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for job in done:
                    kind, free = running.pop(job)
                    chosen, verdict = job.result()
                    better = chosen is not None and self._merge(state, free, chosen)
                    self._learn(kind, verdict, better)
                    if better:
                        failures = 0
                        found(state)
                    else:
                        failures += 1

    def _draw(self, state: State, current: int) -> tuple[Kind, set[int]]:
        kinds = self.neighbourhoods.kinds
        weights = [kind.paid / kind.tried for kind in kinds]
        [kind] = self.chance.choices(kinds, weights=[max(0.05, w) for w in weights])
        return kind, kind.draw(self.neighbourhoods, state, self.chance, kind.size, current)

    def _solve(
        self, values: list[int], free: set[int], current: int, seconds: float
    ) -> tuple[frozenset[int] | None, Verdict]:
        compiled = Compiled.part(self.index, values, free)
        steps = self.model.steps
        scored = step_values(self.model, values)
        for number in range(current):
            compiled.keep(steps[number], scored[number])
        effort = Effort(
            seconds=min(10.0, max(0.1, seconds)),
            workers=1,
            seed=self.chance.randrange(1 << 30),
            deterministic=_DETERMINISTIC,
        )
        answer = compiled.solve(combined(steps, current, self.model), effort, self.stop)
        return answer.chosen, answer.verdict

    def _merge(self, state: State, free: set[int], chosen: frozenset[int]) -> bool:
        """Take over what was found if the roster as it stands now gets better by it."""
        before, violation = state.score(), state.violation
        flips = [v for v in sorted(free) if bool(state.value(v)) != (v in chosen)]
        for var in flips:
            state.flip(var)
        if state.violation <= violation and (state.violation < violation or state.score() < before):
            return True
        for var in flips:
            state.flip(var)
        return False

    @staticmethod
    def _learn(kind: Kind, verdict: Verdict, better: bool) -> None:
        kind.tried += 1
        kind.paid = 0.95 * kind.paid + (1.0 if better else 0.0)
        kind.tried = min(kind.tried, 20)
        factor = 1.08 if verdict is Verdict.OPTIMAL else 0.92
        kind.size = int(min(_LARGEST, max(_SMALLEST, kind.size * factor)))
