"""What every request shares: settings, database, understood plans, the brake on logins."""

import time
from typing import NoReturn

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from api.service.advice.desks import Desks
from api.service.db.database import Database
from api.service.errors import TooManyTriesError
from api.service.recent import Recent
from api.service.settings import Settings
from api.service.understood import UnderstoodPlans

_CALENDARS = 1000  # some tens of kilobytes each
_MINUTES = 5
_AT_LARGE = 5  # times as many tries for an account from all addresses, and for all accounts


class Service:
    """One running service.

    Attributes:
        settings: as they were at the start.
        database: with a schema that is up to date.
        plans: those that were understood lately.
        desks: rosters that were asked about lately.
        calendars: bytes of feeds that were read lately.
    """

    def __init__(self, settings: Settings) -> None:
        """Open the database; nothing is read yet."""
        self.settings = settings
        self.database = Database(settings.database)
        self.plans = UnderstoodPlans()
        self.desks = Desks()
        self.calendars: Recent[bytes] = Recent(_CALENDARS)
        self._tries = MovingWindowRateLimiter(MemoryStorage())
        self._of_account = RateLimitItemPerMinute(settings.login_tries, _MINUTES)
        self._at_large = RateLimitItemPerMinute(settings.login_tries * _AT_LARGE, _MINUTES)

    def brake(self, email: str, address: str) -> None:
        """Count a try to log in.

        Who guesses from one address does not lock the owner out, who comes from another; from an
        office with one address for all, only those who miss count against the others.

        Raises:
            TooManyTriesError: there were too many, to the account or from the network address.
        """
        own = email.strip().casefold()
        if not self._tries.test(self._at_large, "missed", address):
            self._refuse(self._at_large, "missed", address)
        self._hit(self._of_account, "account", own, address)
        self._hit(self._at_large, "account", own)

    def missed(self, address: str) -> None:
        """Count a try that failed against its address."""
        self._tries.hit(self._at_large, "missed", address)

    def brake_change(self, account: str) -> None:
        """Count a try to change a password.

        Raises:
            TooManyTriesError: there were too many for the account.
        """
        self._hit(self._of_account, "change", account)

    def _hit(self, limit: RateLimitItem, *who: str) -> None:
        if not self._tries.hit(limit, *who):
            self._refuse(limit, *who)

    def _refuse(self, limit: RateLimitItem, *who: str) -> NoReturn:
        window = self._tries.get_window_stats(limit, *who)
        raise TooManyTriesError(seconds=max(1, round(window.reset_time - time.time())))

    def close(self) -> None:
        """Give back what is open."""
        self.database.close()
