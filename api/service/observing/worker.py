"""Metrics of a process that runs jobs and takes no requests."""

from collections.abc import Iterator
from contextlib import contextmanager

from api.service.db.database import Database
from api.service.observing.collector import StateCollector
from api.service.observing.exposing import Port
from api.service.observing.metrics import Metrics
from api.service.observing.state import Watch
from api.service.settings import Settings


@contextmanager
def observed(settings: Settings, database: Database) -> Iterator[None]:
    """Tell metrics on their port, if one is set, as long as it lasts."""
    metrics = Metrics()
    metrics.registry.register(StateCollector(settings, database, Watch(database)))
    port = Port(settings, metrics)
    try:
        yield
    finally:
        port.close()
