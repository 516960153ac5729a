"""Databases for tests: SQLite files, and some on a PostgreSQL that is found or started."""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, Engine, NullPool, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from api.service.db import schema
from api.service.db.database import Database
from api.service.db.tables import METADATA

_FOUND = "postgresql://postgres@127.0.0.1:5432/postgres"


class NoPostgresError(RuntimeError):
    """Neither found nor started; says why."""


@contextmanager
def sqlite() -> Iterator[str]:
    """The address of a database with an up-to-date schema."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "test.db"
        shutil.copyfile(_sqlite_template(), file)
        yield f"sqlite:///{file}"


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a database with an up-to-date schema and no rows.

    Raises:
        NoPostgresError: there is no server, and none can be started.
    """
    server = _server()
    name = _lent(server).take()
    try:
        yield _address(server, name)
    finally:
        _lent(server).give_back(name)


@contextmanager
def empty_postgres() -> Iterator[str]:
    """The address of a database without any table."""
    server = _server()
    name = f"rettvakt_{uuid4().hex[:12]}"
    _administer(server, f"CREATE DATABASE {name}")
    try:
        yield _address(server, name)
    finally:
        _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@cache
def _sqlite_template() -> Path:
    file = Path(tempfile.mkdtemp(prefix="rettvakt-")) / "template.db"
    database = Database(f"sqlite:///{file}")
    schema.upgrade(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return file


@cache
def _postgres_template(server: str) -> str:
    """A database with the schema, one for each test process."""
    name = f"rettvakt_template_{os.getpid()}"
    _administer(server, f"DROP DATABASE IF EXISTS {name}")
    _administer(server, f"CREATE DATABASE {name}")
    database = Database(_address(server, name))
    schema.upgrade(database)
    database.close()
    return name


class _Lent:
    """Databases of one server that tests have one after the other, emptied in between.

    To make or drop one takes a server a second where its disk is slow, to empty it a moment. It is
    done while the next test runs.
    """

    def __init__(self, server: str) -> None:
        self._server, self._template = server, _postgres_template(server)
        self._tables = _tables(_address(server, self._template))
        self._made: list[str] = []
        self._free: list[str] = []
        self._thread = ThreadPoolExecutor(1)
        self._next = self._thread.submit(self._ready)
        self._emptied: Future[None] | None = None

    def take(self) -> str:
        """The name of a database with an up-to-date schema and nothing in it."""
        name = self._next.result()
        self._next = self._thread.submit(self._ready)
        return name

    def give_back(self, name: str) -> None:
        if self._emptied:
            self._emptied.result()  # whatever went wrong is told
        self._emptied = self._thread.submit(self._empty, name)

    def _ready(self) -> str:
        if self._free:
            return self._free.pop()
        name = f"rettvakt_{uuid4().hex[:12]}"
        _administer(self._server, f"CREATE DATABASE {name} TEMPLATE {self._template}")
        self._made.append(name)
        return name

    def _empty(self, name: str) -> None:
        """Take out all rows; a database whose tables were changed is not lent again."""
        address = _address(self._server, name)
        _administer(
            self._server,
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
        )
        if _tables(address) != self._tables:
            return
        # TRUNCATE goes past the triggers that keep rows.
        full = " UNION ALL ".join(
            f"SELECT '{own}' WHERE EXISTS (SELECT FROM {own})" for own in METADATA.tables
        )
        with _connected(address) as connection:
            names = connection.scalars(text(full)).all()
            if names:
                connection.execute(text(f"TRUNCATE {', '.join(names)} RESTART IDENTITY CASCADE"))
        self._free.append(name)

    def clear(self) -> None:
        """Nothing is left on the server."""
        self._next.result()
        self._thread.shutdown()
        for name in (*self._made, self._template):
            _administer(self._server, f"DROP DATABASE {name} WITH (FORCE)")


_LENT: dict[str, _Lent] = {}


def _lent(server: str) -> _Lent:
    if server not in _LENT:
        _LENT[server] = _Lent(server)
    return _LENT[server]


def clear() -> None:
    """Drop what was made on PostgreSQL, at the end of the tests."""
    while _LENT:
        _LENT.popitem()[1].clear()


def _address(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _tables(address: str) -> list[str]:
    """Names of all tables that are not the server's own."""
    query = (
        "SELECT schemaname || '.' || tablename FROM pg_tables "
        "WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"
    )
    with _connected(address) as connection:
        return list(connection.scalars(text(query)))


@contextmanager
def _connected(address: str) -> Iterator[Connection]:
    """A connection that is closed afterwards: nobody may be connected to a template."""
    engine = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        yield connection


def _administer(server: str, statement: str) -> None:
    with _engine(server).connect() as connection:
        connection.execute(text(statement))


@cache
def _engine(server: str) -> Engine:
    return create_engine(server, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})


@cache
def _server() -> str:
    """A server that answers: the one that is named, the local one, or one that we start."""
    named = os.environ.get("RETTVAKT_TEST_POSTGRES")
    for address in [named] if named else [_FOUND]:
        with suppress(OperationalError):
            _administer(address, "SELECT 1")
            return address
    if named:
        raise NoPostgresError(f"RETTVAKT_TEST_POSTGRES ({named}) does not answer")
    return _started()


def _started() -> str:
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = str(binaries[-1]) if binaries else shutil.which("initdb")
    if initdb is None:
        raise NoPostgresError(
            "no server on 127.0.0.1:5432, and initdb is not installed (apt-get install postgresql)"
        )
    folder = Path(tempfile.mkdtemp(prefix="rettvakt-pg-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # PostgreSQL refuses to run as root.
    user = "postgres" if getpass.getuser() == "root" else getpass.getuser()
    prefix = ["runuser", "-u", user, "--"] if getpass.getuser() == "root" else []
    if prefix:
        shutil.chown(folder, user, user)
    data, pg_ctl = str(folder / "data"), str(Path(initdb).with_name("pg_ctl"))
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    for command in (
        [initdb, "-D", data, "-A", "trust", "-U", "postgres", "--no-sync"],
        [pg_ctl, "-D", data, "-w", "-l", f"{data}/log", "-o", options, "start"],
    ):
        done = subprocess.run([*prefix, *command], capture_output=True, text=True, check=False)
        if done.returncode:
            raise NoPostgresError(f"{command[0]} failed: {done.stderr.strip()[-300:]}")
    return f"postgresql://postgres@127.0.0.1:{port}/postgres"
