"""Breaches, exceptions and what a human must do: sentences grouped by rule, worst first."""

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.checking import RuleReport
from scheduler.rule import Case
from scheduler.writing.legality import LegalityReport


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule.

    Attributes:
        source: the rule's first source.
        count: how many there are in all.
        first: the sentences that are always shown.
        more: further sentences, folded away.
        left_out: how many are only counted.
    """

    rule: str
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
    """One group for each rule that found something, in the order of the rules."""
    found = []
    for own in legality.report.rules:
        cases = sorted(of(own), key=_margin)
        if cases:
            shown = [legality.sentence(case) for case in cases[: depth.first + depth.more]]
            citations = own.rule.citations
            hushed = legality.discreet.get(own.rule.id)
            title = legality.title(own.rule.id, own.rule.title)
            found.append(
                Group(
                    own.rule.id,
                    f"{title[:1].upper()}{title[1:]}",
                    str(citations[0]) if citations and not hushed else "",
                    len(cases),
                    tuple(shown[: depth.first]),
                    tuple(shown[depth.first :]),
                    len(cases) - len(shown),
                )
            )
    return tuple(found)


def _margin(case: Case) -> float:
    """How far inside the limit; what measures nothing keeps its place among the worst."""
    return case.margin if case.margin is not None else float("-inf")
