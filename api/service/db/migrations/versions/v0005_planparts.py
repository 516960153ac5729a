"""The ledger, wish rounds and sets of scenarios."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step forward."""
    _ledger()
    _wishes()
    _scenarios()


def _id(name: str = "id") -> sa.Column[str]:
    return sa.Column(name, sa.String(length=32), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of(
    table: str, column: str, other: str, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _ledger() -> None:
    op.create_table(
        "ledger_entry",
        _id(),
        _id("cooperation_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("roster_version_id", sa.String(length=32), nullable=True),
        sa.Column("author", sa.String(length=200), nullable=False),
        _moment("created_at"),
        _of("ledger_entry", "cooperation_id", "cooperation"),
        _of("ledger_entry", "roster_version_id", "roster_version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint(
            "cooperation_id", "number", name=op.f("uq_ledger_entry_cooperation_id_number")
        ),
    )
    _index("ledger_entry", "cooperation_id")
    _keep("ledger_entry")


def _wishes() -> None:
    op.create_table(
        "wish_round",
        _id(),
        _id("cooperation_id"),
        _id("plan_id"),
        _moment("deadline"),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("statements", sa.Integer(), nullable=False),
        _moment("created_at"),
        _moment("closed_at", nullable=True),
        sa.Column("taken_version", sa.Integer(), nullable=True),
        _of("wish_round", "cooperation_id", "cooperation"),
        _of("wish_round", "plan_id", "plan"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish_round")),
    )
    _index("wish_round", "cooperation_id", "plan_id")
    op.create_table(
        "stated_wish",
        _id(),
        _id("round_id"),
        sa.Column("doctor", sa.String(length=100), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _moment("created_at"),
        _moment("changed_at"),
        _of("stated_wish", "round_id", "wish_round", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stated_wish")),
    )
    _index("stated_wish", "round_id", "doctor")


def _scenarios() -> None:
    op.create_table(
        "scenario_set",
        _id(),
        _id("cooperation_id"),
        _id("plan_id"),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        _moment("created_at"),
        _moment("changed_at"),
        _of("scenario_set", "cooperation_id", "cooperation"),
        _of("scenario_set", "plan_id", "plan"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_set")),
    )
    _index("scenario_set", "cooperation_id", "plan_id")


def _keep(table: str) -> None:
    """Let the database itself refuse changes, whoever asks for them."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is never changed'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_is_kept()"
    )
