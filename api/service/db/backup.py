"""A copy of the whole database in one file, taken while the service runs.

The file is a zip with one table a member, a row a line, as JSON; it can be put back on either kind
of database, so that it is also the way from SQLite to PostgreSQL. A copy from before is put back
into the schema of its own time, and then brought up to date as the database would have been.
"""

import base64
import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    event,
    func,
    insert,
    inspect,
    select,
    text,
)

from api.service.db import schema
from api.service.db.base import UtcMoment
from api.service.db.database import Database
from api.service.db.tables import METADATA

FORMAT, VERSION = "rettvakt-backup", 1
_MANIFEST = "manifest.json"
_ROWS = 500
PASSING = frozenset({"turn", "login_try", "pending_login"})
"""Tables of what passes within the hour: not in a copy, and no sign that a database is in use."""
_PRIVATE = os.O_CREAT | os.O_WRONLY | os.O_TRUNC  # and for its owner alone


class BackupError(Exception):
    """The copy cannot be taken or put back; the message is a sentence in bokmål."""


def save(database: Database, file: Path) -> dict[str, int]:
    """Write a copy; gives the number of rows of each table.

    All tables are read in one transaction, so that they fit together.

    Raises:
        BackupError: the schema is not up to date, or the file exists.
        OSError: the file cannot be written.
    """
    if not schema.is_current(database):
        raise BackupError("Databasen er ikke oppdatert. Kjør «rettvakt db upgrade» først.")
    return copy(database, METADATA, schema.revisions()[-1], file)


def copy(database: Database, tables: MetaData, revision: str, file: Path) -> dict[str, int]:
    """Write a copy of a schema of some revision.

    Raises:
        BackupError: the file exists.
        OSError: the file cannot be written.
    """
    if file.exists():
        raise BackupError(f"{file} finnes fra før. Velg et annet navn.")
    aside = file.with_name(f"{file.name}.new")
    counts: dict[str, int] = {}
    digests: dict[str, str] = {}
    engine = database.engine
    if not database.is_sqlite:
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    try:
        with (
            engine.connect() as connection,
            os.fdopen(os.open(aside, _PRIVATE, 0o600), "wb") as raw,
            zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for table in _lasting(tables):
                counts[table.name], digests[table.name] = _write(connection, table, archive)
            manifest = {
                "format": FORMAT,
                "version": VERSION,
                "revision": revision,
                "rows": counts,
                "sha256": digests,
            }
            archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))
        aside.rename(file)
    finally:
        aside.unlink(missing_ok=True)
    return counts


def restore(database: Database, file: Path) -> dict[str, int]:
    """Put a copy back into an empty database; gives the number of rows of each table.

    Raises:
        BackupError: the file is none of ours, is damaged or of a newer program; or the database
            holds something. Nothing is put back then.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive)
            _refuse_full(database)
            _to_revision(database, manifest["revision"])
            tables = tables_of(database)
            with database.writing() as session:
                connection = session.connection()
                for table in _lasting(tables):
                    if table.name in manifest["rows"]:
                        _read(connection, table, archive, manifest)
                if not database.is_sqlite:
                    _resume_counting(connection)
    except (zipfile.BadZipFile, KeyError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise BackupError(f"{file} er ikke en sikkerhetskopi fra Rettvakt.") from error
    schema.upgrade(database)
    return dict(manifest["rows"])


def tables_of(database: Database) -> MetaData:
    """The tables as they stand in the database, with types that hold what a copy holds."""
    found = MetaData()

    @event.listens_for(found, "column_reflect")
    def _typed(_inspector: Any, _table: Any, column: dict[str, Any]) -> None:
        if isinstance(column["type"], DateTime):
            column["type"] = UtcMoment()
        elif isinstance(column["type"], JSON):
            column["type"] = JSON(none_as_null=True)

    found.reflect(database.engine)
    return found


def _lasting(tables: MetaData) -> list[Table]:
    """The tables that a copy has, parents first."""
    return [own for own in tables.sorted_tables if own.name not in {*PASSING, "alembic_version"}]


def _to_revision(database: Database, revision: str) -> None:
    """Bring an empty database to the schema of a copy, also one that is further already."""
    known = schema.revisions()
    now = schema.current(database)
    if now is not None and known.index(now) > known.index(revision):
        schema.clear(database)
    schema.upgrade(database, revision)


def _write(connection: Connection, table: Table, archive: zipfile.ZipFile) -> tuple[int, str]:
    count, digest = 0, hashlib.sha256()
    with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as member:
        keys = list(table.primary_key.columns)
        for row in connection.execute(select(table).order_by(*keys)).mappings():
            line = json.dumps(
                {key: _plain(value) for key, value in row.items()}, ensure_ascii=False
            )
            raw = f"{line}\n".encode()
            member.write(raw)
            digest.update(raw)
            count += 1
    return count, digest.hexdigest()


def _read(
    connection: Connection, table: Table, archive: zipfile.ZipFile, manifest: dict[str, Any]
) -> None:
    digest, count = hashlib.sha256(), 0
    batch: list[dict[str, Any]] = []
    moments = {column.name for column in table.columns if isinstance(column.type, UtcMoment)}
    days = {column.name for column in table.columns if isinstance(column.type, Date)}
    raws = {column.name for column in table.columns if isinstance(column.type, LargeBinary)}
    for raw in _lines(archive, f"{table.name}.jsonl"):
        digest.update(raw)
        count += 1
        row = json.loads(raw)
        for name in moments & row.keys():
            row[name] = datetime.fromisoformat(row[name]) if row[name] else None
        for name in days & row.keys():
            row[name] = date.fromisoformat(row[name]) if row[name] else None
        for name in raws & row.keys():
            row[name] = base64.b64decode(row[name])
        batch.append(row)
        if len(batch) == _ROWS:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)
    whole = digest.hexdigest() == manifest["sha256"][table.name]
    if not whole or count != manifest["rows"][table.name]:
        raise BackupError(f"Sikkerhetskopien er skadet: tabellen {table.name} er ikke hel.")


def _lines(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as member:
        yield from member


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else value


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(archive.read(_MANIFEST))
    if found.get("format") != FORMAT or found.get("version") != VERSION:
        raise BackupError("Filen er ikke en sikkerhetskopi fra denne utgaven av Rettvakt.")
    if found["revision"] not in schema.revisions():
        raise BackupError("Sikkerhetskopien er laget av en nyere Rettvakt. Oppdater programmet.")
    return found


def _refuse_full(database: Database) -> None:
    """Only an empty database is filled: what is there is never mixed with what is put back."""
    with database.engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
        for table in _lasting(METADATA):
            if table.name in there and connection.scalar(select(func.count()).select_from(table)):
                raise BackupError(
                    "Databasen inneholder noe fra før. Gjenopprett i en tom database, og bytt så."
                )


def _resume_counting(connection: Connection) -> None:
    """PostgreSQL counts on where the copy ended."""
    connection.execute(
        text(
            "SELECT setval(pg_get_serial_sequence('audit_entry', 'id'), "
            "(SELECT coalesce(max(id), 0) + 1 FROM audit_entry), false)"
        )
    )
