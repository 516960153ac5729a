"""Breaches, exceptions and what a human must do: sentences grouped by rule, worst first."""

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.checking import RuleReport
from scheduler.rule import Case
from scheduler.writing.legality import LegalityReport


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule, or of all rules that are told of together.

    Attributes:
        source: the rule's first source; empty where the title tells it.
        count: how many there are in all.
        first: the sentences that are always shown.
        more: further sentences, folded away.
        left_out: how many are only counted.
    """

    title: str
    source: str
    count: int
    first: tuple[str, ...]
    more: tuple[str, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Depth:
    """How many sentences of one rule are shown and folded away."""

    first: int
    more: int


def groups(
    legality: LegalityReport, of: Callable[[RuleReport], tuple[Case, ...]], depth: Depth
) -> tuple[Group, ...]:
    """One group for each title that found something, in the order of the rules."""
    cases: dict[str, list[Case]] = {}
    sources: dict[str, str] = {}
    for own in legality.report.rules:
        title = legality.title(own.rule)
        if of(own):
            cases.setdefault(title, []).extend(of(own))
            hushed = own.rule.id in legality.discreet
            sources[title] = "" if hushed else _source(own)
    return tuple(
        _group(legality, title, sorted(own, key=_margin), sources[title], depth)
        for title, own in cases.items()
    )


def _group(
    legality: LegalityReport, title: str, cases: list[Case], source: str, depth: Depth
) -> Group:
    shown = [legality.sentence(case) for case in cases[: depth.first + depth.more]]
    return Group(
        title,
        source,
        len(cases),
        tuple(shown[: depth.first]),
        tuple(shown[depth.first :]),
        len(cases) - len(shown),
    )


def _source(own: RuleReport) -> str:
    return str(own.rule.citations[0]) if own.rule.citations else ""


def _margin(case: Case) -> float:
    """How far inside the limit; what measures nothing keeps its place among the worst."""
    return case.margin if case.margin is not None else float("-inf")
