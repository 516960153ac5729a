"""What every request shares: settings, database, understood plans, the brake on logins."""

import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from api.service.db.database import Database
from api.service.errors import TooManyTriesError
from api.service.recent import Recent
from api.service.settings import Settings
from api.service.understood import UnderstoodPlans

_CALENDARS = 1000  # some tens of kilobytes each
_MINUTES = 5
_PER_ADDRESS = 5  # times as many tries for a network address as for an account


class Service:
    """One running service.

    Attributes:
        settings: as they were at the start.
        database: with a schema that is up to date.
        plans: those that were understood lately.
        calendars: bytes of feeds that were read lately.
    """

    def __init__(self, settings: Settings) -> None:
        """Open the database; nothing is read yet."""
        self.settings = settings
        self.database = Database(settings.database)
        self.plans = UnderstoodPlans()
        self.calendars: Recent[bytes] = Recent(_CALENDARS)
        self._tries = MovingWindowRateLimiter(MemoryStorage())
        self._of_account = RateLimitItemPerMinute(settings.login_tries, _MINUTES)
        self._of_address = RateLimitItemPerMinute(settings.login_tries * _PER_ADDRESS, _MINUTES)

    def brake(self, email: str, address: str) -> None:
        """Count a try to log in.

        Raises:
            TooManyTriesError: there were too many, to the account or from the network address.
        """
        self._hit(self._of_account, "account", email.strip().casefold())
        self._hit(self._of_address, "address", address)

    def _hit(self, limit: RateLimitItem, kind: str, who: str) -> None:
        if not self._tries.hit(limit, kind, who):
            window = self._tries.get_window_stats(limit, kind, who)
            raise TooManyTriesError(seconds=max(1, round(window.reset_time - time.time())))

    def close(self) -> None:
        """Give back what is open."""
        self.database.close()
