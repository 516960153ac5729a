"""Who may do what: every endpoint with every role, each cell asserted, on both databases."""

import re

import pytest

from api.service.app import create_app
from tests.service.access.table import CHANGING, OPEN, READING, STILL, TABLE
from tests.service.access.things import ROLES, Row, Things
from tests.service.world import V1, World


def _ids(rows: list[Row]) -> list[str]:
    return [f"{method} {path} {n}" for n, (method, path, _, _) in enumerate(rows)]


@pytest.mark.parametrize("row", READING, ids=_ids(READING))
def test_every_role_reads_what_the_table_says(still: tuple[World, Things], row: Row) -> None:
    _assert_row(*still, row)


# Hundreds of rows in which the database has no say: on one kind of it.
@pytest.mark.parametrize("still", ["sqlite"], indirect=True)
@pytest.mark.parametrize("row", STILL, ids=_ids(STILL))
def test_every_role_may_change_of_a_plan_what_the_table_says(
    still: tuple[World, Things], row: Row
) -> None:
    _assert_row(*still, row)


@pytest.mark.parametrize("row", CHANGING, ids=_ids(CHANGING))
def test_every_role_changes_what_the_table_says(changed: tuple[World, Things], row: Row) -> None:
    world, things = changed
    if row[1].endswith("/events"):
        world["coordinator"].post(f"/jobs/{things.job}/stop")
    _assert_row(world, things, row)


def _assert_row(world: World, things: Things, row: Row) -> None:
    method, path, request_of, answers = row
    found = {}
    # The coordinator comes last: what she takes away must be there for all others.
    for role in sorted(ROLES, key=lambda role: role == "coordinator"):
        request = dict(request_of(things))
        address = path
        for name in re.findall(r"\{(\w+)\}", path):
            address = address.replace(f"{{{name}}}", str(request.pop(name)))
        if role == "nobody":
            answer = world.client().request(method, f"{V1}{address}", **request)
        else:
            answer = world[role].ask(method, address, **request)
        found[role] = answer.status_code
    assert found == dict(zip(ROLES, answers, strict=True))


def test_the_table_has_every_endpoint(still: tuple[World, Things]) -> None:
    document = still[0].app.openapi()
    there = {
        (method.upper(), path.removeprefix(V1))
        for path, operations in document["paths"].items()
        for method in operations
    }
    assert there == {(method, path) for method, path, _, _ in (*TABLE, *STILL)} | OPEN


def test_what_is_open_to_everybody_needs_no_login(still: tuple[World, Things]) -> None:
    world, things = still
    client = world.client()
    for path in (
        "/health/live",
        "/health/ready",
        "/robots.txt",
        f"{V1}/session/ways",
        things.calendar,
    ):
        assert client.get(path).status_code == 200


def test_every_operation_has_a_name_of_its_own(still: tuple[World, Things]) -> None:
    document = create_app(still[0].settings).openapi()
    names = [
        own["operationId"]
        for operations in document["paths"].values()
        for own in operations.values()
    ]
    assert len(set(names)) == len(names)
