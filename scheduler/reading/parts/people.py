"""Doctors of a plan: practice, competence, limits, exemptions, absence."""

from fractions import Fraction
from typing import Annotated

from pydantic import Field

from scheduler.domain.doctor import AbsenceKind, Employment, ExemptionKind, ExemptionStatus
from scheduler.reading.parts.part import (
    DoctorRef,
    MunicipalityRef,
    Part,
)
from scheduler.reading.scalars import (
    Clock,
    Count,
    Day,
    End,
    Flag,
    Id,
    Ids,
    Kind,
    Refers,
    Share,
    Start,
    Text,
    Weekdays,
    Weight,
)


class Opening(Part):
    """When a practice is open on some weekdays."""

    weekdays: Weekdays = Field(title="Ukedager", description="Ukedagene.", min_length=1)
    start: Clock = Field(title="Åpner", description="Klokkeslettet kontoret åpner.")
    end: Clock = Field(title="Stenger", description="Klokkeslettet kontoret stenger.")


class CompetenceFacts(Part):
    """From which day each fact about competence holds."""

    specialist_from: Day | None = Field(
        None, title="Spesialist fra", description="Dato for spesialistgodkjenning i allmennmedisin."
    )
    approved_gp_from: Day | None = Field(
        None,
        title="Godkjent allmennlege fra",
        description="Dato for godkjenning som allmennlege.",
    )
    clinical_months: Count = Field(
        0,
        title="Måneder klinisk tjeneste",
        description="Fullførte måneder klinisk tjeneste etter autorisasjon.",
    )
    months_counted_on: Day | None = Field(
        None,
        title="Måneder talt opp den",
        description="Dagen månedene ble talt opp. Tallet vokser videre derfra.",
    )
    municipal_gp_from: Day | None = Field(
        None,
        title="Kommunal allmennlege fra",
        description="Første dag legen arbeidet som allmennlege i kommunal tjeneste.",
    )
    duties_done: Count = Field(
        0, title="Gjennomførte legevakter", description="Antall legevakter før perioden begynner."
    )
    lis1_completed_from: Day | None = Field(
        None, title="LIS1 fullført", description="Dagen LIS1-tjenesten var fullført."
    )
    emergency_course_from: Day | None = Field(
        None, title="Kurs i akuttmedisin", description="Dagen kurset var bestått."
    )
    violence_course_from: Day | None = Field(
        None,
        title="Kurs i volds- og overgrepshåndtering",
        description="Dagen kurset var gjennomført.",
    )
    radio_from: Day | None = Field(
        None, title="Opplæring i nødnett", description="Dagen opplæringen var gjennomført."
    )


class Limits(Part):
    """What is agreed with one doctor about amount and kind of duties."""

    no_nights: Flag = Field(
        False, title="Ingen nattevakter", description="Ja: legen skal ikke ha nattevakter."
    )
    max_duties_per_month: Count | None = Field(
        None, title="Høyst vakter i måneden", description="Største antall vakter i en måned."
    )
    max_nights_per_month: Count | None = Field(
        None, title="Høyst netter i måneden", description="Største antall nattevakter i en måned."
    )
    max_weekends_per_month: Count | None = Field(
        None, title="Høyst helger i måneden", description="Største antall helger i en måned."
    )
    not_weekdays: Weekdays = Field(
        (), title="Ikke ukedager", description="Ukedager legen ikke skal ha vakt."
    )
    not_patterns: Annotated[Ids, Refers(("patterns",))] = Field(
        (), title="Ikke vakttyper", description="Id-er til vakttyper legen ikke skal ha."
    )


