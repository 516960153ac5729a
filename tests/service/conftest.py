"""A service on each kind of database, and people who are logged in to it."""

from collections.abc import Iterator

import pytest

from tests.service import databases
from tests.service.published import Published
from tests.service.running import running
from tests.service.tuva import Full
from tests.service.world import World


@pytest.fixture(params=["sqlite", "postgres"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A running service with a cooperation and an account of each role."""
    with running(request.param, World) as own:
        yield own


@pytest.fixture
def small_world() -> Iterator[World]:
    """The same on SQLite alone, for what does not depend on the database."""
    with running("sqlite", World) as own:
        yield own


@pytest.fixture(scope="session")
def still_published() -> Iterator[Published]:
    """A published roster in a service whose plans and rosters nobody changes."""
    with running("sqlite", World) as own:
        yield Published(own)


@pytest.fixture
def full(world: World) -> Full:
    """A service that keeps something about Tuva in every table."""
    return Full(world)


@pytest.fixture
def small_full(small_world: World) -> Full:
    """The same on SQLite alone."""
    return Full(small_world)


def pytest_sessionfinish() -> None:
    databases.clear()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it loudly where nothing was tried on PostgreSQL."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any("no PostgreSQL" in str(report.longrepr) for report in skipped):
        terminalreporter.write_sep("!", "NOTHING WAS TRIED ON POSTGRESQL", red=True, bold=True)
        terminalreporter.write_line("Start one on 127.0.0.1:5432 or set RETTVAKT_TEST_POSTGRES.")
