"""Long lists a page at a time: each page says where the next one begins."""

from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field

from api.service.cursors import cursor

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


def page(rows: Sequence[Row], most: int, shape: Callable[[Row], T | None]) -> Page[T]:
    """A page of rows, of which one more than `most` was asked for.

    Args:
        rows: the newest first.
        most: on a page.
        shape: what a row is shown as; None where it is left out.
    """
    more = len(rows) > most
    shown = rows[:most]
    items = [told for row in shown if (told := shape(row)) is not None]
    return Page(items=items, next=cursor(shown[-1]) if more else None)
