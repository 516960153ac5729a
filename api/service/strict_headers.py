"""Headers that every answer has unless it says otherwise.

ASGI and no more: Starlette's `middleware("http")` hides from streams that their reader is gone.
"""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class StrictHeaders:
    """ASGI middleware.

    Args:
        app: what it stands before.
        headers: name and value.
    """

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        """Keep both."""
        self._app, self._headers = app, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add to its answer what it lacks."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    own.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sent if scope["type"] == "http" else send)
