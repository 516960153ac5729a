"""What the shapes of all subjects are made of."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field


class Shape(BaseModel):
    """Something that goes over the wire; fields that it does not know are refused."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)


def _plain(text: str) -> str:
    own = " ".join(text.split())
    if own and not own.isprintable():
        raise ValueError("must be text that can be read")
    return own


def _said(text: str) -> str:
    if not text:
        raise ValueError("must not be empty")
    return text


def _written(value: Any) -> Any:
    """Pydantic would take a number for seconds since 1970."""
    if not isinstance(value, str | datetime) or (isinstance(value, str) and "T" not in value):
        raise ValueError("must be a moment such as 2027-03-12T15:00:00+01:00")
    return value


def _dated(value: Any) -> Any:
    """As for moments, a number is no day."""
    if not isinstance(value, str | date | None):
        raise ValueError("must be a day such as 2027-03-12")
    return value


def _answered(value: Any) -> Any:
    """Pydantic would take 0 and 1 for no and yes."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _counted(value: Any) -> Any:
    """Pydantic would take false and true for 0 and 1."""
    if isinstance(value, bool):
        raise ValueError("must be a whole number")
    return value


Note = Annotated[str, Field(max_length=1000), AfterValidator(_plain)]
"""Text of one line; may be empty."""
Line = Annotated[
    str, Field(min_length=1, max_length=200), AfterValidator(_plain), AfterValidator(_said)
]
"""Text of one line that is not empty."""
Day = Annotated[date, BeforeValidator(_dated)]
"""A day, as text."""
YesNo = Annotated[bool, BeforeValidator(_answered)]
"""True or false; no number."""
Whole = Annotated[int, BeforeValidator(_counted)]
"""A whole number; no truth value."""
Moment = Annotated[AwareDatetime, BeforeValidator(_written)]
"""A moment with its zone."""
Label = Annotated[Line, Field(max_length=100)]
"""A short text of one line that is not empty."""
Id = Annotated[str, Field(max_length=32, pattern="^[0-9A-Za-z-]*$")]
"""An id that we gave; whatever else is sent, is none."""
ForeignId = Annotated[str, Field(max_length=100, pattern=r"^[^\x00-\x1f]*$")]
"""An id in a plan."""
