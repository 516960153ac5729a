"""What earlier periods left: the former roster, the ledger, what is published."""

from fractions import Fraction
from typing import Annotated

from pydantic import Field

from scheduler.reading.parts.part import (
    DoctorRef,
    Part,
    TypeRef,
    Year,
)
from scheduler.reading.scalars import (
    Clock,
    Day,
    Points,
)

Balance = Annotated[Points, Field(ge=-1000, le=1000)]


class PastDuty(Part):
    """A duty of the former roster, as it was really worked."""

    doctor: DoctorRef = Field(title="Lege", description="Id til legen som hadde vakten.")
    pattern: TypeRef = Field(title="Vakttype", description="Id til vakttypen eller oppgaven.")
    date: Day = Field(title="Dato", description="Dagen vakten begynte.")
    start: Clock | None = Field(None, title="Begynte", description="Tomt: slik vakttypen sier.")
    end: Clock | None = Field(None, title="Sluttet", description="Tomt: slik vakttypen sier.")


class HolidayYears(Part):
    """The last year in which a doctor had each great holiday."""

    christmas: Year | None = Field(None, title="Jul", description="Sist hatt julevakt, år.")
    new_year: Year | None = Field(None, title="Nyttår", description="Sist hatt nyttårsvakt, år.")
    easter: Year | None = Field(None, title="Påske", description="Sist hatt påskevakt, år.")
    labour_day: Year | None = Field(None, title="1. mai", description="Sist hatt vakt 1. mai, år.")
    constitution_day: Year | None = Field(
        None, title="17. mai", description="Sist hatt vakt 17. mai, år."
    )
    ascension: Year | None = Field(
        None, title="Kristi himmelfart", description="Sist hatt vakt Kristi himmelfartsdag, år."
    )
    whitsun: Year | None = Field(None, title="Pinse", description="Sist hatt pinsevakt, år.")


class Account(Part):
    """What the ledger of earlier periods says of one doctor."""

    doctor: DoctorRef = Field(title="Lege", description="Id til legen.")
    points: Points = Field(
        Fraction(0),
        title="Poeng",
        description="Inngående saldo. Over null: har hatt mer enn sin andel.",
    )
    nights: Balance = Field(
        Fraction(0), title="Netter", description="Inngående saldo: antall netter, også desimaltall."
    )
    weekends: Balance = Field(
        Fraction(0), title="Helger", description="Inngående saldo: antall helger, også desimaltall."
    )
    great_holidays: Balance = Field(
        Fraction(0),
        title="Høytider",
        description="Inngående saldo: antall høytider, også desimaltall.",
    )
    ordered: Points = Field(
        Fraction(0),
        title="Pålagte timer",
        description=(
            "Inngående saldo i pålagte timer (§ 32). Over null: er pålagt mer enn sin andel."
        ),
    )
    refused: Annotated[Points, Field(ge=0, le=1000)] = Field(
        Fraction(0),
        title="Avslåtte ønsker",
        description="Ønsker som ikke ble oppfylt i tidligere perioder.",
    )
    holidays: HolidayYears = Field(
        default_factory=HolidayYears,
        title="Sist hatt høytid",
        description="Siste år legen hadde hver av høytidene.",
    )


class Published(Part):
    """One assignment of the published roster of this period."""

    doctor: DoctorRef = Field(title="Lege", description="Id til legen.")
    pattern: TypeRef = Field(title="Vakttype", description="Id til vakttypen eller oppgaven.")
    date: Day = Field(title="Dato", description="Dagen vakten begynner.")
    start: Clock | None = Field(
        None,
        title="Begynner",
        description="Trengs bare når oppgaven har flere økter samme dag.",
    )
