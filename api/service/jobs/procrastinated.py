"""procrastinate as the way of jobs to workers: its own schema, and deferring in our transactions.

https://procrastinate.readthedocs.io/
"""

import json
from datetime import timedelta
from pathlib import Path

from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, func, select, text
from sqlalchemy.orm import Session

from api.service.db.database import Database
from api.service.jobs import store
from api.service.jobs.tables import Job

SCHEMA = "procrastinate"
TASK, QUEUE = "rettvakt.job", "jobs"
_LOCK = 0x72657471  # «retq»: our own number among PostgreSQL's advisory locks
_NOT_ON_ITS_WAY = text(
    "NOT EXISTS (SELECT 1 FROM procrastinate.procrastinate_jobs own "
    "WHERE own.status IN ('todo', 'doing') AND own.args->>'job' = job.id)"
)


class Deferred:
    """Defers a task for each job that waits."""

    def announce(self, session: Session, job: str, after: timedelta) -> None:
        """As the port says. Its functions find their tables by the search path of the moment."""
        former = session.scalar(select(func.current_setting("search_path")))
        session.execute(select(func.set_config("search_path", SCHEMA, True)))
        session.execute(
            text(
                "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(:queue, :task, 0, NULL, NULL, "
                "CAST(:args AS jsonb), now() + make_interval(secs => :seconds))"
                "::procrastinate_job_to_defer_v1])"
            ),
            {
                "queue": QUEUE,
                "task": TASK,
                "args": json.dumps({"job": job}),
                "seconds": after.total_seconds(),
            },
        )
        session.execute(select(func.set_config("search_path", former, True)))


def deliver_again(session: Session) -> int:
    """Announce waiting jobs that have no delivery: of another engine, or lost; gives how many."""
    waiting = session.scalars(
        select(Job).where(store.WAITS, _NOT_ON_ITS_WAY).with_for_update(skip_locked=True)
    ).all()
    for job in waiting:
        Deferred().announce(session, job.id, timedelta())
    return len(waiting)


def upgrade(database: Database) -> None:
    """Bring procrastinate's schema up to date; two who try at once wait for each other."""
    with database.engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        connection.execute(select(func.set_config("search_path", SCHEMA, True)))
        connection.execute(
            text("CREATE TABLE IF NOT EXISTS rettvakt_applied (name text PRIMARY KEY)")
        )
        known = set(connection.scalars(text("SELECT name FROM rettvakt_applied")))
        steps = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
        if not known:
            _run(connection, SchemaManager.get_schema())  # the newest; all steps are in it
        else:
            for step in steps:
                if step.name not in known:
                    _run(connection, step.read_text(encoding="utf-8"))
        for step in steps:
            if step.name not in known:
                connection.execute(
                    text("INSERT INTO rettvakt_applied VALUES (:name)"), {"name": step.name}
                )


def _run(connection: Connection, script: str) -> None:
    """A script of several statements, as it is: no % in it is ours."""
    raw = connection.connection.driver_connection
    if raw is None:
        raise RuntimeError("connection must be open")
    raw.execute(script)
