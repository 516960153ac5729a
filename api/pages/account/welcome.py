"""The welcome: the first cooperation and its coordinator, made by whoever starts the service.

Nobody can log in yet. So it takes either a request from the very machine, to its own name, or
the code that `rettvakt serve` prints: a stranger who finds the address first must not become
coordinator.
"""

import hmac
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi import Form as Field
from fastapi.responses import Response
from pydantic import BaseModel, ValidationError

from api.pages.account.weak import weakness
from api.pages.forms import Form, wrong_fields
from api.pages.page import OpenPageDep, Page
from api.service.accounts import routes, setup
from api.service.accounts.shapes import Email, Login
from api.service.accounts.strength import LEAST
from api.service.dependencies import refuse_cross_site, service_of
from api.service.errors import NotFoundError, PasswordError
from api.service.settings import OWN_NAMES
from api.service.shapes import Line

router = APIRouter(tags=["pages"], include_in_schema=False)

Text = Annotated[str, Field()]
_BY_PROXIES = ("forwarded", "x-forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip")


class Founder(BaseModel):
    """What is filled in, without the password."""

    cooperation: Line
    name: Line
    email: Email


@router.get("/velkommen")
def welcome(page: OpenPageDep, kode: str = "") -> Response:
    """The form for the first account."""
    _only_if_empty(page)
    return _show(page, Form({"code": kode}))


@router.post("/velkommen")
def begin(
    page: OpenPageDep,
    cooperation: Text = "",
    name: Text = "",
    email: Text = "",
    password: Text = "",
    code: Text = "",
) -> Response:
    """Make the first cooperation and its coordinator, and log in."""
    refuse_cross_site(page.request)
    _only_if_empty(page)
    values = {"cooperation": cooperation, "name": name, "email": email, "code": code}
    faults: dict[str, str] = {}
    if not is_local(page.request):
        page.service.brake("", page.request.client.host if page.request.client else "")
        if not hmac.compare_digest(code.strip().encode(), page.service.setup_code.encode()):
            faults["code"] = page.say("account.wrong_code")
    try:
        wanted = Founder.model_validate(values)
    except ValidationError as error:
        told = {own: page.say(f"account.fill_in_{own}") for own in wrong_fields(error)}
        return _show(page, Form(values, {**told, **faults}), 422)
    if faults:
        return _show(page, Form(values, faults), 422)
    try:
        with page.service.database.writing() as session:
            setup.begin(session, **wanted.model_dump(), password=password)
    except PasswordError:
        return _show(page, Form(values, {"password": weakness(page, password)}), 422)
    response = page.go("/")
    login = Login(email=wanted.email, password=password)
    routes.log_in(page.request, response, page.service, login)
    return response


def is_local(request: Request) -> bool:
    """Whether the request comes from this machine and calls it by its own name.

    Another site's page that resolves to this machine has a name of its own. A proxy on the machine
    says for whom it asks, or passes the name on that the browser used; one that does neither serves
    people by another name, and that stands in the settings.
    """
    client = request.client.host if request.client else ""
    named = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    forwarded = any(name.startswith(_BY_PROXIES) for name in request.headers)
    only_here = service_of(request).settings.is_only_here
    return only_here and not forwarded and {client, named} <= OWN_NAMES


def _only_if_empty(page: Page) -> None:
    """Go on only while nobody has an account.

    Raises:
        NotFoundError: somebody has.
    """
    with page.service.database.reading() as session:
        if not setup.is_empty(session):
            raise NotFoundError


def _show(page: Page, form: Form, status: int = 200) -> Response:
    return page.show(
        "account/welcome", status, form=form, least=LEAST, needs_code=not is_local(page.request)
    )
