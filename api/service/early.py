"""Refuses a body that says of itself that it is too large, before any of it is read.

Starlette's own limit, which counts what arrives, stands behind it for bodies that do not say.
"""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.service.problems import answer


class RefuseLargeEarly:
    """ASGI middleware.

    Args:
        app: what it stands before.
        most: bytes.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        """Keep both."""
        self._app, self._most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer with a problem."""
        if scope["type"] == "http":
            request = Request(scope)
            length = request.headers.get("content-length", "")
            if length.isdecimal() and int(length) > self._most:
                told = answer(request, "too-large", {"most": f"{self._most / 1e6:g}"})
                await told(scope, receive, send)
                return
        await self._app(scope, receive, send)
