"""Long lists a page at a time: each page says where the next one begins."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from api.service.errors import BadCursorError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DIGITS = 16  # of microseconds: some hundred years

T = TypeVar("T")
Row = TypeVar("Row")

MostDep = Annotated[int, Query(ge=1, le=200, description="Items on a page")]
CursorDep = Annotated[
    str | None, Query(max_length=200, description="`next` of the page before; none for the first")
]


class Page(BaseModel, Generic[T]):
    """A page of a list, the newest first."""

    items: list[T]
    next: str | None = Field(description="Send as `after` for the next page; null on the last one")


def cursor(row: Any) -> str:
    """Where the page after this row begins."""
    moment: datetime = row.created_at
    return f"{(moment - _EPOCH) // timedelta(microseconds=1)}-{row.id}"


def older(table: Any, after: str | None) -> ColumnElement[bool] | None:
    """The condition for what comes after a cursor.

    Raises:
        BadCursorError: it is none that `cursor` made.
    """
    if after is None:
        return None
    moment, _, own = after.partition("-")
    if not (moment.isascii() and moment.isdigit() and len(moment) <= _DIGITS and own.isalnum()):
        raise BadCursorError(value=after[:60])
    at = _EPOCH + timedelta(microseconds=int(moment))
    created: InstrumentedAttribute[datetime] = table.created_at
    return or_(created < at, and_(created == at, table.id > own))


def page(rows: Sequence[Row], most: int, shape: Callable[[Row], T]) -> Page[T]:
    """A page of rows, of which one more than `most` was asked for."""
    more = len(rows) > most
    shown = rows[:most]
    return Page(items=[shape(row) for row in shown], next=cursor(shown[-1]) if more else None)
