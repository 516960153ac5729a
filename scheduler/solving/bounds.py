"""What is proven of each step so far, and for which rosters it holds."""

from collections.abc import Sequence
from math import inf
from typing import overload


class Bounds(Sequence[int]):
    """The bound of each step; one is dropped when the roster leaves what it was proven under.

    Attributes:
        dropped: whether a bound was dropped since somebody last set this to False.

    Args:
        trivial: what holds for any roster.
    """

    def __init__(self, trivial: Sequence[int]) -> None:
        """Nothing is proven yet."""
        self._trivial = tuple(trivial)
        self._best = list(trivial)
        self._under: list[tuple[float, ...]] = [(inf,) * n for n in range(len(trivial))]
        self.dropped = False

    @overload
    def __getitem__(self, number: int) -> int: ...
    @overload
    def __getitem__(self, number: slice) -> list[int]: ...
    def __getitem__(self, number: int | slice) -> int | list[int]:
        """What is proven of a step."""
        return self._best[number]

    def __len__(self) -> int:
        """How many steps there are."""
        return len(self._best)

    def better(self, number: int, bound: int | None, scores: Sequence[float]) -> None:
        """Take a bound over if it is a better one.

        Args:
            number: of the step.
            bound: what was found, if anything.
            scores: it holds for rosters with these or better ones on the earlier steps; infinite
                for a step on which it does not rest.
        """
        if bound is not None and bound > self._best[number]:
            self._best[number] = bound
            self._under[number] = tuple(map(min, self._under[number], scores))

    def leave(self, scores: Sequence[int]) -> None:
        """Drop the bounds that do not hold for a roster with these scores.

        It is better on the first step that differs, and may be worse on the next: what was
        proven under that one is no longer.
        """
        for number, under in enumerate(self._under):
            if any(now > then for now, then in zip(scores, under, strict=False)):
                self._best[number] = self._trivial[number]
                self._under[number] = (inf,) * number
                self.dropped = True
