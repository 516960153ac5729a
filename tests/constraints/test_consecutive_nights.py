"""Netter på rad (health): three wanted, four at most."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.consecutive_nights import ConsecutiveNights
from scheduler.domain.duty import Duty, Letter, Presence, Role, ShiftPattern
from tests.support import (
    HOME,
    NIGHT,
    NURSING_HOME,
    cost,
    doctor,
    duty,
    exceptions,
    problem,
    roster,
    verify,
    worked_by,
)

RULE = ConsecutiveNights()
KARI = doctor("Kari")
OLA = doctor("Ola")
CLASS_2 = ShiftPattern(
    "h2", "Hjemmevakt 2", Letter.OUT_OF_HOURS, Presence.HOME, Role.PRIMARY, "lv", duty_class=2
)


def night(day: int, kind: ShiftPattern = NIGHT, month: int = 2) -> Duty:
    first = date(2027, month, 1) + timedelta(days=day - 1)
    return duty(f"{first} 23:00", f"{first + timedelta(days=1)} 08:00", kind)


def nights(*days: int) -> list[Duty]:
    return [night(day) for day in days]


@pytest.mark.parametrize(("count", "breaches", "found"), [(3, 0, 0), (4, 0, 1), (5, 1, None)])
def test_three_are_the_target_and_four_the_limit(
    count: int, breaches: int, found: int | None
) -> None:
    timetable = worked_by(KARI, *nights(*range(1, count + 1)))
    assert len(verify(RULE, timetable)) == breaches
    if found is not None:
        assert len(exceptions(RULE, timetable)) == found


def test_price_of_each_night_over_the_target() -> None:
    assert cost(RULE, worked_by(KARI, *nights(1, 2, 3, 4))) == (100,)
    assert cost(RULE, worked_by(KARI, *nights(1, 2, 3, 4, 8, 9, 10, 11))) == (200,)


def test_a_free_night_parts_two_runs() -> None:
    assert not exceptions(RULE, worked_by(KARI, *nights(1, 2, 3, 5, 6, 7)))


def test_two_runs_are_both_named() -> None:
    found = verify(RULE, worked_by(KARI, *nights(1, 2, 3, 4, 5, 11, 12, 13, 14, 15)))
    assert [(len(c.duties), c.measured) for c in found] == [(5, 5), (5, 5)]


def test_a_night_that_the_former_roster_has_taken_is_not_one_more() -> None:
    past = [*nights(1, 2, 3, 4), duty("2027-02-05 20:00", "2027-02-06 02:00", NIGHT)]
    same = duty("2027-02-06 02:00", "08:00", NIGHT)
    case = problem(
        [KARI], [same, night(6)], tail=[(KARI, own) for own in past], first_day=date(2027, 2, 6)
    )
    assert not verify(RULE, roster(case, {"kari": [same]}))
    assert len(verify(RULE, roster(case, {"kari": [same, night(6)]}))) == 1


@pytest.mark.parametrize(("end", "counts"), [("02:00", True), ("01:59", False)])
def test_three_hours_after_eleven_make_a_night(end: str, counts: bool) -> None:
    late = duty("2027-02-05 16:00", f"2027-02-06 {end}")
    assert bool(verify(RULE, worked_by(KARI, *nights(1, 2, 3, 4), late))) is counts


@pytest.mark.parametrize(("start", "counts"), [("04:00", True), ("04:01", False)])
def test_a_night_ends_at_seven(start: str, counts: bool) -> None:
    morning = duty(f"2027-02-06 {start}", "09:00")
    assert bool(verify(RULE, worked_by(KARI, *nights(1, 2, 3, 4), morning))) is counts
    long = duty(f"2027-02-05 {start}", "2027-02-06 08:00", CLASS_2)
    assert bool(verify(RULE, worked_by(KARI, *nights(1, 2, 3), long))) is counts


def test_spring_night_is_a_night_when_three_real_hours_are_left() -> None:
    # 23:00-03:00 is three hours in the spring night, 23:00-01:59 is one minute less than three.
    spring = [night(day, month=3) for day in (24, 25, 26)]
    for end, found in (("03:00", 1), ("01:59", 0)):
        short = duty("2027-03-27 23:00", f"2027-03-28 {end}", NIGHT)
        assert len(exceptions(RULE, worked_by(KARI, *spring, short))) == found


def test_home_duty_of_class_1_never_counts_and_class_2_does_unless_set_otherwise() -> None:
    four = nights(1, 2, 3, 4)
    assert not verify(RULE, worked_by(KARI, *four, night(5, HOME)))
    timetable = worked_by(KARI, *four, night(5, CLASS_2))
    assert len(verify(RULE, timetable)) == 1
    assert not verify(ConsecutiveNights(counts="on_site"), timetable)


def test_long_duty_takes_every_night_it_covers() -> None:
    long = duty("2027-02-01 16:00", "2027-02-06 08:00", CLASS_2)
    [case] = verify(RULE, worked_by(KARI, long))
    assert (case.measured, case.duties) == (5, (long.id,))


def test_session_by_day_is_no_night() -> None:
    session = duty("2027-02-05 12:00", "15:00", NURSING_HOME)
    assert not verify(RULE, worked_by(KARI, *nights(1, 2, 3, 4), session))


def test_former_roster_counts_at_the_boundary_but_not_by_itself() -> None:
    past = [(KARI, n) for n in nights(1, 2, 3, 4)]
    [case] = verify(RULE, worked_by(KARI, night(5), tail=past))
    assert case.measured == 5
    assert not verify(RULE, worked_by(KARI, night(6), tail=past))
    longer = [*past, (KARI, night(5))]
    assert not list(RULE.check(worked_by(KARI, tail=longer)))
    assert len(verify(RULE, worked_by(KARI, night(6), tail=longer))) == 1


def test_another_doctor_is_not_affected() -> None:
    work = nights(1, 2, 3, 4, 5)
    both = problem([KARI, OLA], work)
    assert not verify(RULE, roster(both, {"kari": work[:4], "ola": work[4:]}))


def test_the_municipality_may_set_other_numbers() -> None:
    timetable = worked_by(KARI, *nights(1, 2, 3))
    assert len(verify(ConsecutiveNights(max_consecutive_nights=2), timetable)) == 1
    assert len(exceptions(ConsecutiveNights(consecutive_nights_target=2), timetable)) == 1


def test_sentence() -> None:
    timetable = worked_by(KARI, *nights(1, 2, 3, 4, 5))
    [case] = verify(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari har 5 netter på rad, fra natt til tirsdag 2. februar 2027 til natt til lørdag "
        "6. februar 2027; grensen er 4 netter (kommunens grense for netter på rad)."
    )


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["free", "on_site", "class 2", "two"]), min_size=3, max_size=12),
    st.sampled_from(["on_site", "all"]),
)
def test_encoder_and_checker_agree(kinds: list[str], counts: str) -> None:
    rule = ConsecutiveNights(counts=counts)
    offered = [d for day in range(1, len(kinds) + 1) for d in (night(day), night(day, CLASS_2))]
    worked = []
    for day, kind in enumerate(kinds, 1):
        if kind in ("on_site", "two"):
            worked.append(night(day))
        if kind in ("class 2", "two"):
            worked.append(night(day, CLASS_2))
    timetable = roster(problem([KARI], offered), {"kari": worked})
    if not verify(rule, timetable):
        exceptions(rule, timetable)
