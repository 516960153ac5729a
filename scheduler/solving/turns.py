"""How long those who share out anew work, and what becomes of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from scheduler.solving.reshuffle import Reshuffle
from scheduler.solving.state import State


@dataclass(frozen=True)
class Turn:
    """A stretch of work.

    Attributes:
        enough: a value that a step cannot undercut, as far as it is known by then.
        until: seconds left.
        patience: groups without success before giving up.
        found: called after each improvement of the roster.
    """

    enough: Callable[[int], int]
    until: Callable[[], float]
    patience: int
    found: Callable[[State], None]

    def part(self, part: float) -> "Turn":
        """The same with a part of the time that is left."""
        return replace(self, until=within(self.until, part))

    def run(self, job: Reshuffle, state: State, number: int) -> None:
        """Have groups share out anew for a step; the roster is changed in place."""
        job.run(
            state,
            enough=lambda: self.enough(number),
            until=self.until,
            patience=self.patience,
            found=self.found,
        )


def within(until: Callable[[], float], part: float) -> Callable[[], float]:
    """A part of the time that is left."""
    later = until() * (1 - part)
    return lambda: until() - later
