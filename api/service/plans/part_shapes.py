"""What goes over the wire about the parts of a plan: the rows as the plan format has them."""

from datetime import date
from functools import cache
from typing import Annotated, Any, Generic, TypeVar, Union

from pydantic import BaseModel, Field, create_model

from scheduler.reading.parts.part import Part
from scheduler.reading.scalars import Day, Text

T = TypeVar("T")


class Row(BaseModel, Generic[T]):
    """One row of a part."""

    key: str = Field(
        description="Names the row: its id, or else a digest of what it says, which changes with it"
    )
    value: T


class Rows(BaseModel, Generic[T]):
    """Rows of a part, in the order of the plan."""

    version: int = Field(description="Of the plan, from which they were read")
    total: int
    items: list[Row[T]]
    next: str | None = Field(description="Send as `after` for the next page; null on the last one")


class RowsChanged(BaseModel, Generic[T]):
    """What became of a change."""

    version: int = Field(description="Of the plan; also the ETag")
    changed: bool = Field(description="False: the plan already said so, and no version was made")
    items: list[Row[T]] = Field(description="The rows that were put in, as they stand now")
    remarks: list[str] = Field(description="What a person should know of the plan, in bokmål")


class Period(Part):
    """What a plan says of itself."""

    title: Text
    first_day: Day
    last_day: Day
    judged_on: Day


class PeriodChanges(Part):
    """A change of the same; what is left out stays."""

    title: Text | None = None
    first_day: Day | None = None
    last_day: Day | None = None
    judged_on: Day | None = None


class PeriodOut(BaseModel):
    """A plan's title and period in one version."""

    version: int
    title: str
    first_day: date
    last_day: date
    judged_on: date


@cache
def partial(model: type[BaseModel]) -> type[BaseModel]:
    """The model of a change of such a row: every field may be left out, or null for its default."""
    fields: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        own = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
        fields[name] = (
            Union[own, None],  # noqa: UP007 - `|` does not take what is only known here
            Field(None, title=info.title, description=info.description),
        )
    return create_model(
        f"{model.__name__}Changes",
        __base__=Part,
        __doc__=f"A change of such a row: {model.__doc__}",
        **fields,
    )
