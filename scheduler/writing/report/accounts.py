"""The account of municipal work: what can be ordered, is agreed, is ordered, is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from scheduler.writing.legality import LegalityReport, OrderAccount
from scheduler.writing.wording import number

COLUMNS = ("Tak", "Avtalt", "Tilbudt", "Frivillig utført", "Pålagt", "Møter", "Igjen av taket")


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One week in the order of COLUMNS, in hours."""

    week: str
    hours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """One doctor's sums over the weeks, and the weeks with work, agreements or meetings.

    Attributes:
        quiet: how many weeks have none and are left out.
    """

    doctor: str
    hours: tuple[str, ...]
    weeks: tuple[WeekLine, ...]
    quiet: int


def ledgers(legality: LegalityReport) -> tuple[Ledger, ...]:
    """One ledger for each doctor who has an account, in the doctors' order."""
    by_doctor: dict[str, list[OrderAccount]] = {}
    for week in legality.order_weeks:
        by_doctor.setdefault(week.doctor, []).append(week)
    return tuple(_ledger(legality.name(doctor), own) for doctor, own in by_doctor.items())


def _ledger(name: str, weeks: list[OrderAccount]) -> Ledger:
    busy = [own for own in weeks if own.voluntary or own.ordered or own.meetings]
    lines = tuple(WeekLine(str(own.week), _hours([own])) for own in busy)
    return Ledger(name, _hours(weeks), lines, len(weeks) - len(busy))


def _hours(weeks: Iterable[OrderAccount]) -> tuple[str, ...]:
    sums = [Fraction(0)] * len(COLUMNS)
    for own in weeks:
        work = (own.agreed, own.offered, own.voluntary, own.ordered, own.meetings, own.left)
        for place, minutes in enumerate((own.cap, *map(Fraction, work))):
            sums[place] += minutes
    return tuple(number(float(total) / 60) for total in sums)
