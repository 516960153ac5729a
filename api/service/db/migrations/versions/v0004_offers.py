"""Changes of state of a roster, comments in a hearing, swaps between doctors."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step forward."""
    op.add_column("roster", sa.Column("moves", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "roster_comment",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cooperation_id", sa.String(length=32), nullable=False),
        sa.Column("roster_id", sa.String(length=32), nullable=False),
        sa.Column("roster_version_id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=True),
        sa.Column("duty", sa.String(length=200), nullable=True),
        sa.Column("doctor", sa.String(length=100), nullable=True),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        _reference("roster_comment", "account_id", "account", ondelete="SET NULL"),
        _reference("roster_comment", "cooperation_id", "cooperation"),
        _reference("roster_comment", "roster_id", "roster"),
        _reference("roster_comment", "roster_version_id", "roster_version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_comment")),
    )
    op.create_index(
        "ix_roster_comment_roster_id_created_at", "roster_comment", ["roster_id", "created_at"]
    )
    op.create_table(
        "swap_offer",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cooperation_id", sa.String(length=32), nullable=False),
        sa.Column("plan_id", sa.String(length=32), nullable=False),
        sa.Column("roster_id", sa.String(length=32), nullable=False),
        sa.Column("doctor", sa.String(length=100), nullable=False),
        sa.Column("to_doctor", sa.String(length=100), nullable=True),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("in_return", sa.Boolean(), nullable=False),
        sa.Column("accepts", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'taken', 'done', 'withdrawn', 'declined', 'lapsed')",
            name=op.f("ck_swap_offer_state"),
        ),
        _reference("swap_offer", "cooperation_id", "cooperation"),
        _reference("swap_offer", "plan_id", "plan"),
        _reference("swap_offer", "roster_id", "roster"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap_offer")),
    )
    op.create_index("ix_swap_offer_plan_id_state", "swap_offer", ["plan_id", "state"])
    op.create_index(
        "ix_swap_offer_cooperation_id_created_at", "swap_offer", ["cooperation_id", "created_at"]
    )
    op.create_table(
        "swap_deal",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cooperation_id", sa.String(length=32), nullable=False),
        sa.Column("plan_id", sa.String(length=32), nullable=False),
        sa.Column("roster_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("publication_id", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'agreed', 'done', 'refused', 'withdrawn', 'lapsed')",
            name=op.f("ck_swap_deal_state"),
        ),
        _reference("swap_deal", "cooperation_id", "cooperation"),
        _reference("swap_deal", "plan_id", "plan"),
        _reference("swap_deal", "publication_id", "publication"),
        _reference("swap_deal", "roster_id", "roster"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap_deal")),
    )
    op.create_index("ix_swap_deal_plan_id_state", "swap_deal", ["plan_id", "state"])
    op.create_index(
        "ix_swap_deal_cooperation_id_created_at", "swap_deal", ["cooperation_id", "created_at"]
    )
    op.create_table(
        "swap_part",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("deal_id", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("doctor", sa.String(length=100), nullable=False),
        sa.Column("gives", sa.String(length=200), nullable=True),
        sa.Column("gets", sa.String(length=200), nullable=True),
        sa.Column("offer_id", sa.String(length=32), nullable=True),
        sa.Column("says", sa.Boolean(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        _reference("swap_part", "deal_id", "swap_deal", ondelete="CASCADE"),
        _reference("swap_part", "offer_id", "swap_offer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap_part")),
        sa.UniqueConstraint("deal_id", "doctor", name=op.f("uq_swap_part_deal_id_doctor")),
    )
    op.create_index(op.f("ix_swap_part_doctor"), "swap_part", ["doctor"])
    op.create_table(
        "swap_settings",
        sa.Column("cooperation_id", sa.String(length=32), nullable=False),
        sa.Column("need_approval", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _reference("swap_settings", "cooperation_id", "cooperation"),
        sa.PrimaryKeyConstraint("cooperation_id", name=op.f("pk_swap_settings")),
    )


def _reference(
    table: str, column: str, other: str, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    """A foreign key to the id of another table."""
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)
