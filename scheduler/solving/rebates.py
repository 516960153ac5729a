"""What occasions of one kind cost of another kind, or save of it.

Where a weekend and a great holiday take nine parts together, each part of the weekend saves one of
the holiday at most. Where whoever has the weekend has the holiday as well, each part of it costs
one. Parts of the holidays have one price for all who share them; what they are worth to these is
told apart. Any price is right.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.solving.fewest import Families, Joined
from scheduler.solving.tallies import Tally


@dataclass(frozen=True)
class Rebates:
    """What parts of some families save elsewhere.

    Attributes:
        families: by number.
        options: each of them is right: what is to be paid elsewhere at least, less so much for
            each part.
    """

    families: tuple[int, ...]
    options: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Beside:
    """What another kind costs at least.

    Attributes:
        constant: this,
        rebates: and what is to be paid by the first of each of these.
    """

    constant: int
    rebates: tuple[Rebates, ...]


def beside(tallies: Sequence[Tally], families: Families, found: Sequence[Joined]) -> Beside:
    """What the second kind costs.

    Args:
        tallies: of the second kind.
        families: of the first.
        found: all families of the second, with those of the first that share duties.
    """
    due = 0  # about
    for each in found:
        had = sum(families[n][1] for n in each.ones)
        due += max(each.due, each.both - had, had if each.follows else 0)
    costs = [tally.costs(tally.size) for tally in tallies]
    best = (0, 0, 0)
    for price in sorted({int(step) for own in costs for step in np.diff(own) if step > 0}):
        free = sum(int((own - price * np.arange(len(own))).min()) for own in costs)
        best = max(best, (free + price * due, free, price))
    _, free, price = best
    constant = free + price * sum(each.due for each in found if not each.ones)
    return Beside(constant, tuple(_rebates(each, price) for each in found if each.ones))


def _rebates(own: Joined, price: int) -> Rebates:
    options = [(price * own.due, 0), (price * own.both, price)]
    if own.follows:
        options.append((0, -price))
    return Rebates(own.ones, tuple(options))
