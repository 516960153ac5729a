"""The ledger on a terminal: plain columns that fit 80 characters."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from scheduler.fairness.measures import Measure
from scheduler.ledger.book import Book
from scheduler.ledger.entry import Entry
from scheduler.ledger.overview import latest, row, statement, title
from scheduler.ledger.wording import amount, signed, word
from scheduler.writing.ledger_rows import accounts

_SUMS = ("Inngående", "Arbeidet", "Andel", "Avskrevet", "Rettet", "Utgående")
_NUMBER = 9
_LEAST_NAME = 12


def balances(book: Book, measure: Measure | None, width: int) -> Iterator[str]:
    """The table of one measure over the latest closing and what came after it."""
    period = latest(book)
    heading = word(measure).capitalize()
    if period:
        heading += f", {period.title} ({period.first_day:%d.%m.%Y}–{period.last_day:%d.%m.%Y})"
    yield heading
    sums = _SUMS if measure else ("Inngående", "Avslag", "", "Avtatt", "Rettet", "Utgående")
    gap = max(_NUMBER, *(len(own) for own in sums)) + 1
    room = max(_LEAST_NAME, width - gap * len(sums))
    rows = []
    for doctor, name in accounts(book):
        if doctor is None and measure is None:
            continue
        own = row(book, doctor, measure)
        values = (
            amount(measure, own.opening),
            amount(measure, own.worked),
            amount(measure, own.share) if measure else "",
            amount(measure, own.written_off),
            amount(measure, own.corrected),
            amount(measure, own.closing),
        )
        rows.append((name, values))
    yield _line("Lege", sums, room, gap)
    yield "─" * (room + gap * len(sums))
    for name, values in rows:
        yield _line(name, values, room, gap)
    if measure:
        yield "Over null: har hatt mer enn sin andel. Med fellesskapet er summen null."


def doctor_statement(
    book: Book, doctor: str, chosen: Iterable[Measure | None], width: int
) -> Iterator[str]:
    """Everything that was posted to one doctor, with the great holidays of all years."""
    yield f"Kontoutskrift for {book.names[doctor]}"
    for measure in chosen:
        lines = list(statement(book, doctor, measure))
        if not lines:
            continue
        yield ""
        sums = _NUMBER + 1
        room = width - 11 - 6 - 2 * sums
        yield word(measure).capitalize()
        yield f"{'Dato':<11}{'Bilag':>5} {'':<{room}}{'Beløp':>{sums}}{'Saldo':>{sums}}"
        for own in lines:
            text = title(own.entry, own.line.kind, is_wish=measure is None)
            moved, left = signed(measure, own.line.amount), amount(measure, own.balance)
            yield (
                f"{own.entry.booked_on:%d.%m.%Y} {own.entry.number:>5} {_cut(text, room):<{room}}"
                f"{moved:>{sums}}{left:>{sums}}"
            )
    had = book.holidays(doctor)
    if had:
        yield ""
        yield "Høytider med vakt"
        for holiday, years in had.items():
            yield f"{holiday.value[:1].upper()}{holiday.value[1:]}: {', '.join(map(str, years))}"
    entries = [own for own in book.entries if doctor in own.doctors]
    yield ""
    yield "Bilag"
    for entry in entries:
        yield from wrap(_explained(entry), width, subsequent_indent="   ")


def _explained(entry: Entry) -> str:
    about = f"«{entry.period.title}». " if entry.period else ""
    return f"{entry.number}. {about}{entry.text}"


def _line(name: str, values: Sequence[str], room: int, gap: int) -> str:
    return f"{_cut(name, room):<{room}}" + "".join(f"{value:>{gap}}" for value in values)


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1]}…"
