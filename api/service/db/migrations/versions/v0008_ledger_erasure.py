"""The book too can be written anew while an erasure is open: it names doctors, and says why."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

FIXED = ("id", "cooperation_id", "number", "roster_version_id", "created_at")
REPLACEABLE = ("digest", "document", "author")


def upgrade() -> None:
    """One step forward."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    table = "ledger_entry"
    for trigger in [f"{table}_no_update", f"{table}_no_delete"] if sqlite else [f"{table}_kept"]:
        on = "" if sqlite else f" ON {table}"
        op.execute(f"DROP TRIGGER IF EXISTS {trigger}{on}")
    closed = "NOT EXISTS (SELECT 1 FROM erasure WHERE ended_at IS NULL)"
    _refuse("fixed", f"UPDATE OF {', '.join(FIXED)}", "TRUE")
    _refuse("replaced", f"UPDATE OF {', '.join(REPLACEABLE)}", closed)
    _refuse("deleted", "DELETE", "TRUE")


def _refuse(name: str, event: str, when: str) -> None:
    table = "ledger_entry"
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
