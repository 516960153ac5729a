"""The application: routes, problems, limits, headers."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from fastapi.telemetry import TelemetryConfig
from starlette.middleware.body_limit import RequestBodyLimitMiddleware

from api.pages.mount import mount as mount_pages
from api.service import problems
from api.service.db import schema
from api.service.early import RefuseLargeEarly
from api.service.feeds.calendars import calendars
from api.service.health import router as health
from api.service.jobs import engines
from api.service.messages.sender import Sender
from api.service.observing.exposing import Port
from api.service.observing.exposing import router as metrics
from api.service.observing.requests import ObserveRequests
from api.service.privacy.sweeper import Sweeper
from api.service.routers import VERSIONED
from api.service.service import Service
from api.service.settings import Settings
from api.service.strict_headers import StrictHeaders
from api.service.under_path import UnderPath

PREFIX = "/api/v1"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",  # persons' data; calendars and files say otherwise
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
# It would send addresses to whatever the environment names, and that of a calendar is a secret.
NO_TELEMETRY: TelemetryConfig = {
    "auto_configure": False,
    "logs": False,
    "metrics": False,
    "tracing": False,
}


def _operation(route: APIRoute) -> str:
    """«plans_add»: what a generated client calls it."""
    return f"{route.tags[0]}_{route.name}"


_ABOUT: Mapping[str, Any] = {
    "title": "Rettvakt",
    "version": "1",
    "summary": "Lawful and fair duty rosters for Norwegian legevakt",
    "openapi_url": f"{PREFIX}/openapi.json",
    "docs_url": None,  # they would load scripts from elsewhere
    "redoc_url": None,
    "generate_unique_id_function": _operation,
    "telemetry": NO_TELEMETRY,
}


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application; at its start the schema is brought up to date."""
    service = Service(settings or Settings())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        schema.upgrade(service.database)
        port = Port(service.settings, service.metrics)
        engines.upgrade(service.settings, service.database)
        keeper = engines.engine(service.settings, service.database)
        if service.settings.jobs_at_once:
            keeper.start()
        sender = Sender(service.settings, service.database)
        if service.settings.sends_messages:
            sender.start()
        sweeper = Sweeper(service.settings, service.database)
        sweeper.start()
        try:
            yield
        finally:
            sweeper.close()
            sender.close()
            keeper.close()
            port.close()
            service.close()

    template = _template()
    app = FastAPI(**_ABOUT, lifespan=lifespan)
    own = len(app.router.routes)  # the description's own, which the template has too
    app.router.routes.extend(template.router.routes[own:])
    app.openapi = template.openapi  # type: ignore[method-assign]
    app.state.service = service
    problems.install(app)
    limit = service.settings.max_upload_bytes
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=limit)
    app.add_middleware(RefuseLargeEarly, most=limit)
    mount_pages(app)
    secure = {"Strict-Transport-Security": "max-age=31536000"} if service.settings.secure else {}
    app.add_middleware(StrictHeaders, headers=HEADERS | secure)
    app.add_middleware(
        ObserveRequests, metrics=service.metrics, stopping=service.stopping, prefix=PREFIX
    )
    if service.settings.root_path:
        app.add_middleware(UnderPath, root=service.settings.root_path)
    return app


@cache
def _template() -> FastAPI:
    """All routes and their description, which are the same for every application.

    Two hundred routes take half a second to put together and their description some seconds, so
    that a process does it once.
    """
    app = FastAPI(**_ABOUT)
    app.include_router(health)
    app.include_router(metrics)
    app.include_router(calendars)
    versioned = APIRouter(prefix=PREFIX)
    for router in VERSIONED:
        versioned.include_router(router)
    app.include_router(versioned)
    problems.describe(app)
    return app
