"""Behind a proxy that serves us under a path of its own, such as https://kommune.example/rettvakt.

The proxy may take the path away or leave it: both are understood.
"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class UnderPath:
    """ASGI middleware.

    Args:
        app: what it stands before.
        root: the path, without a slash at its end.
    """

    def __init__(self, app: ASGIApp, root: str) -> None:
        """Keep both."""
        self._app, self._root = app, root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as one to an app at that path (ASGI's `root_path`)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not scope["path"].startswith(f"{self._root}/"):
            scope["path"] = f"{self._root}{scope['path']}"
            if "raw_path" in scope:
                scope["raw_path"] = self._root.encode() + scope["raw_path"]
        scope["root_path"] = self._root

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                location = headers.get("location", "")
                if location.startswith("/") and not location.startswith(f"{self._root}/"):
                    headers["location"] = f"{self._root}{location}"
            await send(message)

        await self._app(scope, receive, sent)
