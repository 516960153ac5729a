"""What fades of old balances, and what is over the ceiling."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.problem import Account
from scheduler.fairness.measures import Measure
from scheduler.ledger import posting
from scheduler.ledger.book import Book
from scheduler.ledger.closing import WHOLE, capped, faded, kept
from scheduler.ledger.entry import Kind, Settings
from tests.scheduler.books import KARI, OLA, closed, period, sums_to_zero, worked


@pytest.mark.parametrize(
    ("days", "months", "left"),
    [
        (731, 24, 4998),  # 730.5 days are half
        (730, 24, 5002),
        (365, 12, 5002),
        (365, 24, 7073),
        (56, 24, 9483),
        (119, 24, 8932),
        (1, 240, 9999),
        (100, 0, WHOLE),
    ],
)
def test_half_of_a_balance_is_left_after_the_half_life(days: int, months: int, left: int) -> None:
    assert kept(days, months) == left
    if months:
        assert left == round(WHOLE * 2 ** (-days / (months * 30.4375)))


@given(st.integers(-100_000, 100_000), st.integers(0, WHOLE))
def test_fading_goes_towards_zero_and_is_the_same_on_both_sides(balance: int, left: int) -> None:
    after = faded(balance, left)
    assert abs(after) <= abs(balance)
    assert after * balance >= 0
    assert faded(-balance, left) == -after
    assert abs(Fraction(abs(balance) * left, WHOLE) - abs(after)) < 1


def test_where_nothing_fades_a_hundredth_stays_a_hundredth() -> None:
    assert [faded(balance, WHOLE) for balance in (-1, 0, 1)] == [-1, 0, 1]


def test_the_ceiling_stops_growth_and_takes_nothing_else() -> None:
    assert capped(500, 0, 300) == 300
    assert capped(-500, 0, 300) == -300
    assert capped(500, 400, 300) == 400  # an old balance above it is left to fade
    assert capped(350, 400, 300) == 350
    assert capped(300, 0, 300) == 300
    assert capped(100, 400, 0) == 100


@given(
    st.integers(-5_000, 5_000),
    st.integers(-5_000, 5_000),
    st.integers(0, 5_000),
)
def test_no_balance_grows_past_the_ceiling(old: int, change: int, limit: int) -> None:
    after = capped(old + change, old, limit)
    assert abs(after) <= max(limit, abs(old))
    if abs(old + change) <= max(limit, abs(old)):
        assert after == old + change


def test_what_is_over_the_ceiling_is_written_off_against_all() -> None:
    settings = Settings(half_life=0, ceiling=50)
    start = date(2027, 1, 1)
    book = posting.set_settings(posting.opened(Book(), start), settings, "Prøve", start)
    book = closed(book, worked(period(), {"kari": 8})).book
    # Shares are four nights each; half of that is the most that a balance may grow to.
    assert book.balance("kari", Measure.NIGHTS) == 200
    assert book.balance("ola", Measure.NIGHTS) == -200
    own = [x for x in book.entries[-1].lines if x.kind is Kind.CEILING and x.doctor == "kari"]
    assert [(x.measure, x.amount) for x in own] == [
        (Measure.POINTS, -200),
        (Measure.NIGHTS, -200),
    ]
    assert sums_to_zero(book)


def test_an_absence_wipes_out_nothing() -> None:
    """The ceiling follows the mean part where the doctor's own is smaller."""
    settings = Settings(half_life=0, ceiling=100)
    start = date(2026, 1, 1)
    book = posting.set_settings(posting.opened(Book(), start), settings, "Prøve", start)
    book = closed(book, worked(period(), {"kari": 7, "ola": 1})).book
    assert book.balance("ola", Measure.NIGHTS) == -300
    nearly_away = replace(OLA, share_weight=Fraction(1, 1000))
    later = period((KARI, nearly_away), first=date(2027, 3, 1))
    after = closed(book, worked(later, {"kari": 8})).book
    assert after.balance("ola", Measure.NIGHTS) == -301  # a hundredth of a night more is owed
    assert not any(x.kind is Kind.CEILING and x.doctor == "ola" for x in after.entries[-1].lines)


def test_a_period_without_great_holidays_leaves_their_balance_to_fade() -> None:
    before = Account("kari", great_holidays=100)
    book = closed(Book(), worked(period(ledger=(before,)), {"kari": 4, "ola": 4})).book
    assert book.balance("kari", Measure.GREAT_HOLIDAYS) == 94
