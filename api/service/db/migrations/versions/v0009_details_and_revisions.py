"""Jobs tell of plans apart, since not all who follow them may know; accounts have a revision."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_WITHOUT = "Jobben ga ikke noe resultat."


def upgrade() -> None:
    """One step forward; it is not known which old messages tell of a plan, so all count as such."""
    # Not as a batch: SQLite would make the table anew, and its events would go with the old one.
    op.add_column(
        "job", sa.Column("details", sa.String(length=2000), nullable=False, server_default="")
    )
    op.add_column(
        "account", sa.Column("revision", sa.Integer(), nullable=False, server_default="1")
    )
    job = sa.table("job", sa.column("message"), sa.column("details"))
    op.execute(
        job.update().where(job.c.message != "").values(details=job.c.message, message=_WITHOUT)
    )
    event = sa.table(
        "job_event",
        sa.column("job_id"),
        sa.column("number"),
        sa.column("kind"),
        sa.column("data", sa.JSON()),
    )
    found = op.get_bind().execute(sa.select(event).where(event.c.kind == "state")).all()
    for row in found:
        if row.data.get("message"):
            own = sa.and_(event.c.job_id == row.job_id, event.c.number == row.number)
            op.execute(event.update().where(own).values(data=row.data | {"message": _WITHOUT}))
