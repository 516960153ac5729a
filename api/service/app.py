"""The application: routes, problems, limits, headers."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.routing import APIRoute
from starlette.middleware.body_limit import RequestBodyLimitMiddleware

from api.service import problems
from api.service.accounts.routes import router as accounts
from api.service.audit.routes import router as audit
from api.service.db import schema
from api.service.early import RefuseLargeEarly
from api.service.feeds.routes import calendars
from api.service.feeds.routes import router as feeds
from api.service.health import router as health
from api.service.jobs.keeper import Keeper
from api.service.jobs.routes import router as jobs
from api.service.jobs.routes import solves
from api.service.ledgers.posting_routes import openings
from api.service.ledgers.posting_routes import router as postings
from api.service.ledgers.routes import router as ledger
from api.service.messages.sender import Sender
from api.service.plans.attention_routes import router as attention
from api.service.plans.beginning_routes import router as beginnings
from api.service.plans.exemption_routes import router as exemptions
from api.service.plans.part_routes import router as parts
from api.service.plans.routes import router as plans
from api.service.plans.routes import validations
from api.service.plans.rule_routes import router as rules
from api.service.rosters.routes import router as rosters
from api.service.scenarios.routes import of_plan as scenarios_of_plan
from api.service.scenarios.routes import router as scenarios
from api.service.service import Service
from api.service.settings import Settings
from api.service.wishes.routes import openings as wish_openings
from api.service.wishes.routes import router as wish_rounds
from api.service.wishes.routes import statements as wish_statements

PREFIX = "/api/v1"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",  # persons' data; calendars and files say otherwise
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


_ABOUT: Mapping[str, Any] = {
    "title": "Rettvakt",
    "version": "1",
    "summary": "Lawful and fair duty rosters for Norwegian legevakt",
    "openapi_url": f"{PREFIX}/openapi.json",
    "docs_url": None,  # they would load scripts from elsewhere
    "redoc_url": None,
    "generate_unique_id_function": lambda route: _operation(route),
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

    template = _template()
    app = FastAPI(**_ABOUT, lifespan=lifespan)
    own = len(app.router.routes)  # the description's own, which the template has too
    app.router.routes.extend(template.router.routes[own:])
    app.openapi = template.openapi  # type: ignore[method-assign]
    app.state.service = service
    limit = service.settings.max_upload_bytes
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=limit)
    app.add_middleware(RefuseLargeEarly, most=limit)
    app.middleware("http")(_strict_headers)
    problems.install(app)
    return app


@cache
def _template() -> FastAPI:
    """All routes and their description, which are the same for every application.

    Two hundred routes take half a second to put together and their description some seconds, so
    that a process does it once.
    """
    app = FastAPI(**_ABOUT)
    app.include_router(health)
    app.include_router(calendars)
    versioned = APIRouter(prefix=PREFIX)
    plan_parts = (
        beginnings,
        attention,
        parts,
        rules,
        exemptions,
        openings,
        wish_openings,
        scenarios_of_plan,
    )
    for router in (
        accounts,
        validations,
        plans,
        *plan_parts,
        rosters,
        solves,
        jobs,
        feeds,
        scenarios,
        wish_rounds,
        wish_statements,
        ledger,
        postings,
        audit,
    ):
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
