"""One world for all rows of the table; what a row changes is put back."""

from collections.abc import Iterator

import pytest

from tests.service.access.things import Things
from tests.service.running import running
from tests.service.snapshots import Snapshot
from tests.service.world import World


@pytest.fixture(scope="package", params=["sqlite", "postgres"])
def still(request: pytest.FixtureRequest) -> Iterator[tuple[World, Things]]:
    """A world that nobody changes, and what is in it."""
    with running(request.param, World) as world:
        things = Things(world)
        things.with_parts(world)
        yield world, things


@pytest.fixture(scope="package")
def snapshot(still: tuple[World, Things]) -> Snapshot:
    """The world as it was."""
    return Snapshot(still[0].service.database)


@pytest.fixture
def changed(still: tuple[World, Things], snapshot: Snapshot) -> Iterator[tuple[World, Things]]:
    """The same world, put back afterwards."""
    yield still
    snapshot.put_back()
