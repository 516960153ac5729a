"""One doctor: all that a plan says of her, what she has, and how she is reached."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.page import Page, PageDep
from api.pages.parts.cells import BY_NAME, shown, slug
from api.pages.parts.content import OpenPlan, ShownRow, open_plan, rows_of
from api.pages.rosters.standing import Burden, burdens_of
from api.service.accounts import routes as accounts
from api.service.accounts.roles import Right
from api.service.accounts.shapes import AccountOut
from api.service.errors import NotFoundError
from api.service.feeds import routes as feeds
from api.service.feeds.shapes import FeedOut
from api.service.ledgers import routes as ledgers
from api.service.ledgers.shapes import AccountStatement
from api.service.plans import exemption_routes as exemptions
from api.service.rosters import store as rosters
from api.service.rosters.asked import version_asked
from api.service.rosters.tables import StoredRoster
from api.service.shapes import ForeignId, Id
from scheduler.domain.duty import Duty
from scheduler.reading.sheets import Column, Sheet
from scheduler.tallies import Tally, tally

router = APIRouter(prefix="/planer/{plan}", tags=["pages"], include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one part that name the doctor, without the column that does.

    Attributes:
        kept: which cells of each row are shown.
    """

    slug: str
    sheet: Sheet
    columns: tuple[Column, ...]
    rows: Sequence[ShownRow]
    kept: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class InRoster:
    """What the doctor has in the newest roster of the plan.

    Attributes:
        tally, burden: None where the roster does not know the doctor.
    """

    roster: StoredRoster
    tally: Tally | None
    burden: Burden | None
    duties: tuple[Duty, ...]


@router.get("/leger/{doctor}")
def doctor(page: PageDep, plan: Id, doctor: ForeignId) -> Response:
    """Everything that counts for one doctor."""
    page.actor.need(Right.PLANS_WRITE)
    own = open_plan(page, plan)
    found = next((one for one in own.document["doctors"] if one["id"] == doctor), None)
    if found is None:
        raise NotFoundError
    facts = [
        (column.title, shown(own.document, column, found)) for column in BY_NAME["doctors"].columns
    ]
    claims = exemptions.claims(page.service, page.actor, Response(), plan)
    return page.show(
        "parts/doctor",
        plan=own,
        doctor=doctor,
        name=found["name"],
        facts=[(title, told) for title, told in facts if told],
        tables=_tables(own, doctor),
        exemptions=[one for one in claims if one.doctor == doctor],
        has=_in_roster(page, plan, doctor),
        account=_statement(page, doctor),
        login=_login(page, doctor),
        feeds=_feeds(page, doctor),
    )


def _tables(plan: OpenPlan, doctor: str) -> list[Rows]:
    found = []
    for sheet in BY_NAME.values():
        if any(column.path == ("doctor",) for column in sheet.columns):
            items = [row for row in plan.document.get(sheet.name, ()) if row["doctor"] == doctor]
            columns, rows = rows_of(plan.document, sheet, items)
            kept = tuple(n for n, column in enumerate(columns) if column.path != ("doctor",))
            found.append(Rows(slug(sheet), sheet, tuple(columns[n] for n in kept), rows, kept))
    return found


def _in_roster(page: Page, plan: str, doctor: str) -> InRoster | None:
    with page.service.database.reading() as session:
        newest = rosters.rosters(session, page.actor, plan, None, 1)[:1]
        if not newest:
            return None
        asked = version_asked(page.service, session, page.actor, newest[0].id, None)
    if doctor not in asked.loaded.problem.doctor_by_id:
        return InRoster(asked.found, None, None, ())
    return InRoster(
        asked.found,
        next(one for one in tally(asked.timetable) if one.doctor == doctor),
        burdens_of(page, asked.found.id, asked.own.number)[doctor],
        asked.timetable.duties_of(doctor),
    )


def _statement(page: Page, doctor: str) -> AccountStatement | None:
    """The account in the ledger; None where the ledger has none."""
    try:
        return ledgers.account(page.service, page.actor, doctor)
    except NotFoundError:
        return None


def _login(page: Page, doctor: str) -> AccountOut | None:
    found = accounts.accounts(page.service, page.actor)
    return next((one for one in found if one.doctor == doctor and one.active), None)


def _feeds(page: Page, doctor: str) -> list[FeedOut]:
    found = feeds.feeds(page.service, page.actor)
    return [one for one in found if one.subject == doctor and one.revoked_at is None]
