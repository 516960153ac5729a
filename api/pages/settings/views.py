"""Settings: each where it is decided, those of the ledger here."""

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.forms import Form
from api.pages.page import Page, PageDep
from api.pages.parts.filled import FilledDep, asked
from api.service.accounts.roles import Right
from api.service.ledgers import posting_routes
from api.service.ledgers import routes as ledgers
from api.service.ledgers.shapes import LedgerSettingsIn
from api.service.offers import deal_routes
from api.service.plans import store as plans
from scheduler.reading.faults import PlanError

router = APIRouter(prefix="/innstillinger", tags=["pages"], include_in_schema=False)

FADING = ("half_life", "ceiling", "wish_half_life")


@router.get("")
def settings(page: PageDep) -> Response:
    """What has been chosen, and where it is changed."""
    return _shown(page, None)


@router.post("/vaktkonto")
def fade(page: PageDep, filled: FilledDep) -> Response:
    """Change how old balances of the ledger fade."""
    page.actor.need(Right.LEDGER_WRITE)
    wanted, form = asked(page, LedgerSettingsIn, filled, "settings")
    empty = {own: _fill_in(page, own) for own in FADING if not filled.one(own)}
    if wanted is None or empty:
        return _shown(page, filled.form({**form.faults, **empty}), 422)
    try:
        versioned = filled.versioned()
        posting_routes.settings(page.service, page.actor, Response(), versioned, wanted)
    except PlanError as error:
        faults = {
            own.place if own.place in FADING else FADING[0]: f"{own.problem} {own.remedy}"
            for own in error.faults
        }
        return _shown(page, filled.form(faults), 422)
    return page.go("/innstillinger", "settings.saved")


def _fill_in(page: Page, name: str) -> str:
    return page.say("parts.fill_in", field=page.say(f"settings.{name}"))


def _shown(page: Page, form: Form | None, status: int = 200) -> Response:
    page.actor.need_all(frozenset({Right.LEDGER_WRITE, Right.PUBLISH}))
    ledger = ledgers.ledger(page.service, page.actor, Response())
    if form is None:
        form = Form({name: str(getattr(ledger.settings, name)) for name in FADING})
    with page.service.database.reading() as session:
        newest = plans.plans(session, page.actor, None, 1)[:1]
        plan = newest[0] if newest else None
    return page.show(
        "settings/settings",
        status,
        form=form,
        fading=FADING,
        length=ledger.length,
        swaps=deal_routes.settings(page.service, page.actor, Response()),
        plan=plan,
        sends=page.service.settings.sends_messages,
    )
