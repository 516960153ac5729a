"""How the search's inner loops are compiled: once per machine and version, free of the GIL.

The machine code is kept in the user's cache directory, under a name that follows from all the
sources here: numba itself looks at one file only and would not see a change in what it calls.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

Params = ParamSpec("Params")
Result = TypeVar("Result")


def _version() -> str:
    """A name for what is compiled: it follows from the sources that ask for it."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.glob("*.py")):
        text = source.read_bytes()
        if b"@compiled" in text:
            digest.update(text)
    return digest.hexdigest()[:16]


def _cache() -> str | None:
    """Where machine code is kept; None where it cannot be, and every start compiles anew."""
    given = os.environ.get("NUMBA_CACHE_DIR")
    if given:
        return given
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        place = (Path(base) if base else Path.home() / ".cache") / "rettvakt" / _version()
        place.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # read-only, or nobody's home is known
        return None
    return str(place) if os.access(place, os.W_OK) else None


_CACHE = _cache()
if _CACHE:
    os.environ["NUMBA_CACHE_DIR"] = _CACHE  # read when numba is imported

_NO_CALLBACK: dict[str, Any] = {"no_cfunc_wrapper": True}  # nobody calls from C


def compiled(function: Callable[Params, Result]) -> Callable[Params, Result]:
    """The function as machine code, with its Python signature.

    Integers wrap instead of growing, and indices are not checked: callers keep to 63 bits and to
    the arrays' lengths.
    """
    from numba import njit

    own = {"cache": _CACHE is not None, "nogil": True, **_NO_CALLBACK}
    machine: Callable[Params, Result] = njit(**own)(function)
    return machine


def compiled_within(function: Callable[Params, Result]) -> Callable[Params, Result]:
    """The function as it is, which becomes a part of the machine code of those that call it.

    For what only `compiled` functions call: no way into it from Python is made, and nothing of its
    own is kept and fetched. Called from Python it runs as Python.
    """
    from numba.extending import register_jitable

    own = {"no_cpython_wrapper": True, **_NO_CALLBACK}
    part: Callable[Params, Result] = register_jitable(**own)(function)
    return part
