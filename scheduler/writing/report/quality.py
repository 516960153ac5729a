"""How calm the roster is: what each soft rule weighs, how often it is departed from, the cost."""

from dataclasses import dataclass

from scheduler.checking import RuleReport
from scheduler.rule import Level, Rule
from scheduler.writing.legality import LegalityReport
from scheduler.writing.report.words import amount
from scheduler.writing.wording import number

OFF = "slått av"
NONE = "–"
NOTHING = "ikke aktuelt"


@dataclass(frozen=True, slots=True)
class QualityLine:
    """One soft rule.

    Attributes:
        weights: the prices in force, each in words; one word where all are nought.
        count: how many departures; a word where there was nothing to judge.
        cost: what they cost together, in points; a dash where it is not known.
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
        NONE if levels is None else number(float(sum(levels.values())) / 100),
        tuple(level.title for level in Level if levels and levels.get(level)),
    )


def weights(rule: Rule) -> tuple[str, ...]:
    """«0,05 poeng for hver dag som mangler», for each price that is not nought."""
    told = tuple(
        f"{amount(price / 100, 'poeng')} {own.title.removeprefix('Pris ')}"
        for own, price in rule.prices.items()
        if price
    )
    return told or (OFF,)
