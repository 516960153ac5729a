"""Jobs tell whether a search was cut off."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step forward; of jobs that have ended it is not known, and they say nothing of it."""
    # Not as a batch: SQLite would make the table anew, and its events would go with the old one.
    op.add_column(
        "job", sa.Column("cut_off", sa.Boolean(), nullable=False, server_default=sa.false())
    )
