"""Judgements that are kept: counted at once, and made only when somebody looks at them.

Nearly all that a checker finds is kept, and a report tells how many there were and shows the
closest; whoever looks through all of them gets each as a case.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.rule import Case


class Kept:
    """Cases all of which are kept.

    Attributes:
        count: how many there are.
        least: no margin is less; None where nothing is measured.
    """

    __slots__ = ("_make", "count", "least")

    def __init__(
        self, count: int, make: Callable[[], Iterable["Case"]], least: float | None = None
    ) -> None:
        """Remember how the cases are made."""
        self.count, self.least = count, least
        self._make = make

    def __iter__(self) -> Iterator["Case"]:
        """Make them, in the order in which they were judged."""
        return iter(self._make())


class InParts:
    """Cases of a whole roster in parts, any of which may be `Kept`; they are gone through once.

    Attributes:
        parts: in the order in which they were judged.
    """

    __slots__ = ("parts",)

    def __init__(self, parts: Iterable[Iterable["Case"]]) -> None:
        """Remember the parts, which may be made while they are gone through."""
        self.parts = parts

    def __iter__(self) -> Iterator["Case"]:
        """Every case."""
        return chain.from_iterable(self.parts)


def parts_of(cases: Iterable["Case"]) -> Iterable[Iterable["Case"]]:
    """The parts in which cases came; what came as one is one."""
    return cases.parts if isinstance(cases, InParts) else (cases,)
