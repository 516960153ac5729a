"""A period is closed: old balances fade, what was worked and the fair part are posted.

For each doctor and measure, in this order:

1. the balance from before, of which so much fades as the half-life says for the period's days;
2. plus what was worked, minus the fair part of what all have worked;
3. less what has grown past the ceiling. The ceiling follows the doctor's fair part, or the mean
   one if that is larger, so that an absence wipes out nothing. It stops growth only: an old
   balance that is above it (a short period, a period without great holidays) is left to fade.

All numbers are whole steps and are rounded towards zero, so a pocket calculator gives the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction

from scheduler.domain.duty import Letter
from scheduler.domain.problem import Account, Problem
from scheduler.domain.roster import Timetable
from scheduler.fairness.closing import Settlement
from scheduler.fairness.measures import Measure
from scheduler.ledger.book import Book
from scheduler.ledger.digest import roster_digest
from scheduler.ledger.entry import (
    Entry,
    Event,
    HolidayLine,
    Kind,
    LedgerError,
    Line,
    Period,
    Settings,
)
from scheduler.ledger.posting import opened
from scheduler.ledger.wording import amount, word

WHOLE = 10_000  # the part that is left of a balance is kept in ten-thousandths
_EXACT = Context(prec=30)
_SIXTEENTHS_OF_DAYS_A_MONTH = 487  # 30.4375 days: a year of 365.25 days has twelve


@dataclass(frozen=True, slots=True)
class Closing:
    """The book after a closing, and what a person should know of it.

    Attributes:
        remarks: whole sentences in bokmål.
    """

    book: Book
    remarks: tuple[str, ...]


def kept(days: int, half_life: int) -> int:
    """What is left of a balance after so many days, in ten-thousandths.

    Args:
        days: length of the period.
        half_life: months; 0: nothing fades.
    """
    if not half_life:
        return WHOLE
    power = _EXACT.divide(Decimal(-16 * days), Decimal(_SIXTEENTHS_OF_DAYS_A_MONTH * half_life))
    return int(_EXACT.power(Decimal(2), power) * WHOLE + Decimal("0.5"))


def faded(balance: int, left: int) -> int:
    """What is left of a balance, rounded towards zero."""
    size = abs(balance) * left // WHOLE
    return size if balance > 0 else -size


def capped(balance: int, old: int, limit: int) -> int:
    """The balance as far as the ceiling lets it grow.

    Args:
        balance: after the period.
        old: before it, faded.
        limit: the ceiling, in steps.
    """
    most = max(limit, abs(old))
    return max(-most, min(most, balance))


def close(
    book: Book,
    timetable: Timetable,
    settlements: Sequence[Settlement],
    *,
    booked_on: date,
    refused: Mapping[str, int] | None = None,
) -> Closing:
    """Post a period as it was worked.

    A doctor who is new in the book opens with what the plan says, which is nothing for one who
    joins. A doctor who is not in the plan keeps the balance as it is. A book without entries is
    opened with the settings that hold unless others are set.

    Args:
        book: the book so far.
        timetable: the plan with the roster as it was worked: swaps and sickness are in it.
        settlements: what each doctor worked of each measure, and the fair part of it.
        booked_on: the day of the entry.
        refused: what each doctor was refused, in hundredths of a wish.

    Raises:
        LedgerError: the period cannot be closed, and why.
    """
    problem = timetable.problem
    book = opened(book, booked_on)
    period = Period(
        problem.title,
        problem.first_day,
        problem.last_day,
        problem.content_hash,
        roster_digest(timetable),
    )
    _refuse_repeats(book, period)
    settings = book.settings
    left = kept(period.days, settings.half_life)
    wishes_left = kept(period.days, settings.wish_half_life)
    lines = [
        *_measures(book, problem, settlements, left, settings.ceiling),
        *_wishes(book, problem, refused or {}, wishes_left),
    ]
    entry = Entry(
        0,
        booked_on,
        Event.CLOSING,
        _text(period, settings, left, wishes_left),
        period=period,
        doctors={doctor.id: doctor.name for doctor in problem.doctors},
        lines=tuple(lines),
        holidays=tuple(_holidays(book, timetable)),
    )
    return Closing(book.add(entry), tuple(_remarks(book, timetable, booked_on)))


def _refuse_repeats(book: Book, period: Period) -> None:
    """A period is closed once, and after those before it."""
    for entry in book.closings:
        own = entry.period
        if own is None:
            continue
        at = f"bilag {entry.number}, ført {entry.booked_on:%d.%m.%Y}"
        again = f"Skal det gjøres om, reverserer du bilag {entry.number} først."
        days = f"{own.first_day:%d.%m.%Y}–{own.last_day:%d.%m.%Y}"
        if own.plan == period.plan:
            raise LedgerError(f"Denne planen er allerede lukket ({at}).", again, period.title)
        if own.first_day <= period.last_day and period.first_day <= own.last_day:
            raise LedgerError(
                f"Perioden overlapper «{own.title}» ({days}), som er lukket ({at}).",
                f"En dag kan bare telle én gang. {again}",
                f"{period.first_day:%d.%m.%Y}–{period.last_day:%d.%m.%Y}",
            )
        if period.last_day < own.first_day:
            raise LedgerError(
                f"En senere periode, «{own.title}» ({days}), er allerede lukket ({at}).",
                f"Periodene lukkes i rekkefølge. {again}",
                f"{period.first_day:%d.%m.%Y}–{period.last_day:%d.%m.%Y}",
            )


def brought(book: Book, account: Account, measure: Measure | None) -> int:
    """What a doctor who is new in the book brings along by the plan; others bring nothing."""
    if account.doctor in book.known:
        return 0
    return planned(account, measure)


def planned(account: Account, measure: Measure | None) -> int:
    """What the plan's account says, in steps; its fields carry the names of the measures."""
    return int(getattr(account, "refused" if measure is None else measure.value))


