"""What is agreed, asked for or already decided of a doctor and some duties."""

from typing import Annotated

from pydantic import Field

from scheduler.domain.problem import Attitude, MeetingKind
from scheduler.reading.parts.part import DoctorRef, Part, TypeRef
from scheduler.reading.scalars import (
    Clock,
    Day,
    End,
    Flag,
    Hours,
    Id,
    Ids,
    Refers,
    Start,
    Whole,
)


class Agreement(Part):
    """Municipal work that a doctor takes on freely, or offers to take."""

    doctor: DoctorRef = Field(title="Lege", description="Id til legen.")
    duty: TypeRef = Field(
        title="Oppgave", description="Id til oppgaven, eller til vakttypen for daglegevakt."
    )
    hours_per_week: Hours = Field(title="Timer i uka", description="Høyst så mange timer i uka.")
    signed: Flag = Field(
        True,
        title="Undertegnet",
        description="Ja: undertegnet avtale. Nei: legen har bare tilbudt seg.",
    )
    valid_from: Day | None = Field(None, title="Gjelder fra", description="Første dag.")
    valid_until: Day | None = Field(None, title="Gjelder til", description="Siste dag.")


class Meeting(Part):
    """A meeting at a fixed time, perhaps coming back."""

    doctor: DoctorRef = Field(title="Lege", description="Id til legen.")
    kind: MeetingKind = Field(
        title="Slag",
        description=(
            "Administrative møter teller i 7,5 timer; pasientmøter og dialogmøter gjør ikke det."
        ),
    )
    date: Day = Field(title="Dato", description="Dagen møtet holdes, første gang.")
    start: Clock = Field(title="Begynner", description="Klokkeslettet møtet begynner.")
    end: Clock = Field(title="Slutter", description="Klokkeslettet møtet slutter.")
    every_weeks: Annotated[Whole, Field(ge=1, le=52)] | None = Field(
        None, title="Hver n-te uke", description="Tomt: bare denne ene gangen."
    )
    until: Day | None = Field(
        None, title="Til og med", description="Siste dag møtet kan holdes. Tomt: ut perioden."
    )


class Wish(Part):
    """A doctor's word about the duties in a stretch of time."""

    id: Id = Field(title="Id", description="Kort og entydig navn, for eksempel «ø1».")
    doctor: DoctorRef = Field(title="Lege", description="Id til legen.")
    attitude: Attitude = Field(title="Ønske", description="Vil gjerne, helst ikke eller kan ikke.")
    start: Start = Field(title="Fra", description="Dag, eller dag og klokkeslett.")
    end: End | None = Field(
        None,
        title="Til og med",
        description="Siste dag, eller dag og klokkeslett. Tomt: bare den første dagen.",
    )
    whole_weekend: Flag = Field(
        False,
        title="Hele helgen",
        description="Ja: fra fredag kl. 15:00 til mandag kl. 08:00 i helgen som dagen ligger i.",
    )
    patterns: Annotated[Ids, Refers(("patterns", "municipal_duties"))] = Field(
        (), title="Vakttyper", description="Bare vakter av disse typene. Tomt: alle."
    )
    weight: Annotated[Whole, Field(ge=1, le=10)] = Field(
        1,
        title="Vekt",
        description="1–10: hvor viktig dette er blant legens egne ønsker. Alle leger teller likt.",
    )
    as_block: Flag = Field(
        False,
        title="Alt eller ingenting",
        description=(
            "Ja: teller som ett ønske, og er bare oppfylt når alle vaktene det gjelder, er med. "
            "Nei: hver dag i et «helst ikke» teller for seg."
        ),
    )


class Pin(Part):
    """A human's decision about one doctor and one duty."""

    doctor: DoctorRef = Field(title="Lege", description="Id til legen.")
    pattern: TypeRef = Field(title="Vakttype", description="Id til vakttypen eller oppgaven.")
    date: Day = Field(title="Dato", description="Dagen vakten begynner.")
    start: Clock | None = Field(
        None,
        title="Begynner",
        description="Trengs bare når oppgaven har flere økter samme dag.",
    )
    works: Flag = Field(
        True, title="Skal ha vakten", description="Ja: legen skal ha den. Nei: skal ikke ha den."
    )
