"""A part of a plan as its page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.pages.page import Page
from api.pages.parts.cells import SHEETS, label, shown, slug
from api.service.accounts.roles import Right
from api.service.errors import NotFoundError
from api.service.plans import parts, routes
from api.service.plans.redaction import is_open
from scheduler.reading.sheets import Column, Sheet, inside

ROWS = 100  # on a page
_COLUMNS = 8  # in a table; the form has all


@dataclass(frozen=True, slots=True)
class Counted:
    """A part in the list of parts."""

    slug: str
    title: str
    description: str
    rows: int


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as it stands in the table."""

    key: str
    label: str
    cells: tuple[str, ...]
    item: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that are shown, of those that were asked for.

    Attributes:
        total: rows of the part.
        found: rows with what was searched for.
        page, pages: from 1.
    """

    columns: tuple[Column, ...]
    rows: tuple[ShownRow, ...]
    total: int
    found: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """The newest version of a plan, whole as far as the reader may see it."""

    id: str
    title: str
    version: int
    document: Mapping[str, Any]

    @property
    def path(self) -> str:
        """Where its pages lie."""
        return f"/planer/{self.id}"


def open_plan(page: Page, plan: str) -> OpenPlan:
    """A plan by id."""
    from fastapi.responses import Response

    found = routes.plan(page.service, page.actor, Response(), plan)
    document = routes.document(page.service, page.actor, plan, found.version)
    return OpenPlan(found.id, found.title, found.version, document)


def sheet_of(page: Page, part: str) -> Sheet:
    """A part by what it is called in an address, if the reader may see it.

    Raises:
        NotFoundError: there is none.
        ForbiddenError: it is for those who keep the plan.
    """
    if part not in SHEETS:
        raise NotFoundError
    own = SHEETS[part]
    page.actor.need(Right.PLANS_READ if is_open(own.name) else Right.PLANS_WRITE)
    return own


def counted(page: Page, document: Mapping[str, Any]) -> list[Counted]:
    """The parts that the reader may see, in the order of the workbook."""
    writes = Right.PLANS_WRITE in page.actor.rights
    return [
        Counted(slug(own), own.title, own.description, len(document.get(own.name, ())))
        for own in SHEETS.values()
        if writes or is_open(own.name)
    ]


def rows_of(
    document: Mapping[str, Any], sheet: Sheet, items: Sequence[Mapping[str, Any]] | None = None
) -> tuple[tuple[Column, ...], list[ShownRow]]:
    """The columns of a table and its rows.

    Args:
        document: the plan.
        sheet: the part.
        items: rows of the part; all if not given.
    """
    every = list(document.get(sheet.name, ()))
    keys = parts.keys_of(every)
    wanted = every if items is None else items
    at = {id(own): key for own, key in zip(every, keys, strict=True)}
    columns = columns_of(sheet, wanted)
    rows = [
        ShownRow(
            at.get(id(own), ""),
            label(document, sheet, own),
            tuple(shown(document, column, own) for column in columns),
            own,
        )
        for own in wanted
    ]
    return columns, rows


def columns_of(sheet: Sheet, items: Sequence[Mapping[str, Any]]) -> tuple[Column, ...]:
    """The first columns in which something stands; ids only where nothing else names a row."""
    own = [column for column in sheet.columns if column.path != ("id",)]
    used = [
        column
        for column in own
        if column.field.required or any(inside(item, column.path) is not None for item in items)
    ]
    return tuple(used[:_COLUMNS])


def table_of(document: Mapping[str, Any], sheet: Sheet, search: str, page: int) -> Table:
    """A page of the rows in which every word that is searched for stands."""
    columns, rows = rows_of(document, sheet)
    words = search.casefold().split()
    found = [
        own
        for own in rows
        if all(word in " ".join((*own.cells, own.key)).casefold() for word in words)
    ]
    pages = max(1, -(-len(found) // ROWS))
    page = min(page, pages)
    shown_rows = tuple(found[(page - 1) * ROWS : page * ROWS])
    return Table(columns, shown_rows, len(rows), len(found), page, pages)
