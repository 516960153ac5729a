"""This process and all that comes from it: what they take together."""

from collections.abc import Callable

import psutil


def together(size: Callable[[psutil.Process], int]) -> int:
    """The sizes of this process and of all that it started; what has ended meanwhile has none.

    Args:
        size: what of a process is counted.
    """
    own = psutil.Process()
    total = 0
    for process in (own, *own.children(recursive=True)):
        try:
            total += size(process)
        except psutil.Error:
            continue
    return total
