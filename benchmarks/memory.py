"""How much memory a process and its children hold at once, at most: what the machine must have.

The largest sizes of parent and child are not simply added: they are not reached at one time, and
what both have mapped (Python, numpy) stands in memory once. So the whole tree is looked at now and
then, and pages that several share are shared out among them (proportional set size, Linux).
"""

import resource
import sys
import threading
from types import TracebackType
from typing import Self

import psutil

from api.processes import together

_EVERY = 0.1  # seconds between two looks; one takes a few milliseconds for half a gigabyte


class Watched:
    """The peak of this process and all that come from it, while inside; a context manager.

    Where no sizes are shared out (not Linux), the largest sizes are added, which is too much.

    Attributes:
        looks: how often was looked.
    """

    def __init__(self) -> None:
        """Nothing is looked at yet."""
        self.looks = 0
        self._peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        """Begin to look."""
        if sys.platform == "linux":
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Look no more."""
        self._over.set()
        if self._thread.ident is not None:
            self._thread.join()

    @property
    def peak_mb(self) -> float:
        """The most that was held at once, in MB (2^20 bytes)."""
        return (self._peak or _largest()) / (1 << 20)

    def _watch(self) -> None:
        while True:
            self._peak = max(self._peak, together(_held))
            self.looks += 1
            if self._over.wait(_EVERY):
                return


def _held(process: psutil.Process) -> int:
    """Bytes that a process holds, with its part of what it shares."""
    return int(process.memory_full_info().pss)


def _largest() -> int:
    """Bytes of this process and of its largest child that has ended, each at its largest."""
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    found = sum(resource.getrusage(who).ru_maxrss for who in both)
    return found if sys.platform == "darwin" else found * 1024
