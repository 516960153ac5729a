"""The system administrator's first page: cooperations, and the first coordinator of each."""

import secrets

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.forms import Form
from api.pages.page import Page, PageDep
from api.pages.parts.filled import FilledDep, FilledIn, asked
from api.service.accounts import routes
from api.service.accounts.roles import Right, Role
from api.service.accounts.shapes import AccountIn, CooperationIn
from api.service.errors import NotFoundError, TakenError

router = APIRouter(prefix="/samarbeid", tags=["pages"], include_in_schema=False)

_WORDS = 12  # random bytes of a first password: 16 characters


def shown(page: Page, form: Form | None = None, status: int = 200, *, of: str = "") -> Response:
    """The page.

    Args:
        page: who asks.
        form: what was filled in, with its faults.
        status: of HTTP.
        of: which of the two forms it is: «cooperation» or «coordinator».
    """
    given, empty = form or Form(), Form()
    return page.show(
        "overview/system",
        status,
        cooperations=routes.cooperations(page.service, page.actor),
        cooperation=given if of == "cooperation" else empty,
        coordinator=given if of == "coordinator" else empty,
    )


@router.post("")
def add(page: PageDep, filled: FilledDep) -> Response:
    """Make a cooperation."""
    page.actor.need(Right.COOPERATIONS)
    wanted, form = asked(page, CooperationIn, FilledIn({"name": [filled.one("navn")]}), "overview")
    if wanted is None:
        return shown(page, _named(filled, form), 422, of="cooperation")
    try:
        routes.add_cooperation(page.service, page.actor, wanted)
    except TakenError:
        taken = filled.form({"navn": page.say("overview.cooperation_taken")})
        return shown(page, taken, 422, of="cooperation")
    return page.go("/", "overview.cooperation_made", name=wanted.name)


def _named(filled: FilledIn, form: Form) -> Form:
    """The form again: its field is called otherwise than the shape has it."""
    return filled.form({"navn": " ".join(form.faults.values())})


@router.post("/koordinator")
def add_coordinator(page: PageDep, filled: FilledDep) -> Response:
    """Make a coordinator of a cooperation, and show the first password this once."""
    page.actor.need(Right.COOPERATIONS)
    password = secrets.token_urlsafe(_WORDS)
    values = {name: [filled.one(name)] for name in ("name", "email", "cooperation")}
    own = FilledIn({**values, "role": [Role.COORDINATOR], "password": [password]})
    wanted, form = asked(page, AccountIn, own, "people")
    faults = dict(form.faults)
    if not filled.one("cooperation"):
        faults["cooperation"] = page.say("overview.which_cooperation")
    if wanted is None or faults:
        return shown(page, filled.form(faults), 422, of="coordinator")
    try:
        made = routes.add_account(page.service, page.actor, wanted)
    except TakenError:
        taken = filled.form({"email": page.say("people.taken")})
        return shown(page, taken, 422, of="coordinator")
    except NotFoundError:
        unknown = filled.form({"cooperation": page.say("overview.which_cooperation")})
        return shown(page, unknown, 422, of="coordinator")
    return page.show("people/made", 201, account=made, password=password)
