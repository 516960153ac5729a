"""What an hour of duty weighs, who has set it, and how the points of one duty are reckoned."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.domain.duty import Duty, ShiftPattern
from scheduler.domain.points import (
    DEFAULT_RATES,
    NUMBER,
    ORDINARY,
    Column,
    HourClass,
    Piece,
    Rates,
    class_minutes,
)
from scheduler.domain.problem import Problem
from scheduler.writing.legality import LegalityReport
from scheduler.writing.phrases import listed, time_text
from scheduler.writing.report.rulebook import SourceItem, source_item
from scheduler.writing.wording import HOUR_CLASSES, number

COLUMNS = {"on_site": "Tilstedevakt", "home": "Hjemmevakt", "backup": "Bakvakt"}
WHEN = {
    HourClass.DAY: "07–16",
    HourClass.EVENING: "16–23",
    HourClass.NIGHT: "23–07",
    HourClass.WEEKEND: "lørdag og søndag",
    HourClass.RED_DAY: "hele døgnet",
    HourClass.EVE: "fra den timen høytiden begynner",
    HourClass.GREAT_HOLIDAY: "så lenge den varer",
}
DEFAULT, OWN = "standard", "kommunens egen innstilling"
NO_RATE = "–"


@dataclass(frozen=True, slots=True)
class RateRow:
    """One line of the table, points an hour.

    Attributes:
        pattern: the shift pattern that it holds for; empty for all.
        set_by: that it is the default, or whose it is and what it stands in place of.
    """

    hours: str
    when: str
    pattern: str
    on_site: str
    home: str
    backup: str
    set_by: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How one duty of a pattern gets its points.

    Attributes:
        duty: when the example is.
        sum: «8 t natt × 2 + 1 t dag × 1», or that the points are agreed.
    """

    pattern: str
    duty: str
    sum: str
    points: str


@dataclass(frozen=True, slots=True)
class RatesPart:
    """The table, what it rests on, and an example for each shift pattern."""

    basis: tuple[tuple[str, SourceItem | None], ...]
    rows: tuple[RateRow, ...]
    examples: tuple[Reckoning, ...]


def rates(legality: LegalityReport) -> RatesPart:
    """Everything about points an hour."""
    problem = legality.problem
    return RatesPart(
        tuple(
            (claim, source_item(citation) if citation else None)
            for claim, citation in legality.rate_basis
        ),
        tuple(rate_rows(problem.rates, patterns(problem))),
        tuple(reckonings(problem)),
    )


def patterns(problem: Problem) -> tuple[ShiftPattern, ...]:
    """The shift patterns of the plan, in their order."""
    return tuple(kind for kind in problem.types if isinstance(kind, ShiftPattern))


def rate_rows(general: Rates, own: Iterable[ShiftPattern]) -> Iterator[RateRow]:
    """The general rates, then what single patterns have instead."""
    for hours in HourClass:
        cells = {name: getattr(general, name)[NUMBER[hours]] for name in COLUMNS}
        usual = {name: getattr(DEFAULT_RATES, name)[NUMBER[hours]] for name in COLUMNS}
        changed = [
            f"{points(usual[name])} for {COLUMNS[name].casefold()}"
            for name in COLUMNS
            if cells[name] != usual[name]
        ]
        set_by = f"{OWN}; standarden er {listed(changed)}" if changed else DEFAULT
        yield RateRow(
            HOUR_CLASSES[hours],
            WHEN[hours],
            "",
            **{name: points(rate) for name, rate in cells.items()},
            set_by=set_by,
        )
    for kind in own:
        yield from _own_rows(kind, getattr(general, kind.column_name))


def _own_rows(kind: ShiftPattern, general: Column) -> Iterator[RateRow]:
    """The rates in which a pattern differs; agreed points leave them without a meaning."""
    if kind.burden is not None:
        return
    for hours, rate, usual in zip(HourClass, kind.column, general, strict=True):
        if rate != usual:
            cells = dict.fromkeys(COLUMNS, NO_RATE) | {kind.column_name: points(rate)}
            yield RateRow(
                HOUR_CLASSES[hours],
                WHEN[hours],
                " ".join(kind.name.split()),
                **cells,
                set_by=f"{OWN}; ellers {points(usual)}",
            )


def reckonings(problem: Problem) -> Iterator[Reckoning]:
    """A duty of each pattern, an ordinary one where there is any, with its calculation."""
    for kind in patterns(problem):
        own = [duty for duty in problem.duties if duty.type.id == kind.id]
        if own:
            duty = next((duty for duty in own if _is_ordinary(duty)), own[0])
            name = " ".join(kind.name.split())
            yield Reckoning(name, time_text(duty), calculation(duty), points(duty.burden))


def calculation(duty: Duty) -> str:
    """«8 t natt × 2 + 1 t dag × 1», or that the points are agreed for the whole duty."""
    if not duty.pieces:
        return "avtalt for hele vakten"
    return " + ".join(map(_piece, duty.pieces))


def points(hundredths: int) -> str:
    """«1,25»."""
    return number(hundredths / 100)


def _piece(piece: Piece) -> str:
    return f"{_length(piece.minutes)} {HOUR_CLASSES[piece.hours]} × {points(piece.rate)}"


def _length(minutes: int) -> str:
    """«7,5 t», or «2 t 10 min» where two decimals do not suffice."""
    if minutes % 3 == 0:
        return f"{number(minutes / 60)} t"
    hours, rest = divmod(minutes, 60)
    return f"{hours} t {rest} min" if hours else f"{rest} min"


def _is_ordinary(duty: Duty) -> bool:
    """Whether it has no hour of a holiday, and real time is what the clock shows."""
    ordinary = {*ORDINARY, HourClass.WEEKEND}
    return duty.interval.clock_minutes == duty.minutes and all(
        set(classes) <= ordinary for classes in class_minutes(duty.interval)
    )
