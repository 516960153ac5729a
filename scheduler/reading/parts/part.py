"""What every part of a plan is, and how parts refer to one another."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from scheduler.reading.scalars import (
    Id,
    Refers,
    Whole,
)

DoctorRef = Annotated[Id, Refers(("doctors",))]
DistrictRef = Annotated[Id, Refers(("districts",))]
MunicipalityRef = Annotated[Id, Refers(("municipalities",))]
PlaceRef = Annotated[Id, Refers(("places",))]
DutyRef = Annotated[Id, Refers(("municipal_duties",))]
TypeRef = Annotated[Id, Refers(("patterns", "municipal_duties"))]
Year = Annotated[Whole, Field(ge=1990, le=2199)]


class Part(BaseModel):
    """A part of a plan: frozen, and without fields that nobody knows."""

    model_config = ConfigDict(extra="forbid", frozen=True)
