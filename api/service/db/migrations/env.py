"""How Alembic is run: on the connection that `api.service.db.schema` hands over."""

from typing import Any, Literal

from alembic import context

from api.service.db.base import UtcMoment
from api.service.db.tables import METADATA


def _plain(kind: str, thing: Any, _autogen: Any) -> str | Literal[False]:
    """Migrations outlive our own types: a moment is written down as what it is in the database."""
    if kind == "type" and isinstance(thing, UtcMoment):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    render_item=_plain,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
