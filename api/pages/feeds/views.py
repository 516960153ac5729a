"""Calendar addresses: made, told once, revoked."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter
from fastapi import Form as Field
from fastapi.responses import Response
from pydantic import ValidationError

from api.pages.forms import Form
from api.pages.page import Page, PageDep
from api.pages.plans.belonging import belonging, doctor_names
from api.service.accounts.roles import Right
from api.service.feeds import routes
from api.service.feeds.help import ClientHelp
from api.service.feeds.shapes import FeedIn, NewFeed
from api.service.feeds.store import BUSY, DISTRICT, DOCTOR
from api.service.shapes import Id

router = APIRouter(prefix="/kalendere", tags=["pages"], include_in_schema=False)
Text = Annotated[str, Field()]


@router.get("")
def feeds(page: PageDep) -> Response:
    """The own addresses, and the form for a new one."""
    return _show(page, Form())


@router.post("")
def add(page: PageDep, label: Text = "", kind: Text = "") -> Response:
    """Make an address and tell it: this answer is the only one that ever holds it."""
    kinds = _kinds(page)
    chosen = kind if kind in kinds else kinds[0]
    subject = "" if chosen == DISTRICT else page.actor.doctor
    try:
        wanted = FeedIn.model_validate({"kind": chosen, "subject": subject, "label": label})
    except ValidationError:
        form = Form({"label": label, "kind": kind}, {"label": page.say("feeds.label_missing")})
        return _show(page, form, 422)
    return _show(page, Form(), made=routes.add(page.service, page.actor, wanted))


@router.post("/{feed}/slett")
def revoke(page: PageDep, feed: Id) -> Response:
    """Revoke an address."""
    routes.revoke(page.service, page.actor, feed)
    return page.go("/kalendere", "feeds.revoked")


def _kinds(page: Page) -> tuple[str, ...]:
    """What kinds of calendar the reader can make here."""
    page.actor.need(Right.FEEDS_OWN, Right.FEEDS_ALL)
    return (DISTRICT,) if Right.FEEDS_ALL in page.actor.rights else (DOCTOR, BUSY)


def _show(page: Page, form: Form, status: int = 200, *, made: NewFeed | None = None) -> Response:
    found = [own for own in routes.feeds(page.service, page.actor) if own.revoked_at is None]
    return page.show(
        "feeds/feeds",
        status,
        form=form,
        feeds=found,
        kinds=_kinds(page),
        names=_names(page),
        made=made,
        help=_help(page, made),
    )


def _names(page: Page) -> dict[str, str]:
    """Names by id of doctors, for who sees everybody's addresses."""
    return doctor_names(belonging(page)) if Right.FEEDS_ALL in page.actor.rights else {}


def _help(page: Page, made: NewFeed | None) -> list[tuple[ClientHelp, str]]:
    """The clients, each with the address of its button; empty: the address is pasted there."""
    found = []
    for own in routes.subscribing(page.actor):
        opens = ""
        if made is not None and own.dialogue:
            opens = own.dialogue.format(
                url=quote(made.url, safe=""), webcal=quote(made.webcal, safe="")
            )
        elif made is not None and own.link == "webcal":
            opens = made.webcal
        found.append((own, opens))
    return found
