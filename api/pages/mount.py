"""Puts the pages into the application."""

import json
from collections.abc import Callable
from typing import Any, cast

from fastapi import FastAPI, Request
from starlette.responses import Response

from api.pages.problems import ProblemPages, told, wants_page
from api.pages.subjects import routers


def mount(app: FastAPI) -> None:
    """Add the pages' routes, and let problems be pages where a browser asks.

    Called after the problems are installed and before the headers that every answer has.
    """
    for router in routers():
        app.include_router(router)
    app.add_middleware(ProblemPages, pages_of=app)
    # A fault of ours is answered outside of every middleware.
    former = cast(Callable[[Request, Exception], Response], app.exception_handlers[Exception])
    app.add_exception_handler(Exception, _page_of(former))


def _page_of(former: Callable[[Request, Exception], Response]) -> Callable[..., Response]:
    def answer(request: Request, error: Exception) -> Response:
        made = former(request, error)
        if not wants_page(request):
            return made
        problem: dict[str, Any] = json.loads(bytes(made.body))
        page = told(request, problem, dict(made.headers))
        for name in ("Cache-Control", "X-Content-Type-Options"):  # nothing else sees this answer
            page.headers[name] = made.headers[name]
        return page

    return answer
