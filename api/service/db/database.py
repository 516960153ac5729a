"""A database behind one address: how it is opened, read, and written to.

SQLite waits for its turn before it writes (`BEGIN IMMEDIATE`), so that two who read the same
version cannot both go on from it; PostgreSQL locks the rows that are asked for with `locked`.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session

_PATIENCE = 30  # seconds that SQLite waits for another writer
_WRITES = "rettvakt_writes"


class _OnlyTriedError(Exception):
    """Drops what a try has done."""


class Database:
    """One database.

    Attributes:
        engine: SQLAlchemy's, for migrations and backup.
        info: what every session is handed as its `info`, for those who install something.
    """

    def __init__(self, url: str) -> None:
        """Open nothing yet; the folder of an SQLite file is made.

        Args:
            url: such as «sqlite:////var/lib/rettvakt/rettvakt.db» or «postgresql://user@host/name».
        """
        self.info: dict[str, Any] = {}
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if self.is_sqlite:
            if parsed.database in (None, "", ":memory:"):
                raise ValueError(f"database ({url}) must be a file: memory is not kept")
            _make_private(Path(str(parsed.database)))
            self.engine: Engine = create_engine(
                parsed, connect_args={"timeout": _PATIENCE}, hide_parameters=True
            )
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        else:
            self.engine = create_engine(
                parsed, pool_pre_ping=True, pool_size=10, hide_parameters=True
            )
        self._writing = self.engine.execution_options(**{_WRITES: True})
        # One state of the database for all that is read together, as SQLite gives it anyway.
        self._reading = (
            self.engine
            if self.is_sqlite
            else self.engine.execution_options(isolation_level="REPEATABLE READ")
        )

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that changes nothing; whatever was changed is dropped."""
        with Session(self._reading, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that is committed at the end, or leaves nothing behind if it fails."""
        with (
            Session(self._writing, expire_on_commit=False, info=self.info) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def trying(self, only_try: bool) -> Iterator[Session]:
        """As `writing`; what was only a try is dropped at its end."""
        with suppress(_OnlyTriedError), self.writing() as session:
            yield session
            if only_try:
                raise _OnlyTriedError

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def _make_private(file: Path) -> None:
    """Make an SQLite file that only its owner can read; one that is there stays as it is."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL, 0o600))


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we begin transactions ourselves
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # what is committed survives a power cut
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
