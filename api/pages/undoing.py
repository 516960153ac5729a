"""What «angre» and «gjør om» would bring back, read off the versions themselves.

To go back is a version of its own, equal to an earlier one. So the versions tell what was undone:
who goes back to what stood before has undone, who then goes on to what stood after has done it
again, and whatever else comes makes the rest of the way forward go away.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Steps:
    """The versions one step back and one step on; None where there is none."""

    back: int | None
    on: int | None


def steps(versions: Iterable[tuple[int, Hashable]]) -> Steps:
    """Where one stands among the versions of a roster or a plan.

    Args:
        versions: number and content of each, the oldest first. Equal contents are equal.
    """
    way: list[tuple[int, Hashable]] = []
    at = -1
    for number, content in versions:
        if at > 0 and way[at - 1][1] == content:
            at -= 1
        elif at + 1 < len(way) and way[at + 1][1] == content:
            at += 1
        else:
            way = [*way[: at + 1], (number, content)]
            at += 1
    return Steps(
        way[at - 1][0] if at > 0 else None,
        way[at + 1][0] if at + 1 < len(way) else None,
    )
