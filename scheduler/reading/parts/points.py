"""What an hour of duty weighs: the municipality's own table of burden points."""

from typing import Annotated

from pydantic import Field

from scheduler.domain.points import HourClass
from scheduler.reading.parts.part import Part
from scheduler.reading.scalars import Id, Refers, Weight


class HourRate(Part):
    """Burden points an hour in one class of hours, in general or for one shift pattern."""

    hours: HourClass = Field(
        title="Tid",
        description=(
            "Dag 07–16, kveld 16–23, natt 23–07, helg lørdag og søndag, rød dag, aften fra den "
            "timen høytiden begynner, eller høytid. Hører en time til flere, teller den høyeste "
            "satsen, én gang."
        ),
    )
    pattern: Annotated[Id, Refers(("patterns",))] | None = Field(
        None,
        title="Vakttype",
        description="Id til vakttypen satsen gjelder for. Tomt: alle vakttyper.",
    )
    on_site: Weight | None = Field(
        None,
        title="Tilstedevakt",
        description="Poeng per time. Tomt: standarden, eller satsen som gjelder alle vakttyper.",
    )
    home: Weight | None = Field(
        None,
        title="Hjemmevakt",
        description="Poeng per time for forvakt hjemme. Tomt: som for tilstedevakt.",
    )
    backup: Weight | None = Field(
        None,
        title="Bakvakt",
        description=(
            "Poeng per time for bakvakt hjemme. En bakvakt på stedet følger tilstedevakt. "
            "Tomt: som for tilstedevakt."
        ),
    )