def _measures(
    book: Book,
    problem: Problem,
    settlements: Sequence[Settlement],
    left: int,
    ceiling: int,
) -> Iterator[Line]:
    for measure in Measure:
        own = [settled for settled in settlements if settled.measure is measure]
        parts = {s.doctor: _steps(s.part, measure) for s in own}
        pool = [s.doctor for s in own if s.target is not None]
        mean = sum(parts[who] for who in pool) // len(pool) if pool else 0
        for settled in own:
            new = brought(book, problem.account_of[settled.doctor], measure)
            before = book.balance(settled.doctor, measure) + new
            worked, part = _steps(Fraction(settled.worked), measure), parts[settled.doctor]
            old = faded(before, left)
            balance = old + worked - part
            if ceiling:
                balance = capped(balance, old, ceiling * max(part, mean) // 100)
            yield Line(settled.doctor, measure, Kind.OPENING, new)
            yield Line(settled.doctor, measure, Kind.HALF_LIFE, old - before)
            yield Line(settled.doctor, measure, Kind.WORKED, worked)
            yield Line(settled.doctor, measure, Kind.SHARE, -part)
            yield Line(settled.doctor, measure, Kind.CEILING, balance - (old + worked - part))


def _steps(value: Fraction, measure: Measure) -> int:
    """A settlement's value in whole steps; settlements keep to the measure's resolution."""
    steps = value / measure.resolution
    if steps.denominator != 1:
        raise ValueError(f"value ({value}) must be in steps of {measure.resolution} {measure}")
    return steps.numerator


def _wishes(book: Book, problem: Problem, refused: Mapping[str, int], left: int) -> Iterator[Line]:
    for doctor in problem.doctors:
        new = brought(book, problem.account_of[doctor.id], None)
        before = book.balance(doctor.id, None) + new
        yield Line(doctor.id, None, Kind.OPENING, new)
        yield Line(doctor.id, None, Kind.HALF_LIFE, faded(before, left) - before)
        yield Line(doctor.id, None, Kind.REFUSED, refused.get(doctor.id, 0))


def _holidays(book: Book, timetable: Timetable) -> Iterator[HolidayLine]:
    """Great holidays that the book did not know: worked, or told by the plan."""
    problem = timetable.problem
    for doctor in problem.doctors:
        had = {
            (block.holiday, block.year)
            for duty in timetable.work_of(doctor.id)
            if duty.letter is Letter.OUT_OF_HOURS
            for block in duty.holidays
        }
        had |= set(problem.account_of[doctor.id].holidays.items())
        known = book.holidays(doctor.id)
        for holiday, year in sorted(had):
            if year not in known.get(holiday, ()):
                yield HolidayLine(doctor.id, holiday, year)


def _text(period: Period, settings: Settings, left: int, wishes_left: int) -> str:
    """How the sums were found, so that they can be found again by hand."""

    def fading(months: int, part: int) -> str:
        if not months:
            return "avtar ikke"
        text = f"{part // 100},{part % 100:02} % igjen (halveringstid {months} md., "
        return f"{text}{period.days} dager)"

    top = f"tak {settings.ceiling} % av andelen" if settings.ceiling else "ikke noe tak"
    return (
        f"Gamle saldoer: {fading(settings.half_life, left)}; {top}. "
        f"Avslåtte ønsker: {fading(settings.wish_half_life, wishes_left)}."
    )


def _remarks(book: Book, timetable: Timetable, booked_on: date) -> Iterator[str]:
    problem = timetable.problem
    if booked_on <= problem.last_day:
        yield (
            f"Perioden varer til {problem.last_day:%d.%m.%Y} og er ikke over. Det som føres som "
            "arbeidet, er vaktplanen slik den er nå."
        )
    shifts = sum(duty.is_shift for duty in timetable.holes)
    sessions = len(timetable.holes) - shifts
    empty = [
        f"{number} {one if number == 1 else many}"
        for number, one, many in ((shifts, "vakt", "vakter"), (sessions, "økt", "økter"))
        if number
    ]
    if empty:
        yield (
            f"{' og '.join(empty)} står uten lege. Det som ingen har arbeidet, er ikke fordelt på "
            "noen."
        )
    for doctor in problem.doctors:
        own = problem.account_of[doctor.id]
        differs = [
            f"{amount(measure, planned(own, measure))} {word(measure)} "
            f"(kontoen: {amount(measure, book.balance(doctor.id, measure))})"
            for measure in (*Measure, None)
            if planned(own, measure) != book.balance(doctor.id, measure)
        ]
        if differs and doctor.id in book.known:
            yield (
                f"{doctor.name}: planen ble laget med en annen inngående saldo enn vaktkontoen "
                f"hadde: {', '.join(differs)}. Kontoens tall er brukt."
            )
