"""What a change is called in bokmål: one short sentence without a full stop inside.

Discreet words are for the council: they name no doctor, and nothing by which one could be found.
"""

from functools import singledispatch

from pydantic import BaseModel

from scheduler.domain.duty import Presence
from scheduler.fairness.keys import Key
from scheduler.reading.plan import Plan
from scheduler.reading.scalars import Weekday
from scheduler.whatif.changes import (
    AllClaimExemption,
    CommonNight,
    DoctorLeaves,
    DoctorsJoin,
    DoctorsLeave,
    LeftOut,
    MunicipalityJoins,
    MunicipalityLeaves,
    OtherKey,
    OtherPattern,
    OtherPoints,
    OtherSetting,
    OtherYear,
    PatternAdded,
    PatternRemoved,
)
from scheduler.whatif.words import Competence, Dropped
from scheduler.writing.phrases import listed
from scheduler.writing.wording import PRESENCES, WEEKDAYS_SHORT, number

KEYS = {
    Key.NONE: "én felles gruppe av leger, uten nøkkel",
    Key.POSTS: "antall fastleger",
    Key.POPULATION: "innbyggertall",
    Key.HALF: "halvparten likt og halvparten etter innbyggertall",
    Key.CUSTOM: "avtalte andeler",
}
_DROPPED = {
    Dropped.BALANCES: "inngående saldoer",
    Dropped.PINS: "låser",
    Dropped.WISHES: "ønsker",
    Dropped.PUBLISHED: "den publiserte planen",
}
_COUNTS = ("ingen", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti")


def counted_word(count: int) -> str:
    """«to», «tolv» as a figure: «12»."""
    return _COUNTS[count] if count < len(_COUNTS) else str(count)


@singledispatch
def sentence(change: BaseModel, plan: Plan, *, discreet: bool = False) -> str:
    """The change in words.

    Args:
        change: what is done.
        plan: the plan that it is done to, for names.
        discreet: name no doctor.
    """
    raise TypeError(f"change ({type(change).__name__}) must be one of the known kinds")


def _named(plan: Plan, items: str, own: str) -> str:
    return next((item.name for item in getattr(plan, items) if item.id == own), own)


@sentence.register
def _(change: MunicipalityJoins, plan: Plan, *, discreet: bool = False) -> str:
    town = change.municipality
    name = town[:1].upper() + town[1:] if isinstance(town, str) else town.name
    return f"{name} kommer inn i samarbeidet med legene sine."


@sentence.register
def _(change: MunicipalityLeaves, plan: Plan, *, discreet: bool = False) -> str:
    name = _named(plan, "municipalities", change.municipality)
    moved = ""
    if change.duty_moves_to is not None:
        moved = f" Vaktene flyttes til {_named(plan, 'places', change.duty_moves_to)}."
    return f"{name} går ut av samarbeidet med legene sine.{moved}"


@sentence.register
def _(change: CommonNight, plan: Plan, *, discreet: bool = False) -> str:
    night = _named(plan, "patterns", change.keep)
    others = listed([f"«{_named(plan, 'patterns', own)}»" for own in change.others])
    return f"«{night}» blir felles nattevakt; {others} gir fra seg natten."


@sentence.register
def _(change: DoctorsJoin, plan: Plan, *, discreet: bool = False) -> str:
    town = _named(plan, "municipalities", change.municipality)
    doctors = f"{counted_word(change.number)} {'lege' if change.number == 1 else 'leger'}"
    kind = "" if change.competence is Competence.SPECIALIST else " som må ha bakvakt"
    share = ""
    if change.practice_share != 1:
        share = f" i {number(float(change.practice_share) * 100)} % praksis"
    return f"{doctors[0].upper()}{doctors[1:]} til i {town}{share}{kind}."


@sentence.register
def _(change: DoctorLeaves, plan: Plan, *, discreet: bool = False) -> str:
    when = f" etter {change.last_day:%d.%m.%Y}" if change.last_day and not discreet else ""
    return f"{'En lege' if discreet else _named(plan, 'doctors', change.doctor)} slutter{when}."


@sentence.register
def _(change: DoctorsLeave, plan: Plan, *, discreet: bool = False) -> str:
    town = _named(plan, "municipalities", change.municipality)
    doctors = f"{counted_word(change.number)} {'lege' if change.number == 1 else 'leger'}"
    which = "" if discreet else " (de som står sist i planen)"
    return f"{doctors[0].upper()}{doctors[1:]} færre i {town}{which}."


@sentence.register
def _(change: AllClaimExemption, plan: Plan, *, discreet: bool = False) -> str:
    since = f" fra {change.claimed_from:%d.%m.%Y}" if change.claimed_from else ""
    return f"Alle leger som er gamle nok til det, krever fritak fra legevakt{since}."


@sentence.register
def _(change: OtherKey, plan: Plan, *, discreet: bool = False) -> str:
    shares = ""
    if change.shares:
        own = (
            f"{_named(plan, 'municipalities', town)} {number(float(share) * 100)} %"
            for town, share in change.shares.items()
        )
        shares = f" ({listed(list(own))})"
    return f"Vaktene fordeles mellom kommunene etter {KEYS[change.key]}{shares}."


@sentence.register
def _(change: OtherPoints, plan: Plan, *, discreet: bool = False) -> str:
    from scheduler.writing.wording import HOUR_CLASSES

    hours = listed(list(dict.fromkeys(HOUR_CLASSES[row.hours] for row in change.points)))
    return f"Nye satser for belastningspoeng ({hours})."


@sentence.register
def _(change: OtherPattern, plan: Plan, *, discreet: bool = False) -> str:
    own = next((item for item in plan.patterns if item.id == change.pattern), None)
    name = own.name if own else change.pattern
    parts = []
    if change.presence is not None:
        parts.append("er " + PRESENCES[Presence(change.presence)])
    if change.start is not None:
        parts.append(f"begynner kl. {change.start:%H:%M}")
    if change.end is not None:
        parts.append(f"slutter kl. {change.end:%H:%M}")
    if change.needed is not None:
        doctors = "lege" if change.needed == 1 else "leger"
        parts.append(f"har {counted_word(change.needed)} {doctors}")
    if change.weekdays:
        days = [WEEKDAYS_SHORT[Weekday(day).number] for day in change.weekdays]
        parts.append(f"går {listed(days)}")
    if change.place is not None:
        parts.append(f"har sted {_named(plan, 'places', change.place)}")
    if change.name is not None:
        parts.append(f"heter «{change.name}»")
    if change.duty_class is not None:
        parts.append(f"har vaktklasse {change.duty_class}")
    if change.burden is not None:
        parts.append(f"gir {number(float(change.burden))} poeng")
    if change.block:
        parts.append("tas samlet")
    if change.keep_together:
        parts.append("bør tas samlet")
    if change.drivers is not None:
        parts.append(f"har {counted_word(change.drivers)} andre med ved utrykning")
    if change.red_days is not None or change.eves is not None:
        parts.append("følger en annen regel på røde dager og aftener")
    return f"«{name}» {listed(parts)}."


@sentence.register
def _(change: PatternAdded, plan: Plan, *, discreet: bool = False) -> str:
    own = change.pattern
    return f"Ny vakt: «{own.name}» kl. {own.start:%H:%M}–{own.end:%H:%M}."


@sentence.register
def _(change: PatternRemoved, plan: Plan, *, discreet: bool = False) -> str:
    return f"«{_named(plan, 'patterns', change.pattern)}» tas bort."


@sentence.register
def _(change: OtherYear, plan: Plan, *, discreet: bool = False) -> str:
    without = ", uten låser og publisert plan" if plan.pins or plan.published else ""
    return f"Planen flyttes til {change.year}, med det årets høytider{without}."


@sentence.register
def _(change: OtherSetting, plan: Plan, *, discreet: bool = False) -> str:
    return f"Innstillingen {change.rule}.{change.parameter} er {value_text(change)}."


def value_text(change: OtherSetting) -> str:
    """The value of a setting in words."""
    value = change.value
    words = {True: "ja", False: "nei", None: "ikke satt"}
    if isinstance(value, dict):
        return listed([f"{key}: {_plain(own)}" for key, own in value.items()])
    if value is None or isinstance(value, bool):
        return words[value]
    return _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nei"
    return number(value) if isinstance(value, int | float) else str(value)


@sentence.register
def _(change: LeftOut, plan: Plan, *, discreet: bool = False) -> str:
    return f"{listed([_DROPPED[own] for own in change.what])} er ikke med.".capitalize()
