"""Burden points of a calendar year: each duty counts in the year in which it begins."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from api.pages.page import Page
from api.service.accounts.roles import Right
from api.service.ledgers import store
from scheduler.domain.roster import Timetable
from scheduler.fairness.measures import Measure
from scheduler.ledger.book import Book
from scheduler.ledger.entry import Entry, Kind

Worked = Callable[[Entry], Timetable | None]
"""The roster as it was worked in the period of a closing; None where it is not known."""


def points_in_year(timetable: Timetable, doctor: str, total: int, year: int) -> Fraction:
    """How many of a doctor's points in a roster belong to a year, in hundredths.

    A shift has its points on its own day. What ordered work gives beside them is known for the
    whole period only and goes by the minutes of the sessions.

    Args:
        timetable: the roster.
        doctor: id.
        total: all points of the doctor in it, in hundredths.
        year: the calendar year.
    """
    duties = timetable.duties_of(doctor)
    shifts = sum(own.burden for own in duties if own.is_shift)
    minutes = sum(own.minutes for own in duties if not own.is_shift)
    within = [own for own in duties if own.day.year == year]
    own_shifts = sum(own.burden for own in within if own.is_shift)
    own_minutes = sum(own.minutes for own in within if not own.is_shift)
    ordered = Fraction(own_minutes * (total - shifts), minutes) if minutes else Fraction(0)
    return own_shifts + ordered


def earlier_in_year(book: Book, first: date, worked: Worked) -> Mapping[str, Fraction]:
    """Points by doctor, in hundredths, of the same year in the closed periods before a day.

    The book knows what a doctor has worked in a period, not on which day: of a period across New
    Year the roster says it. Where that is not at hand, the year in which the period begins counts.

    Args:
        book: the ledger.
        first: a day; periods that end on it or later are left out.
        worked: gives the roster of a closing.
    """
    sums: dict[str, Fraction] = {}
    for entry in book.closings:
        period = entry.period
        if period is None or period.last_day >= first or period.last_day.year < first.year:
            continue
        within = period.first_day.year == period.last_day.year
        timetable = None if within else worked(entry)
        for who, points in _worked_points(entry):
            if timetable is not None:
                own = points_in_year(timetable, who, points, first.year)
            else:
                own = Fraction(points if period.first_day.year == first.year else 0)
            sums[who] = sums.get(who, Fraction(0)) + own
    return sums


def _worked_points(entry: Entry) -> Iterator[tuple[str, int]]:
    for line in entry.lines:
        if line.doctor and line.measure is Measure.POINTS and line.kind is Kind.WORKED:
            yield line.doctor, line.amount


def earlier(page: Page, first: date) -> Mapping[str, Fraction]:
    """See `earlier_in_year`; nothing for who may not read the ledger."""
    if Right.LEDGER_READ not in page.actor.rights:
        return {}
    with page.service.database.reading() as session:

        def worked(entry: Entry) -> Timetable | None:
            return store.worked(session, page.service.plans, page.actor, entry.number)

        return earlier_in_year(page.service.books.of(session, page.actor), first, worked)
