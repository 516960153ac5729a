"""Accounts: list, make, give another role, close. The first password is shown once."""

import secrets
from typing import TypeVar

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.forms import Form
from api.pages.page import Page, PageDep
from api.pages.parts.filled import FilledDep, FilledIn, asked
from api.pages.plans.belonging import belonging, doctor_names, town_names
from api.pages.tables import as_csv
from api.service.accounts import routes
from api.service.accounts.roles import Right, Role
from api.service.accounts.shapes import AccountIn, AccountOut, RoleIn
from api.service.errors import NotFoundError, TakenError
from api.service.shapes import Id

router = APIRouter(prefix="/brukere", tags=["pages"], include_in_schema=False)

ROLES = (Role.COORDINATOR, Role.DOCTOR, Role.MANAGER, Role.AUDITOR)
Wanted = TypeVar("Wanted", AccountIn, RoleIn)
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
    own = {name: [filled.one(name)] for name in ("name", "email")}
    wanted, form = _asked(page, AccountIn, filled, {**own, "password": [password]})
    if wanted is None:
        return _list(page, form, 422)
    try:
        made = routes.add_account(page.service, page.actor, wanted)
    except TakenError:
        return _list(page, filled.form({"email": page.say("people.taken")}), 422)
    # Not a redirect: the password must not stand in a cookie or an address.
    return page.show("people/made", 201, account=made, password=password)


@router.get("/fil.csv")
def people_file(page: PageDep) -> Response:
    """The accounts as a table."""
    known = belonging(page)
    towns, doctors = town_names(known), doctor_names(known)
    found = routes.accounts(page.service, page.actor)
    names = ("name", "email", "role", "doctor", "municipality", "state")
    return as_csv(
        "brukere",
        [page.say(f"people.{own}") for own in names],
        [
            [
                own.name,
                own.email,
                page.say(f"people.role_{own.role}"),
                doctors.get(own.doctor or "", own.doctor or ""),
                towns.get(own.municipality or "", own.municipality or ""),
                page.say("people.active" if own.active else "people.is_closed"),
            ]
            for own in found
        ],
    )


@router.get("/{account}/rolle")
def role(page: PageDep, account: Id) -> Response:
    """The role of an account, to be changed."""
    own = _account(page, account)
    values = {"role": own.role, "doctor": own.doctor or "", "municipality": own.municipality or ""}
    return _role(page, own, Form(values))


@router.post("/{account}/rolle")
def change_role(page: PageDep, account: Id, filled: FilledDep) -> Response:
    """Give an account another role."""
    own = _account(page, account)
    wanted, form = _asked(page, RoleIn, filled, {"why": [filled.one("why")]})
    if wanted is None:
        return _role(page, own, form, 422)
    versioned = filled.versioned()
    routes.change_role(page.service, page.actor, Response(), versioned, account, wanted)
    return page.go("/brukere", "people.changed")


@router.get("/{account}/steng")
def closing(page: PageDep, account: Id) -> Response:
    """Ask whether an account is to be closed: it cannot be opened again."""
    return page.show("people/close", account=_account(page, account), form=Form())


@router.post("/{account}/steng")
def close(page: PageDep, account: Id, filled: FilledDep) -> Response:
    """Close an account."""
    page.actor.need(Right.ACCOUNTS)
    routes.close_account(page.service, page.actor, account, filled.one("why")[:1000])
    return page.go("/brukere", "people.closed")


def _list(page: Page, form: Form, status: int = 200) -> Response:
    page.actor.need(Right.ACCOUNTS)
    found = routes.accounts(page.service, page.actor)
    known = belonging(page)
    return page.show(
        "people/list",
        status,
        accounts=sorted(found, key=lambda own: (not own.active, own.name.casefold())),
        form=form,
        roles=ROLES if page.actor.cooperation else (Role.SYSTEM,),
        known=known,
        towns=town_names(known),
        doctors=doctor_names(known),
    )


def _account(page: Page, account: str) -> AccountOut:
    """An account that can be changed or closed: not the own one, and not closed.

    Raises:
        NotFoundError: there is none such in the own cooperation.
    """
    page.actor.need(Right.ACCOUNTS)
    for own in routes.accounts(page.service, page.actor):
        if own.id == account and own.active and account != page.actor.account:
            return own
    raise NotFoundError


def _role(page: Page, account: AccountOut, form: Form, status: int = 200) -> Response:
    known = belonging(page)
    return page.show(
        "people/role",
        status,
        account=account,
        form=form,
        roles=ROLES,
        known=known,
    )


def _asked(
    page: Page, shape: type[Wanted], filled: FilledIn, more: dict[str, list[str]]
) -> tuple[Wanted | None, Form]:
    """What is asked for with a role, and what belongs to it; None with what is wrong."""
    own = filled.one("role")
    values = {
        **more,
        "role": [own],
        "municipality": [filled.one("municipality") if own == Role.MANAGER else ""],
        "doctor": [filled.one("doctor") if own == Role.DOCTOR else ""],
    }
    faults = {}
    if own == Role.MANAGER and not values["municipality"][0]:
        faults["municipality"] = page.say("people.which_municipality")
    if own == Role.DOCTOR and not values["doctor"][0]:
        faults["doctor"] = page.say("people.which_doctor")
    wanted, form = asked(page, shape, FilledIn(values), "people")
    return None if faults else wanted, filled.form({**form.faults, **faults})
