"""Logging in and out, the own password, the language of the pages."""

import re
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi import Form as Field
from fastapi.responses import Response
from pydantic import ValidationError

from api.pages.account.weak import weakness
from api.pages.catalogue import Language
from api.pages.forms import Form
from api.pages.page import OpenPageDep, Page, UnsettledPageDep
from api.service.accounts import provider_routes, routes
from api.service.accounts.setup import is_empty
from api.service.accounts.shapes import Login, PasswordChange
from api.service.accounts.strength import LEAST
from api.service.dependencies import refuse_cross_site
from api.service.errors import (
    PasswordError,
    PasswordsOffError,
    ProviderError,
    ProviderOffError,
    TooManyTriesError,
    WrongLoginError,
)

router = APIRouter(tags=["pages"], include_in_schema=False)

Text = Annotated[str, Field()]
LanguageDep = Annotated[Language, Field()]


@router.get("/logg-inn")
def login(page: OpenPageDep, neste: str = "/") -> Response:
    """The form to log in; where nobody has an account yet, the welcome instead."""
    with page.service.database.reading() as session:
        if is_empty(session):
            return page.go("/velkommen")
    return _login(page, Form(), neste)


@router.post("/logg-inn")
def log_in(page: OpenPageDep, email: Text = "", password: Text = "", neste: Text = "/") -> Response:
    """Log in, then go on to the page that was asked for."""
    refuse_cross_site(page.request)
    response = page.go(inside(neste))
    try:
        wanted = Login(email=email, password=password)
        routes.log_in(page.request, response, page.service, wanted)
    except (ValidationError, WrongLoginError):
        form = Form({"email": email}, {"password": page.say("account.wrong_login")})
        return _login(page, form, neste, 422)
    except PasswordsOffError:
        form = Form({"email": email}, {"email": page.say("account.passwords_off")})
        return _login(page, form, neste, 422)
    except TooManyTriesError as error:
        wait = page.say("account.too_many_tries", n=error.values["seconds"])
        return _login(page, Form({"email": email}, {"password": wait}), neste, 429)
    return response


@router.post("/logg-ut")
def log_out(page: UnsettledPageDep) -> Response:
    """Log out here, and at the provider where one came in that way."""
    response = page.go("/logg-inn", "account.logged_out", "info")
    try:
        there = provider_routes.log_out_there_too(page.request, page.service, page.actor)
    except (ProviderOffError, ProviderError):  # nobody to tell
        routes.log_out(page.request, page.service, page.actor, response)
        return response
    place = there.headers["location"]
    if place != "/":
        # The policy lets a form lead to ourselves only, so the page does it, not a redirect.
        name = page.service.settings.oidc_name
        response = Page(page.request, page.service, None).show(
            "account/leaving", place=place, provider=name
        )
        response.headers["Refresh"] = f"0; url={place}"
    for cookie in there.headers.getlist("set-cookie"):
        response.headers.append("set-cookie", cookie)
    return response


@router.get("/passord")
def password_form(page: UnsettledPageDep) -> Response:
    """The form to change the own password."""
    return _password(page, Form())


@router.post("/passord")
def change_password(
    page: UnsettledPageDep, old: Text = "", new: Text = "", tokens: Text = ""
) -> Response:
    """Change the own password. All logins end."""
    try:
        change = PasswordChange(old=old, new=new, end_tokens=bool(tokens))
        routes.change_password(page.service, page.actor, change)
    except (ValidationError, PasswordError):
        return _password(page, Form(faults={"new": weakness(page, new, old)}), 422)
    except WrongLoginError:
        return _password(page, Form(faults={"old": page.say("account.wrong_old")}), 422)
    except TooManyTriesError as error:
        wait = page.say("account.too_many_tries", n=error.values["seconds"])
        return _password(page, Form(faults={"old": wait}), 429)
    return page.go("/logg-inn", "account.password_changed")


@router.post("/spraak")
def language(
    page: OpenPageDep, spraak: Annotated[Language, Field()], neste: Text = "/"
) -> Response:
    """Choose the language of the pages."""
    refuse_cross_site(page.request)
    response = page.go(inside(neste))
    page.remember_language(response, spraak)
    return response


def inside(path: str) -> str:
    """The path if it leads to one of our pages, else to the first one."""
    ours = len(path) <= provider_routes.LONGEST and re.fullmatch(provider_routes.INSIDE, path)
    return path if ours else "/"


def _login(page: Page, form: Form, following: str, status: int = 200) -> Response:
    following = inside(following)
    ways = provider_routes.ways(page.service)
    return page.show(
        "account/login",
        status,
        form=form,
        following=following,
        ways=ways,
        begin=f"/api/v1{ways.begin}?{urlencode({'next': following})}",
        emergency=bool(page.service.settings.emergency_account),
    )


def _password(page: Page, form: Form, status: int = 200) -> Response:
    return page.show("account/password", status, form=form, least=LEAST)
