"""The API keeps what its OpenAPI document says: many invented requests, on both databases."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient

from tests.service import databases
from tests.service.contract import LIMITS, answers_as_described, drawn, schema
from tests.service.world import World

pytestmark = pytest.mark.slow
_OPEN = ExitStack()
WORLD = World(_OPEN.enter_context(databases.sqlite()), **LIMITS)
THOROUGH = schema(WORLD)


@pytest.fixture(scope="module", autouse=True)
def running() -> Iterator[None]:
    with _OPEN, TestClient(WORLD.app):
        WORLD.roster(WORLD.plan())
        yield


@pytest.fixture(scope="module")
def on_postgres() -> Iterator[World]:
    with databases.postgres() as address:
        world = World(address, **LIMITS)
        with TestClient(world.app):
            world.roster(world.plan())
            yield world


@THOROUGH.parametrize()
@drawn(40)
def test_every_endpoint_on_sqlite(case: schemathesis.Case[Any]) -> None:
    answers_as_described(case, WORLD)


@THOROUGH.parametrize()
@drawn(40)
def test_every_endpoint_on_postgres(case: schemathesis.Case[Any], on_postgres: World) -> None:
    answers_as_described(case, on_postgres)
