"""A service that runs on either kind of database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import pytest
from fastapi.testclient import TestClient

from tests.service import databases
from tests.service.world import World

_W = TypeVar("_W", bound=World)


@contextmanager
def running(kind: str, made: type[_W]) -> Iterator[_W]:
    """A world on «sqlite» or «postgres»; skips the test where there is no PostgreSQL."""
    try:
        with getattr(databases, kind)() as address:
            world = made(address)
            with TestClient(world.app, base_url="http://rettvakt.test"):
                yield world
    except databases.NoPostgresError as error:
        if os.environ.get("CI"):
            pytest.fail(f"PostgreSQL is needed: {error}")
        pytest.skip(f"no PostgreSQL: {error}")
