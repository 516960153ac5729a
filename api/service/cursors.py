"""Where a list goes on: after a row, by its moment and its id."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from api.service.errors import BadCursorError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DIGITS = 16  # of microseconds: some hundred years


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
