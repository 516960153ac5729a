"""Points of the year beside those of the period."""

from datetime import date

from api.pages.rosters.standing import earlier_in_year
from scheduler.fairness.measures import Measure
from scheduler.ledger.book import Book
from scheduler.ledger.entry import Entry, Event, Kind, Line, Period


def closing(first: date, last: date, points: int) -> Entry:
    worked = Line("kari", Measure.POINTS, Kind.WORKED, points * Measure.POINTS.scale)
    period = Period("", first, last, "", "")
    return Entry(0, date(2028, 1, 1), Event.CLOSING, "", period=period, lines=(worked,))


def test_a_period_across_new_year_counts_once_in_the_year_in_which_it_begins() -> None:
    book = Book()
    for first, last, points in (
        (date(2026, 8, 3), date(2026, 11, 1), 1),
        (date(2026, 11, 2), date(2027, 1, 31), 2),
        (date(2027, 2, 1), date(2027, 4, 25), 4),
    ):
        book = book.add(closing(first, last, points))
    assert earlier_in_year(book, date(2026, 11, 2)) == {"kari": 1}
    assert earlier_in_year(book, date(2027, 2, 1)) == {}
    assert earlier_in_year(book, date(2027, 4, 26)) == {"kari": 4}