class Doctor(Part):
    """A doctor who may be given duties."""

    id: Id = Field(title="Id", description="Kort og entydig navn, for eksempel «kari».")
    name: Text = Field(title="Navn", description="Legens navn, slik det skal stå i vaktplanen.")
    municipality: MunicipalityRef = Field(
        title="Kommune", description="Id til kommunen legen er knyttet til."
    )
    employment: Employment = Field(
        title="Tilknytning",
        description="Næringsdrivende, fast ansatt, vikar, LIS1 eller innleid.",
    )
    born: Day = Field(title="Født", description="Fødselsdato.")
    office: Text | None = Field(None, title="Legekontor", description="Navnet på legekontoret.")
    shared_list: Text | None = Field(
        None, title="Fellesliste", description="Navnet på fellesliste, om legen har en."
    )
    practice_share: Share = Field(
        Fraction(1),
        title="Praksisandel",
        description="Andel av full praksis etter avtalen, for eksempel 80 %.",
    )
    opening_hours: Annotated[tuple[Opening, ...], Kind("openings")] = Field(
        (),
        title="Åpningstid",
        description="Avtalt åpningstid, for eksempel «man–tor 08:00–15:30; fre 08:00–14:00».",
    )
    eve_closing: Clock | None = Field(
        None,
        title="Stenger på aftener",
        description=(
            "Avtalt stengetid onsdag før skjærtorsdag, julaften og nyttårsaften på hverdager. "
            "Tomt: som ellers."
        ),
    )
    agreement_from: Day | None = Field(
        None, title="Avtale fra", description="Første dag avtalen gjelder. Tomt: allerede i gang."
    )
    agreement_until: Day | None = Field(
        None, title="Avtale til", description="Siste dag avtalen gjelder. Tomt: inntil videre."
    )
    extension_until: Day | None = Field(
        None,
        title="Forlenget til",
        description="Siste dag i en tidsbegrenset forlengelse etter fylte 70 år.",
    )
    list_size: Count | None = Field(
        None, title="Listelengde", description="Antall pasienter på listen."
    )
    share_weight: Weight = Field(
        Fraction(1),
        title="Vaktandel",
        description="Legens del av vaktene. 1 er like mye som de andre.",
    )
    reach: Annotated[Ids, Refers(("places",))] | None = Field(
        None,
        title="Kan tjenestegjøre ved",
        description="Id-er til stedene legen kan nå. Tomt: alle.",
        min_length=1,
    )
    competence: CompetenceFacts = Field(
        default_factory=CompetenceFacts,
        title="Kompetanse",
        description="Det som avgjør om legen kan ha vakt alene.",
    )
    limits: Limits = Field(
        default_factory=Limits,
        title="Personlige grenser",
        description="Det som er avtalt med legen om mengde og slag.",
    )


class Exemption(Part):
    """An exemption from legevakt; the ground in law, never a diagnosis."""

    id: Id = Field(title="Id", description="Kort og entydig navn, for eksempel «f1».")
    doctor: DoctorRef = Field(title="Lege", description="Id til legen.")
    kind: ExemptionKind = Field(
        title="Grunnlag", description="Rettslig grunnlag. Skriv aldri en diagnose."
    )
    status: ExemptionStatus = Field(title="Status", description="Hvor saken står.")
    claimed_from: Day | None = Field(
        None, title="Krevd fra", description="Første dag retten er krevd for."
    )
    claimed_until: Day | None = Field(
        None, title="Krevd til", description="Siste dag retten er krevd for. Tomt: inntil videre."
    )
    decided_on: Day | None = Field(
        None, title="Avgjort den", description="Dato for vedtaket eller det skriftlige løftet."
    )
    decided_by: Text | None = Field(
        None, title="Avgjort av", description="Hvem som fattet vedtaket: stilling eller organ."
    )
    valid_from: Day | None = Field(
        None, title="Gjelder fra", description="Første dag vedtaket gjelder."
    )
    valid_until: Day | None = Field(
        None, title="Gjelder til", description="Siste dag vedtaket gjelder."
    )
    term: Day | None = Field(None, title="Termin", description="Termindato.")
    birth: Day | None = Field(None, title="Barnets fødselsdato", description="Barnets fødselsdato.")
    hindered: Flag = Field(
        False,
        title="Til hinder før siste tre måneder",
        description="Ja: svangerskapet er til hinder for vakt allerede før de siste tre månedene.",
    )
    released_on: Day | None = Field(
        None,
        title="Oppgitt etter avtale den",
        description="Dagen partene skriftlig ble enige om at løftet ikke lenger gjelder.",
    )
    reference: Text | None = Field(
        None, title="Saksnummer", description="Saksnummer i arkivet. Ingen opplysninger om helse."
    )


class Absence(Part):
    """A stretch of time in which a doctor can have no duty."""

    doctor: DoctorRef = Field(title="Lege", description="Id til legen.")
    kind: AbsenceKind = Field(title="Slag", description="Hva slags fravær. Ingen diagnose.")
    start: Start = Field(
        title="Fra", description="Dag, eller dag og klokkeslett: 05.07.2027 eller 05.07.2027 12:00."
    )
    end: End | None = Field(
        None,
        title="Til og med",
        description="Siste dag, eller dag og klokkeslett. Tomt: bare den første dagen.",
    )
