"""Meters that are read off the database when somebody scrapes."""

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import QueuePool

from api.service.db.database import Database
from api.service.observing.state import Watch, free_bytes
from api.service.settings import Settings


class StateCollector(Collector):
    """Queue, outbox, pool and disk. All processes on one database tell the same of the first two.

    Args:
        settings: where the process writes.
        database: whose connections are told.
        watch: of its state.
    """

    def __init__(self, settings: Settings, database: Database, watch: Watch) -> None:
        """Nothing is asked yet."""
        self._settings, self._database, self._watch = settings, database, watch

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing: the names are known when they are collected, without asking at the start."""
        yield from ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The meters; without those of the database while it does not answer."""
        state = self._watch.look()
        yield _gauge("rettvakt_database_up", "1 if the database answers", state is not None)
        yield self._pool()
        free = free_bytes(self._settings, self._database)
        if free is not None:
            yield _gauge("rettvakt_disk_free_bytes", "Room left where this process writes", free)
        if state is None:
            return
        jobs = GaugeMetricFamily("rettvakt_jobs", "Jobs in the database", labels=("kind", "state"))
        for (kind, word), number in sorted(state.jobs.items()):
            jobs.add_metric((kind, word), number)
        yield jobs
        yield _gauge(
            "rettvakt_job_queue_age_seconds",
            "How long the job has waited that has waited longest; 0: none waits",
            state.oldest_queued,
        )
        yield _gauge(
            "rettvakt_job_silence_seconds",
            "Since the last sign of life of the running job that has been silent longest",
            state.silent,
        )
        yield _gauge("rettvakt_outbox_messages", "Messages that wait to be sent", state.messages)
        yield _gauge(
            "rettvakt_outbox_failing_messages", "Of them, those tried in vain", state.failing
        )
        yield _gauge(
            "rettvakt_outbox_age_seconds",
            "How long the oldest of them has waited",
            state.oldest_message,
        )

    def _pool(self) -> GaugeMetricFamily:
        family = GaugeMetricFamily(
            "rettvakt_database_connections",
            "Connections of this process to the database",
            labels=("state",),
        )
        pool = self._database.engine.pool
        if isinstance(pool, QueuePool):
            family.add_metric(("in use",), pool.checkedout())
            family.add_metric(("idle",), pool.checkedin())
        return family


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, told, value=float(value))
