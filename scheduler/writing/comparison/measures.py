"""What is compared, once for the table, the workbook, the JSON and the memo."""

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.whatif.gap import Verdict, differences
from scheduler.writing.comparison.source import Alternative, Figures

NARROW = "\u00a0"


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of an alternative.

    Attributes:
        key: its name in JSON.
        title: as a heading; `unit` follows a value in a sentence.
        level: the level of the objective that it is the value of; "" for what no search weighs.
        more_is_better: else less is better; None where neither is.
        personal: the figure of single doctors, or one by which their number could be told.
    """

    key: str
    title: str
    unit: str
    decimals: int
    value: Callable[[Figures], float | None]
    level: str = ""
    more_is_better: bool | None = False
    in_memo: bool = True
    personal: bool = False


def _level(key: str) -> Callable[[Figures], float | None]:
    def value(own: Figures) -> float | None:
        found = own.level(key)
        return None if found is None else found.value

    return value


MEASURES: tuple[Measure, ...] = (
    Measure("cover", "Dekning", "%", 1, lambda own: own.cover, "cover", True),
    Measure("holes", "Udekte vakter", "vakter", 0, lambda own: own.holes, "cover", in_memo=False),
    Measure("ordered_hours", "Pålagte timer", "timer", 1, _level("ordered"), "ordered"),
    Measure(
        "exceptions",
        "Unntak fra hovedregler",
        "",
        0,
        lambda own: sum(count.count for count in own.exceptions),
    ),
    Measure(
        "health",
        "Avvik, hvile og belastning",
        "poeng",
        1,
        _level("health"),
        "health",
        in_memo=False,
    ),
    Measure(
        "points_each", "Poeng per lege", "poeng", 0, lambda own: own.points_each, personal=True
    ),
    Measure(
        "heaviest", "Tyngst belastede lege", "poeng", 0, lambda own: own.heaviest, personal=True
    ),
    Measure(
        "worst",
        "Lengst over sin andel",
        "poeng",
        1,
        _level("fairness_worst_1"),
        "fairness_worst_1",
        personal=True,
    ),
    Measure(
        "most_nights",
        "Flest netter på én lege",
        "netter",
        0,
        lambda own: own.most_nights,
        personal=True,
    ),
    Measure(
        "most_weekends",
        "Flest helger på én lege",
        "helger",
        0,
        lambda own: own.most_weekends,
        in_memo=False,
        personal=True,
    ),
    Measure("lost_hours", "Tapt kontortid", "timer", 0, lambda own: own.lost_hours),
    Measure("cost", "Kostnad", "kr", 0, lambda own: own.cost.total),
)


FEWEST = 3
"""Fewer doctors than this are a group by which one of them could be known again."""


def withheld(alternative: Alternative) -> bool:
    """Whether what doctors carry must not be told in public.

    An alternative in which one or two claim an exemption would tell who is old enough for it.
    """
    return 0 < alternative.claims < FEWEST


def by_key(key: str) -> Measure:
    """The measure with the name.

    Raises:
        StopIteration: there is none (a fault of ours).
    """
    return next(own for own in MEASURES if own.key == key)


def told(alternatives: tuple[Alternative, ...]) -> tuple[Measure, ...]:
    """The measures that at least one alternative has: no cost without rates."""
    return tuple(
        own
        for own in MEASURES
        if any(a.figures and own.value(a.figures) is not None for a in alternatives)
    )


def verdict(measure: Measure, base: Figures, other: Figures) -> Verdict | None:
    """What a difference from the base is worth; None for what no search weighs."""
    if not measure.level:
        return None
    for own in differences(base.levels, other.levels):
        if own.before.level == measure.level:
            return own.verdict
    return None


def amount(value: float | None, decimals: int) -> str:
    """«12 340», «7,5», «–» for nothing."""
    if value is None:
        return "–"
    text = f"{abs(value):,.{decimals}f}"
    if decimals:
        text = text.rstrip("0").rstrip(".")
    text = text.replace(",", NARROW).replace(".", ",")
    return f"−{text}" if value < 0 and text.strip("0,") else text


def signed(value: float, decimals: int) -> str:
    """«+12», «−3», «±0»."""
    text = amount(value, decimals)
    if text == "0":
        return "±0"
    return text if text.startswith("−") else f"+{text}"
