"""The own balance beside everybody else's, without names."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from api.service.ledgers.shapes import LedgerOut, MeasureName

WIDTH, MARGIN = 320, 12  # of the drawing, in its own units


@dataclass(frozen=True, slots=True)
class Strip:
    """One measure as a line of dots.

    Attributes:
        own: the reader's balance.
        others: x of everybody's dots, the reader's too.
        x, zero: where the own balance and an even one lie.
    """

    measure: MeasureName
    own: float
    least: float
    middle: float
    most: float
    others: Sequence[float]
    x: float
    zero: float


def strips(ledger: LedgerOut, doctor: str) -> list[Strip]:
    """A strip for each measure in which the doctor has an account."""
    found = []
    for measure in ledger.measures:
        account = next((own for own in measure.accounts if own.doctor == doctor), None)
        if account is None or not measure.spread:
            continue
        low, high = min(0.0, *measure.spread), max(0.0, *measure.spread)
        reach = (high - low) or 1.0

        def place(value: float, low: float = low, reach: float = reach) -> float:
            return round(MARGIN + (value - low) / reach * (WIDTH - 2 * MARGIN), 1)

        found.append(
            Strip(
                measure.measure,
                account.balance,
                min(measure.spread),
                median(measure.spread),
                max(measure.spread),
                [place(own) for own in measure.spread],
                place(account.balance),
                place(0.0),
            )
        )
    return found
