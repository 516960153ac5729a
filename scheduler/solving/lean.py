"""What keeps a child process small: solvers loaded without data frames, memory given back.

A child has one task and shows nobody a table. What it lets go of has to return to the machine, for
the parent and whatever else runs there need it more than the C library's store of free pieces.
"""

import ctypes
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

_FRAMES = "pandas"
_COMPILER, _LIBRARY = "llvmlite", "libllvmlite"
_MAPS = Path("/proc/self/smaps")
_DONT_NEED = 4  # Linux's MADV_DONTNEED


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


def leave_compiler() -> None:
    """Let go of the compiler's own code, of which loading machine code has touched 50 to 70 MB.

    Nothing is lost: these pages are as they are in the file, and what is needed once more comes
    from there, or from the machine's store of files while there is room. Nothing is done where
    there is no /proc, or no such call.
    """
    release = _release()
    if release and _COMPILER in sys.modules:
        for begin, end in _as_in_the_file(_LIBRARY):
            release(begin, end - begin, _DONT_NEED)


@cache
def _as_in_the_file(library: str) -> tuple[tuple[int, int], ...]:
    """Where a library that is loaded stands in memory as it does in its file: begins and ends.

    These are the pieces that nobody may write to, and of which no page was ever written.
    """
    found: list[tuple[int, int]] = []
    begin = end = 0
    with _MAPS.open(encoding="utf-8", errors="replace") as maps:
        for line in maps:
            head, *rest = line.split(maxsplit=5)
            if not head.endswith(":"):
                own = rest[0] in ("r-xp", "r--p") and Path(line.strip()).name.startswith(library)
                begin, end = (int(part, 16) for part in head.split("-")) if own else (0, 0)
            elif head == "Anonymous:" and end and rest[0] == "0":
                found.append((begin, end))
    return tuple(found)


@cache
def _trim() -> Callable[[int], int] | None:
    if not sys.platform.startswith("linux"):
        return None
    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError):  # another C library
        return None
    return found


@cache
def _release() -> Callable[[int, int, int], int] | None:
    if not sys.platform.startswith("linux") or not _MAPS.exists():
        return None
    try:
        found = ctypes.CDLL(None).madvise
    except (AttributeError, OSError):
        return None
    found.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    own: Callable[[int, int, int], int] = found
    return own
