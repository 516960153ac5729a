"""The API keeps what its OpenAPI document says, whatever is sent to it.

The fast suite draws a few requests to each endpoint; the slow one many, on both databases.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from tests.service import databases
from tests.service.world import World

_OPEN = ExitStack()
_LIMITS: dict[str, Any] = {"login_tries": 100_000, "queued_per_cooperation": 100_000}
WORLD = World(_OPEN.enter_context(databases.sqlite()), **_LIMITS)
WORLD.app.openapi()  # takes a while the first time, and the loader waits only so long
QUICK = schemathesis.openapi.from_asgi("/api/v1/openapi.json", WORLD.app)
QUICK.config.phases.coverage.enabled = False
# The parts of a plan are one mechanism: the quick round tries it on two of them.
FEW = QUICK.exclude(operation_id_regex=r"^parts_[a-z]+_(?!doctors$|absences$)")
THOROUGH = schemathesis.openapi.from_asgi("/api/v1/openapi.json", WORLD.app)


def _drawn(many: int) -> settings:
    return settings(
        max_examples=many,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )


@pytest.fixture(scope="module", autouse=True)
def running() -> Iterator[None]:
    with _OPEN, TestClient(WORLD.app):
        WORLD.roster(WORLD.plan())
        yield


@pytest.fixture(scope="module")
def on_postgres() -> Iterator[World]:
    with databases.postgres() as address:
        world = World(address, **_LIMITS)
        with TestClient(world.app):
            world.roster(world.plan())
            yield world


def _answers_as_described(case: schemathesis.Case[Any], world: World) -> None:
    """No 5xx, no answer that is not described, no body of another shape."""
    case.call_and_validate(
        headers=world["coordinator"].headers,
        app=world.app,
        excluded_checks=[
            # It takes away a cookie and wonders that the token still opens the door; who may do
            # what is in `tests/service/access`.
            ignored_auth,
            # Files, texts and cursors are judged by their meaning, which no schema tells.
            positive_data_acceptance,
        ],
    )


@FEW.parametrize()
@_drawn(3)
def test_every_endpoint_answers_as_it_is_described(case: schemathesis.Case[Any]) -> None:
    _answers_as_described(case, WORLD)


@pytest.mark.slow
@THOROUGH.parametrize()
@_drawn(40)
def test_every_endpoint_on_sqlite(case: schemathesis.Case[Any]) -> None:
    _answers_as_described(case, WORLD)


@pytest.mark.slow
@THOROUGH.parametrize()
@_drawn(40)
def test_every_endpoint_on_postgres(case: schemathesis.Case[Any], on_postgres: World) -> None:
    _answers_as_described(case, on_postgres)
