"""The application: routes, problems, limits, headers."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.routing import APIRoute
from starlette.middleware.body_limit import RequestBodyLimitMiddleware

from api.service import problems
from api.service.accounts.routes import router as accounts
from api.service.advice.report_routes import router as reports
from api.service.advice.routes import router as advice
from api.service.audit.routes import router as audit
from api.service.db import schema
from api.service.early import RefuseLargeEarly
from api.service.feeds.routes import calendars
from api.service.feeds.routes import router as feeds
from api.service.health import router as health
from api.service.hearings.routes import router as hearings
from api.service.jobs.keeper import Keeper
from api.service.jobs.routes import router as jobs
from api.service.jobs.routes import solves
from api.service.messages.sender import Sender
from api.service.offers.deal_routes import router as deals
from api.service.offers.offer_routes import router as offers
from api.service.plans.routes import router as plans
from api.service.plans.routes import validations
from api.service.rosters.export_routes import router as exports
from api.service.rosters.publication_routes import router as publications
from api.service.rosters.routes import router as rosters
from api.service.rules.routes import router as rules
from api.service.service import Service
from api.service.settings import Settings

PREFIX = "/api/v1"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",  # persons' data; calendars and files say otherwise
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application; at its start the schema is brought up to date."""
    service = Service(settings or Settings())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        schema.upgrade(service.database)
        keeper = Keeper(service.settings, service.database)
        if service.settings.jobs_at_once:
            keeper.start()
        sender = Sender(service.settings, service.database)
        if service.settings.sends_messages:
            sender.start()
        try:
            yield
        finally:
            sender.close()
            keeper.close()
            service.close()

    app = FastAPI(
        title="Rettvakt",
        version="1",
        summary="Lawful and fair duty rosters for Norwegian legevakt",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,  # they would load scripts from elsewhere
        redoc_url=None,
        generate_unique_id_function=_operation,
        lifespan=lifespan,
    )
    app.state.service = service
    limit = service.settings.max_upload_bytes
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=limit)
    app.add_middleware(RefuseLargeEarly, most=limit)
    app.middleware("http")(_strict_headers)
    problems.install(app)
    app.include_router(health)
    app.include_router(calendars)
    versioned = APIRouter(prefix=PREFIX)
    for router in (accounts, validations, plans, rosters, solves, jobs, feeds, audit):
        versioned.include_router(router)
    for router in (rules, publications, exports, hearings, advice, reports, offers, deals):
        versioned.include_router(router)
    app.include_router(versioned)
    problems.describe(app)
    return app


def _operation(route: APIRoute) -> str:
    """«plans_add»: what a generated client calls it."""
    return f"{route.tags[0]}_{route.name}"


async def _strict_headers(
    request: Request, call_next: Callable[[Request], Awaitable[Response]]
) -> Response:
    """Headers that every answer has unless it says otherwise."""
    response = await call_next(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.app.state.service.settings.secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
