"""Deals: what one says to them, and the coordinator's decision."""

from typing import Annotated

from fastapi import APIRouter
from fastapi import Form as Field
from fastapi.responses import Response
from pydantic import ValidationError

from api.pages.forms import Form
from api.pages.page import Page, PageDep
from api.pages.swaps.content import duties_of, takes_part, waits_for
from api.service.accounts.roles import Right
from api.service.dependencies import Versioned
from api.service.offers import deal_routes
from api.service.offers.shapes import Answer, Deciding, SettingsIn
from api.service.shapes import Id

router = APIRouter(prefix="/avtaler", tags=["pages"], include_in_schema=False)
Text = Annotated[str, Field()]


@router.get("/{deal}")
def deal(page: PageDep, deal: Id) -> Response:
    """A deal, with the verdict as the roster stands."""
    return _show(page, deal, Form())


@router.post("/{deal}/svar")
def answer(
    page: PageDep, deal: Id, revision: Text = "", says: Text = "", note: Text = ""
) -> Response:
    """Say yes or no to one's part."""
    if says not in ("ja", "nei"):
        return _show(page, deal, Form({"note": note}, {"note": page.say("swaps.say_which")}), 422)
    try:
        said = Answer(yes=says == "ja", note=note)
    except ValidationError:
        return _show(page, deal, Form({"note": note}, {"note": page.say("swaps.note_wrong")}), 422)
    own = deal_routes.answer(
        page.service, page.actor, Response(), Versioned(f'"{revision}"'), deal, said
    )
    return page.go(f"/avtaler/{deal}", f"swaps.now_{own.state}")


@router.post("/{deal}/avgjor")
def decide(
    page: PageDep, deal: Id, revision: Text = "", says: Text = "", note: Text = ""
) -> Response:
    """Approve or refuse as the coordinator."""
    page.actor.need(Right.PUBLISH)
    if says not in ("ja", "nei"):
        return _show(page, deal, Form({"note": note}, {"note": page.say("swaps.say_which")}), 422)
    try:
        said = Deciding(note=note)
    except ValidationError:
        return _show(page, deal, Form({"note": note}, {"note": page.say("swaps.note_wrong")}), 422)
    act = deal_routes.approve if says == "ja" else deal_routes.refuse
    own = act(page.service, page.actor, Response(), Versioned(f'"{revision}"'), deal, said)
    return page.go(f"/avtaler/{deal}", f"swaps.now_{own.state}")


@router.post("/innstilling")
def settings(
    page: PageDep, revision: Text = "", need_approval: Text = "", tilbake: Text = ""
) -> Response:
    """Whether each swap is to be approved; it is asked on two pages."""
    page.actor.need(Right.PUBLISH)
    wanted = SettingsIn(need_approval=bool(need_approval))
    deal_routes.set_settings(
        page.service, page.actor, Response(), Versioned(f'"{revision}"'), wanted
    )
    back = "/innstillinger" if tilbake == "innstillinger" else "/bytter"
    return page.go(back, "swaps.settings_saved")


def _show(page: Page, deal: str, form: Form, status: int = 200) -> Response:
    detail = deal_routes.one(page.service, page.actor, Response(), deal)
    own = detail.deal
    me = page.actor.doctor
    return page.show(
        "swaps/deal",
        status,
        form=form,
        deal=own,
        judged=detail.judged,
        duties=duties_of(page),
        answers=bool(me) and waits_for(own, me),
        takes_back=bool(me) and takes_part(own, me) and own.state in ("asked", "agreed"),
        decides=Right.PUBLISH in page.actor.rights,
    )
