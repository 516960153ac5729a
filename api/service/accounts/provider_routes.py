"""Logging in and out at the provider of OpenID Connect, and what ways in there are."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.service.accounts import signing_in, visits
from api.service.accounts.provider import Provider
from api.service.accounts.shapes import WaysIn
from api.service.dependencies import (
    AnybodyDep,
    ServiceDep,
    end_cookie,
    secret_of,
    set_cookie,
)
from api.service.errors import LoginLostError, LoginRefusedError, ProviderOffError
from api.service.problems import documented
from api.service.service import Service

router = APIRouter(prefix="/session", tags=["accounts"])

_BACK: dict[int | str, dict[str, Any]] = {303: {"description": "Go on there"}}
_SECONDS = round(signing_in.PATIENCE.total_seconds())
INSIDE = r"^/([^/\\\x00-\x20\x7f][^\\\x00-\x20\x7f]*)?$"
"""A path of ours: «//ond.example» and «/\\ond.example» would lead elsewhere."""
LONGEST = 500
NextDep = Annotated[
    str,
    Query(
        alias="next",
        max_length=LONGEST,
        pattern=INSIDE,
        description="Path on this server to go to afterwards",
    ),
]
Said = Annotated[str | None, Query(max_length=4000)]


@router.get("/ways")
def ways(service: ServiceDep) -> WaysIn:
    """How people log in here; open to everybody."""
    own = service.settings
    return WaysIn(
        passwords=own.local_passwords,
        provider=own.oidc_name if own.oidc_issuer else None,
        begin=f"{router.prefix}/provider" if own.oidc_issuer else None,
    )


@router.get(
    "/provider",
    response_class=RedirectResponse,
    status_code=303,
    responses={**_BACK, **documented(404, 422, 429, 502)},
)
def begin(request: Request, service: ServiceDep, after: NextDep = "/") -> Response:
    """Send the browser to the provider to log in there."""
    provider = _provider(service)
    service.brake_provider(request.client.host if request.client else "")
    with service.database.writing() as session:
        begun = signing_in.begin(session, after)
    address = provider.address(begun.state, begun.nonce, begun.verifier)
    answer = RedirectResponse(address, 303)
    set_cookie(answer, service, service.settings.login_cookie, begun.browser, _SECONDS)
    return answer


@router.get(
    "/provider/callback",
    response_class=RedirectResponse,
    status_code=303,
    responses={**_BACK, **documented(400, 403, 404, 422, 502)},
)
def come_back(
    request: Request,
    service: ServiceDep,
    code: Said = None,
    state: Said = None,
    error: Said = None,
) -> Response:
    """Where the provider sends the browser back to; the answer sets the cookie of a login."""
    provider = _provider(service)
    browser = request.cookies.get(service.settings.login_cookie)
    if state is None or browser is None:
        raise LoginLostError
    with service.database.writing() as session:  # whatever comes of it, it counts once
        pending = signing_in.taken(session, state, browser)
    if error is not None or code is None:
        raise LoginRefusedError(reason="innloggingen ble avbrutt")
    claims, id_token = provider.claims(code, pending.nonce, pending.verifier)
    former = secret_of(request, service)
    secret = signing_in.joined(service.database, service.settings, claims, id_token, former)
    answer = RedirectResponse(pending.next, 303)
    set_cookie(answer, service, service.settings.cookie, secret, service.settings.visit_seconds)
    end_cookie(answer, service, service.settings.login_cookie)
    return answer


@router.post(
    "/provider/logout",
    response_class=RedirectResponse,
    status_code=303,
    responses={**_BACK, **documented(401, 403, 404, 502)},
)
def log_out_there_too(request: Request, service: ServiceDep, _: AnybodyDep) -> Response:
    """Log out here, and send the browser to the provider to log out there."""
    provider = _provider(service)
    secret = secret_of(request, service)
    address = None
    if secret is not None:
        with service.database.reading() as session:
            visit = visits.visit_of(session, secret)
        if visit is not None and visit.id_token is not None:
            address = provider.logout_address(visit.id_token)
        with service.database.writing() as session:
            visits.log_out(session, secret)
    answer = RedirectResponse(address or "/", 303)
    end_cookie(answer, service, service.settings.cookie)
    return answer


@router.post("/provider/ended", responses=documented(400, 404, 413, 422, 502))
def ended_there(service: ServiceDep, logout_token: Annotated[str, Form(max_length=20_000)]) -> None:
    """End logins here because the provider says that they ended there (back-channel logout)."""
    issuer, subject, provider_session = _provider(service).ended(logout_token)
    with service.database.writing() as session:
        signing_in.end(session, issuer, subject, provider_session)


def _provider(service: Service) -> Provider:
    if service.provider is None:
        raise ProviderOffError
    return service.provider
