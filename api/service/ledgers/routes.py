"""Reading the ledger; what is posted is in `posting_routes`."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.dependencies import ActorDep, ServiceDep, tag
from api.service.errors import NotFoundError
from api.service.ledgers import store
from api.service.ledgers.shapes import (
    AccountStatement,
    CheckOut,
    LedgerEntries,
    LedgerEntryOut,
    LedgerOut,
)
from api.service.ledgers.sight import seen
from api.service.problems import Place, documented
from api.service.service import Service
from api.service.shapes import ForeignId
from scheduler.ledger.book import Book
from scheduler.reading.ledger import flaw_faults
from scheduler.writing.ledger_file import to_json, to_yaml
from scheduler.writing.ledger_rows import to_csv, to_workbook

router = APIRouter(prefix="/ledger", tags=["ledger"])

LARGEST = 2_000_000_000


class LedgerFile(StrEnum):
    """A file of the ledger: the book itself, or the statement of all accounts."""

    JSON = "json"
    YAML = "yaml"
    XLSX = "xlsx"
    CSV = "csv"


_WRITERS: Mapping[LedgerFile, tuple[Callable[[Book], bytes], str]] = {
    LedgerFile.JSON: (lambda book: to_json(book).encode(), "application/json"),
    LedgerFile.YAML: (lambda book: to_yaml(book).encode(), "application/yaml"),
    LedgerFile.XLSX: (
        to_workbook,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    LedgerFile.CSV: (to_csv, "text/csv; charset=utf-8"),
}


@router.get("", responses=documented(401, 403, 404, 422))
def ledger(service: ServiceDep, actor: ActorDep, response: Response) -> LedgerOut:
    """Balances and their spread; its ETag is what If-Match needs to post.

    A doctor sees the own account by name, a manager those of the own municipality.
    """
    actor.need(Right.LEDGER_OWN, Right.LEDGER_READ)
    with service.database.reading() as session:
        book = service.books.of(session, actor)
        named = seen(session, actor, book)
    tag(response, len(book.entries))
    return LedgerOut.of(book, named, whole=Right.LEDGER_READ in actor.rights)


@router.get("/accounts/{doctor}", responses=documented(401, 403, 404, 422))
def account(
    service: ServiceDep,
    actor: ActorDep,
    doctor: Annotated[ForeignId, Path(description="Id of the doctor")],
) -> AccountStatement:
    """A doctor's account, line by line."""
    actor.need(Right.LEDGER_OWN, Right.LEDGER_READ)
    with service.database.reading() as session:
        book = service.books.of(session, actor)
        if doctor not in seen(session, actor, book):
            raise NotFoundError
    return AccountStatement.of(book, doctor)


@router.get("/entries", responses=documented(401, 403, 404, 422))
def entries(
    service: ServiceDep,
    actor: ActorDep,
    before: Annotated[
        int | None, Query(ge=1, le=LARGEST, description="`next` of the page before")
    ] = None,
    most: Annotated[int, Query(ge=1, le=200, description="Entries on a page")] = 50,
) -> LedgerEntries:
    """The entries, the newest first."""
    actor.need(Right.LEDGER_READ)
    with service.database.reading() as session:
        book = service.books.of(session, actor)
        found = store.rows(session, actor, before=before, most=most + 1)
    shown = found[:most]
    return LedgerEntries(
        items=[
            LedgerEntryOut.of(book, book.entries[own.number - 1], own.author, own.created_at)
            for own in shown
        ],
        next=shown[-1].number if len(found) > most else None,
    )


@router.get("/entries/{number}", responses=documented(401, 403, 404, 422))
def entry(
    service: ServiceDep,
    actor: ActorDep,
    number: Annotated[int, Path(ge=1, le=LARGEST, description="Number of the entry")],
) -> LedgerEntryOut:
    """One entry."""
    actor.need(Right.LEDGER_READ)
    with service.database.reading() as session:
        book = service.books.of(session, actor)
        found = store.rows(session, actor, before=number + 1, most=1)
    if not found or found[0].number != number:
        raise NotFoundError
    return LedgerEntryOut.of(book, book.entries[number - 1], found[0].author, found[0].created_at)


@router.get("/check", responses=documented(401, 403, 404, 422))
def check(
    service: ServiceDep,
    actor: ActorDep,
    digest: Annotated[
        str | None,
        Query(
            min_length=8,
            max_length=64,
            pattern="^[0-9a-fA-F]+$",
            description="A digest that was written down; its first characters will do",
        ),
    ] = None,
) -> CheckOut:
    """Whether any entry was changed, moved or taken away behind the program's back."""
    actor.need(Right.LEDGER_READ)
    with service.database.reading() as session:
        found = store.look_into(session, actor)
    book = found.book
    asked = digest.casefold() if digest else None
    at = next((own for own in book.entries if asked and own.digest.startswith(asked)), None)
    return CheckOut(
        intact=not found.flaws,
        flaws=[
            Place(place=own.place, value=own.value, problem=own.problem, remedy=own.remedy)
            for own in flaw_faults(found.flaws)
        ],
        entries=len(book.entries),
        lines=sum(len(own.lines) for own in book.entries),
        closings=len(book.closings),
        found=at.number if at else None,
    )


@router.get(
    "/exports/{kind}",
    response_class=Response,
    responses={
        200: {
            "description": "The file",
            "content": {media.split(";")[0]: {} for _, media in _WRITERS.values()},
        },
        **documented(401, 403, 404, 422),
    },
)
def export(service: ServiceDep, actor: ActorDep, kind: LedgerFile) -> Response:
    """The book as the file that `rettvakt ledger` reads (json, yaml), or its statement."""
    actor.need(Right.LEDGER_READ)
    book = _book(service, actor)
    write, media = _WRITERS[kind]
    name = f"vaktkonto.{kind.value}"
    return Response(
        write(book),
        media_type=media,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _book(service: Service, actor: Actor) -> Book:
    with service.database.reading() as session:
        return service.books.of(session, actor)
