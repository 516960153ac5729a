"""What is to be done: shift patterns, municipal duties and their sessions."""

from fractions import Fraction
from typing import Annotated

from pydantic import Field

from scheduler.domain.duty import Continuity, Presence, Role
from scheduler.reading.parts.part import (
    DutyRef,
    MunicipalityRef,
    Part,
    PlaceRef,
    TypeRef,
)
from scheduler.reading.scalars import (
    Agreed,
    Blocks,
    Clock,
    Count,
    Day,
    Eves,
    Few,
    Flag,
    Hours,
    Id,
    Ids,
    RedDays,
    Refers,
    ShiftLetter,
    Text,
    Weekday,
    Weekdays,
    Weight,
    Whole,
    Work,
)


class Pattern(Part):
    """A kind of legevakt shift and the days on which it comes back."""

    id: Id = Field(title="Id", description="Kort og entydig navn, for eksempel «natt».")
    name: Text = Field(title="Navn", description="Navnet slik det skal stå i vaktplanen.")
    letter: ShiftLetter = Field(
        ShiftLetter.A,
        title="Bokstav",
        description="a: legevakt utenom kontortid. b: daglegevakt.",
    )
    presence: Presence = Field(title="Vaktform", description="Tilstedevakt eller hjemmevakt.")
    role: Role = Field(Role.PRIMARY, title="Rolle", description="Forvakt eller bakvakt.")
    place: PlaceRef = Field(title="Sted", description="Id til stedet vakten hører til.")
    start: Clock = Field(title="Begynner", description="Klokkeslettet vakten begynner.")
    end: Clock = Field(
        title="Slutter",
        description="Klokkeslettet vakten slutter; neste dag når det ikke er etter begynnelsen.",
    )
    ends_after_days: Annotated[Whole, Field(ge=0, le=7)] | None = Field(
        None,
        title="Slutter etter dager",
        description="Bare for lange vakter: antall dager fra begynnelse til slutt.",
    )
    weekdays: Weekdays = Field(
        title="Ukedager",
        description="Dagene vakten begynner, for eksempel «man–tor».",
        min_length=1,
    )
    red_days: RedDays = Field(
        RedDays.LIKE_SUNDAY, title="Røde dager", description="Hva som gjelder på røde dager."
    )
    eves: Eves = Field(
        Eves.LIKE_WEEKDAY,
        title="Aftener",
        description=(
            "Hva som gjelder onsdag før skjærtorsdag, påskeaften, pinseaften, "
            "julaften og nyttårsaften."
        ),
    )
    valid_from: Day | None = Field(
        None, title="Gjelder fra", description="Første dag. Tomt: fra periodens begynnelse."
    )
    valid_until: Day | None = Field(
        None, title="Gjelder til", description="Siste dag. Tomt: til periodens slutt."
    )
    needed: Few = Field(1, title="Leger", description="Antall leger på vakten.")
    independent: Flag = Field(
        False,
        title="Selvstendig kompetanse",
        description="Ja: legen må kunne ha vakt alene, uansett hvem som er bakvakt.",
    )
    duty_class: Annotated[Whole, Field(ge=1, le=4)] | None = Field(
        None, title="Vaktklasse", description="Vaktklasse 1–4 etter særavtalen."
    )
    burden: Agreed | None = Field(
        None,
        title="Poeng for én vakt",
        description=(
            "Avtalte belastningspoeng for hele vakten. Tomt: time for time etter satsene på arket "
            "«Belastningspoeng»."
        ),
    )
    drivers: Count = Field(
        0, title="Følge ved utrykning", description="Andre som rykker ut sammen med legen."
    )
    backs_up: Annotated[Ids, Refers(("patterns",))] = Field(
        (), title="Bakvakt for", description="Id-er til vakttypene denne er bakvakt for."
    )
    block: Blocks = Field(
        (),
        title="Tas samlet",
        description="Vakter som én lege må ta samlet: helg, uke eller en høytid.",
    )
    block_group: Id | None = Field(
        None,
        title="Samles med",
        description="Felles navn for vakttyper som tas i samme blokk, for eksempel «ukevakt».",
    )
    week_starts_on: Weekday = Field(
        Weekday.MON, title="Uka skifter", description="Ukedagen en ukeblokk begynner."
    )
    keep_together: Blocks = Field(
        (),
        title="Helst samlet",
        description="Vakter som én lege helst bør ta samlet, men som kan deles.",
    )


