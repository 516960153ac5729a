"""An event for those who look at one, where somebody has to be asked."""

from collections.abc import Callable
from threading import Event


class Asked(Event):
    """An event that is set once somebody says so."""

    def __init__(self, over: Callable[[], bool]) -> None:
        """Nothing is asked yet."""
        super().__init__()
        self._over = over

    def is_set(self) -> bool:
        """Whether it was set, or somebody says so."""
        return super().is_set() or self._over()
