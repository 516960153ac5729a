"""The paper that a wall roster is printed on, in millimetres, and how much it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import TypeVar

T = TypeVar("T")

MARGIN = 10.0


class Paper(StrEnum):
    """A size of paper; always laid on its side."""

    A3 = "a3"
    A4 = "a4"


@dataclass(frozen=True, slots=True)
class Room:
    """What fits on one page.

    Attributes:
        width, height: inside the margins, header and footer.
        weeks: at most, in the grid.
        doctors: at most, in the grid.
        name, total: width of the column of names, and of each column of sums.
        text: the usual size of print, in points.
    """

    width: float
    height: float
    weeks: int
    doctors: int
    name: float
    total: float
    text: float


ROOMS = {
    Paper.A3: Room(400, 254, weeks=6, doctors=46, name=46, total=8.5, text=10),
    Paper.A4: Room(277, 167, weeks=4, doctors=24, name=38, total=7, text=8),
}


def divide(items: Sequence[T], most: int) -> list[Sequence[T]]:
    """As few parts as can be with at most so many each, of nearly equal size; none of nothing."""
    if not items:
        return []
    parts = ceil(len(items) / most)
    size, more = divmod(len(items), parts)
    found, start = [], 0
    for number in range(parts):
        end = start + size + (number < more)
        found.append(items[start:end])
        start = end
    return found
