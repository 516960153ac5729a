"""Logins at a provider, tries that all processes count, and the one door through what is kept.

What was append-only stays so, except while an erasure is open: then texts that name a person may be
replaced, and old entries of the audit log deleted. An erasure is open only inside the transaction
that makes it, and is itself never deleted.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

YOUNGEST = 365  # days that an entry of the audit log is kept whatever is set
REPLACEABLE = {
    "plan_version": ("document", "digest", "problem_hash", "file_name", "note", "author"),
    "roster_version": ("document", "digest", "note", "author"),
    "publication": ("signed", "author"),
    "audit_entry": ("actor", "why", "details"),
}
FIXED = {
    "plan_version": ("id", "plan_id", "number", "rule_set", "created_at"),
    "roster_version": (
        "id",
        "roster_id",
        "number",
        "plan_version_id",
        "holes",
        "breaches",
        "created_at",
    ),
    "publication": ("id", "roster_id", "number", "roster_version_id", "created_at"),
    "audit_entry": ("id", "cooperation_id", "at", "account_id", "action", "subject"),
}


def upgrade() -> None:
    """One step forward."""
    op.create_table(
        "erasure",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cooperation_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("why", sa.String(length=1000), nullable=False),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("held", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("held_until", sa.Date(), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('person', 'retention')", name=op.f("ck_erasure_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index(op.f("ix_erasure_cooperation_id"), "erasure", ["cooperation_id"])
    op.create_table(
        "turn",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_turn")),
    )
    op.create_table(
        "login_try",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("key_digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_try")),
    )
    op.create_index("ix_login_try_key_digest_at", "login_try", ["key_digest", "at"])
    op.create_table(
        "identity",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_identity_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_identity_issuer_subject")),
    )
    op.create_index(op.f("ix_identity_account_id"), "identity", ["account_id"])
    op.create_table(
        "pending_login",
        sa.Column("state_digest", sa.String(length=64), nullable=False),
        sa.Column("browser_digest", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("verifier", sa.String(length=128), nullable=False),
        sa.Column("next", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("state_digest", name=op.f("pk_pending_login")),
    )
    op.create_index(op.f("ix_pending_login_created_at"), "pending_login", ["created_at"])
    with op.batch_alter_table("visit") as batch_op:
        batch_op.add_column(sa.Column("identity_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("provider_session", sa.String(length=255), nullable=True))
        batch_op.add_column(sa.Column("id_token", sa.Text(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_visit_identity_id_identity"),
            "identity",
            ["identity_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch_op.create_index(batch_op.f("ix_visit_identity_id"), ["identity_id"])
    for table in REPLACEABLE:
        _open_the_door(table)
    # An erasure that has ended is never opened again, and none is deleted.
    _refuse("erasure", "deleted", "DELETE", "TRUE")
    _refuse("erasure", "reopened", "UPDATE OF ended_at", "OLD.ended_at IS NOT NULL")


def _open_the_door(table: str) -> None:
    """Refuse all changes but those of an open erasure."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for trigger in [f"{table}_no_update", f"{table}_no_delete"] if sqlite else [f"{table}_kept"]:
        on = "" if sqlite else f" ON {table}"
        op.execute(f"DROP TRIGGER IF EXISTS {trigger}{on}")
    closed = "NOT EXISTS (SELECT 1 FROM erasure WHERE ended_at IS NULL)"
    _refuse(table, "fixed", f"UPDATE OF {', '.join(FIXED[table])}", "TRUE")
    _refuse(table, "replaced", f"UPDATE OF {', '.join(REPLACEABLE[table])}", closed)
    if table == "audit_entry":
        limit = (
            f"datetime('now', '-{YOUNGEST} days')"
            if sqlite
            else f"now() - interval '{YOUNGEST} days'"
        )
        _refuse(table, "deleted", "DELETE", f"{closed} OR OLD.at > {limit}")
    elif table == "publication":
        _refuse(table, "deleted", "DELETE", "TRUE")


def _refuse(table: str, name: str, event: str, when: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION {table}_{name}_refused() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {when} THEN RAISE EXCEPTION '{table} is never changed'; END IF; "
        f"IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_{name}_refused()"
    )
