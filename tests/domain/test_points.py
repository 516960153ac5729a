"""Burden points by the hour: classes, dearest rate, clock changes (E19), one count (E24)."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.calendar import eve_hours, eves, holiday_blocks, is_eve, is_red
from scheduler.domain.duty import Duty, Role
from scheduler.domain.points import (
    DEFAULT_RATES,
    NUMBER,
    ORDINARY,
    Column,
    HourClass,
    Piece,
    Rates,
    class_minutes,
    pieces,
    rounded,
)
from scheduler.domain.time import MINUTE, Interval, local, local_day, moment
from tests.support import BACKUP, EVENING, HOME, NIGHT, NURSING_HOME, duty, span

ON_SITE = DEFAULT_RATES.on_site
BY_HOUR = replace(NIGHT, burden=None)
D, E, N, W, R, V, G = HourClass


def lines(start: str, end: str, column: Column = ON_SITE) -> list[tuple[HourClass, float, int]]:
    """Class, hours and rate of each piece."""
    return [(p.hours, p.minutes / 60, p.rate) for p in pieces(span(start, end), column)]


def column(**rates: int) -> Column:
    """The default rates on site with some changed."""
    return tuple(rates.get(hours.value, ON_SITE[NUMBER[hours]]) for hours in HourClass)


# ---- the defaults ---------------------------------------------------------------------------


def test_one_point_is_an_hour_on_site_by_day() -> None:
    assert duty("2027-02-03 09:00", "10:00", BY_HOUR).burden == 100


def test_home_weighs_a_quarter_and_backup_a_seventh_of_on_site() -> None:
    assert ON_SITE == (100, 125, 200, 150, 200, 200, 300)
    assert DEFAULT_RATES.home == (25, 31, 50, 38, 50, 50, 75)
    assert DEFAULT_RATES.backup == (14, 18, 29, 21, 29, 29, 43)


@pytest.mark.parametrize(
    ("kind", "points"),
    [
        (replace(EVENING, burden=None), 125),
        (replace(EVENING, burden=None, role=Role.BACKUP), 125),
        (replace(HOME, burden=None), 31),
        (replace(BACKUP, burden=None), 18),
    ],
    ids=["on site", "backup on site", "home", "backup at home"],
)
def test_where_the_doctor_waits_says_which_column_holds(kind: object, points: int) -> None:
    assert duty("2027-02-03 18:00", "19:00", kind).burden == points  # type: ignore[arg-type]


def test_a_duty_of_an_own_pattern_follows_its_own_rates() -> None:
    own = replace(BY_HOUR, rates=replace(DEFAULT_RATES, on_site=column(night=250)))
    assert duty("2027-02-03 23:00", "2027-02-04 07:00", own).burden == 8 * 250
    assert duty("2027-02-03 23:00", "2027-02-04 07:00", BY_HOUR).burden == 8 * 200


@pytest.mark.parametrize("wrong", [(100,) * 6, (100,) * 6 + (-1,), ()])
def test_a_column_without_every_class_is_refused(wrong: Column) -> None:
    with pytest.raises(ValueError, match="must have 7 rates of at least 0"):
        replace(DEFAULT_RATES, home=wrong)


# ---- which class ----------------------------------------------------------------------------


def test_an_ordinary_day_is_cut_at_7_16_and_23() -> None:
    assert lines("2027-02-03 00:00", "2027-02-04 00:00") == [(D, 9, 100), (E, 7, 125), (N, 8, 200)]


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2027-02-03 06:59", "07:01", [(D, 1), (N, 1)]),
        ("2027-02-03 15:59", "16:01", [(D, 1), (E, 1)]),
        ("2027-02-03 22:59", "23:01", [(E, 1), (N, 1)]),
        ("2027-02-05 23:59", "2027-02-06 00:01", [(N, 2)]),
        ("2027-02-06 06:59", "07:01", [(N, 1), (W, 1)]),
        ("2027-02-07 22:59", "23:01", [(N, 1), (W, 1)]),
        ("2027-02-08 06:59", "07:01", [(D, 1), (N, 1)]),
    ],
)
def test_each_border_is_exact_to_the_minute(
    start: str, end: str, found: list[tuple[HourClass, int]]
) -> None:
    assert [(p.hours, p.minutes) for p in pieces(span(start, end), ON_SITE)] == found


def test_night_in_a_weekend_counts_as_night_because_it_is_dearer() -> None:
    assert lines("2027-02-06 00:00", "2027-02-07 00:00") == [(N, 8, 200), (W, 16, 150)]
    cheap_nights = column(night=140)
    assert lines("2027-02-06 00:00", "2027-02-07 00:00", cheap_nights) == [(W, 24, 150)]


def test_of_two_special_classes_with_one_rate_the_first_is_told() -> None:
    level = column(weekend=200, red_day=200, eve=200, great_holiday=200)
    # Christmas Day of 2027 is a Saturday: weekend, red day and great holiday at once.
    assert lines("2027-12-25 08:00", "2027-12-25 09:00", level) == [(W, 1, 200)]
    assert lines("2027-12-24 20:00", "2027-12-24 21:00", level) == [(V, 1, 200)]


def test_a_special_class_with_the_rate_of_the_hour_goes_first() -> None:
    # Friday 17 May 2030, by night: red day and night at 2 points.
    assert lines("2030-05-17 00:00", "2030-05-17 01:00", column(great_holiday=0)) == [(R, 1, 200)]


@pytest.mark.parametrize(
    ("eve", "hour"),
    [
        ("2027-03-24", "16:00"),  # Wednesday before Maundy Thursday
        ("2027-03-27", "15:00"),  # Easter Eve
        ("2027-05-15", "15:00"),
        ("2027-12-24", "15:00"),
        ("2027-12-31", "15:00"),
    ],
)
def test_an_eve_begins_when_the_holiday_does(eve: str, hour: str) -> None:
    dear = column(eve=900)
    minute = span(f"{eve} {hour}", f"{eve} {hour[:3]}01")
    before = Interval(minute.start - MINUTE, minute.start)
    last = span(f"{eve} 23:59", f"{date.fromisoformat(eve) + timedelta(days=1)} 00:00")
    assert [piece.hours for piece in pieces(minute, dear)] == [V]
    assert [piece.hours for piece in pieces(last, dear)] == [V]
    assert V not in [piece.hours for piece in pieces(before, dear)]


def test_an_ordinary_day_has_no_eve() -> None:
    assert eve_hours(date(2027, 2, 3)) is None


def test_christmas_eve_turns_at_three_in_the_afternoon() -> None:
    assert lines("2027-12-24 08:00", "23:00") == [(D, 7, 100), (G, 8, 300)]


def test_e24_a_day_of_two_holidays_counts_once() -> None:
    # 17 May 2027 is Whit Monday: red twice, and in two holiday blocks.
    whole = span("2027-05-17 00:00", "2027-05-18 00:00")
    assert pieces(whole, ON_SITE) == (Piece(G, 1440, 300),)
    assert set(class_minutes(whole)) == {(N, R, G), (D, R, G), (E, R, G)}


# ---- real minutes ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2027-03-27 23:00", "2027-03-28 08:00", 8),
        ("2026-10-24 23:00", "2026-10-25 08:00", 10),
        ("2026-10-17 23:00", "2026-10-18 08:00", 9),
    ],
)
def test_e19_the_night_of_a_clock_change_has_real_hours(start: str, end: str, hours: int) -> None:
    flat = replace(BY_HOUR, rates=Rates((100,) * 7, (0,) * 7, (0,) * 7))
    assert duty(start, end, flat).burden == hours * 100


@pytest.mark.parametrize(
    ("start", "end", "burden"),
    [
        ("2027-03-27 23:00", "2027-03-28 08:00", 1600),
        ("2026-10-24 23:00", "2026-10-25 08:00", 2000),
        ("2026-10-17 23:00", "2026-10-18 08:00", 1800),
    ],
)
def test_e19_agreed_points_follow_real_time(start: str, end: str, burden: int) -> None:
    assert duty(start, end, replace(NIGHT, burden=1800)).burden == burden


def test_agreed_points_are_rounded_halves_upwards() -> None:
    # 5 hours by the clock, 4 in real time: 4/5 of 0.63 is 0.504, of 0.68 is 0.544
    night = ("2027-03-28 00:00", "2027-03-28 05:00")
    assert [duty(*night, replace(NIGHT, burden=b)).burden for b in (63, 68, 0)] == [50, 54, 0]
    hour = duty("2027-03-28 01:00", "2027-03-28 03:00", replace(NIGHT, burden=25))
    assert hour.burden == 13  # half of 0.25


@pytest.mark.parametrize(
    ("minutes", "clock", "burden"), [(40, -20, 500), (60, 0, 500), (90, 30, 1500)]
)
def test_agreed_points_of_a_duty_inside_the_repeated_hour_stand_as_they_are(
    minutes: int, clock: int, burden: int
) -> None:
    begins = moment(date(2026, 10, 25)) + timedelta(hours=2, minutes=30)
    short = Duty("x", replace(NIGHT, burden=500), Interval(begins, begins + minutes * MINUTE))
    assert short.interval.clock_minutes == clock
    assert short.burden == burden


def test_a_week_of_home_duty_is_the_sum_of_its_days() -> None:
    home = replace(HOME, burden=None)
    week = duty("2027-02-01 08:00", "2027-02-08 08:00", home)
    days = [duty(f"2027-02-0{n} 08:00", f"2027-02-0{n + 1} 08:00", home) for n in range(1, 8)]
    assert sum(piece.burden for piece in week.pieces) == sum(
        piece.burden for day in days for piece in day.pieces
    )


def test_the_pieces_of_a_duty_add_up_to_its_burden() -> None:
    own = duty("2027-02-03 15:30", "23:00", BY_HOUR)
    assert [(p.hours, p.minutes, p.rate, p.burden) for p in own.pieces] == [
        (D, 30, 100, Fraction(50)),
        (E, 420, 125, Fraction(875)),
    ]
    assert own.burden == 925


def test_a_half_hundredth_is_rounded_upwards() -> None:
    assert rounded([Piece(E, 30, 125)]) == 63
    assert rounded([Piece(E, 29, 125)]) == 60


def test_agreed_points_and_sessions_have_no_pieces() -> None:
    assert duty("2027-02-03 15:30", "23:00", EVENING).pieces == ()
    session = duty("2027-02-02 12:00", "15:00", replace(NURSING_HOME, burden=700))
    assert (session.pieces, session.burden) == ((), 700)


# ---- minute by minute -----------------------------------------------------------------------


def slow_burden(interval: Interval, column: Column) -> Fraction:
    """Every minute by itself, straight from what the classes say."""
    total = Fraction(0)
    now = interval.start
    while now < interval.end:
        clock, day = local(now), local_day(now)
        classes = [D if 7 <= clock.hour < 16 else E if 16 <= clock.hour < 23 else N]
        if day.isoweekday() in (6, 7):
            classes.append(W)
        if is_red(day):
            classes.append(R)
        wednesday = day.weekday() == 2 and "skjærtorsdag" in eves(day.year).get(day, "")
        if is_eve(day) and clock.hour >= (16 if wednesday else 15):
            classes.append(V)
        if any(block.interval.contains(now) for block in holiday_blocks(day, day)):
            classes.append(G)
        total += Fraction(max(column[NUMBER[own]] for own in classes), 60)
        now += MINUTE
    return total


@given(
    start=st.integers(0, 3 * 365 * 24 * 12),
    length=st.integers(1, 12 * 36),
    column=st.tuples(*[st.integers(0, 400)] * 7),
)
def test_pieces_are_what_counting_every_minute_gives(
    start: int, length: int, column: Column
) -> None:
    begins = moment(date(2026, 1, 1)) + 5 * start * MINUTE
    interval = Interval(begins, begins + 5 * length * MINUTE)
    found = pieces(interval, column)
    assert sum(piece.minutes for piece in found) == interval.minutes
    assert sum(piece.burden for piece in found) == slow_burden(interval, column)


@pytest.mark.parametrize("first", ["2027-03-27", "2026-10-24", "2027-12-23", "2027-05-14"])
def test_pieces_of_the_traps_of_the_calendar_are_counted_right(first: str) -> None:
    begins = moment(date.fromisoformat(first))
    interval = Interval(begins, begins + timedelta(hours=90))
    own = (101, 127, 203, 149, 211, 307, 293)
    assert sum(piece.burden for piece in pieces(interval, own)) == slow_burden(interval, own)


def test_every_minute_has_one_ordinary_class_first() -> None:
    year = Interval(moment(date(2027, 1, 1)), moment(date(2028, 1, 1)))
    found = class_minutes(year)
    assert sum(found.values()) == year.minutes
    for first, *special in found:
        assert first in ORDINARY
        assert not set(special) & set(ORDINARY)
        assert special == sorted(set(special), key=NUMBER.__getitem__)
        assert V not in special or G in special  # an eve is the beginning of its holiday
