"""The kinds of change that a scenario can make: one model each, told apart by `change`.

Shape only; what a change does to a plan stands in `applying` and what it is called in `wording`.
"""

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field

from scheduler.domain.doctor import Employment
from scheduler.domain.duty import Presence
from scheduler.fairness.keys import Key
from scheduler.reading.parts.duties import Pattern
from scheduler.reading.parts.part import Part, Year
from scheduler.reading.parts.people import Doctor, Opening
from scheduler.reading.parts.places import Municipality, Place
from scheduler.reading.parts.points import HourRate
from scheduler.reading.scalars import (
    Agreed,
    Blocks,
    Clock,
    Count,
    Day,
    Eves,
    Few,
    Flag,
    Id,
    Ids,
    Kind,
    RedDays,
    Share,
    Text,
    Weekdays,
    Whole,
)
from scheduler.reading.values import Setting
from scheduler.whatif.words import Competence, Dropped


class MunicipalityJoins(Part):
    """A municipality joins with its doctors, from another plan or written here."""

    change: Literal["municipality_joins"]
    plan: Text | None = Field(
        None, title="Plan", description="Planfilen kommunen hentes fra, sett fra scenariofilen."
    )
    municipality: Id | Municipality = Field(
        title="Kommune", description="Id til kommunen i den andre planen, eller hele kommunen."
    )
    doctors: tuple[Doctor, ...] = Field(
        (), title="Leger", description="Legene, når de ikke hentes fra en annen plan."
    )
    places: tuple[Place, ...] = Field(
        (), title="Steder", description="Kommunens steder, når de ikke hentes fra en annen plan."
    )
    reach: Ids = Field(
        (),
        title="Kan tjenestegjøre ved",
        description="Steder i planen som de nye legene kan nå. Tomt: alle.",
    )
    municipal_duties: Flag = Field(
        True,
        title="Med oppgavene",
        description="Ja: kommunens oppgaver (§ 32) blir også med fra den andre planen.",
    )


class MunicipalityLeaves(Part):
    """A municipality leaves with its doctors and its municipal duties."""

    change: Literal["municipality_leaves"]
    municipality: Id = Field(title="Kommune", description="Id til kommunen som går ut.")
    duty_moves_to: Id | None = Field(
        None,
        title="Vaktene flyttes til",
        description="Id til stedet som overtar vaktene, når de går i kommunen som går ut.",
    )


class CommonNight(Part):
    """One station's night covers the others, whose own shifts end when it begins."""

    change: Literal["common_night"]
    keep: Id = Field(
        title="Felles nattevakt", description="Id til nattevakten som skal dekke alle."
    )
    others: Ids = Field(
        title="Vakter som kortes",
        description="Id-er til vaktene som gir fra seg natten, eller blir borte.",
        min_length=1,
    )
    name: Text | None = Field(None, title="Navn", description="Nytt navn på nattevakten.")
    reach_all: Flag = Field(
        True,
        title="Alle kan nå den",
        description="Ja: leger som hadde de andre nattevaktene, kan også ha den felles.",
    )


class DoctorsJoin(Part):
    """So many doctors more, who have no name yet."""

    change: Literal["doctors_join"]
    municipality: Id = Field(title="Kommune", description="Id til kommunen som får leger.")
    number: Few = Field(1, title="Antall", description="Hvor mange leger.")
    name: Text = Field("Ny lege", title="Navn", description="Det de nye legene skal kalles.")
    employment: Employment = Field(
        Employment.SELF_EMPLOYED,
        title="Tilknytning",
        description="Næringsdrivende, fast ansatt, vikar, LIS1 eller innleid.",
    )
    competence: Competence = Field(
        Competence.SPECIALIST,
        title="Kompetanse",
        description="Spesialist, eller lege som må ha bakvakt.",
    )
    practice_share: Share = Field(
        Fraction(1), title="Praksisandel", description="Andel av full praksis, for eksempel 80 %."
    )
    opening_hours: Annotated[tuple[Opening, ...], Kind("openings")] = Field(
        (),
        title="Åpningstid",
        description="Tomt: den som er vanligst blant kommunens leger.",
    )
    reach: Ids = Field(
        (),
        title="Kan tjenestegjøre ved",
        description="Id-er til steder. Tomt: de samme som er vanligst for kommunens leger.",
    )


class DoctorLeaves(Part):
    """A doctor of the plan leaves, at once or on a day."""

    change: Literal["doctor_leaves"]
    doctor: Id = Field(title="Lege", description="Id til legen som slutter.")
    last_day: Day | None = Field(
        None, title="Siste dag", description="Tomt: legen er ikke med i perioden."
    )


class DoctorsLeave(Part):
    """So many doctors less in a municipality, the last ones of its list."""

    change: Literal["doctors_leave"]
    municipality: Id = Field(title="Kommune", description="Id til kommunen som mister leger.")
    number: Few = Field(1, title="Antall", description="Hvor mange, regnet fra slutten av listen.")


class AllClaimExemption(Part):
    """All who are old enough claim the exemption that their age gives."""

    change: Literal["all_claim_exemption"]
    claimed_from: Day | None = Field(
        None, title="Krevd fra", description="Tomt: fra periodens første dag."
    )


