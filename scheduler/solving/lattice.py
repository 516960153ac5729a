"""Which sums a doctor's duties can make: burdens come in lumps, and bounds round up to them."""

from collections.abc import Sequence

from scheduler.solving.model import Terms

_MOST = 4_000_000  # largest sum that is looked at


class Lattice:
    """The values that a sum of Booleans with given coefficients can take.

    Args:
        terms: the sum.
        uppers: largest value of each variable.
        constant: added to the sum.
    """

    def __init__(self, terms: Terms, uppers: Sequence[int], constant: int = 0) -> None:
        """Make every sum that is possible, as the bits of one number."""
        self._constant = constant
        plain = all(c > 0 and uppers[v] == 1 for c, v in terms)
        total = sum(c for c, _ in terms)
        self._sums: int | None = None
        if plain and total <= _MOST:
            sums = 1
            for coefficient in sorted(c for c, _ in terms):
                sums |= sums << coefficient
            self._sums = sums

    def most(self, limit: int) -> int:
        """The largest value that is not over the limit; the limit itself if nothing is known.

        Where even the smallest value is over the limit, something below it: no value at all
        is possible then, and so none above.
        """
        if self._sums is None:
            return limit
        room = limit - self._constant
        if room < 0:
            return limit
        below = self._sums & ((1 << (room + 1)) - 1)
        return below.bit_length() - 1 + self._constant

    def next(self, limit: int) -> int:
        """The smallest value that is not below the limit, or the limit if there is none."""
        if self._sums is None:
            return limit
        room = max(0, limit - self._constant)
        above = self._sums >> room
        if not above:
            return limit
        return room + (above & -above).bit_length() - 1 + self._constant
