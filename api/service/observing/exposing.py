"""Where metrics can be read: on a port of their own, or on the service's with a token."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Header, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest, start_http_server

from api.service.dependencies import ServiceDep
from api.service.errors import NotFoundError
from api.service.observing.metrics import Metrics
from api.service.settings import Settings

router = APIRouter(include_in_schema=False, tags=["metrics"])


@router.get("/metrics")
def metrics(service: ServiceDep, authorization: Annotated[str, Header()] = "") -> Response:
    """The meters of this process, for who has the token; others are not told that there are any."""
    token = service.settings.metrics_token.get_secret_value()
    given = authorization.removeprefix("Bearer ").encode()
    if not token or not secrets.compare_digest(given, token.encode()):
        raise NotFoundError
    return Response(
        generate_latest(service.metrics.registry), headers={"Content-Type": CONTENT_TYPE_LATEST}
    )


class Port:
    """A port of its own with nothing but the metrics, until it is closed.

    Args:
        settings: address and port; without a port there is none.
        metrics: what is told.

    Raises:
        OSError: the port is taken.
    """

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        """Begin to answer."""
        self._server = None
        if settings.metrics_port is not None:
            self._server, self._thread = start_http_server(
                settings.metrics_port, settings.metrics_host, metrics.registry
            )

    def close(self) -> None:
        """Answer no more."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
