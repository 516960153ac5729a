"""The plan format, version 1: what a person writes down before a roster is made.

English names in YAML and JSON; the bokmål titles are the columns of the workbook. A plan
is right in shape here; what it means is judged by `meaning.to_problem`.
"""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from scheduler.reading.parts.duties import (
    ChangedDuty,
    MunicipalDuty,
    Pattern,
    SchoolTerm,
    Session,
)
from scheduler.reading.parts.history import Account, PastDuty, Published
from scheduler.reading.parts.part import Part
from scheduler.reading.parts.people import Absence, Doctor, Exemption
from scheduler.reading.parts.places import District, Municipality, Place
from scheduler.reading.parts.points import HourRate
from scheduler.reading.parts.terms import Agreement, Meeting, Pin, Wish
from scheduler.reading.scalars import Day, Text
from scheduler.reading.values import Setting, settings_without_blanks

FORMAT = "rettvakt-plan"
VERSION = 1
SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Plan(Part):
    """A period to be rostered, as a person writes it down."""

    format: Literal["rettvakt-plan"] = Field(
        "rettvakt-plan", title="Format", description="Alltid rettvakt-plan."
    )
    version: Literal[1] = Field(1, title="Versjon", description="Formatets versjon.")
    title: Text = Field(title="Tittel", description="Navnet på planen, for eksempel «Vår 2027».")
    time_zone: Literal["Europe/Oslo"] = Field(
        "Europe/Oslo", title="Tidssone", description="Alltid Europe/Oslo."
    )
    first_day: Day = Field(title="Første dag", description="Periodens første dag.")
    last_day: Day = Field(title="Siste dag", description="Periodens siste dag.")
    judged_on: Day = Field(
        title="Vurdert den", description="Dagen regelverket og opplysningene vurderes ut fra."
    )
    districts: tuple[District, ...] = Field(
        (), title="Distrikter", description="Legevaktdistriktene. Tomt: ett felles distrikt."
    )
    municipalities: tuple[Municipality, ...] = Field(
        title="Kommuner", description="Kommunene i samarbeidet.", min_length=1
    )
    places: tuple[Place, ...] = Field(
        title="Steder", description="Stedene der vakter og oppgaver utføres.", min_length=1
    )
    doctors: tuple[Doctor, ...] = Field(
        title="Leger", description="Legene som kan ha vakter og oppgaver.", min_length=1
    )
    exemptions: tuple[Exemption, ...] = Field(
        (), title="Fritak", description="Fritak fra legevakt. Aldri diagnoser."
    )
    patterns: tuple[Pattern, ...] = Field(
        (), title="Vakttyper", description="Vaktene og dagene de kommer igjen."
    )
    points: tuple[HourRate, ...] = Field(
        (),
        title="Belastningspoeng",
        description="Poeng per time. Det som ikke står her, følger standarden.",
    )
    municipal_duties: tuple[MunicipalDuty, ...] = Field(
        (), title="Oppgaver", description="Kommunale allmennlegeoppgaver (§ 32)."
    )
    sessions: tuple[Session, ...] = Field(
        (), title="Økter", description="Når de kommunale oppgavene utføres."
    )
    changed_duties: tuple[ChangedDuty, ...] = Field(
        (),
        title="Endrede vakter",
        description="Enkeltvakter som utgår, kommer i tillegg eller er flyttet.",
    )
    school_terms: tuple[SchoolTerm, ...] = Field(
        (), title="Skoletid", description="Tidsrom med skole, uten feriene."
    )
    agreements: tuple[Agreement, ...] = Field(
        (), title="Avtaler", description="Frivillige timer: avtaler og tilbud."
    )
    meetings: tuple[Meeting, ...] = Field((), title="Møter", description="Møter til faste tider.")
    absences: tuple[Absence, ...] = Field((), title="Fravær", description="Når legene er borte.")
    wishes: tuple[Wish, ...] = Field((), title="Ønsker", description="Legenes ønsker.")
    pins: tuple[Pin, ...] = Field((), title="Låser", description="Det som allerede er bestemt.")
    tail: tuple[PastDuty, ...] = Field(
        (),
        title="Forrige plan",
        description="Vaktene slik de faktisk ble de siste 14 dagene før perioden, eller lenger.",
    )
    ledger: tuple[Account, ...] = Field(
        (), title="Vaktkonto", description="Saldo fra tidligere perioder."
    )
    published: tuple[Published, ...] = Field(
        (),
        title="Publisert",
        description="Publisert plan for perioden, som bør endres minst mulig.",
    )
    settings: Annotated[dict[str, dict[str, Setting]], BeforeValidator(settings_without_blanks)] = (
        Field(
            default_factory=dict,
            title="Regler",
            description="Kommunens innstillinger: regel, innstilling og verdi.",
        )
    )

    def to_document(self) -> dict[str, Any]:
        """The plan as plain values (text, numbers, lists), defaults left out.

        `Plan.model_validate(plan.to_document()) == plan` always holds.
        """
        document: dict[str, Any] = {"format": self.format, "version": self.version}
        return document | self.model_dump(mode="json", exclude_defaults=True)


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a plan."""
    return {"$schema": SCHEMA_DIALECT, "$id": f"urn:{FORMAT}:{VERSION}"} | Plan.model_json_schema()
