"""What a view is handed: who asks, in which language, and how the answer is made."""

import gzip
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from api.pages.catalogue import Language, preferred
from api.pages.navigation import is_here, menu
from api.pages.subjects import CATALOGUE
from api.pages.templates import environment
from api.pages.times import Clock
from api.pages.under import address, addressed, asked
from api.service.accounts.actor import Actor
from api.service.dependencies import ActorDep, AnybodyDep, ServiceDep
from api.service.service import Service

LANGUAGE_COOKIE = "rettvakt_spraak"
FLASH_COOKIE = "rettvakt_melding"
_YEAR = 31_536_000
_FLASH_SECONDS = 60
_SMALL = 1000  # bytes; compressing less gains nothing
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    # Browsers that do not send Sec-Fetch-Site then send Origin with our own forms.
    "Referrer-Policy": "same-origin",
    "Vary": "Accept-Encoding, Accept-Language, Cookie",
}


class Page:
    """One request for a page.

    Attributes:
        actor: who is logged in; None on pages that need nobody.
        language: of the answer.
        clock: says days and times in it.
    """

    def __init__(self, request: Request, service: Service, actor: Actor | None) -> None:
        """Find out the language."""
        self.request = request
        self.service = service
        self._actor = actor
        self.language = language_of(request)
        self.clock = Clock(self.language)

    @property
    def actor(self) -> Actor:
        """Who is logged in.

        Raises:
            RuntimeError: the view asked for a page that needs nobody.
        """
        if self._actor is None:
            raise RuntimeError("this page has no actor: use PageDep")
        return self._actor

    def say(self, key: str, **values: object) -> str:
        """A text in the page's language."""
        return CATALOGUE.say(self.language, key, **values)

    def show(self, template: str, status: int = 200, **values: Any) -> Response:
        """The page.

        Args:
            template: «subject/name», without its ending.
            status: of HTTP.
            values: for the template, beside `page`, `t`, `clock`, `actor`, `menu`, `flash`.
        """
        flash = self._flash()
        html = self.fragment(template, flash=flash, **values)
        response = self._answer(html.encode(), status)
        if FLASH_COOKIE in self.request.cookies:
            response.delete_cookie(FLASH_COOKIE, path=self.service.settings.cookie_path)
        return response

    def fragment(self, template: str, **values: Any) -> Markup:
        """A part of a page, as htmx takes it."""
        html = (
            environment()
            .get_template(f"{template}.html.jinja")
            .render(
                {
                    "page": self,
                    "t": self.say,
                    "clock": self.clock,
                    "actor": self._actor,
                    "path": asked(self.request),
                    "menu": menu(self._actor),
                    "is_here": is_here,
                    "languages": tuple(Language),
                    "flash": None,
                    **values,
                }
            )
        )
        return Markup(addressed(self._root, html))

    def go(self, path: str, told: str = "", kind: str = "success", **values: object) -> Response:
        """Send the browser on after a change, perhaps with something to say there.

        Args:
            path: where to.
            told: key of a text.
            kind: «success», «info», «warning» or «danger».
            values: for the text.
        """
        response = RedirectResponse(address(self._root, path), 303, headers=HEADERS)
        if told:
            content = json.dumps({"key": told, "kind": kind, "values": values}).encode()
            self._keep(response, FLASH_COOKIE, urlsafe_b64encode(content).decode(), _FLASH_SECONDS)
        return response

    def remember_language(self, response: Response, language: Language) -> None:
        """Show pages in this language from now on."""
        self._keep(response, LANGUAGE_COOKIE, language.value, _YEAR)

    def with_query(self, **changes: object) -> str:
        """The page's own address with some of the query changed; None takes one away."""
        query = {**self.request.query_params, **changes}
        kept = {name: str(value) for name, value in query.items() if value is not None}
        here = asked(self.request)
        return f"{here}?{urlencode(kept)}" if kept else here

    @property
    def _root(self) -> str:
        return self.service.settings.root_path

    def _keep(self, response: Response, name: str, value: str, seconds: int) -> None:
        response.set_cookie(
            name,
            value,
            max_age=seconds,
            httponly=True,
            samesite="lax",
            secure=self.service.settings.secure,
            path=self.service.settings.cookie_path,
        )

    def _flash(self) -> Mapping[str, str] | None:
        """What an earlier request left to say; what is no message of ours says nothing."""
        try:
            found = json.loads(urlsafe_b64decode(self.request.cookies.get(FLASH_COOKIE, "")))
            return {"kind": str(found["kind"]), "text": self.say(found["key"], **found["values"])}
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            return None

    def _answer(self, content: bytes, status: int) -> Response:
        headers = dict(HEADERS)
        if len(content) > _SMALL and "gzip" in self.request.headers.get("accept-encoding", ""):
            content = gzip.compress(content, 5, mtime=0)
            headers["Content-Encoding"] = "gzip"
        headers["Content-Language"] = self.language.value
        return Response(content, status, headers, media_type="text/html; charset=utf-8")


def language_of(request: Request) -> Language:
    """The language of a request."""
    return preferred(
        request.cookies.get(LANGUAGE_COOKIE), request.headers.get("accept-language", "")
    )


def _page(request: Request, service: ServiceDep, actor: ActorDep) -> Page:
    return Page(request, service, actor)


def _unsettled(request: Request, service: ServiceDep, actor: AnybodyDep) -> Page:
    return Page(request, service, actor)


def _open(request: Request, service: ServiceDep) -> Page:
    return Page(request, service, None)


PageDep = Annotated[Page, Depends(_page)]
"""A page for somebody who is logged in."""
UnsettledPageDep = Annotated[Page, Depends(_unsettled)]
"""The same, also while the password must still be changed."""
OpenPageDep = Annotated[Page, Depends(_open)]
"""A page for anybody."""

__all__ = ["OpenPageDep", "Page", "PageDep", "UnsettledPageDep", "language_of"]
