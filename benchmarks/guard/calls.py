"""How many functions of our own are called: a measure of work that no clock disturbs."""

import cProfile
from collections.abc import Callable
from pathlib import Path
from types import CodeType

_ROOT = Path(__file__).resolve().parents[2]
OWN = tuple(str(_ROOT / name) for name in ("scheduler", "constraints", "api"))


def calls(work: Callable[[], object]) -> int:
    """Calls of Python functions in our packages while the work is done.

    Those of dependencies are left out, so that a new version of one is no regression of ours.
    Resuming a generator counts as a call.
    """
    profile = cProfile.Profile(subcalls=False, builtins=False)
    profile.enable()
    try:
        work()
    finally:
        profile.disable()
    return sum(
        entry.callcount
        for entry in profile.getstats()
        if isinstance(entry.code, CodeType) and entry.code.co_filename.startswith(OWN)
    )
