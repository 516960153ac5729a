"""Which differences between two solved plans mean something.

The best roster of a plan has on each level of the objective a value somewhere between what was
found and what is proven to be impossible to go below. Where these stretches of two plans
overlap, the difference between the rosters found is smaller than what is left to prove, and
says nothing of the plans. The bound of a level holds for rosters that are as good on all levels
before: while one of those is open, what is told of the later ones is conditional.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.roster import LevelResult

_CLOSE = 1e-6


class Verdict(StrEnum):
    """What a difference between two plans is worth."""

    SAME = "same"  # both are proven and equal
    CERTAIN = "certain"  # no roster of the one reaches any of the other
    CONDITIONAL = "conditional"  # would be certain, but a level before is still open
    WITHIN = "within"  # smaller than what is left to prove: it means nothing

    @property
    def sentence(self) -> str:
        """In bokmål, of «forskjellen»."""
        return {
            Verdict.SAME: "ingen forskjell, og det er bevist",
            Verdict.CERTAIN: "forskjellen er sikker",
            Verdict.CONDITIONAL: (
                "forskjellen holder bare så lenge trinnene over ikke kan bli bedre, "
                "og det er ikke bevist"
            ),
            Verdict.WITHIN: "forskjellen er mindre enn det som gjenstår å bevise",
        }[self]

    @property
    def sign(self) -> str:
        """One sign for a table, explained beside it."""
        return {
            Verdict.SAME: "=",
            Verdict.CERTAIN: "✓",
            Verdict.CONDITIONAL: "(✓)",
            Verdict.WITHIN: "≈",
        }[self]


@dataclass(frozen=True, slots=True)
class Difference:
    """One level of the objective in two plans."""

    before: LevelResult
    after: LevelResult
    verdict: Verdict

    @property
    def change(self) -> float:
        """How much more the second has; more is worse."""
        return self.after.value - self.before.value


def differences(
    before: Sequence[LevelResult], after: Sequence[LevelResult]
) -> tuple[Difference, ...]:
    """The levels that both have, in the order of the first, each with its verdict."""
    return tuple(_differences(before, after))


def _differences(
    before: Sequence[LevelResult], after: Sequence[LevelResult]
) -> Iterator[Difference]:
    others = {level.level: level for level in after}
    for level in before:
        other = others.get(level.level)
        if other is not None:
            settled = _settled(before, level) and _settled(after, other)
            yield Difference(level, other, _verdict(level, other, settled))


def _settled(levels: Sequence[LevelResult], own: LevelResult) -> bool:
    """Whether all levels before this one are proven."""
    return all(level.proven for level in levels[: list(levels).index(own)])


def _verdict(one: LevelResult, other: LevelResult, settled: bool) -> Verdict:
    apart = one.value < other.bound - _CLOSE or other.value < one.bound - _CLOSE
    if apart:
        return Verdict.CERTAIN if settled else Verdict.CONDITIONAL
    if one.proven and other.proven and settled and abs(one.value - other.value) <= _CLOSE:
        return Verdict.SAME
    return Verdict.WITHIN
