"""Facts of a problem that are worked out once and kept with it."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from scheduler.domain.problem import Problem

T = TypeVar("T")


def once(problem: Problem, key: Hashable, work: Callable[[], T]) -> T:
    """What `work` gives for the problem, worked out the first time only.

    Args:
        problem: the problem.
        key: names the fact, and everything besides the problem that it depends on.
        work: gives the fact.
    """
    if key not in problem.memo:
        problem.memo[key] = work()
    found: T = problem.memo[key]
    return found
