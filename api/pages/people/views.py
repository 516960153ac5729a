"""Accounts: list, make, close. The first password is shown once."""

import secrets

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.forms import Form
from api.pages.page import Page, PageDep
from api.pages.parts.filled import FilledDep, asked
from api.service.accounts import routes
from api.service.accounts.roles import Right, Role
from api.service.accounts.shapes import AccountIn
from api.service.errors import TakenError
from api.service.plans import store as plans
from api.service.shapes import Id

router = APIRouter(prefix="/brukere", tags=["pages"], include_in_schema=False)

ROLES = (Role.COORDINATOR, Role.DOCTOR, Role.MANAGER, Role.AUDITOR)
_WORDS = 12  # random bytes of a first password: 16 characters


@router.get("")
def people(page: PageDep) -> Response:
    """The accounts, and the form of a new one."""
    return _list(page, Form())


@router.post("")
def add(page: PageDep, filled: FilledDep) -> Response:
    """Make an account with a password of the program's choice, and show it this once."""
    page.actor.need(Right.ACCOUNTS)
    password = secrets.token_urlsafe(_WORDS)
    role = filled.one("role")
    values = {
        "email": [filled.one("email")],
        "name": [filled.one("name")],
        "role": [role],
        "password": [password],
        "municipality": [filled.one("municipality") if role == Role.MANAGER else ""],
        "doctor": [filled.one("doctor") if role == Role.DOCTOR else ""],
    }
    faults = {}
    if role == Role.MANAGER and not values["municipality"][0]:
        faults["municipality"] = page.say("people.which_municipality")
    if role == Role.DOCTOR and not values["doctor"][0]:
        faults["doctor"] = page.say("people.which_doctor")
    wanted, form = asked(page, AccountIn, type(filled)(values), "people")
    form = filled.form({**form.faults, **faults})
    if wanted is None or faults:
        return _list(page, form, 422)
    try:
        made = routes.add_account(page.service, page.actor, wanted)
    except TakenError:
        return _list(page, filled.form({"email": page.say("people.taken")}), 422)
    # Not a redirect: the password must not stand in a cookie or an address.
    return page.show("people/made", 201, account=made, password=password)


@router.post("/{account}/steng")
def close(page: PageDep, account: Id, filled: FilledDep) -> Response:
    """Close an account."""
    page.actor.need(Right.ACCOUNTS)
    routes.close_account(page.service, page.actor, account, filled.one("why")[:1000])
    return page.go("/brukere", "people.closed")


def _list(page: Page, form: Form, status: int = 200) -> Response:
    page.actor.need(Right.ACCOUNTS)
    found = routes.accounts(page.service, page.actor)
    towns, doctors = _belongings(page)
    return page.show(
        "people/list",
        status,
        accounts=sorted(found, key=lambda own: (not own.active, own.name.casefold())),
        form=form,
        roles=ROLES if page.actor.cooperation else (Role.SYSTEM,),
        towns=towns,
        doctors=doctors,
    )


def _belongings(page: Page) -> tuple[dict[str, str], dict[str, str]]:
    """Municipalities and doctors of the newest plan, by id."""
    if Right.PLANS_WRITE not in page.actor.rights:
        return {}, {}
    with page.service.database.reading() as session:
        newest = plans.plans(session, page.actor, None, 1)[:1]
        if not newest:
            return {}, {}
        loaded = page.service.plans.of(session, plans.version_of(session, newest[0]).id)
    return (
        {own.id: own.name for own in loaded.plan.municipalities},
        {own.id: own.name for own in loaded.plan.doctors},
    )
