"""The rules of the table, with all that has a price in one sum: lower is better.

A hole stands on a step of its own before the sum, so sums are compared between full rosters.
The sum is in squared typical duties: a squared duty, night, weekend or half a weekly cap of
ordered work over the share, a refused wish, and a point of weekend spacing or of continuity
weigh as our rules price them within their levels, and a point as much as a squared duty.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

from api import library
from benchmarks.encoding import encoding
from benchmarks.table.plan import table_plan
from constraints.fair_share import FairShare
from scheduler.domain.problem import Problem
from scheduler.rule import Level, Rule
from scheduler.solving.draft import Draft
from scheduler.solving.model import Term

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
    return encoding(rule, lambda own, draft: own(cast(Draft, _OneSum(draft))))


class _OneSum:
    """A draft in which every price but that of a hole stands on one level."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def __getattr__(self, name: str) -> Any:
        return getattr(self._draft, name)

    def penalise(
        self, level: Level, terms: Iterable[Term], constant: int = 0, *, fine: int = 1
    ) -> None:
        to = level if level is Level.COVER else Level.FAIRNESS
        self._draft.penalise(to, terms, constant, fine=fine)

    def minimise_worst(self, *_: object, **__: object) -> None:
        """The table knows squares only."""
