"""What keeps a child process small: solvers loaded without data frames, memory given back.

A child has one task and shows nobody a table. What it lets go of has to return to the machine, for
the parent and whatever else runs there need it more than the C library's store of free pieces.
"""

import ctypes
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any

_FRAMES = "pandas"


class _Absent(ModuleType):
    """Stands for a module of which only the names of classes are asked for."""

    def __getattr__(self, name: str) -> type:
        """A class of that name, of which there are no objects.

        Raises:
            AttributeError: for what Python itself asks modules for.
        """
        if name.startswith("__"):
            raise AttributeError(name)
        own = type(name, (), {})
        setattr(self, name, own)
        return own


@contextmanager
def without_frames() -> Iterator[None]:
    """Import OR-Tools inside, in a process that hands it no data frames.

    Its Python layer names pandas in signatures, and loading that takes longer than the solvers and
    40 MB. Whoever imports pandas later gets it. Where it is there already nothing is changed.
    """
    with _standing_in({_FRAMES: _Absent(_FRAMES)}):
        yield


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Import inside what would load these packages, and can do without them.

    They seem not to be installed; else as `without_frames`.
    """
    with _standing_in(dict.fromkeys(names)):
        yield


@contextmanager
def _standing_in(modules: Mapping[str, ModuleType | None]) -> Iterator[None]:
    known: dict[str, Any] = sys.modules
    absent = {name: own for name, own in modules.items() if name not in known}
    known.update(absent)
    try:
        yield
    finally:
        for name in absent:
            del known[name]


def give_back() -> None:
    """Give memory that was let go back to the machine, where the C library can (Linux, glibc)."""
    trim = _trim()
    if trim:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    if not sys.platform.startswith("linux"):
        return None
    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError):  # another C library
        return None
    return found
