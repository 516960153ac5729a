"""What is counted while the service runs, for Prometheus.

Each process counts for itself and is scraped by itself. Labels are few and known beforehand: route
templates, never addresses; no person, no account, no cooperation.
"""

from importlib.metadata import version

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
)

from constraints.catalogue import RULE_SET

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The meters of one process.

    Attributes:
        registry: all of them; whoever has something to tell at the time of reading registers there.
    """

    def __init__(self) -> None:
        """All at nothing."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        build = Info("rettvakt_build", "Which Rettvakt this is", registry=self.registry)
        build.info({"version": version("rettvakt"), "rule_set": RULE_SET})
        self.requests = Counter(
            "rettvakt_http_requests",
            "Requests that were answered; reads of calendars are those of route /kalender/…",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "rettvakt_http_request_seconds",
            "From a request to the last of its answer; streams of events are left out",
            ("method", "route"),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.at_once = Gauge(
            "rettvakt_http_requests_in_progress",
            "Requests that are being answered, streams of events too",
            registry=self.registry,
        )
        self.streams = Gauge(
            "rettvakt_event_streams",
            "Readers of a stream of events (SSE)",
            registry=self.registry,
        )
