"""The last used of what can be made again."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Things by key, the last used ones at hand; may be used by several threads."""

    def __init__(
        self, kept: int, *, weigh: Callable[[T], int] | None = None, most: int = 0
    ) -> None:
        """Know none yet.

        Args:
            kept: how many are kept.
            weigh: what one weighs; the last used one is kept whatever it weighs.
            most: what all together may weigh.
        """
        self._kept = kept
        self._weigh = weigh
        self._most = most
        self._known: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The thing, made now if it is not at hand."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        made = make()  # outside the lock: it may take a second
        with self._lock:
            if key in self._known:  # somebody else was quicker: both go on with the same
                return self._known[key]
            self._put(key, made)
        return made

    def keep(self, key: Hashable, made: T) -> None:
        """Remember a thing that has just been made."""
        with self._lock:
            self._put(key, made)

    def forget(self) -> None:
        """Know none any more."""
        with self._lock:
            self._known.clear()

    def _put(self, key: Hashable, made: T) -> None:
        self._known[key] = made
        self._known.move_to_end(key)
        while len(self._known) > 1 and self._too_much():
            self._known.popitem(last=False)

    def _too_much(self) -> bool:
        if len(self._known) > self._kept:
            return True
        weigh = self._weigh
        return weigh is not None and sum(map(weigh, self._known.values())) > self._most
