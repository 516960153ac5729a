"""The book laid out for reading, and amounts in words."""

from dataclasses import replace
from datetime import date

import pytest

from scheduler.domain.problem import Account
from scheduler.fairness.measures import Measure
from scheduler.ledger import posting
from scheduler.ledger.book import Book
from scheduler.ledger.entry import Kind
from scheduler.ledger.overview import Row, measures, row, statement, title
from scheduler.ledger.wording import amount, measure_of, signed, steps_of
from tests.scheduler.books import (
    DAY,
    KARI,
    OLA,
    PER,
    closed,
    period,
    two_periods,
    without_fading,
    worked,
)
from tests.support import doctor


def test_the_five_sums_make_the_balance_of_every_account() -> None:
    book = closed(Book(), worked(period(), {"kari": 7, "ola": 1}), refused={"kari": 100}).book
    later = period((KARI, OLA, PER), first=date(2027, 3, 1), ledger=(Account("per", points=50),))
    book = closed(book, worked(later, {"kari": 1, "ola": 7})).book
    book = posting.correct(book, "kari", Measure.NIGHTS, 100, "Bytte", DAY, against="ola")
    book = posting.leave(book, "per", "Sluttet", DAY)
    for who in (*book.names, None):
        for measure in measures(book):
            assert row(book, who, measure).closing == book.balance(who, measure)
    kari = row(book, "kari", Measure.NIGHTS)
    # From 3.00, faded to 94.83 %: 2.84. One night of eight, less the third part of eight.
    assert kari == Row(300, 100, -267, -16, 100)
    assert row(book, "per", Measure.POINTS).opening == 50


def test_a_correction_of_an_earlier_period_that_is_taken_back_later_is_a_correction() -> None:
    book = closed(without_fading(), worked(period(), {"kari": 4, "ola": 4})).book
    book = posting.correct(book, "kari", Measure.NIGHTS, 100, "Feil", date(2027, 3, 2))
    later = period(first=date(2027, 3, 2))
    book = closed(book, worked(later, {"kari": 4, "ola": 4})).book
    book = posting.reverse(book, 4, "Var feil", DAY)
    assert row(book, "kari", Measure.NIGHTS) == Row(100, 400, -400, 0, -100)
    again = posting.correct(book, "kari", Measure.NIGHTS, 50, "Mer", DAY)
    undone = posting.reverse(again, 7, "Nei", DAY)
    assert row(undone, "kari", Measure.NIGHTS) == row(book, "kari", Measure.NIGHTS)


def test_lines_are_told_in_words() -> None:
    book = posting.reverse(two_periods(), 4, "Feil", DAY)
    told = [title(p.entry, p.line.kind) for p in statement(book, "kari", Measure.NIGHTS)]
    assert told == [
        "Arbeidet",
        "Rettferdig andel",
        "Arbeidet",
        "Rettferdig andel",
        "Reversert bilag 4: arbeidet",
        "Reversert bilag 4: rettferdig andel",
    ]
    assert title(book.entries[2], Kind.HALF_LIFE, is_wish=True) == "Gamle avslag avtar"


def test_amounts_are_written_as_a_norwegian_writes_them() -> None:
    assert [amount(Measure.NIGHTS, n) for n in (0, 5, -5, 1250, -1250)] == [
        "0,00",
        "0,05",
        "−0,05",
        "12,50",
        "−12,50",
    ]
    assert [signed(Measure.NIGHTS, n) for n in (0, 5, -5)] == ["0,00", "+0,05", "−0,05"]
    assert [amount(Measure.ORDERED, minutes) for minutes in (90, -20)] == ["1,50", "−0,33"]
    assert steps_of(Measure.ORDERED, "1,5") == 90


@pytest.mark.parametrize(
    ("text", "steps"),
    [("1", 100), ("-2,5", -250), ("−2.05", -205), (" +1 ", 100), ("0,01", 1), ("9999", 999_900)],
)
def test_amounts_are_read_as_people_write_them(text: str, steps: int) -> None:
    assert steps_of(Measure.NIGHTS, text) == steps


@pytest.mark.parametrize("text", ["", "-", "1,234", "ti", "1e3", "10000", "1/2", "٣"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must be a number"):
        steps_of(Measure.NIGHTS, text)


def test_measures_are_found_by_their_words() -> None:
    assert [measure_of(text) for text in ("poeng", "Netter", " helger", "HØYTIDER")] == [
        Measure.POINTS,
        Measure.NIGHTS,
        Measure.WEEKENDS,
        Measure.GREAT_HOLIDAYS,
    ]
    assert measure_of("ønsker") is measure_of("avslåtte ønsker") is None
    assert measure_of("pålagt") is measure_of("pålagte timer") is Measure.ORDERED
    for unknown in ("penger", "poengg", "h", ""):
        with pytest.raises(KeyError):
            measure_of(unknown)


def test_names_follow_the_latest_plan() -> None:
    book = closed(Book(), worked(period(), {"kari": 4, "ola": 4})).book
    renamed = replace(KARI, name="Kari Bråten")
    later = period((renamed, OLA), first=date(2027, 3, 1))
    assert closed(book, worked(later, {"kari": 4})).book.names["kari"] == "Kari Bråten"
    assert doctor("Kari").name == "Kari"
