"""How calm the roster is: what each soft rule weighs, how often it is departed from, the cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from scheduler.checking import RuleReport
from scheduler.rule import Level, Parameter, Rule
from scheduler.writing.legality import LegalityReport
from scheduler.writing.report.words import amount
from scheduler.writing.wording import number

OFF = "slått av"
NONE = "–"
NOTHING = "ikke aktuelt"
_POINTS = "poeng"
_MANY = {"kvadrert vakt": "kvadrerte vakter"}


@dataclass(frozen=True, slots=True)
class QualityLine:
    """One soft rule.

    Attributes:
        weights: the prices in force, each in words; one word where all are nought.
        count: how many departures; a word where there was nothing to judge.
        cost: what they cost together, in points unless it says otherwise; a dash where it is
            not known.
        levels: those of the objective on which they count, in bokmål.
    """

    rule: str
    weights: tuple[str, ...]
    count: str
    cost: str
    levels: tuple[str, ...]


def quality(legality: LegalityReport) -> tuple[QualityLine, ...]:
    """One line for each rule that the municipality prices, in the order of the rules."""
    return tuple(_line(legality, own) for own in legality.report.rules if own.rule.prices)


def _line(legality: LegalityReport, own: RuleReport) -> QualityLine:
    weighed = weights(own.rule)
    if weighed == (OFF,) or not own.checked:
        count = NONE if weighed == (OFF,) else NOTHING
        return QualityLine(own.rule.title, weighed, count, NONE, ())
    levels = legality.costs.get(own.rule.id)
    return QualityLine(
        own.rule.title,
        weighed,
        str(len(own.departures)),
        NONE if levels is None else _cost(levels),
        tuple(level.title for level in Level if levels and levels.get(level)),
    )


def _cost(levels: Mapping[Level, Fraction | int]) -> str:
    """«1,2»; of a level that is not counted in points «1 kvadrert vakt»."""
    by_unit = dict.fromkeys((level.unit for level in Level if levels.get(level)), Fraction(0))
    for level, hundredths in levels.items():
        if hundredths:
            by_unit[level.unit] += hundredths
    told = [
        number(float(cost) / 100) if unit == _POINTS else amount(float(cost) / 100, unit)
        for unit, cost in by_unit.items()
    ]
    return " og ".join(told) or "0"


def _unit(price: Parameter) -> str:
    """The unit of which the price is told in hundredths, in the plural."""
    word = price.unit.removeprefix("hundredels ")
    return _MANY.get(word, word)


def weights(rule: Rule) -> tuple[str, ...]:
    """«0,05 poeng for hver dag som mangler», for each price that is not nought."""
    told = tuple(
        f"{amount(price / 100, _unit(own))} {own.title.removeprefix('Pris ')}"
        for own, price in rule.prices.items()
        if price
    )
    return told or (OFF,)
