"""Which sums a doctor's duties can make: burdens come in lumps, and bounds round up to them."""

from collections.abc import Iterator, Sequence

from scheduler.solving.model import Term

_MOST = 8_000_000  # largest sum that is looked at


class Lattice:
    """The values that a sum of variables with given coefficients can take, each by itself free.

    Args:
        terms: the sum.
        uppers: largest value of each variable.
        constant: added to the sum.
        top: the largest limit that will be asked for.
    """

    def __init__(
        self, terms: Sequence[Term], uppers: Sequence[int], constant: int, top: int
    ) -> None:
        """Make every sum that is possible, as the bits of one number."""
        self.top = top
        self._constant = constant
        self._sums: int | None = None
        room = min(top - constant, sum(c * uppers[v] for c, v in terms))
        if room > _MOST or any(c <= 0 for c, _ in terms):
            return
        sums, within = 1, (1 << (max(0, room) + 1)) - 1
        for coefficient, var in terms:
            for part in _parts(uppers[var]):
                sums |= (sums << (coefficient * part)) & within
        self._sums = sums

    def most(self, limit: int) -> int:
        """The largest value that is not over the limit; the limit itself if nothing is known.

        Where even the smallest value is over the limit it is the limit too: no value at all
        is possible then, and so none above.

        Args:
            limit: at most `top`.
        """
        room = limit - self._constant
        if self._sums is None or room < 0:
            return limit
        below = self._sums & ((1 << (room + 1)) - 1)
        return below.bit_length() - 1 + self._constant


def _parts(upper: int) -> Iterator[int]:
    """Numbers whose sums, each taken once or not at all, are exactly 0 to `upper`."""
    part = 1
    while upper > 0:
        own = min(part, upper)
        yield own
        upper -= own
        part *= 2
