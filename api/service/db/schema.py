"""The schema: brought up to date step by step, and compared with what the program expects."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text

from api.service.db.database import Database

_LOCK = 0x72657474  # «rett»: our own number among PostgreSQL's advisory locks


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema to a revision; two who try at once wait for each other.

    Args:
        database: which one; an empty one is filled.
        revision: the newest by default.
    """
    with _alone(database) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def revisions() -> tuple[str, ...]:
    """All revisions, oldest first."""
    scripts = ScriptDirectory.from_config(_config())
    return tuple(own.revision for own in reversed(list(scripts.walk_revisions())))


def current(database: Database) -> str | None:
    """The revision of the schema; None for an empty database."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(database: Database) -> bool:
    """Whether the schema is the one that this program expects."""
    return current(database) == revisions()[-1]


def clear(database: Database) -> None:
    """Take all tables of the program away, and what guards them; whatever is in them is lost."""
    with _alone(database) as connection:
        found = MetaData()
        found.reflect(connection)
        found.drop_all(connection)
        if database.is_sqlite:
            return
        guards = connection.scalars(
            text(
                "SELECT oid::regprocedure::text FROM pg_proc "
                "WHERE pronamespace = current_schema()::regnamespace "
                "AND prorettype = 'trigger'::regtype"
            )
        )
        for guard in guards.all():
            connection.execute(text(f"DROP FUNCTION {guard} CASCADE"))


@contextmanager
def _alone(database: Database) -> Iterator[Connection]:
    """A transaction that no other upgrade runs beside."""
    engine = database.engine.execution_options(rettvakt_writes=True)
    with engine.begin() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield connection


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
