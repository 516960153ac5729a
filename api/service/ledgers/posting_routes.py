"""What is posted into the ledger, and how its balances come into the next plan."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path as FilePath

from fastapi import APIRouter, Response, UploadFile

from api import ledger as books
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.dependencies import ActorDep, ServiceDep, Versioned, VersionedDep, tag
from api.service.errors import StateError
from api.service.ledgers import store
from api.service.ledgers.shapes import (
    ClosingIn,
    CorrectionIn,
    LeavingIn,
    LedgerSettingsIn,
    OpeningOut,
    Posted,
    ReversalIn,
    measure_of,
)
from api.service.plans import parts
from api.service.plans import store as plans
from api.service.plans.changing import change
from api.service.plans.routes import PlanId
from api.service.problems import documented
from api.service.rosters import store as rosters
from api.service.rosters.documents import read
from api.service.service import Service
from scheduler.domain.time import OSLO
from scheduler.ledger import posting
from scheduler.ledger.book import Book
from scheduler.ledger.wording import per_unit
from scheduler.reading.faults import PlanError
from scheduler.reading.ledger import flaw_faults, read_book
from scheduler.reading.plan import Plan

router = APIRouter(prefix="/ledger", tags=["ledger"])
openings = APIRouter(prefix="/plans/{plan}", tags=["ledger"])

_BOOK = FilePath("vaktkonto")  # what faults are told of
_POSTS = documented(401, 403, 404, 412, 422, 428)


@router.post("/closings", status_code=201, responses=_POSTS | documented(409))
def close(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    wanted: ClosingIn,
) -> Posted:
    """Close a period: what was worked and each doctor's fair part of it are posted.

    The newest version of the roster counts: swaps and sickness must be in it.
    """
    actor.need(Right.LEDGER_WRITE)
    with service.database.reading() as session:
        before = service.books.of(session, actor)
        versioned.check(len(before.entries))
        roster = rosters.roster_of(session, actor, wanted.roster)
        if rosters.last_publication(session, roster) is None:
            raise StateError("roster", roster.state)
        version = rosters.version_of(session, actor, roster)
        loaded = service.plans.of(session, version.plan_version_id)
    worked = read(version.document, loaded.problem)
    with books.posting(_BOOK):
        closing = books.close_period(loaded, worked, before, booked_on=_day(wanted.booked_on))
    return _post(
        service,
        actor,
        response,
        before,
        closing.book,
        remarks=closing.remarks,
        roster_version=version.id,
    )


@router.post("/corrections", status_code=201, responses=_POSTS)
def correct(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    wanted: CorrectionIn,
) -> Posted:
    """Put a balance right with a new entry, for example after a swap that nobody wrote down."""
    measure = measure_of(wanted.measure)
    return _changed(
        service,
        actor,
        response,
        versioned,
        lambda book: posting.correct(
            book,
            wanted.doctor,
            measure,
            round(wanted.amount * per_unit(measure)),
            wanted.reason,
            _day(wanted.booked_on),
            against=wanted.against,
        ),
    )


@router.post("/reversals", status_code=201, responses=_POSTS)
def reverse(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    wanted: ReversalIn,
) -> Posted:
    """Take an entry back with one that says the opposite; both stay."""
    return _changed(
        service,
        actor,
        response,
        versioned,
        lambda book: posting.reverse(book, wanted.entry, wanted.reason, _day(wanted.booked_on)),
    )


@router.post("/leavings", status_code=201, responses=_POSTS)
def leave(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    wanted: LeavingIn,
) -> Posted:
    """Write off the balances of a doctor who has left for good."""
    return _changed(
        service,
        actor,
        response,
        versioned,
        lambda book: posting.leave(book, wanted.doctor, wanted.reason, _day(wanted.booked_on)),
    )


@router.patch("/settings", responses=_POSTS)
def settings(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    wanted: LedgerSettingsIn,
) -> Posted:
    """Change how old balances fade, from the next closing on."""
    given = wanted.model_dump(exclude={"reason", "booked_on"}, exclude_none=True)
    return _changed(
        service,
        actor,
        response,
        versioned,
        lambda book: posting.set_settings(
            book, replace(book.settings, **given), wanted.reason, _day(wanted.booked_on)
        ),
    )


@router.post("/imports", status_code=201, responses=_POSTS)
def take_over(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    file: UploadFile,
) -> Posted:
    """Take over a book file of `rettvakt ledger`: whole, or what it has more than this book."""
    actor.need(Right.LEDGER_WRITE)
    found = read_book(file.file.read(), file.filename or "vaktkonto.json")
    if found.flaws:
        raise PlanError(flaw_faults(found.flaws))
    before = _book(service, actor, versioned)
    own = len(before.entries)
    if found.book.entries[:own] != before.entries:
        raise PlanError.of(
            file.filename or _BOOK.name,
            "Filen bygger ikke på vaktkontoen som står her.",
            "Bare en fil med de samme bilagene, og eventuelt flere etter dem, kan tas inn.",
        )
    return _post(service, actor, response, before, found.book)


@openings.get("/opening", responses=documented(401, 403, 404, 422))
def opening(service: ServiceDep, actor: ActorDep, response: Response, plan: PlanId) -> OpeningOut:
    """The balances that the plan would open with, and what a person should know of them."""
    actor.need(Right.PLANS_WRITE)
    with service.database.reading() as session:
        found = plans.plan_of(session, actor, plan)
        loaded = service.plans.of(session, plans.version_of(session, found).id)
        book = service.books.of(session, actor)
    return _opening(response, found.version, loaded.plan, book)


@openings.post("/opening", responses=_POSTS)
def open_plan(
    service: ServiceDep,
    actor: ActorDep,
    response: Response,
    versioned: VersionedDep,
    plan: PlanId,
) -> OpeningOut:
    """Put the ledger's balances into the plan, as one version; all else stays."""
    actor.need(Right.PLANS_WRITE)
    with service.database.reading() as session:
        book = service.books.of(session, actor)

    def with_accounts(document: parts.Document) -> parts.Edited:
        opened = books.open_accounts(Plan.model_validate(document), book)
        return parts.Edited(opened.to_document())

    note = f"Saldoer fra vaktkontoen, bilag {len(book.entries)}"
    done = change(service, actor, plan, versioned.check, with_accounts, note=note)
    return _opening(response, done.plan.version, done.loaded.plan, book)


