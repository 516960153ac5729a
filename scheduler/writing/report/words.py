"""Bokmål words of the report: authority, confidence, units, settings."""

from collections.abc import Mapping
from typing import Any

from scheduler.rule import Authority, Citation, Confidence, Parameter
from scheduler.units import in_full
from scheduler.writing.phrases import listed
from scheduler.writing.wording import number

AUTHORITIES = {
    Authority.LAW: "Lov og forskrift",
    Authority.AGREEMENT: "Avtaler",
    Authority.MUNICIPALITY: "Kommunens bestemmelser",
    Authority.HEALTH: "Helse og hvile",
    Authority.FAIRNESS: "Fordeling",
    Authority.WISH: "Ønsker",
}
CONFIRM = "må bekreftes av kommunen"
OWN_SETTING = "kommunens egen innstilling"
CONFIDENCES = {
    Confidence.TEXT: "lest i teksten",
    Confidence.SECONDARY: f"gjengitt i annen kilde; {CONFIRM}",
    Confidence.DERIVED: f"utledet av teksten; {CONFIRM}",
    Confidence.UNVERIFIED: f"ikke kontrollert; {CONFIRM}",
    Confidence.POLICY: OWN_SETTING,
}
ONE = {
    "dager": "dag",
    "helger": "helg",
    "høytider": "høytid",
    "kvadrerte vakter": "kvadrert vakt",
    "leger": "lege",
    "minutter": "minutt",
    "måneder": "måned",
    "netter": "natt",
    "personer": "person",
    "timer": "time",
    "uker": "uke",
    "vakter": "vakt",
    "vektede timer": "vektet time",
    "ønsker": "ønske",
}
CHOICES = {
    "all": "alle",
    "any": "hvert minutt teller",
    "class 1": "klasse 1",
    "class 1-2": "klasse 1–2",
    "cover": "udekket tid",
    "custom": "egen nøkkel",
    "employed": "ansatte leger",
    "equal": "lik andel til alle",
    "fairness": "fordeling",
    "gps": "fastleger",
    "half": "halvparten likt, halvparten etter innbyggertall",
    "hard": "krav",
    "health": "helse og hvile",
    "list_size": "listelengde",
    "none": "ingen",
    "off": "ingen",
    "on_site": "bare tilstedevakt",
    "ordered": "pålagte timer",
    "population": "innbyggertall",
    "posts": "antall fastleger",
    "practice_share": "stillingsandel",
    "soft": "ønske",
    "start": "starten avgjør",
    "wishes": "ønsker",
}
NOT_SET = "ikke satt"
MOST_ENTRIES = 8


def amount(value: float, word: str) -> str:
    """«7,5 timer», «1 time», «−2 poeng»."""
    shown = number(value)
    own = in_full(word)
    return f"{shown} {ONE.get(own, own) if shown == '1' else own}".strip()


def signed(value: float) -> str:
    """«+1,5», «−0,5», «0»."""
    shown = number(value)
    return f"+{shown}" if value > 0 and shown != "0" else shown


def setting(parameter: Parameter, value: Any) -> str:
    """The value in force: «ja», «8 timer», «klasse 1», «Fjell: 5»."""
    if value is None or value == {}:
        return NOT_SET
    if isinstance(value, Mapping):
        return _entries(value)
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, int | float):
        return amount(value, parameter.unit)
    return CHOICES.get(str(value), str(value))


def allowed(parameter: Parameter) -> str:
    """What the municipality may choose: «8–11», «krav eller ønske», «fast»."""
    if parameter.fixed:
        return "fast"
    if parameter.choices:
        return chosen_from(parameter)
    if isinstance(parameter.default, bool):
        return "ja eller nei"
    if parameter.low is None and parameter.high is None:
        return ""
    if parameter.high is None:
        return f"minst {number(parameter.low or 0)}"
    return f"{number(parameter.low or 0)}–{number(parameter.high)}"


def chosen_from(parameter: Parameter) -> str:
    """The choices: «krav eller ønske», and of many «07:00–12:00»."""
    if len(parameter.choices) > MOST_ENTRIES:
        return f"{parameter.choices[0]}–{parameter.choices[-1]}"
    return listed((CHOICES.get(str(c), str(c)) for c in parameter.choices), "eller")


def basis(parameter: Parameter) -> str:
    """Where the setting comes from: rulebook points, or the municipality itself."""
    parts = [part.strip() for part in parameter.basis.split(",")]
    return ", ".join("kommunens valg" if part == "policy" else rulebook_id(part) for part in parts)


def rulebook_id(number: str) -> str:
    """«F-33.1», «avsnitt 5»: a place in the rulebook."""
    return number.replace("section", "avsnitt")


def confidence(citations: tuple[Citation, ...]) -> str:
    """How surely a rule stands: the words of its weakest source that needs confirming."""
    kinds = {citation.confidence for citation in citations}
    for kind in (Confidence.UNVERIFIED, Confidence.DERIVED, Confidence.SECONDARY):
        if kind in kinds and kinds - {kind}:
            return f"delvis {CONFIDENCES[kind]}"
        if kind in kinds:
            return CONFIDENCES[kind]
    kind = Confidence.TEXT if Confidence.TEXT in kinds else Confidence.POLICY
    return CONFIDENCES[kind]


def _entries(value: Mapping[Any, Any]) -> str:
    if len(value) > MOST_ENTRIES or any(isinstance(v, Mapping) for v in value.values()):
        return f"satt for {len(value)}"
    return listed([f"{key}: {_plain(own)}" for key, own in value.items()])


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nei"
    return number(value) if isinstance(value, int | float) else str(value)
