"""A copy of everything, from either kind of database to either."""

import json
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from api.service.audit.store import log
from api.service.db import backup, schema
from api.service.db.database import Database
from api.service.feeds.tables import FeedDuty
from api.service.privacy import erasing
from api.service.privacy.tables import Erasure, Turn
from api.service.rosters.tables import StoredRoster
from tests.service.databases import empty_postgres
from tests.service.test_migrations import rows_of_long_ago
from tests.service.world import World


@pytest.fixture
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    with ExitStack() as opened:
        address = (
            opened.enter_context(empty_postgres())
            if request.param == "postgres"
            else f"sqlite:///{tmp_path / 'target.db'}"
        )
        database = Database(address)
        yield database
        database.close()


@pytest.mark.parametrize("target", ["sqlite", "postgres"], indirect=True)
def test_a_copy_put_back_gives_the_same_copy_again(
    world: World, target: Database, tmp_path: Path
) -> None:
    plan = world.plan()
    duty = world.loaded(plan).problem.duties[0].id
    roster = world.roster(plan, {duty: "kari"})
    world["coordinator"].post(
        f"/rosters/{roster}/publications", json={}, headers={"If-Match": '"1"'}
    )
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    saved = backup.save(world.service.database, first)
    assert saved["publication"] == 1
    assert backup.restore(target, first) == saved
    backup.save(target, second)
    assert _contents(first) == _contents(second)
    with target.writing() as session:  # ids go on where they ended
        log(session, None, "test", "test/1")


@pytest.mark.parametrize("touched", [False, True])
@pytest.mark.parametrize("target", ["sqlite", "postgres"], indirect=True)
def test_a_copy_from_long_ago_is_put_back_and_brought_up_to_date(
    target: Database, tmp_path: Path, touched: bool
) -> None:
    """Also into a database that a server of today has started on, and done no more with."""
    old = Database(f"sqlite:///{tmp_path / 'old.db'}")
    schema.upgrade(old, "0002")
    with old.engine.begin() as connection:
        for table, values in rows_of_long_ago():
            connection.execute(insert(table).values(**values))
    file = tmp_path / "copy.zip"
    backup.copy(old, backup.tables_of(old), "0002", file)
    old.close()
    if touched:
        schema.upgrade(target)
        with target.writing() as session:
            session.add(Turn(name="sweep", next_at=datetime.now(UTC)))
    assert backup.restore(target, file)["roster"] == 2
    assert schema.is_current(target)
    with target.reading() as session:
        events = session.scalars(select(FeedDuty.plan_id)).all()
        made = session.scalars(select(StoredRoster.created_at)).all()
    assert set(events) == {"p"}
    assert set(made) == {datetime(2027, 1, 1, 12, tzinfo=UTC)}
    with pytest.raises(DBAPIError, match="is never changed"), target.writing() as session:
        session.execute(text("UPDATE publication SET signed = 'x'"))
    backup.save(target, tmp_path / "again.zip")


def test_a_copy_has_days_and_nothing_that_passes(world: World, tmp_path: Path) -> None:
    database = world.service.database
    with database.writing() as session:
        now = datetime.now(UTC)
        session.add(Turn(name="sweep", next_at=now))
        made = erasing.open_erasure(session, "", "retention")
        made.held_until = date(2030, 2, 1)
        erasing.close(session, made, {})
    saved = backup.save(database, tmp_path / "copy.zip")
    assert not backup.PASSING & set(saved)
    target = Database(f"sqlite:///{tmp_path / 'target.db'}")
    backup.restore(target, tmp_path / "copy.zip")
    with target.reading() as session:
        assert session.scalars(select(Erasure.held_until)).all() == [date(2030, 2, 1)]
        assert session.scalars(select(Turn.name)).all() == []
    target.close()


def test_nothing_is_put_back_over_something(small_world: World, tmp_path: Path) -> None:
    backup.save(small_world.service.database, tmp_path / "copy.zip")
    with pytest.raises(backup.BackupError, match="inneholder noe fra før"):
        backup.restore(small_world.service.database, tmp_path / "copy.zip")


def test_a_copy_is_never_written_over(small_world: World, tmp_path: Path) -> None:
    file = tmp_path / "copy.zip"
    file.write_text("the only copy")
    with pytest.raises(backup.BackupError, match="finnes fra før"):
        backup.save(small_world.service.database, file)
    assert file.read_text() == "the only copy"


@pytest.mark.parametrize(
    ("table", "damage"), [*product(["plan", "audit_entry"], ["cut", "change"])]
)
def test_a_damaged_copy_leaves_the_database_empty(
    small_world: World, tmp_path: Path, table: str, damage: str
) -> None:
    small_world.plan()
    whole, hurt = tmp_path / "whole.zip", tmp_path / "hurt.zip"
    backup.save(small_world.service.database, whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(hurt, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == f"{table}.jsonl":
                lines = content.splitlines(keepends=True)
                content = (
                    b"".join(lines[:-1])
                    if damage == "cut"
                    else content.replace(b"Fjell", b"Fjall").replace(b"Coord", b"Caard")
                )
            new.writestr(name, content)
    target = Database(f"sqlite:///{tmp_path / 'target.db'}")
    with pytest.raises(backup.BackupError, match="ikke hel"):
        backup.restore(target, hurt)
    assert backup.restore(target, whole)["plan"] == 1
    target.close()


@pytest.mark.parametrize(
    "manifest",
    [None, {"format": "annet"}, {"format": "rettvakt-backup", "version": 1, "revision": "9999"}],
)
def test_what_is_no_copy_of_ours_is_refused(
    tmp_path: Path, manifest: dict[str, object] | None
) -> None:
    file = tmp_path / "copy.zip"
    if manifest is None:
        file.write_bytes(b"not a zip")
    else:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("manifest.json", json.dumps(manifest))
    target = Database(f"sqlite:///{tmp_path / 'target.db'}")
    with pytest.raises(backup.BackupError):
        backup.restore(target, file)
    target.close()


def _contents(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