class MunicipalDuty(Part):
    """A kind of other general-practice work for a municipality (§ 32)."""

    id: Id = Field(title="Id", description="Kort og entydig navn, for eksempel «sykehjem».")
    name: Text = Field(title="Navn", description="Navnet på oppgaven.")
    municipality: MunicipalityRef = Field(
        title="Kommune", description="Id til kommunen som har oppgaven."
    )
    place: PlaceRef = Field(title="Sted", description="Id til stedet oppgaven utføres.")
    kind: Work = Field(Work.OTHER, title="Slag", description="Hva slags oppgave det er.")
    counts_in_cap: Flag = Field(
        True,
        title="Teller i 7,5 timer",
        description="Ja: pålagte timer teller i grensen på 7,5 timer i uka.",
    )
    continuity: Continuity = Field(
        Continuity.ANY, title="Kontinuitet", description="Hvor fast legen bør være."
    )
    specialist_only: Flag = Field(
        False, title="Krever spesialist", description="Ja: bare spesialister i allmennmedisin."
    )
    burden: Weight = Field(
        Fraction(0),
        title="Poeng for én økt",
        description="Belastningspoeng for én økt. Tomt: ingen.",
    )


class Session(Part):
    """When a municipal duty is done: at fixed times, or so many hours a week."""

    duty: DutyRef = Field(title="Oppgave", description="Id til oppgaven.")
    weekdays: Weekdays = Field(
        title="Ukedager",
        description="Faste dager, eller dagene timene kan legges til.",
        min_length=1,
    )
    start: Clock = Field(title="Begynner", description="Tidligste begynnelse.")
    end: Clock = Field(title="Slutter", description="Seneste slutt.")
    hours_per_week: Hours | None = Field(
        None,
        title="Timer i uka",
        description="Timer som skal plasseres i uka. Tomt: økten holdes hver av dagene.",
    )
    needed: Few = Field(1, title="Leger", description="Antall leger i økten.")
    every_weeks: Annotated[Whole, Field(ge=1, le=26)] = Field(
        1, title="Hver n-te uke", description="1 er hver uke, 2 annenhver uke og så videre."
    )
    from_week: Annotated[str, Field(pattern=r"^[0-9]{4}-W[0-9]{2}$")] | None = Field(
        None,
        title="Regnet fra uke",
        description="En uke økten holdes, for eksempel 2027-W02.",
    )
    term_only: Flag = Field(
        False, title="Bare i skoletiden", description="Ja: økten holdes bare i skoletiden."
    )
    red_days: Flag = Field(
        False, title="Også på røde dager", description="Ja: økten holdes også på røde dager."
    )
    valid_from: Day | None = Field(
        None, title="Gjelder fra", description="Første dag. Tomt: fra periodens begynnelse."
    )
    valid_until: Day | None = Field(
        None, title="Gjelder til", description="Siste dag. Tomt: til periodens slutt."
    )


class ChangedDuty(Part):
    """One duty that differs from what its pattern or session says.

    It is named by kind and day. Where the kind has no duty on that day, one is added.
    """

    pattern: TypeRef = Field(title="Vakttype", description="Id til vakttypen eller oppgaven.")
    date: Day = Field(title="Dato", description="Dagen vakten begynner.")
    session: Clock | None = Field(
        None,
        title="Økt",
        description="Når økten begynner etter planen. Trengs bare ved flere økter samme dag.",
    )
    needed: Annotated[Whole, Field(ge=0, le=50)] | None = Field(
        None, title="Leger", description="Antall leger. 0: vakten utgår. Tomt: som ellers."
    )
    start: Clock | None = Field(None, title="Begynner", description="Tomt: som ellers.")
    end: Clock | None = Field(None, title="Slutter", description="Tomt: som ellers.")
    alone: Flag = Field(
        False,
        title="Tas for seg",
        description="Ja: vakten tas ikke lenger samlet med andre.",
    )


class SchoolTerm(Part):
    """A stretch of days with school, holidays left out."""

    name: Text = Field(title="Navn", description="For eksempel «Vår før påske».")
    first_day: Day = Field(title="Første dag", description="Første skoledag.")
    last_day: Day = Field(title="Siste dag", description="Siste skoledag.")
