"""The API keeps what its OpenAPI document says: a few invented requests to each endpoint.

Many, on both databases: `test_contract_slow`.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient

from tests.service import databases
from tests.service.contract import LIMITS, answers_as_described, drawn, schema
from tests.service.world import World

_OPEN = ExitStack()
WORLD = World(_OPEN.enter_context(databases.sqlite()), **LIMITS)
# The parts of a plan are one mechanism: the quick round tries it on two of them.
WHOLE = schema(WORLD)
WHOLE.config.phases.coverage.enabled = False
FEW = WHOLE.exclude(operation_id_regex=r"^parts_[a-z]+_(?!doctors$|absences$)")


@pytest.fixture(scope="module", autouse=True)
def running() -> Iterator[None]:
    with _OPEN, TestClient(WORLD.app):
        WORLD.roster(WORLD.plan())
        yield


@FEW.parametrize()
@drawn(3)
def test_every_endpoint_answers_as_it_is_described(case: schemathesis.Case[Any]) -> None:
    answers_as_described(case, WORLD)