class OtherKey(Part):
    """Another key between the municipalities."""

    change: Literal["key"]
    key: Key = Field(title="Fordelingsnøkkel", description="Det nøkkelen følger.")
    shares: dict[str, Share] = Field(
        default_factory=dict,
        title="Andeler",
        description="Kommune og avtalt andel, når nøkkelen er avtalt.",
    )


class OtherPoints(Part):
    """Other rates of burden points; rows for the same hours and pattern are replaced."""

    change: Literal["points"]
    points: tuple[HourRate, ...] = Field(
        title="Belastningspoeng", description="De nye satsene.", min_length=1
    )


class OtherPattern(Part):
    """A pattern is changed: what is given replaces what the plan says."""

    change: Literal["pattern"]
    pattern: Id = Field(title="Vakttype", description="Id til vakttypen.")
    name: Text | None = Field(None, title="Navn", description="Nytt navn.")
    presence: Presence | None = Field(
        None, title="Vaktform", description="Tilstedevakt eller hjemmevakt."
    )
    place: Id | None = Field(None, title="Sted", description="Id til stedet vakten flyttes til.")
    start: Clock | None = Field(None, title="Begynner", description="Nytt klokkeslett.")
    end: Clock | None = Field(None, title="Slutter", description="Nytt klokkeslett.")
    weekdays: Weekdays = Field((), title="Ukedager", description="Dagene vakten begynner.")
    red_days: RedDays | None = Field(
        None, title="Røde dager", description="Hva som gjelder på røde dager."
    )
    eves: Eves | None = Field(None, title="Aftener", description="Hva som gjelder på aftener.")
    needed: Few | None = Field(None, title="Leger", description="Antall leger på vakten.")
    duty_class: Annotated[Whole, Field(ge=1, le=4)] | None = Field(
        None, title="Vaktklasse", description="Vaktklasse 1–4 etter særavtalen."
    )
    burden: Agreed | None = Field(
        None, title="Poeng for én vakt", description="Avtalte poeng for hele vakten."
    )
    drivers: Count | None = Field(
        None, title="Følge ved utrykning", description="Andre som rykker ut sammen med legen."
    )
    block: Blocks = Field((), title="Tas samlet", description="Vakter som én lege må ta samlet.")
    keep_together: Blocks = Field(
        (), title="Helst samlet", description="Vakter som én lege helst bør ta samlet."
    )

    @property
    def given(self) -> dict[str, Any]:
        """The fields that are to be replaced, by their names in a pattern."""
        names = set(type(self).model_fields) - {"change", "pattern"}
        values = {name: getattr(self, name) for name in sorted(names)}
        return {name: value for name, value in values.items() if value not in (None, ())}


class PatternAdded(Part):
    """A pattern more."""

    change: Literal["pattern_added"]
    pattern: Pattern = Field(title="Vakttype", description="Hele vakttypen.")


class PatternRemoved(Part):
    """A pattern less, with all that was said of it."""

    change: Literal["pattern_removed"]
    pattern: Id = Field(title="Vakttype", description="Id til vakttypen.")


class OtherYear(Part):
    """The whole plan is moved by whole weeks to another year, with that year's holidays."""

    change: Literal["other_year"]
    year: Year = Field(title="År", description="Året perioden skal ligge i.")


class OtherSetting(Part):
    """A rule gets another setting."""

    change: Literal["setting"]
    rule: Text = Field(title="Regel", description="Id til regelen, se «rettvakt rules».")
    parameter: Text = Field(title="Innstilling", description="Navnet på innstillingen.")
    value: Setting = Field(title="Verdi", description="Den nye verdien.")


class LeftOut(Part):
    """Something that earlier periods or people have brought into the plan is left out."""

    change: Literal["dropped"]
    what: tuple[Dropped, ...] = Field(
        title="Hva", description="Saldoer, låser, ønsker eller publisert plan.", min_length=1
    )


Change = (
    MunicipalityJoins
    | MunicipalityLeaves
    | CommonNight
    | DoctorsJoin
    | DoctorLeaves
    | DoctorsLeave
    | AllClaimExemption
    | OtherKey
    | OtherPoints
    | OtherPattern
    | PatternAdded
    | PatternRemoved
    | OtherYear
    | OtherSetting
    | LeftOut
)
AnyChange = Annotated[Change, Field(discriminator="change")]

KINDS: dict[str, type[Part]] = {
    "municipality_joins": MunicipalityJoins,
    "municipality_leaves": MunicipalityLeaves,
    "common_night": CommonNight,
    "doctors_join": DoctorsJoin,
    "doctor_leaves": DoctorLeaves,
    "doctors_leave": DoctorsLeave,
    "all_claim_exemption": AllClaimExemption,
    "key": OtherKey,
    "points": OtherPoints,
    "pattern": OtherPattern,
    "pattern_added": PatternAdded,
    "pattern_removed": PatternRemoved,
    "other_year": OtherYear,
    "setting": OtherSetting,
    "dropped": LeftOut,
}
