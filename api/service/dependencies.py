"""What an endpoint is handed: the service, who asks, and the version that is changed."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Header, Request, Response
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from api.service.accounts import tokens, visits
from api.service.accounts.actor import Actor
from api.service.errors import (
    CrossSiteError,
    MustChangeError,
    NotLoggedInError,
    StaleError,
    VersionNeededError,
)
from api.service.observing.connection import asked_by
from api.service.service import Service

COOKIE = "rettvakt"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

_cookie = APIKeyCookie(
    name=COOKIE,
    auto_error=False,
    description="Set by logging in; called __Host-rettvakt where the service is reached by https",
)
_bearer = HTTPBearer(auto_error=False, description="A token made under /api/v1/tokens")


def service_of(request: Request) -> Service:
    """The service that the app was made for."""
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(service_of)]


def anybody(
    request: Request,
    service: ServiceDep,
    _: Annotated[str | None, Depends(_cookie)],
    shown: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Actor:
    """Who asks, even if the password must be changed first.

    Raises:
        NotLoggedInError: neither a valid token nor a login that has not ended.
        CrossSiteError: a change that another site's page asks for in the name of who is logged in.
    """
    if shown is not None:
        return asked_by(request, _bearer_of(service, shown.credentials))
    secret = secret_of(request, service)
    if secret is None:
        raise NotLoggedInError
    refuse_cross_site(request)
    with service.database.reading() as session:
        return asked_by(request, visits.visitor(session, secret))


def _bearer_of(service: Service, secret: str) -> Actor:
    with service.database.reading() as session:
        actor = tokens.bearer(session, secret)
        to_be_noted = tokens.is_to_be_noted(session, secret)
    if to_be_noted:
        with service.database.writing() as session:
            tokens.note_use(session, secret)
    return actor


def secret_of(request: Request, service: Service) -> str | None:
    """The secret in the cookie of a login; None without one."""
    return request.cookies.get(service.settings.cookie)


def set_cookie(response: Response, service: Service, name: str, secret: str, seconds: int) -> None:
    """Give the browser a secret that pages cannot read and other sites cannot make it send.

    Lax, not Strict: whoever comes from the provider, or from a link in a message, is logged in.
    """
    response.set_cookie(
        name,
        secret,
        max_age=seconds,
        httponly=True,
        samesite="lax",
        secure=service.settings.secure,
        path=service.settings.cookie_path,
    )


def end_cookie(response: Response, service: Service, name: str) -> None:
    """Take a cookie back; a browser ignores that for `__Host-` unless it is secure here too."""
    response.delete_cookie(
        name,
        httponly=True,
        samesite="lax",
        secure=service.settings.secure,
        path=service.settings.cookie_path,
    )


def settled(actor: Annotated[Actor, Depends(anybody)]) -> Actor:
    """Who asks.

    Raises:
        MustChangeError: the password must be changed first.
    """
    if actor.must_change:
        raise MustChangeError
    return actor


ActorDep = Annotated[Actor, Depends(settled)]
AnybodyDep = Annotated[Actor, Depends(anybody)]


def refuse_cross_site(request: Request) -> None:
    """Let changes pass that come from our own pages, or from no page at all.

    Browsers say where a request comes from (Sec-Fetch-Site, Origin), and pages cannot lie about it.

    Raises:
        CrossSiteError: it comes from another site's page.
    """
    if request.method in _SAFE:
        return
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise CrossSiteError
        return
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != (request.headers.get("host") or "?"):
        raise CrossSiteError


class Versioned:
    """The version in If-Match, held against the one that stands."""

    def __init__(
        self,
        if_match: Annotated[
            str | None, Header(description='The version that is changed, such as "3"')
        ] = None,
    ) -> None:
        """Keep what the header says."""
        self._given = if_match

    def check(self, version: int, moves: int | None = None) -> None:
        """Go on only if the caller knows the version that stands.

        Args:
            version: number of the version that stands.
            moves: of what has states too, how often it has changed its state. Who sends back the
                ETag that was read has then seen both; who sends the bare version has not.

        Raises:
            VersionNeededError: the caller did not say.
            StaleError: it is another.
        """
        if self._given is None:
            raise VersionNeededError(version=version)
        known = {f'"{version}"', "*"} | ({f'"{version}.{moves}"'} if moves is not None else set())
        if self._given.strip().removeprefix("W/") not in known:
            raise StaleError(version=version)


VersionedDep = Annotated[Versioned, Depends()]


def tag(response: Response, version: int, moves: int | None = None) -> None:
    """Say which version the answer is, and how often its state has changed."""
    response.headers["ETag"] = f'"{version}"' if moves is None else f'"{version}.{moves}"'
