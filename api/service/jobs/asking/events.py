"""What can have happened to a roster, as it is sent: the items of a file of events."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from api.service.shapes import ForeignId, Shape, Whole


def _when(value: Any) -> Any:
    """A day or a moment stays the text that it is: the plan's own reader judges it."""
    if not isinstance(value, str):
        raise ValueError("must be a day such as 2027-03-12 or a moment such as 2027-03-12T15:00")
    return value


When = Annotated[str, BeforeValidator(_when), Field(max_length=40)]
Clock = Annotated[str, Field(pattern="^[0-9]{1,2}[:.][0-9]{2}$", description="Such as 15:30")]


class _Event(Shape):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    def item(self) -> dict[str, Any]:
        """As it stands in a file of events."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class _Lasting(_Event):
    start: When | None = Field(
        None, alias="from", description="From when it holds; `at` of the wish if not given"
    )
    to: When | None = Field(None, description="Until when; the rest of the period if not given")


class Sick(_Lasting):
    """A doctor has fallen ill."""

    sick: ForeignId = Field(description="Id of the doctor in the plan")


class Leave(_Lasting):
    """A doctor is given leave."""

    leave: ForeignId = Field(description="Id of the doctor in the plan")
    kind: Literal["holiday", "course", "parental", "other"] = "other"


class Resigned(_Event):
    """A doctor's agreement ends."""

    resigns: ForeignId = Field(description="Id of the doctor in the plan")
    start: When | None = Field(None, alias="from", description="The first day without it")


class Claimed(_Lasting):
    """A doctor claims an exemption, or is granted one."""

    claims: ForeignId = Field(description="Id of the doctor in the plan")
    kind: Literal["age", "pregnancy", "nursing", "decision"]
    term: When | None = None
    birth: When | None = None
    hindered: bool | None = None


class DutyRemoved(_Event):
    """A duty is no longer needed."""

    remove_duty: ForeignId = Field(description="Id of the duty")


class DutyAdded(_Event):
    """More is needed: another doctor on a duty, or a duty on another day."""

    add_duty: ForeignId = Field(
        description="Id of the pattern and the day", examples=["kveld/2027-03-12"]
    )
    start: Clock | None = None
    end: Clock | None = None
    needed: Annotated[Whole, Field(ge=1, le=50)] = 1


class DutyMoved(_Event):
    """A duty gets other clock times."""

    move_duty: ForeignId = Field(description="Id of the duty")
    start: Clock | None = None
    end: Clock | None = None


EventIn = Sick | Leave | Resigned | Claimed | DutyRemoved | DutyAdded | DutyMoved
