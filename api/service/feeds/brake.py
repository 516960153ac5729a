"""Slows down who asks for addresses of calendars that do not exist."""

import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from api.service.errors import TooManyTriesError

_MISSES = RateLimitItemPerMinute(60, 5)


class GuessBrake:
    """Counts misses by network address.

    An address of 192 random bits is not guessed. The brake spares the log and the database, and
    tells telephones that ask for a revoked address to wait. Who has a valid address is never
    braked: colleagues behind one network address must not lose their calendars.
    """

    def __init__(self) -> None:
        """Nobody has missed yet."""
        self._misses = MovingWindowRateLimiter(MemoryStorage())

    def missed(self, address: str) -> None:
        """Count a miss.

        Raises:
            TooManyTriesError: there were too many from the network address.
        """
        if not self._misses.hit(_MISSES, address):
            window = self._misses.get_window_stats(_MISSES, address)
            raise TooManyTriesError(seconds=max(1, round(window.reset_time - time.time())))
