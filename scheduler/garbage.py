"""The search for cyclic garbage, held back where much is made and all of it stays."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no cyclic garbage inside; what is no longer named goes at once in any case.

    Python looks again and again through all there is while objects are made by the million. Inside
    another one, and in several threads, it is held back until one of them ends.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
