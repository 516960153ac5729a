"""Problem documents as pages: what the API tells, told to a person.

It stands around the whole application, so that whatever refuses a request, its answer is made in
one place: the problem document says what is wrong, and here it is only put on a page.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.pages.page import HEADERS, Page, language_of
from api.pages.subjects import CATALOGUE
from api.pages.under import address, asked
from api.service.accounts import visits
from api.service.accounts.actor import Actor
from api.service.dependencies import secret_of, service_of
from api.service.errors import NotLoggedInError
from api.service.problems import MEDIA_TYPE, TYPES

_OTHERS = ("/api/", "/kalender/", "/health", "/metrics", "/statisk/")
_BROWSERS = "/api/v1/session/provider"  # where the login of the municipality leads people
_KEPT = ("retry-after", "allow")


class ProblemPages:
    """ASGI middleware.

    Args:
        app: what it stands around.
        pages_of: the application, for its state.
    """

    def __init__(self, app: ASGIApp, pages_of: FastAPI) -> None:
        """Keep both."""
        self._app, self._pages_of = app, pages_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; an answer that is a problem document becomes a page."""
        if scope["type"] != "http" or not wants_page(Request(scope)):
            await self._app(scope, receive, send)
            return
        request = _in_its_language(scope, self._pages_of)
        started: Message | None = None
        body = b""

        async def watch(message: Message) -> None:
            nonlocal started, body
            if message["type"] == "http.response.start" and _is_problem(message):
                started = message
            elif started is None:
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body", False):
                    headers = {k.decode(): v.decode() for k, v in started["headers"]}
                    page = await run_in_threadpool(told, request, json.loads(body), headers)
                    await page(request.scope, receive, send)

        await self._app(request.scope, receive, watch)


def wants_page(request: Request) -> bool:
    """Whether a browser asks, for something that is not an interface for machines."""
    path = asked(request)
    if path.startswith(_OTHERS) and not path.startswith(_BROWSERS):
        return False
    return "text/html" in request.headers.get("accept", "") or "hx-request" in request.headers


def told(request: Request, problem: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
    """The page of a problem, or the way to where it can be put right."""
    slug = problem["type"].removeprefix(TYPES)
    here = asked(request)
    if slug == "not-logged-in":
        back = f"?neste={quote(here)}" if request.method == "GET" and here != "/" else ""
        return _sent_on(request, f"/logg-inn{back}")
    if slug == "password-change-needed":
        return _sent_on(request, "/passord")
    page = Page(request, service_of(request), _actor(request))
    own = f"frame.problem_{slug.replace('-', '_')}"
    detail = page.say(own) if own in CATALOGUE.texts else problem["detail"]
    part = "hx-request" in request.headers
    response = page.show(
        "frame/problem_part" if part else "frame/problem",
        problem["status"],
        title=problem["title"],
        detail=detail,
        faults=problem["faults"],
    )
    if part:
        response.headers["HX-Retarget"] = "#meldinger"
        response.headers["HX-Reswap"] = "innerHTML"
    for name in _KEPT:
        if name in headers:
            response.headers[name] = headers[name]
    return response


def _in_its_language(scope: Scope, app: FastAPI) -> Request:
    """The request, asking for the language that was chosen: problems are then told in it too."""
    chosen = language_of(Request(scope)).value.encode()
    headers = [own for own in scope["headers"] if own[0] != b"accept-language"]
    return Request({**scope, "app": app, "headers": [*headers, (b"accept-language", chosen)]})


def _is_problem(message: Message) -> bool:
    return any(
        name == b"content-type" and value.startswith(MEDIA_TYPE.encode())
        for name, value in message["headers"]
    )


def _sent_on(request: Request, path: str) -> Response:
    place = address(service_of(request).settings.root_path, path)
    if "hx-request" in request.headers:
        return Response(status_code=204, headers={**HEADERS, "HX-Redirect": place})
    return RedirectResponse(place, 303, headers=HEADERS)


def _actor(request: Request) -> Actor | None:
    """Who is logged in, so that the page of a problem has their menu too."""
    secret = secret_of(request, service_of(request))
    if secret is None:
        return None
    with service_of(request).database.reading() as session:
        try:
            return visits.visitor(session, secret)
        except NotLoggedInError:
            return None
