"""Rosters begun in different ways, of which the one goes on that comes furthest.

Where a few doctors at a time share out anew, it is settled early where that ends, and from each
beginning it ends elsewhere. So others are begun as long as there is time for as many groups again.
One that is behind where the best was after as many groups is given up, and the best has what is
left of the time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from scheduler.solving.reshuffle import Reshuffle
from scheduler.solving.state import State

_LEGS, _LEG = 4, 0.5  # of a race, and how many groups each is, of as many as there are twos
_BEHIND = 0.05  # of the sum: whoever is further behind after a leg is given up
_MOST = 8  # beginnings

Begin = Callable[[int], State | None]
"""Another roster to begin with, by its number; None where there is none."""

Run = Callable[[Reshuffle, State, Callable[[], float]], None]
"""Has groups share out anew in a roster for so many seconds; it is changed in place."""


@dataclass
class Rival:
    """A roster, and who shares out anew in it.

    Attributes:
        sums: after each leg.
    """

    state: State
    job: Reshuffle
    sums: list[int] = field(default_factory=list)


class Rivals:
    """Has rosters race.

    Args:
        held: so many of the first steps no roster may be worse on.
        summing: the step by which they are compared.
        run: how groups share out anew.
        until: seconds left for all of it.
        longer: of what the longest took by then: so long must be left for another to begin.
    """

    def __init__(
        self,
        held: int,
        summing: int,
        run: Run,
        until: Callable[[], float],
        longer: float = 1.0,
    ) -> None:
        """Nobody has begun."""
        self._longer = longer
        self._held, self._summing = held, summing
        self._run, self._until = run, until

    def best(self, first: Rival, begin: Begin, job: Callable[[int], Reshuffle]) -> State:
        """The roster that came furthest.

        Args:
            first: to be compared with.
            begin: others, from number 1 on; one that is worse on what is held does not race.
            job: who shares out anew in one of that number.
        """
        best, longest = first, 0.0
        for number in range(_MOST):
            before = self._until()
            rival: Rival | None = first
            if number:
                if before <= self._longer * longest:
                    break
                rival = self._begun(begin(number), best, job, number)
            if rival is not None:
                self._race(rival, best)
                if self._worth(rival) < self._worth(best):
                    best = rival
            longest = max(longest, before - self._until())
        self._run(best.job, best.state, self._until)
        return best.state

    def _begun(
        self, state: State | None, best: Rival, job: Callable[[int], Reshuffle], number: int
    ) -> Rival | None:
        if state is None or state.score()[: self._held] > best.state.score()[: self._held]:
            return None
        return Rival(state, job(number))

    def _race(self, rival: Rival, best: Rival) -> None:
        """Share out anew leg by leg, as long as it is not behind."""
        for leg in range(_LEGS):
            limit = (leg + 1) * _LEG * rival.job.pairs

            def left(limit: float = limit) -> float:
                return self._until() if rival.job.tried < limit else 0.0

            self._run(rival.job, rival.state, left)
            rival.sums.append(rival.state.score()[self._summing])
            known = best.sums[leg : leg + 1]
            if any(rival.sums[leg] > (1 + _BEHIND) * own for own in known):
                return

    def _worth(self, rival: Rival) -> tuple[int, ...]:
        scores = rival.state.score()
        return (*scores[: self._held], scores[self._summing])
