"""The two engines of the queue, and which of them the settings name."""

from api.service.db.database import Database
from api.service.jobs.engine import Engine
from api.service.jobs.keeper import Keeper
from api.service.settings import Settings


def upgrade(settings: Settings, database: Database) -> None:
    """Make what the engine needs in the database."""
    if settings.queue == "procrastinate":
        from api.service.jobs.procrastinated import upgrade as _upgrade

        _upgrade(database)


def engine(settings: Settings, database: Database) -> Engine:
    """The engine that the settings name."""
    if settings.queue == "procrastinate":
        from api.service.jobs.deferred_keeper import DeferredKeeper

        return DeferredKeeper(settings, database)
    return Keeper(settings, database)
