"""Days on which a share is owed (F-33.18, E1), against a slow count day by day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from hypothesis import given
from hypothesis import strategies as st

from constraints.bars import Bar, BarRule
from constraints.facts.availability import available_days
from constraints.law import POLICY
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Letter
from scheduler.domain.problem import Problem
from scheduler.domain.time import Interval, days_between, whole_days
from scheduler.rule import Authority, Case
from tests.support import doctor, problem, utc

KARI = doctor("Kari")
FIRST, LAST = date(2027, 3, 26), date(2027, 3, 30)  # the clocks change on the 28th


@dataclass(frozen=True)
class Closed(BarRule):
    """Closes what it is told to close."""

    id: ClassVar = "closed"
    title: ClassVar = "Stengt"
    title_en: ClassVar = "Closed"
    authority: ClassVar = Authority.LAW
    citations: ClassVar = (POLICY,)

    own: tuple[Bar, ...] = ()

    def bars(self, problem: Problem, doctor: Doctor) -> Iterator[Bar]:
        yield from self.own

    def explain(self, problem: Problem, case: Case) -> str:
        return ""


def left(*bars: Bar, letter: Letter = Letter.OUT_OF_HOURS) -> int:
    plan = problem([KARI], [], first_day=FIRST, last_day=LAST)
    return available_days(plan, [Closed(bars[:1]), Closed(bars[1:])], KARI, letter)


def bar(start: str, end: str) -> Bar:
    return Bar(Interval(utc(start), utc(end)))


def test_nothing_is_closed() -> None:
    assert left() == 5


def test_a_minute_closes_a_day() -> None:
    assert left(bar("2027-03-27 23:59", "2027-03-28 00:00")) == 4
    assert left(bar("2027-03-27 23:59", "2027-03-28 00:01")) == 3


def test_bars_that_overlap_or_repeat_close_a_day_once() -> None:
    first = bar("2027-03-26 00:00", "2027-03-28 12:00")
    inside = bar("2027-03-27 00:00", "2027-03-27 12:00")
    second = bar("2027-03-28 10:00", "2027-03-29 00:00")
    assert left(first, inside, second, first) == 2


def test_only_the_period_counts() -> None:
    assert left(bar("1900-01-01 00:00", "2027-03-27 00:00")) == 4
    assert left(bar("2027-03-30 00:00", "2900-01-01 00:00")) == 4
    assert left(bar("2027-03-01 00:00", "2027-03-26 00:00")) == 5
    assert left(bar("2027-03-31 00:00", "2027-04-02 00:00")) == 5
    assert left(bar("1900-01-01 00:00", "2900-01-01 00:00")) == 0


def test_other_letters_and_time_in_which_a_share_is_owed_do_not_count() -> None:
    interval = whole_days(FIRST, LAST)
    assert left(Bar(interval, frozenset({Letter.DAYTIME}))) == 5
    assert left(Bar(interval, frozenset({Letter.DAYTIME})), letter=Letter.DAYTIME) == 0
    assert left(Bar(interval, prorates=False)) == 5


MOMENTS = st.sampled_from(
    [
        utc(f"2027-03-{day} {clock}") + timedelta(minutes=shift)
        for day in range(25, 32)
        for clock in ("00:00", "12:00")
        for shift in (-1, 0, 1)
    ]
)


@given(st.lists(st.tuples(MOMENTS, MOMENTS, st.booleans(), st.booleans()), max_size=6))
def test_equals_the_slow_count(ends: list[tuple[datetime, datetime, bool, bool]]) -> None:
    bars = [
        Bar(
            Interval(min(one, two), max(one, two)),
            frozenset({Letter.OUT_OF_HOURS if a else Letter.DAYTIME}),
            prorates=prorates,
        )
        for one, two, a, prorates in ends
        if one != two
    ]
    counting = [b for b in bars if b.prorates and Letter.OUT_OF_HOURS in b.letters]
    slow = sum(
        not any(b.interval.overlaps(whole_days(day, day)) for b in counting)
        for day in days_between(FIRST, LAST)
    )
    assert left(*bars) == slow
