"""The schema of the database: migrations give what the program expects, and keep what is kept."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from api.service.db import schema
from api.service.db.database import Database
from api.service.db.tables import METADATA
from tests.service.databases import empty_postgres
from tests.service.world import World


@contextmanager
def _empty_file(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / 'new' / 'empty.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    openers: dict[str, Callable[[], AbstractContextManager[str]]] = {
        "sqlite": lambda: _empty_file(tmp_path),
        "postgres": empty_postgres,
    }
    with openers[request.param]() as address:
        database = Database(address)
        yield database
        database.close()


def test_migrations_give_exactly_the_tables_of_the_program(empty: Database) -> None:
    assert schema.current(empty) is None
    schema.upgrade(empty)
    assert schema.is_current(empty)
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_several_that_upgrade_at_once_do_not_disturb_each_other(empty: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(schema.upgrade, empty) for _ in range(4)]:
            done.result()
    assert schema.is_current(empty)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE plan_version SET note = 'changed'",
        "UPDATE roster_version SET document = '{}'",
        "UPDATE publication SET signed = 'changed'",
        "DELETE FROM publication",
        "UPDATE audit_entry SET why = 'changed'",
        "DELETE FROM audit_entry",
    ],
)
def test_the_database_itself_refuses_to_change_what_is_kept(world: World, statement: str) -> None:
    roster = world.roster(world.plan())
    answer = world["coordinator"].post(
        f"/rosters/{roster}/publications", json={}, headers={"If-Match": '"1"'}
    )
    assert answer.status_code == 201
    with (
        pytest.raises(DBAPIError, match="is never changed"),
        world.service.database.writing() as session,
    ):
        session.execute(text(statement))


def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="memory is not kept"):
        Database("sqlite://")
