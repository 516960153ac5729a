"""The two engines of the queue, and which of them the settings name."""

from typing import Protocol

from api.service.db.database import Database
from api.service.jobs.keeper import Keeper
from api.service.settings import Settings


class Engine(Protocol):
    """Runs jobs in the background until it is closed."""

    def start(self) -> None:
        """Begin to take jobs."""

    def close(self) -> None:
        """Take no more, and give back what runs."""


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
