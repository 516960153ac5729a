"""How each measure is called and counted in bokmål."""

from dataclasses import dataclass
from fractions import Fraction

from scheduler.fairness.measures import Measure
from scheduler.writing.report.words import signed
from scheduler.writing.wording import number

NONE = "–"


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure in words.

    Attributes:
        slug: for ids and sheet names.
        title: as a heading.
        one, many: what is counted.
        scale: so many of the measure's units make one of what is shown.
        meaning: what counts, in one sentence.
    """

    slug: str
    title: str
    one: str
    many: str
    scale: int
    meaning: str


# By the measure's word.
_UNITS = {
    "points": Unit(
        "poeng",
        "Belastningspoeng",
        "poeng",
        "poeng",
        100,
        "Poeng for hver vakt, etter timene eller som avtalt for vakttypen, og for pålagte timer "
        "der de teller med.",
    ),
    "nights": Unit(
        "netter",
        "Netter",
        "natt",
        "netter",
        1,
        "En vakt med minst tre timer mellom kl. 23 og 07 er en natt.",
    ),
    "weekends": Unit(
        "helger",
        "Helger",
        "helg",
        "helger",
        1,
        "En lørdag og søndag med minst én vakt er en helg, uansett hvor mange vakter.",
    ),
    "great_holidays": Unit(
        "hoytider",
        "Store høytider",
        "høytid",
        "høytider",
        1,
        "Jul, nyttår, påske, 1. mai, 17. mai, Kristi himmelfart og pinse, hver med minst én vakt.",
    ),
    "ordered": Unit(
        "palagt",
        "Pålagte timer",
        "time",
        "timer",
        60,
        "Kommunale oppgaver ut over det legen har avtalt eller tilbudt.",
    ),
}


def unit(measure: Measure) -> Unit:
    """How the measure is shown."""
    return _UNITS[measure.value]


def shown(measure: Measure, value: Fraction | int) -> float:
    """The value in the unit that is shown, to a hundredth."""
    return round(float(value / Fraction(unit(measure).scale)), 2) + 0.0


def plain(measure: Measure, value: Fraction | int) -> str:
    """«12,5», «−0,25»."""
    return number(shown(measure, value))


def difference(measure: Measure, value: Fraction | int) -> str:
    """«+1,5», «−0,5», «0»."""
    return signed(shown(measure, value))


def counted(measure: Measure, value: Fraction | int) -> str:
    """«1 natt», «2,5 netter»."""
    own = unit(measure)
    text = plain(measure, value)
    return f"{text} {own.one if text == '1' else own.many}"