def _opening(response: Response, version: int, plan: Plan, book: Book) -> OpeningOut:
    opened = books.open_accounts(plan, book)
    tag(response, version)
    return OpeningOut(
        version=version,
        changes=opened != plan,
        accounts=list(opened.ledger),
        new=[own.name for own in plan.doctors if own.id not in book.known],
        remarks=list(books.opening_remarks(book, plan)),
    )


def _day(given: date | None) -> date:
    return given or datetime.now(OSLO).date()


def _book(service: Service, actor: Actor, versioned: Versioned) -> Book:
    with service.database.reading() as session:
        book = service.books.of(session, actor)
    versioned.check(len(book.entries))
    return book


def _changed(
    service: Service,
    actor: Actor,
    response: Response,
    versioned: Versioned,
    post: Callable[[Book], Book],
) -> Posted:
    actor.need(Right.LEDGER_WRITE)
    before = _book(service, actor, versioned)
    with books.posting(_BOOK):
        after = post(before)
    return _post(service, actor, response, before, after)


def _post(
    service: Service,
    actor: Actor,
    response: Response,
    before: Book,
    after: Book,
    *,
    remarks: tuple[str, ...] = (),
    roster_version: str | None = None,
) -> Posted:
    with service.database.writing() as session:
        store.append(session, actor, before, after, roster_version=roster_version)
    tag(response, len(after.entries))
    return Posted(
        length=len(after.entries),
        digest=after.digest,
        entries=[own.number for own in after.entries[len(before.entries) :]],
        remarks=list(remarks),
    )
