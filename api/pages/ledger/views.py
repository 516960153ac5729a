"""The ledger: balances and spread, one account, what is posted."""

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.forms import Form
from api.pages.ledger.closable import closable
from api.pages.ledger.content import spread
from api.pages.page import Page, PageDep
from api.pages.parts.filled import FilledDep, asked
from api.service.accounts.roles import Right
from api.service.ledgers import posting_routes, routes
from api.service.ledgers.shapes import ClosingIn, CorrectionIn, LedgerOut
from api.service.shapes import ForeignId
from scheduler.reading.faults import Fault, PlanError

router = APIRouter(prefix="/vaktkonto", tags=["pages"], include_in_schema=False)

MEASURES = ("points", "nights", "weekends", "great_holidays", "ordered", "wishes")
_LISTED = 50


@router.get("")
def ledger(page: PageDep) -> Response:
    """Balances and their spread, with the forms of what can be posted."""
    return _shown(page, Form())


@router.get("/kontroll")
def check(page: PageDep) -> Response:
    """Whether anything was changed behind the program's back."""
    found = routes.check(page.service, page.actor)
    entries = routes.entries(page.service, page.actor, None, _LISTED)
    return page.show("ledger/check", check=found, entries=entries.items)


@router.get("/leger/{doctor}")
def account(page: PageDep, doctor: ForeignId) -> Response:
    """One doctor's account, line by line."""
    found = routes.account(page.service, page.actor, doctor)
    return page.show("ledger/account", account=found)


@router.get("/filer/{kind}")
def file(page: PageDep, kind: routes.LedgerFile) -> Response:
    """The book, or the statement of all accounts."""
    return routes.export(page.service, page.actor, kind)


@router.post("/avslutninger")
def close(page: PageDep, filled: FilledDep) -> Response:
    """Close the period of a roster."""
    page.actor.need(Right.LEDGER_WRITE)
    wanted, form = asked(page, ClosingIn, filled, "ledger")
    if wanted is None:
        return _shown(page, form, 422)
    try:
        versioned = filled.versioned()
        done = posting_routes.close(page.service, page.actor, Response(), versioned, wanted)
    except PlanError as error:
        return _shown(page, form, 422, list(error.faults))
    return page.go("/vaktkonto", "ledger.was_closed", digest=done.digest[:12])


@router.post("/rettelser")
def correct(page: PageDep, filled: FilledDep) -> Response:
    """Put a balance right."""
    page.actor.need(Right.LEDGER_WRITE)
    amount = filled.one("amount").replace(",", ".").replace("\u2212", "-")
    given = type(filled)({**filled.values, "amount": [amount]})
    wanted, form = asked(page, CorrectionIn, given, "ledger")
    form = filled.form(form.faults)
    if wanted is None:
        return _shown(page, form, 422)
    try:
        versioned = filled.versioned()
        posting_routes.correct(page.service, page.actor, Response(), versioned, wanted)
    except PlanError as error:
        return _shown(page, form, 422, list(error.faults))
    return page.go("/vaktkonto", "ledger.corrected")


def _shown(
    page: Page, form: Form, status: int = 200, faults: list[Fault] | None = None
) -> Response:
    page.actor.need(Right.LEDGER_OWN, Right.LEDGER_READ)
    found = routes.ledger(page.service, page.actor, Response())
    open_periods = []
    if Right.LEDGER_WRITE in page.actor.rights:
        with page.service.database.reading() as session:
            open_periods = list(closable(session, page.actor, found))
    return page.show(
        "ledger/ledger",
        status,
        ledger=found,
        measures=[(own, spread(own.spread or ())) for own in found.measures],
        doctors=_doctors(found),
        closable=open_periods,
        names=MEASURES,
        form=form,
        faults=faults or [],
        whole=Right.LEDGER_READ in page.actor.rights,
        may_write=Right.LEDGER_WRITE in page.actor.rights,
    )


def _doctors(found: LedgerOut) -> dict[str, str]:
    return {
        own.doctor: own.name
        for measure in found.measures
        for own in measure.accounts
        if own.doctor is not None
    }
