"""Counts tries to log in for all processes that share a database, as `limits` counts them.

Only digests of accounts and addresses are kept, for an hour at most.
"""

from datetime import UTC, datetime, timedelta

from limits.storage import MovingWindowSupport, Storage
from sqlalchemy import delete, func, select
from sqlalchemy.exc import SQLAlchemyError

from api.service.accounts.secrets import digest
from api.service.accounts.tables import LoginTry
from api.service.db.database import Database


class DatabaseTries(Storage, MovingWindowSupport):
    """The storage of a moving window in the database."""

    STORAGE_SCHEME = None

    def __init__(self, database: Database) -> None:
        """Count in this database."""
        super().__init__()
        self._database = database

    @property
    def base_exceptions(self) -> type[Exception]:
        """What may go wrong."""
        return SQLAlchemyError

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count a try, unless there are too many already."""
        now = datetime.now(UTC)
        own = digest(key)
        with self._database.writing() as session:
            since = (LoginTry.key_digest == own, LoginTry.at > now - timedelta(seconds=expiry))
            count = session.scalar(select(func.count()).select_from(LoginTry).where(*since)) or 0
            if count + amount > limit:
                return False
            session.add_all(LoginTry(key_digest=own, at=now) for _ in range(amount))
        return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """When the oldest try that counts was made, and how many there are."""
        now = datetime.now(UTC)
        with self._database.reading() as session:
            query = select(func.min(LoginTry.at), func.count()).where(
                LoginTry.key_digest == digest(key), LoginTry.at > now - timedelta(seconds=expiry)
            )
            oldest, count = session.execute(query).one()
        return (oldest if count else now).timestamp(), min(count, limit)

    def check(self) -> bool:
        """Whether the database answers."""
        with self._database.reading() as session:
            return session.scalar(select(1)) == 1

    def reset(self) -> int:
        """Forget all tries; gives how many there were."""
        with self._database.writing() as session:
            return len(session.execute(delete(LoginTry).returning(LoginTry.id)).all())

    def clear(self, key: str) -> None:
        """Forget the tries of one key."""
        with self._database.writing() as session:
            session.execute(delete(LoginTry).where(LoginTry.key_digest == digest(key)))

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Fixed windows are not counted here."""
        raise NotImplementedError

    def get(self, key: str) -> int:
        """Fixed windows are not counted here."""
        raise NotImplementedError

    def get_expiry(self, key: str) -> float:
        """Fixed windows are not counted here."""
        raise NotImplementedError
