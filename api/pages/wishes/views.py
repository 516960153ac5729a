"""Wishes: rounds, stating, changing, withdrawing; and receipts."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter
from fastapi import Form as Field
from fastapi.responses import Response
from pydantic import ValidationError

from api.pages.doctor.content import own_rosters
from api.pages.forms import Form, wrong_fields
from api.pages.page import Page, PageDep
from api.service.accounts.roles import Right
from api.service.advice import report_routes
from api.service.dependencies import Versioned
from api.service.errors import NotFoundError
from api.service.rosters import store as rosters
from api.service.shapes import Id
from api.service.wishes import routes, statement_routes
from api.service.wishes.shapes import StatedWishOut, WishWords
from scheduler.reading.faults import PlanError

router = APIRouter(prefix="/onsker", tags=["pages"], include_in_schema=False)
Text = Annotated[str, Field()]
Many = Annotated[list[str] | None, Field()]
_FIELDS = ("attitude", "start", "end", "patterns", "weight")
_ROSTERS = 10


@router.get("")
def rounds(page: PageDep) -> Response:
    """The rounds, the newest first, and rosters in which wishes were answered."""
    page.actor.need(Right.WISHES_OWN)
    found = routes.rounds(page.service, page.actor, plan=None)
    published = own_rosters(page, _ROSTERS, lambda state: state != rosters.HEARING)
    return page.show("wishes/rounds", rounds=found, rosters=published)


@router.get("/svar/{roster}")
def receipts(page: PageDep, roster: Id) -> Response:
    """What became of the own wishes."""
    page.actor.need(Right.WISHES_OWN)
    with page.service.database.reading() as session:
        title = rosters.roster_of(session, page.actor, roster).title
    told = report_routes.receipts(page.service, page.actor, roster, doctor=None, version=None)
    return page.show("wishes/receipts", title=title, told=told)


@router.get("/{round}")
def round_(page: PageDep, round: Id) -> Response:
    """The own wishes of a round, and the form for one more."""
    return _show(page, round, Form({"weight": "1"}))


@router.post("/{round}")
def state(
    page: PageDep,
    round: Id,
    attitude: Text = "",
    start: Text = "",
    end: Text = "",
    whole_weekend: Text = "",
    patterns: Many = None,
    weight: Text = "1",
    as_block: Text = "",
    wish: Text = "",
    revision: Text = "",
    only_try: Text = "",
) -> Response:
    """State a wish, change one, or see what it would compete with."""
    page.actor.need(Right.WISHES_OWN)
    values = {
        "attitude": attitude,
        "start": start,
        "end": end,
        "whole_weekend": whole_weekend,
        "weight": weight,
        "as_block": as_block,
        "wish": wish,
        "revision": revision,
    }
    chosen = patterns or []
    try:
        words = WishWords.model_validate(
            {
                "attitude": attitude,
                "start": start,
                "end": end or None,
                "whole_weekend": bool(whole_weekend),
                "patterns": chosen,
                "weight": int(weight) if weight.isdecimal() and weight.isascii() else weight,
                "as_block": bool(as_block),
            }
        )
        told = _store(page, round, words, wish, revision, trying=bool(only_try))
    except ValidationError as error:
        fields = [own for own in wrong_fields(error) if own in _FIELDS] or ["start"]
        faults = {own: page.say(f"wishes.{own}_wrong") for own in fields}
        return _show(page, round, Form(values, faults), 422, chosen=chosen)
    except PlanError as error:
        faults = {_field(own.place): f"{own.problem} {own.remedy}" for own in error.faults}
        return _show(page, round, Form(values, faults), 422, chosen=chosen)
    if only_try:
        return _show(page, round, Form(values), chosen=chosen, tried=told)
    return page.go(f"/onsker/{round}", "wishes.saved")


@router.get("/{round}/{wish}")
def change(page: PageDep, round: Id, wish: Id) -> Response:
    """The form with a wish that was stated."""
    found = next((own for own in _wishes(page, round) if own.id == wish), None)
    if found is None:
        raise NotFoundError
    words = found.wish.model_dump(mode="json")
    values = {
        name: str(words[name] or "")
        for name in ("attitude", "start", "end", "whole_weekend", "weight", "as_block")
    }
    values |= {"wish": wish, "revision": str(found.version)}
    return _show(page, round, Form(values), chosen=list(found.wish.patterns))


@router.post("/{round}/{wish}/trekk")
def withdraw(page: PageDep, round: Id, wish: Id, revision: Text = "") -> Response:
    """Withdraw a wish."""
    page.actor.need(Right.WISHES_OWN)
    statement_routes.withdraw(page.service, page.actor, Versioned(f'"{revision}"'), round, wish)
    return page.go(f"/onsker/{round}", "wishes.withdrawn")


def _store(
    page: Page, own: str, words: WishWords, wish: str, revision: str, *, trying: bool
) -> StatedWishOut:
    if wish and not trying:
        match = Versioned(f'"{revision}"')
        return statement_routes.restate(
            page.service, page.actor, Response(), match, own, wish, words
        )
    return statement_routes.state(page.service, page.actor, Response(), own, words, only_try=trying)


def _field(place: str) -> str:
    """The field of the form that a fault of the plan's language means."""
    last = place.rsplit(".", 1)[-1].split("[", 1)[0]
    return last if last in _FIELDS else "start"


def _wishes(page: Page, own: str) -> list[StatedWishOut]:
    page.actor.need(Right.WISHES_OWN)
    return statement_routes.wishes(page.service, page.actor, own)


def _show(
    page: Page,
    own: str,
    form: Form,
    status: int = 200,
    *,
    chosen: list[str] | None = None,
    tried: StatedWishOut | None = None,
) -> Response:
    wishes = _wishes(page, own)
    found = routes.round_(page.service, page.actor, Response(), own)
    return page.show(
        "wishes/round",
        status,
        round=found,
        names={pattern.id: pattern.name for pattern in found.patterns},
        wishes=wishes,
        form=form,
        chosen=chosen or [],
        tried=tried,
        told_days=lambda wish: _days(page, wish),
    )


def _days(page: Page, wish: WishWords) -> str:
    """«lørdag 6. mars», «lørdag 6. mars – søndag 7. mars»; with the time where one is named."""
    first, last = (_moment(page, own) for own in (wish.start, wish.end or wish.start))
    return first if first == last else f"{first} – {last}"


def _moment(page: Page, own: date) -> str:
    if isinstance(own, datetime):
        return f"{page.clock.day(own.date())} {own:%H:%M}"
    return page.clock.day(own)
