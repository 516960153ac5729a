"""The plan format, version 1: what a person writes down before a roster is made.

English names in YAML and JSON; the bokmål titles are the columns of the workbook. A plan
is right in shape here; what it means is judged by `meaning.to_problem`.
"""

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from scheduler.domain.doctor import AbsenceKind, Employment, ExemptionKind, ExemptionStatus
from scheduler.domain.duty import Continuity, Presence, Role
from scheduler.domain.problem import Attitude, MeetingKind
from scheduler.reading.scalars import (
    Block,
    Blocks,
    Clock,
    Count,
    Day,
    End,
    Eves,
    Few,
    Flag,
    Hours,
    Id,
    Ids,
    Kind,
    Points,
    RedDays,
    Refers,
    Share,
    ShiftLetter,
    Start,
    Text,
    Weekday,
    Weekdays,
    Weight,
    Whole,
    Work,
)
from scheduler.reading.values import Setting, settings_without_blanks

FORMAT = "rettvakt-plan"
VERSION = 1
SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"

DoctorRef = Annotated[Id, Refers(("doctors",))]
DistrictRef = Annotated[Id, Refers(("districts",))]
MunicipalityRef = Annotated[Id, Refers(("municipalities",))]
PlaceRef = Annotated[Id, Refers(("places",))]
DutyRef = Annotated[Id, Refers(("municipal_duties",))]
TypeRef = Annotated[Id, Refers(("patterns", "municipal_duties"))]
Year = Annotated[Whole, Field(ge=1990, le=2199)]


class _Part(BaseModel):
    """A part of a plan: frozen, and without fields that nobody knows."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class District(_Part):
    """A district with one common legevakt."""

    id: Id = Field(title="Id", description="Kort og entydig navn, for eksempel «nord».")
    name: Text = Field(title="Navn", description="Navnet på legevaktdistriktet.")


class Municipality(_Part):
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


class Place(_Part):
    """Where duties are served."""

    id: Id = Field(title="Id", description="Kort og entydig navn, for eksempel «legevakta».")
    name: Text = Field(title="Navn", description="Navnet på stedet.")
    municipality: MunicipalityRef | None = Field(
        None, title="Kommune", description="Id til kommunen stedet ligger i."
    )
    district: DistrictRef | None = Field(
        None, title="Distrikt", description="Id til legevaktdistriktet stedet betjener."
    )


class Opening(_Part):
    """When a practice is open on some weekdays."""

    weekdays: Weekdays = Field(title="Ukedager", description="Ukedagene.", min_length=1)
    start: Clock = Field(title="Åpner", description="Klokkeslettet kontoret åpner.")
    end: Clock = Field(title="Stenger", description="Klokkeslettet kontoret stenger.")


class CompetenceFacts(_Part):
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


class Limits(_Part):
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


class Doctor(_Part):
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


class Exemption(_Part):
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


class Pattern(_Part):
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
    burden: Weight = Field(
        Fraction(1),
        title="Belastningspoeng",
        description="Poeng for én vakt, for eksempel 1,5.",
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


class MunicipalDuty(_Part):
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
        title="Belastningspoeng",
        description="Poeng for én økt.",
    )


class Session(_Part):
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


class SchoolTerm(_Part):
    """A stretch of days with school, holidays left out."""

    name: Text = Field(title="Navn", description="For eksempel «Vår før påske».")
    first_day: Day = Field(title="Første dag", description="Første skoledag.")
    last_day: Day = Field(title="Siste dag", description="Siste skoledag.")


class Agreement(_Part):
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


class Meeting(_Part):
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


class Absence(_Part):
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


class Wish(_Part):
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
    patterns: Annotated[Ids, Refers(("patterns", "municipal_duties"))] = Field(
        (), title="Vakttyper", description="Bare vakter av disse typene. Tomt: alle."
    )
    weight: Annotated[Whole, Field(ge=1, le=10)] = Field(
        1, title="Vekt", description="1–10: hvor viktig ønsket er for legen."
    )
    as_block: Flag = Field(
        False,
        title="Alt eller ingenting",
        description="Ja: ønsket er bare oppfylt når alle vaktene det gjelder, er med.",
    )


class Pin(_Part):
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


class PastDuty(_Part):
    """A duty of the former roster, as it was really worked."""

    doctor: DoctorRef = Field(title="Lege", description="Id til legen som hadde vakten.")
    pattern: TypeRef = Field(title="Vakttype", description="Id til vakttypen eller oppgaven.")
    date: Day = Field(title="Dato", description="Dagen vakten begynte.")
    start: Clock | None = Field(None, title="Begynte", description="Tomt: slik vakttypen sier.")
    end: Clock | None = Field(None, title="Sluttet", description="Tomt: slik vakttypen sier.")


class HolidayYears(_Part):
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


class Account(_Part):
    """What the ledger of earlier periods says of one doctor."""

    doctor: DoctorRef = Field(title="Lege", description="Id til legen.")
    points: Points = Field(
        Fraction(0),
        title="Poeng",
        description="Inngående saldo. Over null: har hatt mer enn sin del.",
    )
    nights: Annotated[Whole, Field(ge=-1000, le=1000)] = Field(
        0, title="Netter", description="Inngående saldo i antall netter."
    )
    weekends: Annotated[Whole, Field(ge=-1000, le=1000)] = Field(
        0, title="Helger", description="Inngående saldo i antall helger."
    )
    great_holidays: Annotated[Whole, Field(ge=-1000, le=1000)] = Field(
        0, title="Høytider", description="Inngående saldo i antall høytider."
    )
    holidays: HolidayYears = Field(
        default_factory=HolidayYears,
        title="Sist hatt høytid",
        description="Siste år legen hadde hver av høytidene.",
    )


class Published(_Part):
    """One assignment of the published roster of this period."""

    doctor: DoctorRef = Field(title="Lege", description="Id til legen.")
    pattern: TypeRef = Field(title="Vakttype", description="Id til vakttypen eller oppgaven.")
    date: Day = Field(title="Dato", description="Dagen vakten begynner.")
    start: Clock | None = Field(
        None,
        title="Begynner",
        description="Trengs bare når oppgaven har flere økter samme dag.",
    )


class Plan(_Part):
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
    municipal_duties: tuple[MunicipalDuty, ...] = Field(
        (), title="Oppgaver", description="Kommunale allmennlegeoppgaver (§ 32)."
    )
    sessions: tuple[Session, ...] = Field(
        (), title="Økter", description="Når de kommunale oppgavene utføres."
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


__all__ = ["Block", "Plan", "schema"]
