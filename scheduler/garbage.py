"""The search for cyclic garbage, held back where much is made and all of it stays."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LOCK = threading.Lock()
_held, _was = 0, True  # how many hold it back, and whether it was on before the first of them


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no cyclic garbage inside; what is no longer named goes at once in any case.

    Python looks again and again through all there is while objects are made by the million. Inside
    another one, and in several threads, it is held back until the last of them ends. What was made
    counts as old then, or the next object would have all of it looked through.
    """
    global _held, _was
    with _LOCK:
        if not _held:
            _was = gc.isenabled()
        _held += 1
        gc.disable()
    try:
        yield
    finally:
        with _LOCK:
            _held -= 1
            if not _held and _was:
                _grow_old()
                gc.enable()


def _grow_old() -> None:
    if not gc.get_freeze_count():  # what somebody else has frozen is to stay so
        gc.freeze()
        gc.unfreeze()
