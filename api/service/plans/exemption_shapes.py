"""What goes over the wire about exemptions on their way."""

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, Field

from api.service.plans.exemptions import Dates, Trouble
from api.service.shapes import ForeignId, Line, Note, Shape
from scheduler.domain.doctor import Exemption, ExemptionKind, ExemptionStatus

Claimable = Literal["age", "pregnancy", "nursing", "decision", "need"]


class DatesOut(BaseModel):
    """The days of an exemption, computed as the rules read the law; both ends are included."""

    right_first: date | None = Field(
        description="First day of the right: 60th birthday, three months before term, birth"
    )
    right_last: date | None = Field(description="Last day of the right; null: open or unknown")
    holds: bool = Field(description="Whether it frees the doctor from legevakt on any day")
    first: date | None = Field(description="First day on which it does")
    last: date | None = Field(description="Last day on which it does; null: until further notice")
    trouble: Trouble = Field(description="Why a claim does not work by itself")

    @classmethod
    def of(cls, dates: Dates) -> Self:
        """As they are told."""
        return cls(
            right_first=dates.right_first,
            right_last=dates.right_last,
            holds=dates.holds,
            first=dates.first,
            last=dates.last,
            trouble=dates.trouble,
        )


class ExemptionOut(BaseModel):
    """An exemption with where it stands and its days."""

    key: str
    doctor: str
    doctor_name: str
    kind: ExemptionKind
    status: ExemptionStatus
    waiting: bool = Field(description="Claimed or applied for, and not decided")
    expires: bool = Field(description="Ends within the plan's period, or in 60 days")
    decided_on: date | None
    decided_by: str | None
    reference: str | None
    dates: DatesOut

    @classmethod
    def of(
        cls,
        exemption: Exemption,
        name: str,
        decided_by: str | None,
        dates: Dates,
        *,
        waiting: bool,
        expires: bool,
    ) -> Self:
        """As it is told to the coordinator."""
        return cls(
            key=exemption.id,
            doctor=exemption.doctor,
            doctor_name=name,
            kind=exemption.kind,
            status=exemption.status,
            waiting=waiting,
            expires=expires,
            decided_on=exemption.decided_on,
            decided_by=decided_by,
            reference=exemption.reference,
            dates=DatesOut.of(dates),
        )


class Claim(Shape):
    """A right that is claimed, or an exemption that is applied for; never a diagnosis."""

    doctor: ForeignId = Field(examples=["kari"])
    kind: Claimable
    first: date | None = Field(
        None, description="First day it is claimed for; of a right today if left out"
    )
    last: date | None = Field(None, description="Last day; until further notice if left out")
    term: date | None = Field(None, description="Expected birth, for pregnancy")
    birth: date | None = Field(None, description="The child's day of birth, for nursing")
    hindered: bool = Field(
        False, description="The pregnancy hinders duty before its last three months"
    )
    reference: Line | None = Field(None, description="Case number in the archive")
    note: Note = ""


class Decision(Shape):
    """What was decided, by whom, and where it stands."""

    outcome: Literal["granted", "refused"]
    decided_on: date
    decided_by: Line = Field(examples=["Kommuneoverlegen i Fjell"])
    reference: Line = Field(description="Case number in the archive", examples=["2027/1234"])
    valid_from: date | None = Field(None, description="What was asked for if left out")
    valid_until: date | None = Field(None, description="What was asked for if left out")
    note: Note = ""


class End(Shape):
    """The last day of an exemption that holds no longer."""

    last_day: date
    note: Note = ""


class ExemptionChanged(BaseModel):
    """What became of it."""

    version: int = Field(description="Of the plan; also the ETag")
    changed: bool
    exemption: ExemptionOut
    remarks: list[str]
