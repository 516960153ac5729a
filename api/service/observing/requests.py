"""Observes every request: its id, a line in the log, the meters; and ends streams at a stop."""

import asyncio
import logging
import threading
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.service.observing.context import REQUEST_ID, SEEN, Seen, request_id
from api.service.observing.logs import FACTS
from api.service.observing.metrics import METHODS, OTHER, Metrics

UNKNOWN = "unmatched"
CANCELLED = 499  # the caller went away before there was an answer
_PROBES = frozenset({"/health/live", "/health/ready", "/metrics"})

logger = logging.getLogger(__name__)


class ObserveRequests:
    """ASGI middleware; the outermost, so that it sees what the others answer.

    Args:
        app: what it stands before.
        metrics: where requests are counted.
        stopping: set when the server is told to stop.
        prefix: under which versioned routes are.
    """

    def __init__(
        self, app: ASGIApp, metrics: Metrics, stopping: threading.Event, prefix: str
    ) -> None:
        """Keep them."""
        self._app, self._metrics, self._stopping, self._prefix = app, metrics, stopping, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note what became of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        seen = Seen(request_id(Headers(scope=scope).get(REQUEST_ID)))
        SEEN.set(seen)
        scope.setdefault("state", {})["seen"] = seen
        answer = _Answer(send, seen, self._metrics)
        begun = time.perf_counter()
        self._metrics.at_once.inc()
        try:
            await self._app(scope, self._until_stop(receive, answer), answer.send)
        except asyncio.CancelledError:
            answer.status = answer.status or CANCELLED
            raise
        except Exception:
            answer.status = 500
            raise
        finally:
            self._metrics.at_once.dec()
            if answer.streams:
                self._metrics.streams.dec()
            self._note(scope, answer, time.perf_counter() - begun)

    def _until_stop(self, receive: Receive, answer: "_Answer") -> Receive:
        """Let who reads a stream of events look gone once the server is to stop."""

        async def received() -> Message:
            if answer.streams and self._stopping.is_set():
                return {"type": "http.disconnect"}
            return await receive()

        return received

    def _note(self, scope: Scope, answer: "_Answer", seconds: float) -> None:
        method = scope["method"] if scope["method"] in METHODS else OTHER
        route = self._template(scope)
        status = answer.status or CANCELLED
        self._metrics.requests.labels(method, route, str(status)).inc()
        if not answer.streams:
            self._metrics.seconds.labels(method, route).observe(seconds)
        level = logging.DEBUG if route in _PROBES and status < 400 else logging.INFO
        facts = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
        logger.log(level, "request", extra={FACTS: facts})

    def _template(self, scope: Scope) -> str:
        """«/api/v1/plans/{plan}»: never the address itself, which may be a secret."""
        path = getattr(scope.get("route"), "path", None)
        if not isinstance(path, str):
            return UNKNOWN
        asked = scope["path"].removeprefix(scope.get("root_path", ""))
        versioned = asked.startswith(f"{self._prefix}/") and not path.startswith(self._prefix)
        return f"{self._prefix}{path}" if versioned else path


class _Answer:
    """What is sent back, as it goes by.

    Attributes:
        status: 0 until it is known.
        streams: whether it is a stream of events.
    """

    def __init__(self, send: Send, seen: Seen, metrics: Metrics) -> None:
        self._send, self._seen, self._metrics = send, seen, metrics
        self.status = 0
        self.streams = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers[REQUEST_ID] = self._seen.request
            if headers.get("content-type", "").startswith("text/event-stream"):
                self.streams = True
                self._metrics.streams.inc()
        await self._send(message)
