"""What people post by hand: corrections, reversals, write-offs and settings."""

from dataclasses import replace
from datetime import date

import pytest

from scheduler.domain.problem import Account
from scheduler.fairness.measures import Measure
from scheduler.ledger import posting
from scheduler.ledger.book import Book
from scheduler.ledger.entry import LedgerError, Settings
from scheduler.ledger.overview import statement
from tests.scheduler.books import (
    DAY,
    KARI,
    closed,
    period,
    sums_to_zero,
    two_periods,
    without_fading,
    worked,
)
from tests.support import duty, problem, roster


def test_a_correction_has_a_counterpart() -> None:
    book = posting.correct(two_periods(), "kari", Measure.NIGHTS, 100, "Bytte", DAY)
    assert book.balance("kari", Measure.NIGHTS) == 100
    assert book.balance(None, Measure.NIGHTS) == -100
    assert sums_to_zero(book)


def test_a_forgotten_swap_moves_two_balances() -> None:
    swapped = posting.correct(
        two_periods(), "kari", Measure.NIGHTS, 100, "Bytte", DAY, against="ola"
    )
    assert swapped.balance("ola", Measure.NIGHTS) == -100
    assert swapped.balance(None, Measure.NIGHTS) == 0
    assert swapped.entries[-1].doctors == {"kari": "Kari", "ola": "Ola"}


def test_refused_wishes_are_corrected_without_counterpart() -> None:
    book = posting.correct(two_periods(), "kari", None, 100, "Glemt", DAY)
    assert book.balance("kari", None) == 100
    assert book.balance(None, None) == 0


def test_the_largest_correction_and_the_last_refused_wish_can_be_taken() -> None:
    book = posting.correct(two_periods(), "kari", Measure.NIGHTS, 100_000, "Prøve", DAY)
    assert book.balance("kari", Measure.NIGHTS) == 100_000
    book = posting.correct(book, "kari", None, 100, "Glemt", DAY)
    assert posting.correct(book, "kari", None, -100, "Likevel ikke", DAY).account("kari") == (
        replace(book.account("kari"), refused=0)
    )


@pytest.mark.parametrize(
    ("who", "measure", "steps", "against", "told"),
    [
        ("anne", Measure.NIGHTS, 100, None, "Legen har ingen konto."),
        ("kari", Measure.NIGHTS, 100, "anne", "Legen har ingen konto."),
        ("kari", Measure.NIGHTS, 100, "kari", "Legen kan ikke føres mot seg selv."),
        ("kari", Measure.NIGHTS, 0, None, "Beløpet kan ikke føres."),
        ("kari", Measure.NIGHTS, 100_001, None, "Beløpet kan ikke føres."),
        ("kari", None, -1, None, "Avslåtte ønsker kan ikke bli færre enn ingen."),
        ("kari", None, 100, "ola", "Avslåtte ønsker deles ikke ut"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(
    who: str, measure: Measure | None, steps: int, against: str | None, told: str
) -> None:
    with pytest.raises(LedgerError, match=told):
        posting.correct(two_periods(), who, measure, steps, "Prøve", DAY, against=against)


def test_entries_come_in_order_of_their_days() -> None:
    book = two_periods()
    with pytest.raises(LedgerError, match=r"Siste bilag er ført 26\.04\.2027"):
        posting.correct(book, "kari", Measure.NIGHTS, 100, "Bytte", date(2027, 4, 25))
    same_day = posting.correct(book, "kari", Measure.NIGHTS, 100, "Bytte", date(2027, 4, 26))
    assert len(same_day.entries) == len(book.entries) + 1


def test_who_has_left_is_written_off_against_all() -> None:
    book = closed(without_fading(), worked(period(), {"kari": 6, "ola": 2}), refused={"ola": 100})
    left = posting.leave(book.book, "ola", "Sluttet", DAY)
    assert left.account("ola") == Account("ola")
    assert left.balance(None, Measure.NIGHTS) == -200
    assert left.balance("kari", Measure.NIGHTS) == 200
    assert sums_to_zero(left)
    with pytest.raises(LedgerError, match="Ola har ingen saldo å avskrive"):
        posting.leave(left, "ola", "Sluttet", DAY)
    with pytest.raises(LedgerError, match="ingen konto"):
        posting.leave(left, "per", "Sluttet", DAY)


def test_a_reversal_says_the_opposite_and_both_stay() -> None:
    before = two_periods()
    wrong = posting.correct(before, "kari", Measure.NIGHTS, 100, "Feil", DAY)
    number = len(wrong.entries)
    book = posting.reverse(wrong, number, "Var ingen feil", DAY)
    assert book.account("kari") == before.account("kari")
    assert len(book.entries) == number + 1
    assert [(p.line.amount, p.balance) for p in statement(book, "kari", Measure.NIGHTS)][-2:] == [
        (100, 100),
        (-100, 0),
    ]


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, "Bilaget finnes ikke."),
        (8, "Bilaget finnes ikke."),
        (1, "Valg for vaktkontoen reverseres ikke."),
        (3, "Senere perioder bygger på denne; den siste er lukket i bilag 4."),
        (5, "Bilaget er allerede reversert."),
        (6, "En reversering kan ikke reverseres."),
    ],
)
def test_what_cannot_be_reversed(number: int, told: str) -> None:
    book = posting.correct(two_periods(), "kari", Measure.NIGHTS, 100, "Feil", DAY)
    book = posting.reverse(book, 5, "Var ingen feil", DAY)
    book = posting.correct(book, "ola", Measure.NIGHTS, 100, "Mer", DAY)
    with pytest.raises(LedgerError, match=told):
        posting.reverse(book, number, "Prøve", DAY)


def test_holidays_of_a_reversed_closing_are_forgotten() -> None:
    shift = duty("2027-03-28 08:00", "20:00")
    plan = problem([KARI], [shift], first_day=date(2027, 3, 1), last_day=date(2027, 4, 30))
    book = closed(Book(), roster(plan, {"kari": [shift]})).book
    assert posting.reverse(book, 2, "Feil", DAY).holidays("kari") == {}


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (Settings(half_life=241), "Halveringstiden"),
        (Settings(half_life=-1), "Halveringstiden"),
        (Settings(wish_half_life=241), "Halveringstiden"),
        (Settings(ceiling=49), "Taket"),
        (Settings(ceiling=1001), "Taket"),
        (Settings(), "Slik er det allerede"),
    ],
)
def test_settings_out_of_range_are_refused(settings: Settings, told: str) -> None:
    with pytest.raises(LedgerError, match=told):
        posting.set_settings(Book(), settings, "Prøve", DAY)


@pytest.mark.parametrize(
    "settings", [Settings(240, 50, 240), Settings(0, 0, 0), Settings(1, 1000, 1)]
)
def test_settings_hold_from_the_entry_on(settings: Settings) -> None:
    book = posting.set_settings(Book(), settings, "Prøve", DAY)
    assert [own.settings for own in book.entries] == [Settings(), settings]
    assert book.settings == settings
