"""A service on each kind of database, and people who are logged in to it."""

import os
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.service import databases
from tests.service.published import Published
from tests.service.world import World

MISSING: list[str] = []


@pytest.fixture(params=["sqlite", "postgres"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A running service with a cooperation and an account of each role."""
    yield from _world(request.param)


@pytest.fixture
def small_world() -> Iterator[World]:
    """The same on SQLite alone, for what does not depend on the database."""
    yield from _world("sqlite")


@pytest.fixture(scope="session")
def still_published() -> Iterator[Published]:
    """A published roster in a service whose plans and rosters nobody changes."""
    for world in _world("sqlite"):
        yield Published(world)


def _world(kind: str) -> Iterator[World]:
    try:
        with getattr(databases, kind)() as address:
            world = World(address)
            with TestClient(world.app, base_url="http://rettvakt.test"):
                yield world
    except databases.NoPostgresError as error:
        if os.environ.get("CI"):
            pytest.fail(f"PostgreSQL is needed: {error}")
        MISSING.append(str(error))
        pytest.skip(f"no PostgreSQL: {error}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it loudly where nothing was tried on PostgreSQL."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any("no PostgreSQL" in str(report.longrepr) for report in skipped):
        terminalreporter.write_sep("!", "NOTHING WAS TRIED ON POSTGRESQL", red=True, bold=True)
        terminalreporter.write_line("Start one on 127.0.0.1:5432 or set RETTVAKT_TEST_POSTGRES.")
