"""A stop that is asked for in place of being told: for who takes an event and has a limit."""

from collections.abc import Callable
from threading import Event


class Asked(Event):
    """An event that is set once somebody says so.

    Args:
        over: says so.
    """

    def __init__(self, over: Callable[[], bool]) -> None:
        """Nobody has been asked yet."""
        super().__init__()
        self._over = over

    def is_set(self) -> bool:
        """Whether it was set, or is over."""
        return super().is_set() or self._over()
