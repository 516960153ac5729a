"""Logging in and out, the own password, the language of the pages."""

from typing import Annotated

from fastapi import APIRouter
from fastapi import Form as Field
from fastapi.responses import Response
from pydantic import ValidationError

from api.pages.catalogue import Language
from api.pages.forms import Form
from api.pages.page import OpenPageDep, Page, UnsettledPageDep
from api.service.accounts import routes
from api.service.accounts.setup import is_empty
from api.service.accounts.shapes import Login, PasswordChange
from api.service.accounts.strength import LEAST
from api.service.dependencies import refuse_cross_site
from api.service.errors import PasswordError, TooManyTriesError, WrongLoginError

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
    except TooManyTriesError as error:
        wait = page.say("account.too_many_tries", n=error.values["seconds"])
        return _login(page, Form({"email": email}, {"password": wait}), neste, 429)
    return response


@router.post("/logg-ut")
def log_out(page: UnsettledPageDep) -> Response:
    """Log out."""
    response = page.go("/logg-inn", "account.logged_out", "info")
    routes.log_out(page.request, page.service, page.actor, response)
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
        fault = page.say("account.weak_password", least=LEAST)
        return _password(page, Form(faults={"new": fault}), 422)
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
    ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if ours else "/"


def _login(page: Page, form: Form, following: str, status: int = 200) -> Response:
    return page.show("account/login", status, form=form, following=inside(following))


def _password(page: Page, form: Form, status: int = 200) -> Response:
    return page.show("account/password", status, form=form, least=LEAST)
