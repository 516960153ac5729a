"""What people post by hand: settings, corrections, reversals, and those who leave."""

from dataclasses import replace
from datetime import date

from scheduler.fairness.measures import Measure
from scheduler.ledger.book import Book
from scheduler.ledger.entry import Entry, Event, Kind, LedgerError, Line, Settings
from scheduler.ledger.wording import per_unit

MOST_UNITS = 1_000  # more than this in one correction is a slip of the pen
MOST_MONTHS = 240
CEILINGS = (50, 1_000)
_STANDARD = "Vaktkontoen er åpnet med standardvalgene. Kommunen kan endre dem."


def opened(book: Book, booked_on: date) -> Book:
    """The book itself; one without entries gets the settings that hold unless others are set."""
    if book.entries:
        return book
    return book.add(Entry(0, booked_on, Event.SETTINGS, _STANDARD, settings=Settings()))


def set_settings(book: Book, settings: Settings, reason: str, booked_on: date) -> Book:
    """Change how old balances are treated from the next closing on.

    Raises:
        LedgerError: a value is out of range, or nothing is changed.
    """
    for field in ("half_life", "wish_half_life"):
        months = getattr(settings, field)
        if not 0 <= months <= MOST_MONTHS:
            raise LedgerError(
                "Halveringstiden kan ikke brukes.",
                f"Skriv antall måneder fra 1 til {MOST_MONTHS}, eller 0 for ingen halvering.",
                months,
                field,
            )
    low, high = CEILINGS
    if settings.ceiling and not low <= settings.ceiling <= high:
        raise LedgerError(
            "Taket kan ikke brukes.",
            f"Skriv prosent av andelen fra {low} til {high}, eller 0 for ikke noe tak.",
            settings.ceiling,
            "ceiling",
        )
    book = opened(book, booked_on)
    if settings == book.settings:
        raise LedgerError("Slik er det allerede; ingenting er ført.", "Velg andre verdier.")
    return book.add(Entry(0, booked_on, Event.SETTINGS, reason, settings=settings))


def correct(
    book: Book,
    doctor: str,
    measure: Measure | None,
    steps: int,
    reason: str,
    booked_on: date,
    *,
    against: str | None = None,
) -> Book:
    """Move a balance by hand, for example for a swap that was never written into the roster.

    Args:
        book: the book so far.
        doctor: whose balance.
        measure: None: refused wishes.
        steps: how far, in steps of the measure's resolution.
        reason: in the words of the person who corrects.
        booked_on: the day of the entry.
        against: the doctor whose balance moves the other way; None: the common account.

    Raises:
        LedgerError: somebody has no account, or the amount makes no sense.
    """
    for who in (doctor, against):
        if who is not None:
            _known(book, who)
    if doctor == against:
        raise LedgerError("Legen kan ikke føres mot seg selv.", "Velg en annen lege.", doctor)
    if not steps or abs(steps) > MOST_UNITS * per_unit(measure):
        raise LedgerError(
            "Beløpet kan ikke føres.", f"Skriv et tall mellom 0 og {MOST_UNITS}, med fortegn."
        )
    if measure is None:
        if against:
            raise LedgerError(
                "Avslåtte ønsker deles ikke ut, så de kan ikke føres mot en annen lege.",
                "Ta bort den andre legen.",
            )
        if book.balance(doctor, None) + steps < 0:
            raise LedgerError(
                "Avslåtte ønsker kan ikke bli færre enn ingen.", "Skriv et mindre tall."
            )
    lines = [Line(doctor, measure, Kind.CORRECTION, steps)]
    if against:
        lines.append(Line(against, measure, Kind.CORRECTION, -steps))
    about = {line.doctor: book.names[line.doctor] for line in lines if line.doctor}
    return book.add(
        Entry(0, booked_on, Event.CORRECTION, reason, doctors=about, lines=tuple(lines))
    )


def leave(book: Book, doctor: str, reason: str, booked_on: date) -> Book:
    """Write off the balances of a doctor who has left, against the common account.

    Raises:
        LedgerError: there is no such account, or nothing on it.
    """
    _known(book, doctor)
    lines = [
        Line(doctor, measure, Kind.WRITE_OFF, -book.balance(doctor, measure))
        for measure in (*Measure, None)
        if book.balance(doctor, measure)
    ]
    if not lines:
        raise LedgerError(
            f"{book.names[doctor]} har ingen saldo å avskrive.", "Ingenting trenger å føres."
        )
    who = {doctor: book.names[doctor]}
    return book.add(Entry(0, booked_on, Event.LEAVING, reason, doctors=who, lines=tuple(lines)))


def reverse(book: Book, number: int, reason: str, booked_on: date) -> Book:
    """Take back an entry with one that says the opposite; both stay in the book.

    Closings are taken back latest first, since each builds on the one before.

    Raises:
        LedgerError: there is no such entry, or it cannot be taken back.
    """
    if not 1 <= number <= len(book.entries):
        raise LedgerError(
            "Bilaget finnes ikke.", f"Vaktkontoen har bilagene 1–{len(book.entries)}.", number
        )
    entry = book.entries[number - 1]
    if number in book.reversed:
        raise LedgerError("Bilaget er allerede reversert.", "Før det på nytt i stedet.", number)
    if entry.event is Event.REVERSAL:
        raise LedgerError(
            "En reversering kan ikke reverseres.", "Før det som skal gjelde, på nytt.", number
        )
    if entry.event is Event.SETTINGS:
        raise LedgerError(
            "Valg for vaktkontoen reverseres ikke.", "Sett dem til det de skal være.", number
        )
    if entry.event is Event.CLOSING and entry is not book.closings[-1]:
        latest = book.closings[-1]
        raise LedgerError(
            f"Senere perioder bygger på denne; den siste er lukket i bilag {latest.number}.",
            f"Reverser bilag {latest.number} først.",
            number,
        )
    back = tuple(replace(line, amount=-line.amount) for line in entry.lines)
    return book.add(
        Entry(
            0,
            booked_on,
            Event.REVERSAL,
            reason,
            reverses=number,
            doctors=dict(entry.doctors),
            lines=back,
        )
    )


def _known(book: Book, doctor: str) -> None:
    if doctor not in book.known:
        raise LedgerError(
            "Legen har ingen konto.",
            "En lege får konto når en periode der legen er med, blir lukket.",
            book.names.get(doctor, doctor),
        )
