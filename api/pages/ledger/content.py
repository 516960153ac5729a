"""The spread of balances as a picture: a dot a doctor, without names."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 300.0
_EDGE = 6.0


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the dots stand.

    Attributes:
        dots: across the picture.
        zero: where a balance of nothing stands.
        low, high: the balances at the ends.
    """

    dots: tuple[float, ...]
    zero: float
    low: float
    high: float


def spread(balances: Sequence[float]) -> Spread:
    """The balances of all doctors on a line with nothing on it."""
    low, high = min((0.0, *balances)), max((0.0, *balances))
    across = (high - low) or 1.0

    def at(value: float) -> float:
        return round(_EDGE + (WIDTH - 2 * _EDGE) * (value - low) / across, 1)

    return Spread(tuple(at(own) for own in balances), at(0.0), low, high)
