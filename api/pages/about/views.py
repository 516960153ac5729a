"""The own account in the ledger, and the own data."""

from typing import Annotated

from fastapi import APIRouter
from fastapi import Form as Field
from fastapi.responses import Response
from pydantic import ValidationError

from api.pages.about.content import WIDTH, strips
from api.pages.forms import Form
from api.pages.page import Page, PageDep
from api.service.accounts import routes as accounts
from api.service.accounts import visit_routes as visits
from api.service.accounts.roles import Right
from api.service.advice import report_routes
from api.service.advice.burden import BurdenOut
from api.service.errors import NotFoundError
from api.service.ledgers import routes as ledgers
from api.service.ledgers.shapes import AccountStatement
from api.service.messages import routes as messages
from api.service.messages.shapes import ContactShape
from api.service.privacy import routes as privacy
from api.service.rosters import store as rosters
from api.service.shapes import Id

router = APIRouter(tags=["pages"], include_in_schema=False)
Text = Annotated[str, Field()]
_ROSTERS = 10


@router.get("/min-konto")
def account(page: PageDep) -> Response:
    """The own balances beside the spread of all, and what the roster in force adds."""
    page.actor.need(Right.FEEDS_OWN)
    ledger = ledgers.ledger(page.service, page.actor, Response())
    return page.show(
        "about/account",
        strips=strips(ledger, page.actor.doctor),
        width=WIDTH,
        statement=_statement(page),
        current=_current(page),
    )


@router.get("/mine-data")
def data(page: PageDep) -> Response:
    """Contact, password, logins, tokens, and a copy of all that is kept."""
    wanted = messages.contact(page.service, page.actor)
    return _data(page, Form({"phone": wanted.phone, "language": wanted.language}))


@router.post("/mine-data")
def set_contact(page: PageDep, phone: Text = "", language: Text = "") -> Response:
    """How one wants messages."""
    try:
        wanted = ContactShape.model_validate({"phone": phone, "language": language})
    except ValidationError:
        faults = {"phone": page.say("about.phone_wrong")}
        return _data(page, Form({"phone": phone, "language": language}, faults), 422)
    messages.set_contact(page.service, page.actor, wanted)
    return page.go("/mine-data", "about.saved")


@router.get("/mine-data/fil")
def export(page: PageDep) -> Response:
    """All that is kept about who is logged in, as a zip."""
    return privacy.own_export(page.service, page.actor)


@router.post("/mine-data/nokler/{token}/slett")
def revoke(page: PageDep, token: Id) -> Response:
    """End a token."""
    accounts.revoke_token(page.service, page.actor, token)
    return page.go("/mine-data", "about.token_ended")


@router.post("/mine-data/innlogginger/slett")
def end_other_logins(page: PageDep) -> Response:
    """Log out everywhere else."""
    visits.end_others(page.request, page.service, page.actor)
    return page.go("/mine-data", "about.logins_ended")


@router.post("/mine-data/innlogginger/{login}/slett")
def end_login(page: PageDep, login: Id) -> Response:
    """Log out somewhere else."""
    visits.end(page.service, page.actor, login)
    return page.go("/mine-data", "about.login_ended")


def _data(page: Page, form: Form, status: int = 200) -> Response:
    tokens = accounts.tokens(page.service, page.actor)
    return page.show(
        "about/data",
        status,
        form=form,
        tokens=[own for own in tokens if own.revoked_at is None],
        logins=visits.own(page.request, page.service, page.actor),
    )


def _statement(page: Page) -> AccountStatement | None:
    """The own account line by line; None before anything was posted."""
    try:
        return ledgers.account(page.service, page.actor, page.actor.doctor)
    except NotFoundError:
        return None


def _current(page: Page) -> list[tuple[str, BurdenOut]]:
    """What the doctor bears in the rosters in force: title and answer."""
    with page.service.database.reading() as session:
        found = rosters.rosters(session, page.actor, None, None, _ROSTERS)[:_ROSTERS]
        standing = [own for own in found if own.state in (rosters.PUBLISHED, rosters.AMENDED)]
    told = [
        (own.title, report_routes.burden(page.service, page.actor, own.id, version=None))
        for own in standing[:2]
    ]
    return [(title, own) for title, own in told if own.rows]
