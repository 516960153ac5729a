"""What single restrictions cost the doctor who is worst off.

The model is drawn up with every restriction loose; for each price all but one are put back.
A linear program passes over those that cannot cost anything, CP-SAT looks at the others. The
same effort is spent on the plan as it stands first, so that a price is not made of what a
longer search would have found anyway.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scheduler.solving.bounding import trivial_bound
from scheduler.solving.cpsat import Compiled, Effort
from scheduler.solving.envelope import Envelope, lattice_bound
from scheduler.solving.evaluate import settle, step_values
from scheduler.solving.focus import focus, glance
from scheduler.solving.model import TRUE, Constraint, Model
from scheduler.solving.state import Index, State

_BASE = 0.3  # of the time goes to the plan as it stands
_SCREEN = 0.5  # of a restriction's time, at most, goes to the linear program


@dataclass(frozen=True, slots=True)
class Release:
    """One restriction let go.

    Attributes:
        held: decisions that the other restrictions still forbid.
        dropped: numbers of the constraints that are this restriction's.
    """

    held: tuple[int, ...]
    dropped: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Worst:
    """How the worst-off doctor stands, in the model's integers.

    Attributes:
        value: the least that was met.
        bound: no lawful roster as good on the earlier steps is below it.
        chosen: decisions of a roster with that value.
    """

    value: int
    bound: int
    chosen: tuple[int, ...]

    @property
    def proven(self) -> bool:
        """Whether value and bound meet."""
        return self.value <= self.bound


@dataclass(frozen=True, slots=True)
class Prices:
    """The worst-off in the plan as it stands, and with each restriction let go.

    Attributes:
        without: one for each release in its order; None where time was out before.
    """

    base: Worst
    without: tuple[Worst | None, ...]


class Pricer:
    """Prices on one model and one roster.

    Args:
        model: drawn up with every restriction loose.
        chosen: the roster's decisions; lawful with all restrictions in force.
        number: of the step that compares single doctors; those before it are held.
        bound: what is known of the step with all restrictions in force, or None.
        seconds: wall time at most.
        workers: solver threads.
        seed: of the solver.
        stop: set from outside to end early.
        tell: called with the number of the release that is looked at.
    """

    def __init__(
        self,
        model: Model,
        chosen: Sequence[int],
        *,
        number: int,
        bound: int | None,
        seconds: float,
        workers: int,
        seed: int,
        stop: threading.Event,
        tell: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Score the roster."""
        self._end = time.monotonic() + seconds
        self.model, self.number = model, number
        self.values = settle(model, chosen)
        self.scores = step_values(model, self.values)
        self.workers, self.seed = workers, seed
        self.stop, self.tell = stop, tell
        self._known = bound

    def run(self, forbidden: Sequence[int], releases: Sequence[Release]) -> Prices:
        """The worst-off with all restrictions in force, then without each of them.

        Args:
            forbidden: decisions that some restriction forbids.
            releases: restrictions let go, one at a time.
        """
        start = tuple(v for v in range(2, self.model.decisions + 2) if self.values[v])
        value = self.scores[self.number]
        base = self._look(Release(tuple(forbidden), ()), start, value, self._left() * _BASE)
        if self._known is not None and self._known > base.bound:
            base = Worst(base.value, min(self._known, base.value), base.chosen)
        found: list[Worst | None] = []
        for place, release in enumerate(releases):
            if self.stop.is_set() or self._left() <= 0:
                found.append(None)
                continue
            self.tell(place)
            pause = self._left() / (len(releases) - place)
            found.append(self._look(release, base.chosen, base.value, pause))
        return Prices(base, tuple(found))

    def _look(self, release: Release, start: tuple[int, ...], value: int, seconds: float) -> Worst:
        """The least worst-off with these demands, as far as the time goes."""
        end = time.monotonic() + seconds
        model = _released(self.model, release)
        envelope = Envelope(glance(model, self.number, self.scores))
        if envelope.excludes(value - 1, seconds * _SCREEN):
            return Worst(value, value, start)
        low = min(value, trivial_bound(model.steps[self.number], model))
        screened = (end - time.monotonic()) * _SCREEN
        low = lattice_bound(envelope, low, value, screened, stop=self.stop)
        left = min(end - time.monotonic(), self._left())
        if low == value or left <= 0 or self.stop.is_set():
            return Worst(value, low, start)
        seen = focus(model, self.number, self.scores)
        compiled = Compiled.whole(Index(seen.model), settle(model, start))
        effort = Effort(seconds=left, workers=self.workers, seed=self.seed)
        answer = compiled.solve([(1, seen.step)], effort, self.stop, floor=low)
        if answer.bound is not None:
            low = min(value, max(low, answer.bound))
        if answer.chosen is None:
            return Worst(value, low, start)
        state = State(Index(model), answer.chosen)
        reached = state.score()[self.number]
        if state.violation or reached >= value:
            return Worst(value, low, start)
        return Worst(reached, min(low, reached), tuple(sorted(state.chosen)))

    def _left(self) -> float:
        return self._end - time.monotonic()


def _released(model: Model, release: Release) -> Model:
    """The model without the constraints of one restriction, the others' decisions forbidden."""
    dropped = set(release.dropped)
    constraints = [c for n, c in enumerate(model.constraints) if n not in dropped]
    constraints += [Constraint(((1, var),), None, 0, TRUE, -1) for var in release.held]
    return Model(
        decisions=model.decisions,
        uppers=model.uppers,
        definitions=model.definitions,
        constraints=constraints,
        steps=model.steps,
        groups=model.groups,
    )
