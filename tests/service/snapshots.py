"""A database as it was: put back after a test that changed it, faster than a new one is made."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select, text

from api.service.db.database import Database
from api.service.db.tables import METADATA


class Snapshot:
    """All rows of a database at one time. Nothing may be under way when it is put back."""

    def __init__(self, database: Database) -> None:
        """Remember them."""
        self._database = database
        self._copy: sqlite3.Connection | None = None
        self._rows: Mapping[str, Sequence[Mapping[str, Any]]] = {}
        if database.is_sqlite:
            self._copy = sqlite3.connect(":memory:", check_same_thread=False)
            with self._file() as file:
                file.backup(self._copy)
            file.close()
            return
        with database.engine.connect() as connection:
            self._rows = {
                table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
                for table in METADATA.sorted_tables
            }

    def put_back(self) -> None:
        """Make the database what it was."""
        if self._copy is not None:
            with self._file() as file:
                self._copy.backup(file)
            file.close()
            return
        names = ", ".join(f'"{table.name}"' for table in METADATA.sorted_tables)
        with self._database.engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {names}"))  # which no trigger refuses
            for table in METADATA.sorted_tables:
                if rows := self._rows[table.name]:
                    connection.execute(insert(table), [dict(row) for row in rows])

    def _file(self) -> sqlite3.Connection:
        return sqlite3.connect(str(self._database.engine.url.database))
