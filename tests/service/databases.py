"""Databases for tests: SQLite files, and some on a PostgreSQL that is found or started."""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from api.service.db import schema
from api.service.db.database import Database

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
    """The address of a database with an up-to-date schema; dropped afterwards.

    Raises:
        NoPostgresError: there is no server, and none can be started.
    """
    server = _server()
    name = _ahead(server).take()
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        _ahead(server).drop(name)


@contextmanager
def empty_postgres() -> Iterator[str]:
    """The address of a database without any table."""
    server = _server()
    name = f"rettvakt_{uuid4().hex[:12]}"
    _administer(server, f"CREATE DATABASE {name}")
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
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
    address = make_url(server).set(database=name).render_as_string(hide_password=False)
    database = Database(address)
    schema.upgrade(database)
    database.close()
    return name


class _Ahead:
    """Databases are made while the test before runs: a server takes its time over each."""

    def __init__(self, server: str) -> None:
        self._server, self._template = server, _postgres_template(server)
        self._thread = ThreadPoolExecutor(1)
        self._next = self._thread.submit(self._made)

    def take(self) -> str:
        """The name of a database with an up-to-date schema."""
        name = self._next.result()
        self._next = self._thread.submit(self._made)
        return name

    def drop(self, name: str) -> None:
        self._thread.submit(_administer, self._server, f"DROP DATABASE {name} WITH (FORCE)")

    def _made(self) -> str:
        name = f"rettvakt_{uuid4().hex[:12]}"
        _administer(self._server, f"CREATE DATABASE {name} TEMPLATE {self._template}")
        return name

    def clear(self) -> None:
        """Nothing is left on the server."""
        self.drop(self._next.result())
        self._thread.shutdown()
        _administer(self._server, f"DROP DATABASE {self._template} WITH (FORCE)")


_AHEAD: dict[str, _Ahead] = {}


def _ahead(server: str) -> _Ahead:
    if server not in _AHEAD:
        _AHEAD[server] = _Ahead(server)
    return _AHEAD[server]


def clear() -> None:
    """Drop what was made ahead on PostgreSQL, at the end of the tests."""
    while _AHEAD:
        _AHEAD.popitem()[1].clear()


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
