"""What was kept by an earlier schema is kept, and fits."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import TableClause, column, insert, literal_column, select
from sqlalchemy import table as sa_table

from api.service.db import schema
from api.service.db.database import Database
from api.service.feeds.tables import FeedDuty, StoredFeed
from api.service.jobs.tables import Job, JobEvent
from api.service.messages.tables import Message
from tests.service.databases import empty_postgres

_AT = "2027-01-01 12:00:00+00:00"
_LATER = "2027-01-02 12:00:00+00:00"


def _row(table: str, **values: object) -> tuple[TableClause, dict[str, object]]:
    """A row as it stood before; moments as text, which both databases take."""
    return sa_table(table, *(column(name) for name in values)), values


def _rosters() -> Iterator[tuple[TableClause, dict[str, object]]]:
    for own, at in (("r1", _AT), ("r2", _LATER)):
        yield _row(
            "roster",
            id=own,
            cooperation_id="c",
            plan_id="p",
            title="R",
            state="published",
            version=1,
            created_at=_AT,
        )
        yield _row(
            "roster_version",
            id=f"v{own}",
            roster_id=own,
            number=1,
            plan_version_id="pv",
            digest="",
            document="{}",
            holes=0,
            breaches=0,
            note="",
            author="",
            created_at=_AT,
        )
        yield _row(
            "publication",
            id=f"u{own}",
            roster_id=own,
            number=1,
            roster_version_id=f"v{own}",
            signed="",
            author="",
            created_at=at,
        )


def rows_of_long_ago() -> Iterator[tuple[TableClause, dict[str, object]]]:
    """Two rosters of a plan, a calendar and messages, as they stood at revision 0002."""
    yield _row("cooperation", id="c", name="C", pseudonym_key="k", created_at=_AT)
    yield _row(
        "account",
        id="a",
        cooperation_id="c",
        email="a@x",
        name="A",
        role="doctor",
        doctor="kari",
        password_hash="",
        must_change=False,
        active=True,
        created_at=_AT,
    )
    yield _row("plan", id="p", cooperation_id="c", title="P", version=1, created_at=_AT)
    yield _row(
        "plan_version",
        id="pv",
        plan_id="p",
        number=1,
        digest="",
        problem_hash="",
        rule_set="",
        document="{}",
        file_name="",
        note="",
        author="",
        created_at=_AT,
    )
    yield from _rosters()
    for own, roster, duty, sequence in (
        ("e1", "r1", "natt", 3),
        ("e2", "r2", "natt", 0),
        ("e3", "r1", "kveld", 1),
    ):
        yield _row(
            "feed_duty",
            id=own,
            roster_id=roster,
            duty=duty,
            doctor="kari",
            sequence=sequence,
            fingerprint="",
            created_at=_AT,
            changed_at=_AT,
        )
    yield _row(
        "feed",
        id="f",
        cooperation_id="c",
        account_id="a",
        kind="doctor",
        subject="kari",
        label="x",
        drafts=False,
        secret_digest="s",
        created_at=_AT,
        content_digest="",
        client="Google",
    )
    for own, sent in (("m1", _AT), ("m2", None)):
        yield _row(
            "message",
            id=own,
            cooperation_id="c",
            account_id="a",
            about=own,
            address="a@x",
            subject="s",
            body="b",
            created_at=_AT,
            next_try_at=_AT,
            attempts=1,
            problem="",
            sent_at=sent,
        )
    yield _row(
        "job",
        id="j",
        cooperation_id="c",
        kind="certify",
        subject_id="v",
        options="{}",
        state="failed",
        holder="",
        attempts=1,
        message="Kari er borte.",
        author="",
        author_id="a",
        created_at=_AT,
    )
    data = '{"state": "failed", "message": "Kari er borte."}'
    yield _row("job_event", job_id="j", number=1, at=_AT, kind="state", data=data)


@contextmanager
def _file(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / 'old.db'}"


def _sql(value: object) -> str:
    """As SQL of both databases: a moment and a text look alike there."""
    if value is None:
        return "NULL"
    return str(value).lower() if isinstance(value, bool | int) else f"'{value}'"


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_events_of_several_rosters_become_one_of_the_plan(tmp_path: Path, kind: str) -> None:
    opener: AbstractContextManager[str] = _file(tmp_path) if kind == "sqlite" else empty_postgres()
    with opener as address:
        database = Database(address)
        schema.upgrade(database, "0002")
        with database.writing() as session:
            for table, values in rows_of_long_ago():
                literals: dict[str, Any] = {
                    name: literal_column(_sql(value)) for name, value in values.items()
                }
                session.execute(insert(table).values(literals))
        schema.upgrade(database)
        with database.reading() as session:
            events = session.scalars(select(FeedDuty).order_by(FeedDuty.id)).all()
            # The UID that calendars show stays, and its sequence does not go back.
            assert [(e.id, e.plan_id, e.duty, e.sequence, e.ends_at) for e in events] == [
                ("e2", "p", "natt", 3, None),
                ("e3", "p", "kveld", 1, None),
            ]
            feed = session.scalars(select(StoredFeed)).one()
            assert (feed.language, feed.home_busy, feed.secret_digest) == ("nb", False, "s")
            messages = session.scalars(select(Message).order_by(Message.id)).all()
            assert [(m.state, m.channel, m.urgent, m.resent) for m in messages] == [
                ("sent", "email", False, 0),
                ("waiting", "email", False, 0),
            ]
            # What may tell of a plan is not told any more to all who follow jobs.
            job = session.scalars(select(Job)).one()
            assert (job.message, job.details) == ("Jobben ga ikke noe resultat.", "Kari er borte.")
            assert job.cut_off is False  # of old jobs it is not known, and nothing is said
            assert session.scalars(select(JobEvent)).one().data == {
                "state": "failed",
                "message": "Jobben ga ikke noe resultat.",
            }
        database.close()
