"""Wish rounds of a plan: open, follow, end, take in."""

from contextlib import suppress
from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.forms import Form
from api.pages.page import Page, PageDep
from api.pages.parts.cells import BY_NAME, shown
from api.pages.parts.content import open_plan
from api.pages.parts.filled import FilledDep, FilledIn, asked
from api.service.accounts.roles import Right
from api.service.errors import NotFoundError
from api.service.shapes import Id
from api.service.wishes import routes, statement_routes
from api.service.wishes.shapes import StatedWishOut, TakeIn, WishRoundChanges, WishRoundIn
from scheduler.domain.time import OSLO, local
from scheduler.reading.faults import PlanError

router = APIRouter(prefix="/planer/{plan}/onskerunder", tags=["pages"], include_in_schema=False)

_MOST = "20"


@router.get("")
def rounds(page: PageDep, plan: Id) -> Response:
    """The rounds of a plan, and the form to open one."""
    return _list(page, plan, Form({"most": _MOST}))


@router.post("")
def open_round(page: PageDep, plan: Id, filled: FilledDep) -> Response:
    """Open a round."""
    page.actor.need(Right.PLANS_WRITE)
    wanted, form = asked(page, WishRoundIn, _in_oslo(filled), "wish_rounds")
    form = filled.form(form.faults)
    if wanted is None:
        return _list(page, plan, form, 422)
    try:
        made = routes.open_round(page.service, page.actor, Response(), plan, wanted)
    except PlanError:
        return _list(page, plan, filled.form({"deadline": page.say("wish_rounds.past")}), 422)
    return page.go(f"/planer/{plan}/onskerunder/{made.id}", "wish_rounds.opened")


@router.get("/{round}")
def one(page: PageDep, plan: Id, round: Id) -> Response:
    """One round: who wants what, and with how many others."""
    return _one(page, plan, round, None)


@router.post("/{round}")
def edit(page: PageDep, plan: Id, round: Id, filled: FilledDep) -> Response:
    """Change the deadline or the number of wishes."""
    page.actor.need(Right.PLANS_WRITE)
    wanted, form = asked(page, WishRoundChanges, _in_oslo(filled), "wish_rounds")
    form = filled.form(form.faults)
    if wanted is None:
        return _one(page, plan, round, form, 422)
    versioned = filled.versioned()
    try:
        routes.edit_round(page.service, page.actor, Response(), versioned, round, wanted)
    except PlanError:
        form = filled.form({"deadline": page.say("wish_rounds.past")})
        return _one(page, plan, round, form, 422)
    return page.go(f"/planer/{plan}/onskerunder/{round}", "wish_rounds.changed")


@router.post("/{round}/slutt")
def close(page: PageDep, plan: Id, round: Id, filled: FilledDep) -> Response:
    """End the round before its deadline."""
    routes.close(page.service, page.actor, Response(), filled.versioned(), round)
    return page.go(f"/planer/{plan}/onskerunder/{round}", "wish_rounds.closed")


@router.post("/{round}/ta-inn")
def take_in(page: PageDep, plan: Id, round: Id, filled: FilledDep) -> Response:
    """Put the wishes into the plan, and end the round."""
    wanted = TakeIn(replace=bool(filled.one("replace")))
    versioned = filled.versioned()
    done = routes.intake(page.service, page.actor, Response(), versioned, round, wanted)
    return page.go(f"/planer/{plan}/onskerunder/{round}", "wish_rounds.taken", n=done.wishes)


def _in_oslo(filled: FilledIn) -> FilledIn:
    """The form with its deadline in Norwegian time, as it was meant."""
    text = filled.one("deadline")
    with suppress(ValueError):  # what is no time at all, the shape tells beside the field
        text = datetime.fromisoformat(text).replace(tzinfo=OSLO).isoformat()
    return FilledIn({**filled.values, "deadline": [text]})


def _list(page: Page, plan: str, form: Form, status: int = 200) -> Response:
    page.actor.need(Right.PLANS_WRITE)
    own = open_plan(page, plan)
    found = routes.rounds(page.service, page.actor, plan)
    return page.show("wish_rounds/list", status, plan=own, rounds=found, form=form)


def _one(page: Page, plan: str, round_: str, form: Form | None, status: int = 200) -> Response:
    page.actor.need(Right.PLANS_WRITE)
    own = open_plan(page, plan)
    found = routes.round_(page.service, page.actor, Response(), round_)
    if found.plan != plan:
        raise NotFoundError
    stated = statement_routes.wishes(page.service, page.actor, round_)
    deadline = local(found.deadline).strftime("%Y-%m-%dT%H:%M")
    made = Form({"deadline": deadline, "most": str(found.most), "text": found.text})

    def cells(wish: StatedWishOut) -> dict[str, str]:
        item = wish.wish.model_dump(mode="json", exclude_defaults=True)
        return {
            str(column.path[-1]): shown(own.document, column, item)
            for column in BY_NAME["wishes"].columns
        }

    return page.show(
        "wish_rounds/round",
        status,
        plan=own,
        round=found,
        wishes=[(one, cells(one)) for one in stated],
        doctors=len({one.doctor for one in stated}),
        form=form or made,
    )
