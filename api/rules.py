"""Rules as values: what each demands, where it stands, how surely it was read, what can be set."""

from collections.abc import Mapping
from typing import Any

from constraints.catalogue import VOCABULARY
from scheduler.rule import Authority, Confidence, Level, Parameter, Rule
from scheduler.units import in_full
from scheduler.writing.report import words
from scheduler.writing.report.words import ONE, basis

AUTHORITY = {
    Authority.LAW: "lov og forskrift",
    Authority.AGREEMENT: "avtale",
    Authority.MUNICIPALITY: "kommunen",
    Authority.HEALTH: "helse",
    Authority.FAIRNESS: "fordeling",
    Authority.WISH: "ønske",
}
CONFIDENCE = {
    Confidence.TEXT: "lest i teksten",
    Confidence.SECONDARY: "lest i annen kilde – må bekreftes",
    Confidence.DERIVED: "utledet – må bekreftes",
    Confidence.UNVERIFIED: "ikke bekreftet",
    Confidence.POLICY: "kommunens valg",
}

LEVELS: Mapping[str, tuple[Level, ...]] = {
    "cover": (Level.COVER,),
    "voluntary_first": (Level.ORDERED,),
    "practice_hours_lost": (Level.HEALTH,),
    "ordinary_hours": (Level.HEALTH,),
    "agreement_kept": (Level.WISHES,),
    "office_presence": (Level.HEALTH,),
    "longest_presence": (Level.HEALTH,),
    "longest_home_duty": (Level.HEALTH,),
    "weekly_rest": (Level.HEALTH,),
    "weekly_load": (Level.HEALTH,),
    "weekly_presence": (Level.HEALTH,),
    "christmas_or_new_year": (Level.HEALTH,),
    "duty_continuity": (Level.WISHES,),
    "consecutive_nights": (Level.HEALTH,),
    "target_rest": (
        Level.HEALTH,
        Level.WISHES,
    ),
    "weekend_spacing": (Level.HEALTH,),
    "sunday_off": (Level.HEALTH,),
    "total_hours": (Level.HEALTH,),
    "overtime": (Level.HEALTH,),
    "fair_share": (Level.FAIRNESS,),
    "holiday_rotation": (Level.FAIRNESS,),
    "cannot_wish": (Level.WISHES,),
    "wishes": (Level.WISHES,),
    "block_cohesion": (Level.WISHES,),
    "spacing": (Level.WISHES,),
    "night_spacing": (Level.WISHES,),
    "split_weekends": (Level.WISHES,),
    "holiday_after_weekend": (Level.WISHES,),
    "stability": (Level.WISHES,),
}
"""On which levels of the objective a rule weighs; a test holds it against the rules themselves.

Of a rule with a parameter `level`, that decides.
"""


def levels(rule: Rule) -> tuple[Level, ...]:
    """The levels of the objective on which the rule weighs with its settings; none if it binds."""
    chosen = rule.settings().get("level")
    return (Level[chosen.upper()],) if chosen else LEVELS.get(rule.id, ())


def to_confirm(rule: Rule) -> bool:
    """Whether the municipality must confirm what the rule says before it is used as law."""
    return rule.confidence not in (Confidence.TEXT, Confidence.POLICY)


def sentence(rule: Rule) -> str:
    """What the rule demands with its settings, and where it stands, in one or two sentences."""
    where = "; ".join(map(str, rule.citations))
    kind = "Krav" if rule.binds else "Veier, binder ikke"
    told = [in_words(own, getattr(rule, own.name)) for own in rule.parameters()]
    values = f" {'. '.join(told)}." if told else ""
    doubt = " Må bekreftes av kommunen." if to_confirm(rule) else ""
    return f"{rule.title} ({where}). {kind}.{values}{doubt}"


def in_words(parameter: Parameter, value: Any) -> str:
    """«Minste hvile mellom to arbeidsperioder: 8 timer»: as one reads it, not as a file has it.

    Where the title lists the choices after a colon, the choice stands in their place.
    """
    title = parameter.title.split(": ")[0] if parameter.choices else parameter.title
    return f"{title}: {words.setting(parameter, value)}"


def shown_default(value: Any) -> str:
    """The value in force, or that none is."""
    return "ikke satt" if value is None or value == {} else shown_value(value)


def allowed(parameter: Parameter) -> str:
    """«8–11», «hvert minutt teller eller starten avgjør», «fast»: what may be chosen."""
    if parameter.fixed:
        return "fast"
    if parameter.choices:
        return words.chosen_from(parameter)
    if parameter.low is not None and parameter.high is not None:
        return f"{shown_value(parameter.low)}–{shown_value(parameter.high)}"
    return ""


def setting(parameter: Parameter, value: Any) -> str:
    """«Minste hvile mellom to arbeidsperioder: 8 timer (8–11, S-04)»."""
    inside = ", ".join(part for part in (allowed(parameter), basis(parameter)) if part)
    return f"{in_words(parameter, value)} ({inside})"


def unit_word(parameter: Parameter, value: Any) -> str:
    """«timer», but «1 time»."""
    own = in_full(parameter.unit)
    return ONE.get(own, own) if value == 1 else own


def shown_value(value: Any) -> str:
    """A setting as a Norwegian writes it."""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return str(value)


def described(rule: Rule) -> dict[str, Any]:
    """The rule as plain values."""
    return {
        "id": rule.id,
        "rulebook": list(rule.rulebook),
        "title": rule.title,
        "title_en": rule.title_en,
        "authority": rule.authority.value,
        "authority_title": AUTHORITY[rule.authority],
        "hard": rule.hard,
        "not_in_oslo": rule.sfs_only,
        "silent_until_set": type(rule) in VOCABULARY,
        "citations": [
            {"text": str(c), "confidence": c.confidence.value, "url": getattr(c, "url", None)}
            for c in rule.citations
        ],
        "confidence": rule.confidence.value,
        "confidence_title": CONFIDENCE[rule.confidence],
        "settings": [
            {
                "name": p.name,
                "title": p.title,
                "value": getattr(rule, p.name),
                "default": p.default,
                "unit": p.unit,
                "low": p.low,
                "high": p.high,
                "choices": list(p.choices),
                "fixed": p.fixed,
                "basis": p.basis,
            }
            for p in rule.parameters()
        ],
    }
