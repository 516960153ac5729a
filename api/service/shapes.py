"""What the shapes of all subjects are made of."""

from datetime import datetime
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


Note = Annotated[str, Field(max_length=1000), AfterValidator(_plain)]
"""Text of one line; may be empty."""
Line = Annotated[
    str, Field(min_length=1, max_length=200), AfterValidator(_plain), AfterValidator(_said)
]
"""Text of one line that is not empty."""
Moment = Annotated[AwareDatetime, BeforeValidator(_written)]
"""A moment with its zone."""
Label = Annotated[Line, Field(max_length=100)]
"""A short text of one line that is not empty."""
Id = Annotated[str, Field(max_length=32, pattern="^[0-9A-Za-z-]*$")]
"""An id that we gave; whatever else is sent, is none."""
ForeignId = Annotated[str, Field(max_length=100, pattern=r"^[^\x00-\x1f]*$")]
"""An id in a plan."""
