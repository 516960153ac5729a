"""The book laid out for reading: a table of balances, and each doctor's statement."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.fairness.measures import Measure
from scheduler.ledger.book import Book
from scheduler.ledger.entry import Entry, Event, Kind, Line, Period

_FADES = frozenset({Kind.HALF_LIFE, Kind.CEILING, Kind.WRITE_OFF})


@dataclass(frozen=True, slots=True)
class Row:
    """One account since the latest closing and with it, in steps; the five make `closing`.

    Attributes:
        opening: balance before.
        worked: what was worked; of wishes: what was refused.
        share: the fair part, taken off (zero or less).
        written_off: faded, over the ceiling, or written off when the doctor left.
        corrected: by hand.
    """

    opening: int
    worked: int
    share: int
    written_off: int
    corrected: int

    @property
    def closing(self) -> int:
        """The balance as it stands."""
        return self.opening + self.worked + self.share + self.written_off + self.corrected


@dataclass(frozen=True, slots=True)
class Posted:
    """One line of a statement, with the balance after it."""

    entry: Entry
    line: Line
    balance: int


def latest(book: Book) -> Period | None:
    """The period that was closed last, if any."""
    return book.closings[-1].period if book.closings else None


def row(book: Book, doctor: str | None, measure: Measure | None) -> Row:
    """The account over the latest closing and what came after it.

    Args:
        book: the book.
        doctor: id; None: the common account.
        measure: None: refused wishes.
    """
    since = book.closings[-1].number if book.closings else len(book.entries) + 1
    standing = {own.number for own in book.standing if own.number >= since}
    before = 0
    sums: Counter[Kind] = Counter()
    for entry, line in book.lines(doctor, measure):
        if entry.number < since or line.kind is Kind.OPENING:
            before += line.amount
        elif entry.number in standing:
            sums[line.kind] += line.amount
        elif not _cancelled_since(entry, since):
            sums[Kind.CORRECTION] += line.amount
    return Row(
        before,
        sums[Kind.WORKED] + sums[Kind.REFUSED],
        sums[Kind.SHARE],
        sum(sums[kind] for kind in _FADES),
        sums[Kind.CORRECTION],
    )


def _cancelled_since(entry: Entry, since: int) -> bool:
    """Whether an entry and what takes it back both came after the closing."""
    return entry.reverses is None or entry.reverses >= since


def statement(book: Book, doctor: str | None, measure: Measure | None) -> Iterator[Posted]:
    """Every line of one account, oldest first."""
    balance = 0
    for entry, line in book.lines(doctor, measure):
        balance += line.amount
        yield Posted(entry, line, balance)


def measures(book: Book) -> tuple[Measure | None, ...]:
    """The measures of which anything was ever posted, refused wishes last."""
    posted = {line.measure for entry in book.entries for line in entry.lines}
    every: tuple[Measure | None, ...] = (*Measure, None)
    return tuple(own for own in every if own in posted)


def title(entry: Entry, kind: Kind, *, is_wish: bool = False) -> str:
    """What a line is about, in bokmål: «Arbeidet», «Gammel saldo avtar»."""
    text = {
        Kind.OPENING: "Saldo fra før",
        Kind.HALF_LIFE: "Gammel saldo avtar",
        Kind.WORKED: "Arbeidet",
        Kind.SHARE: "Rettferdig andel",
        Kind.CEILING: "Over taket",
        Kind.CORRECTION: "Rettelse",
        Kind.WRITE_OFF: "Avskrevet, har sluttet",
        Kind.REFUSED: "Avslåtte ønsker",
    }[kind]
    if is_wish and kind is Kind.HALF_LIFE:
        text = "Gamle avslag avtar"
    if entry.event is Event.REVERSAL:
        return f"Reversert bilag {entry.reverses}: {text.lower()}"
    return text
