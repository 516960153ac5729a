"""Districts, municipalities and places of a plan."""

from pydantic import Field

from scheduler.reading.parts.part import (
    DistrictRef,
    MunicipalityRef,
    Part,
)
from scheduler.reading.scalars import (
    Count,
    Id,
    Share,
    Text,
)


class District(Part):
    """A district with one common legevakt."""

    id: Id = Field(title="Id", description="Kort og entydig navn, for eksempel «nord».")
    name: Text = Field(title="Navn", description="Navnet på legevaktdistriktet.")


class Municipality(Part):
    """A municipality of the cooperation."""

    id: Id = Field(title="Id", description="Kort og entydig navn, for eksempel «fjell».")
    name: Text = Field(title="Navn", description="Kommunens navn.")
    inhabitants: Count = Field(title="Innbyggere", description="Antall innbyggere.")
    key: Share | None = Field(
        None,
        title="Fordelingsnøkkel",
        description="Avtalt andel av kostnader og vakter, for eksempel 40 % eller 1/3.",
    )
    district: DistrictRef | None = Field(
        None, title="Distrikt", description="Id til legevaktdistriktet kommunen hører til."
    )


class Place(Part):
    """Where duties are served."""

    id: Id = Field(title="Id", description="Kort og entydig navn, for eksempel «legevakta».")
    name: Text = Field(title="Navn", description="Navnet på stedet.")
    municipality: MunicipalityRef | None = Field(
        None, title="Kommune", description="Id til kommunen stedet ligger i."
    )
    district: DistrictRef | None = Field(
        None, title="Distrikt", description="Id til legevaktdistriktet stedet betjener."
    )
