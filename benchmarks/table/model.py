"""The rules of the table, with all that has a price in one sum: lower is better.

A hole stands on a step of its own before the sum, so sums are compared between full rosters.
The sum is in squared typical duties: a squared duty, night, weekend or half a weekly cap of
ordered work over the share, a refused wish, and a point of weekend spacing or of continuity
weigh as our rules price them within their levels, and a point as much as a squared duty.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from api import library
from benchmarks.encoding import Encode, encoding
from benchmarks.table.plan import table_plan
from constraints.fair_share import FairShare
from scheduler.domain.problem import Problem
from scheduler.rule import Level, Rule
from scheduler.solving.draft import Draft

SUM = "fairness"
"""The key of the step that holds the sum."""

RULES = (
    # hard
    "cover",
    "one_place_at_a_time",
    "takes_part",
    "claimed_exemption",
    "municipal_work",
    "order_cap",
    "rest_between_work",
    "absence",
    "travel_reach",
    # priced
    "weekend_spacing",
    "duty_continuity",
    "fair_share",
    "wishes",
)


def table(doctors: int, weeks: int, seed: int = 1) -> tuple[Problem, tuple[Rule, ...]]:
    """The problem and its rules, whose prices are one sum after the cover."""
    loaded = table_plan(doctors, weeks, seed)
    return loaded.problem, tuple(map(summed, chosen(loaded)))


def chosen(loaded: library.LoadedPlan) -> tuple[Rule, ...]:
    """The table's rules as they are in the catalogue, on levels of their own."""
    rules = tuple(rule for rule in loaded.rules if rule.id in RULES)
    return tuple(
        replace(rule, others=tuple(own for own in rules if own is not rule))
        if isinstance(rule, FairShare)
        else rule
        for rule in rules
    )


def summed(rule: Rule) -> Rule:
    """The same rule, checkers and all, that posts its prices into the one sum."""

    def encode(own: Encode, draft: Draft) -> None:
        with _one_sum(draft):
            own(draft)

    return encoding(rule, encode)


@contextmanager
def _one_sum(draft: Draft) -> Iterator[None]:
    """Put every price but that of a hole on one level, and compare nobody, in this draft alone.

    Its own methods are covered for the while, so that what posts through it is caught as well.
    """
    covered = [name for name in ("penalise", "penalise_all") if hasattr(draft, name)]
    for name in covered:
        setattr(draft, name, partial(_on_one_level, getattr(draft, name)))
    setattr(draft, "minimise_worst", _nobody)  # noqa: B010 - a method is covered, not set
    try:
        yield
    finally:
        for name in (*covered, "minimise_worst"):
            delattr(draft, name)


def _on_one_level(post: Callable[..., None], level: Level, *args: Any, **more: Any) -> None:
    post(level if level is Level.COVER else Level.FAIRNESS, *args, **more)


def _nobody(*_: Any, **__: Any) -> None:
    """The table knows squares only."""
