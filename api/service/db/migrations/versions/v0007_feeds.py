"""Events belong to a plan, not to one of its rosters; who reads feeds; messages by two ways."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """One step forward."""
    _feeds()
    _events_of_plans()
    _messages()


def _feeds() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if not is_sqlite:  # SQLite's table is made anew below, without checks that are not named there
        op.drop_constraint(op.f("ck_feed_kind"), "feed", type_="check")
    with op.batch_alter_table("feed") as batch:
        batch.add_column(sa.Column("language", sa.String(2), nullable=False, server_default="nb"))
        batch.add_column(
            sa.Column("home_busy", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        # Each client fills in anew what it has read, within a day.
        for name in ("fetched_at", "client", "seen_publication"):
            batch.drop_column(name)
        batch.create_check_constraint(
            op.f("ck_feed_kind"), "kind IN ('doctor', 'place', 'district', 'holes', 'busy')"
        )
        batch.create_check_constraint(op.f("ck_feed_language"), "language IN ('nb', 'nn', 'en')")
    with op.batch_alter_table("feed") as batch:
        batch.alter_column("language", server_default=None)
        batch.alter_column("home_busy", server_default=None)
    op.create_table(
        "feed_client",
        sa.Column("feed_id", sa.String(length=32), nullable=False),
        sa.Column("family", sa.String(length=20), nullable=False),
        sa.Column("user_agent", sa.String(length=200), nullable=False),
        sa.Column("first_at", _MOMENT, nullable=False),
        sa.Column("before_at", _MOMENT, nullable=True),
        sa.Column("fetched_at", _MOMENT, nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["feed.id"], name=op.f("fk_feed_client_feed_id_feed"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("feed_id", "family", name=op.f("pk_feed_client")),
    )


def _events_of_plans() -> None:
    """Of several rosters' events for one duty of one doctor, that of the last one published stays.

    Its UID is the one that calendars show now.
    """
    old = sa.table(
        "feed_duty",
        *(sa.column(name) for name in ("id", "roster_id", "duty", "doctor", "fingerprint")),
        sa.column("sequence", sa.Integer()),
        *(sa.column(name, _MOMENT) for name in ("created_at", "changed_at", "gone_at")),
    )
    roster = sa.table("roster", sa.column("id"), sa.column("plan_id"))
    publication = sa.table("publication", sa.column("roster_id"), sa.column("created_at", _MOMENT))
    newest = (
        sa.select(publication.c.roster_id, sa.func.max(publication.c.created_at).label("at"))
        .group_by(publication.c.roster_id)
        .subquery()
    )
    rows = op.get_bind().execute(
        sa.select(old, roster.c.plan_id)
        .join(roster, roster.c.id == old.c.roster_id)
        .join(newest, newest.c.roster_id == old.c.roster_id)
        .order_by(newest.c.at, old.c.id)
    )
    kept: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in rows.mappings():
        key = (row["plan_id"], row["duty"], row["doctor"])
        earlier = kept.get(key)
        kept[key] = {
            **{name: row[name] for name in row if name != "roster_id"},
            "ends_at": None,
            "sequence": max(row["sequence"], earlier["sequence"] if earlier else 0),
        }
    op.drop_table("feed_duty")
    made = op.create_table(
        "feed_duty",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("plan_id", sa.String(length=32), nullable=False),
        sa.Column("duty", sa.String(length=200), nullable=False),
        sa.Column("doctor", sa.String(length=100), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("ends_at", _MOMENT, nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("gone_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_feed_duty_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_duty")),
        sa.UniqueConstraint(
            "plan_id", "duty", "doctor", name=op.f("uq_feed_duty_plan_id_duty_doctor")
        ),
    )
    op.create_index(op.f("ix_feed_duty_doctor"), "feed_duty", ["doctor"])
    if kept:
        op.bulk_insert(made, list(kept.values()))


def _messages() -> None:
    op.create_table(
        "message_contact",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "language IN ('nb', 'nn', 'en')", name=op.f("ck_message_contact_language")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_message_contact_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_message_contact")),
    )
    with op.batch_alter_table("message") as batch:
        batch.add_column(
            sa.Column("channel", sa.String(10), nullable=False, server_default="email")
        )
        batch.add_column(
            sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.add_column(
            sa.Column("state", sa.String(10), nullable=False, server_default="waiting")
        )
        batch.add_column(sa.Column("resent", sa.Integer(), nullable=False, server_default="0"))
        batch.drop_constraint(op.f("uq_message_about_account_id"), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_message_about_account_id_channel"), ["about", "account_id", "channel"]
        )
        batch.create_check_constraint(op.f("ck_message_channel"), "channel IN ('email', 'sms')")
        batch.create_check_constraint(
            op.f("ck_message_state"), "state IN ('waiting', 'sent', 'dead', 'unneeded')"
        )
    op.execute("UPDATE message SET state = 'sent' WHERE sent_at IS NOT NULL")
    with op.batch_alter_table("message") as batch:
        for name in ("channel", "urgent", "state", "resent"):
            batch.alter_column(name, server_default=None)
    op.drop_index("ix_message_sent_at_next_try_at", "message")
    op.create_index("ix_message_state_next_try_at", "message", ["state", "next_try_at"])
