"""What an endpoint is handed: the service, who asks, and the version that is changed."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Header, Request, Response
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from api.service.accounts import store
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

_cookie = APIKeyCookie(name=COOKIE, auto_error=False, description="Set by logging in")
_bearer = HTTPBearer(auto_error=False, description="A token made under /api/v1/tokens")


def service_of(request: Request) -> Service:
    """The service that the app was made for."""
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(service_of)]


def anybody(
    request: Request,
    service: ServiceDep,
    secret: Annotated[str | None, Depends(_cookie)],
    shown: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Actor:
    """Who asks, even if the password must be changed first.

    Raises:
        NotLoggedInError: neither a valid token nor a login that has not ended.
        CrossSiteError: a change that another site's page asks for in the name of who is logged in.
    """
    with service.database.reading() as session:
        if shown is not None:
            return asked_by(request, store.bearer(session, shown.credentials))
        if secret is None:
            raise NotLoggedInError
        refuse_cross_site(request)
        return asked_by(request, store.visitor(session, secret))


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

    def check(self, version: int) -> None:
        """Go on only if the caller knows the version that stands.

        Raises:
            VersionNeededError: the caller did not say.
            StaleError: it is another.
        """
        if self._given is None:
            raise VersionNeededError(version=version)
        if self._given.strip().removeprefix("W/") not in (f'"{version}"', "*"):
            raise StaleError(version=version)


VersionedDep = Annotated[Versioned, Depends()]


def tag(response: Response, version: int) -> None:
    """Say which version the answer is."""
    response.headers["ETag"] = f'"{version}"'
