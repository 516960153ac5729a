"""The own balance beside everybody else's, without names."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from api.service.ledgers.shapes import LedgerOut, MeasureName

WIDTH, MARGIN = 320, 12  # of the drawing, in its own units


@dataclass(frozen=True, slots=True)
class Others:
    """All doctors without names.

    Attributes:
        dots: x of everybody's dots, the reader's too.
    """

    least: float
    middle: float
    most: float
    dots: Sequence[float]


@dataclass(frozen=True, slots=True)
class Strip:
    """One measure as a line of dots.

    Attributes:
        own: the reader's balance.
        others: None where they are too few to be told of; nothing is drawn then.
        x, zero: where the own balance and an even one lie.
    """

    measure: MeasureName
    own: float
    others: Others | None = None
    x: float = 0.0
    zero: float = 0.0


def strips(ledger: LedgerOut, doctor: str) -> list[Strip]:
    """A strip for each measure in which the doctor has an account."""
    found = []
    for measure in ledger.measures:
        account = next((own for own in measure.accounts if own.doctor == doctor), None)
        if account is None:
            continue
        own, spread = account.balance, measure.spread
        if not spread:
            found.append(Strip(measure.measure, own))
            continue
        low, high = min(0.0, *spread), max(0.0, *spread)
        reach = (high - low) or 1.0

        def place(value: float, low: float = low, reach: float = reach) -> float:
            return round(MARGIN + (value - low) / reach * (WIDTH - 2 * MARGIN), 1)

        dots = [place(value) for value in spread]
        others = Others(min(spread), median(spread), max(spread), dots)
        found.append(Strip(measure.measure, own, others, place(own), place(0.0)))
    return found
