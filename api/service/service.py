"""What every request shares: settings, database, understood plans, the brake on logins."""

import threading
import time
from typing import NoReturn

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.strategies import MovingWindowRateLimiter

from api.service.accounts.provider import Provider
from api.service.accounts.secrets import new_secret
from api.service.accounts.tries import DatabaseTries
from api.service.advice.desks import Desks
from api.service.db.database import Database
from api.service.errors import TooManyTriesError
from api.service.feeds.brake import GuessBrake
from api.service.jobs.delivery import install
from api.service.jobs.watcher import Watcher
from api.service.ledgers.store import Books
from api.service.observing.collector import StateCollector
from api.service.observing.metrics import Metrics
from api.service.observing.state import Watch
from api.service.recent import Recent
from api.service.settings import Settings
from api.service.understood import UnderstoodPlans
from scheduler.domain.roster import Timetable

_TIMETABLES = 16  # a megabyte each for a large one, and its plan
_CALENDARS = 1000  # some tens of kilobytes each
_MINUTES = 5
_CODE = 16  # letters: 96 random bits
_AT_LARGE = 5  # times as many tries for an account from all addresses, and for all accounts


class Service:
    """One running service.

    Attributes:
        settings: as they were at the start.
        database: with a schema that is up to date.
        provider: of OpenID Connect; None if people log in with passwords only.
        plans: those that were understood lately.
        books: ledgers that were read lately.
        watcher: hands out what jobs tell.
        desks: rosters that were asked about lately.
        timetables: rosters that were read lately.
        calendars: bytes of feeds that were read lately.
        metrics: what is counted in this process.
        watch: how queue and outbox are.
        stopping: set when the server is told to stop; long answers then end.
        guesses: who asks for calendars that do not exist.
        setup_code: lets somebody on another machine make the first account.
    """

    def __init__(self, settings: Settings) -> None:
        """Open the database; nothing is read yet."""
        self.settings = settings
        self.database = Database(settings.database)
        self.provider = Provider(settings) if settings.oidc_issuer else None
        install(settings, self.database)
        self.plans = UnderstoodPlans()
        self.books = Books()
        self.desks = Desks()
        self.timetables: Recent[Timetable] = Recent(_TIMETABLES)
        self.calendars: Recent[bytes] = Recent(_CALENDARS)
        self.metrics = Metrics()
        self.watch = Watch(self.database)
        self.metrics.registry.register(StateCollector(settings, self.database, self.watch))
        self.stopping = threading.Event()
        self.watcher = Watcher(self.database, self.stopping)
        self.guesses = GuessBrake()
        self.setup_code = new_secret()[:_CODE]
        self._tries = MovingWindowRateLimiter(DatabaseTries(self.database))
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

    def brake_provider(self, address: str) -> None:
        """Count a login that is begun at the provider: each is a row for as long as it is awaited.

        Raises:
            TooManyTriesError: there were too many from the network address.
        """
        self._hit(self._at_large, "provider", address)

    def _hit(self, limit: RateLimitItem, *who: str) -> None:
        if not self._tries.hit(limit, *who):
            self._refuse(limit, *who)

    def _refuse(self, limit: RateLimitItem, *who: str) -> NoReturn:
        window = self._tries.get_window_stats(limit, *who)
        raise TooManyTriesError(seconds=max(1, round(window.reset_time - time.time())))

    def forget(self) -> None:
        """Read everything anew from now on: something that was kept has been erased."""
        self.plans.forget()
        self.books.forget()
        self.desks.forget()
        self.timetables.forget()
        self.calendars.forget()

    def close(self) -> None:
        """Give back what is open."""
        self.database.close()
