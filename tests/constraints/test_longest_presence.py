"""Lengste tilstedevakt (W-03 as policy): 13 hours wanted, 16 at most. E19 on the length."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.longest_presence import LongestPresence
from scheduler.domain.duty import Duty
from scheduler.domain.time import Interval
from scheduler.rule import Outcome
from tests.support import (
    EVENING,
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

RULE = LongestPresence()
KARI = doctor("Kari")
OLA = doctor("Ola")
LATE = duty("2027-02-02 16:00", "23:00")


@pytest.mark.parametrize(("end", "breaches"), [("08:00", 0), ("08:01", 1)])
def test_sixteen_hours_are_allowed_and_a_minute_more_is_not(end: str, breaches: int) -> None:
    night = duty("2027-02-02 23:00", f"2027-02-03 {end}", NIGHT)
    assert len(verify(RULE, worked_by(KARI, LATE, night))) == breaches


@pytest.mark.parametrize(("end", "found"), [("21:00", 0), ("21:01", 1)])
def test_thirteen_hours_are_the_target(end: str, found: int) -> None:
    first, second = duty("2027-02-06 08:00", "15:00"), duty("2027-02-06 15:00", end)
    timetable = worked_by(KARI, first, second)
    assert not verify(RULE, timetable)
    assert len(exceptions(RULE, timetable)) == found


@pytest.mark.parametrize(("end", "breaches"), [("00:00", 0), ("00:01", 1)])
def test_single_duty_that_is_too_long_is_stopped(end: str, breaches: int) -> None:
    long = duty("2027-02-06 08:00", f"2027-02-07 {end}")
    timetable = worked_by(KARI, long)
    assert len(verify(RULE, timetable)) == breaches
    assert len(list(RULE.stops(timetable.problem, KARI))) == breaches


def test_e19_spring_night_is_shorter_and_autumn_night_longer() -> None:
    for day, minutes, breaches in (("2027-03-27", 480, 0), ("2026-10-24", 600, 1)):
        late = duty(f"{day} 16:00", "23:00")
        night = duty(f"{day} 23:00", f"{day[:8]}{int(day[8:]) + 1} 08:00", NIGHT)
        assert night.minutes == minutes
        found = verify(RULE, worked_by(KARI, late, night))
        assert [case.measured for case in found] == [17.0] * breaches
    night = duty("2027-03-27 23:00", "2027-03-28 09:00", NIGHT)
    assert not verify(RULE, worked_by(KARI, duty("2027-03-27 16:00", "23:00"), night))


def test_price_grows_with_the_length() -> None:
    night = duty("2027-02-02 23:00", "2027-02-03 08:00", NIGHT)
    assert cost(RULE, worked_by(KARI, LATE, night)) == (130,)
    assert cost(LongestPresence(price=0), worked_by(KARI, LATE, night)) == (30,)
    assert cost(LongestPresence(price_per_hour=0), worked_by(KARI, LATE, night)) == (100,)
    minute = duty("2027-02-02 23:00", "2027-02-03 05:01", NIGHT)
    assert cost(LongestPresence(price=0), worked_by(KARI, LATE, minute)) == (1,)
    assert cost(LongestPresence(price=0, price_per_hour=0), worked_by(KARI, LATE, night)) == ()


def test_a_pause_of_a_minute_parts_two_stretches() -> None:
    night = duty("2027-02-02 23:01", "2027-02-03 09:00", NIGHT)
    cases = list(RULE.check(worked_by(KARI, LATE, night)))
    assert [case.outcome for case in cases] == [Outcome.KEPT, Outcome.KEPT]
    assert not verify(RULE, worked_by(KARI, LATE, night))


def test_touching_sessions_are_part_of_the_stretch() -> None:
    session = duty("2027-02-02 06:00", "12:00", NURSING_HOME)
    other = duty("2027-02-02 12:00", "16:00", NURSING_HOME)
    assert len(verify(RULE, worked_by(KARI, session, other, LATE))) == 1
    assert not verify(RULE, worked_by(KARI, session, LATE))


def test_the_longest_way_back_counts() -> None:
    first = duty("2027-02-02 14:00", "23:00")
    night = duty("2027-02-02 23:00", "2027-02-03 07:00", NIGHT)
    [case] = verify(RULE, worked_by(KARI, first, LATE, night))
    assert case.duties == (first.id, night.id)


def test_home_duty_is_another_matter() -> None:
    home = duty("2027-02-02 23:00", "2027-02-04 08:00", HOME)
    assert not verify(RULE, worked_by(KARI, LATE, home))


def test_two_long_stretches_are_both_named() -> None:
    work = [
        piece
        for day in (2, 4)
        for piece in (
            duty(f"2027-02-0{day} 15:00", "23:00"),
            duty(f"2027-02-0{day} 23:00", f"2027-02-0{day + 1} 08:00", NIGHT),
        )
    ]
    found = verify(RULE, worked_by(KARI, *work))
    assert [case.duties for case in found] == [
        (work[0].id, work[1].id),
        (work[2].id, work[3].id),
    ]
    assert [(case.measured, case.limit, case.margin) for case in found] == [(17, 16, -1)] * 2


def test_former_roster_counts_at_the_boundary() -> None:
    night = duty("2027-02-02 23:00", "2027-02-03 08:01", NIGHT)
    [case] = verify(RULE, worked_by(KARI, night, tail=[(KARI, LATE)]))
    assert case.duties == (LATE.id, night.id)


def test_former_roster_that_is_too_long_already_may_not_be_prolonged() -> None:
    past = duty("2027-02-01 16:00", "2027-02-02 16:00", NIGHT)
    assert len(verify(RULE, worked_by(KARI, LATE, tail=[(KARI, past)]))) == 1
    pause = duty("2027-02-02 16:01", "23:00")
    assert not verify(RULE, worked_by(KARI, pause, tail=[(KARI, past)]))
    assert not list(RULE.check(worked_by(KARI, tail=[(KARI, past)])))


def test_block_of_touching_duties_is_refused_as_a_whole() -> None:
    late = duty("2027-02-06 15:00", "23:00", block="helg")
    night = duty("2027-02-06 23:00", "2027-02-07 08:00", NIGHT, block="helg")
    assert len(verify(RULE, worked_by(KARI, late, night))) == 1


def test_either_of_two_doctors_may_have_a_part() -> None:
    night = duty("2027-02-02 23:00", "2027-02-03 09:00", NIGHT)
    both = problem([KARI, OLA], [LATE, night])
    assert not verify(RULE, roster(both, {"kari": [LATE], "ola": [night]}))


def test_the_municipality_may_set_other_lengths() -> None:
    night = duty("2027-02-02 23:00", "2027-02-03 08:00", NIGHT)
    timetable = worked_by(KARI, LATE, night)
    assert len(verify(LongestPresence(max_onsite_shift=15), timetable)) == 1
    assert not exceptions(LongestPresence(onsite_shift_target=16), timetable)


def test_sentence() -> None:
    night = duty("2027-02-02 23:00", "2027-02-03 09:00", NIGHT)
    timetable = worked_by(KARI, LATE, night)
    [case] = verify(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari er på vakt i 17 timer i strekk: Kveld tirsdag 2. februar 2027 kl. 16:00–23:00 og "
        "Natt tirsdag 2. februar 2027 kl. 23:00–09:00; grensen er 16 timer "
        "(kommunens grense for tilstedevakt, etter mønster av arbeidsmiljøloven § 10-6)."
    )


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([0, 0, 1, -60]),
            st.sampled_from([1, 59, 60, 180, 420, 540, 780, 960]),
            st.sampled_from([EVENING, NURSING_HOME, HOME]),
            st.booleans(),
        ),
        min_size=1,
        max_size=7,
    )
)
def test_encoder_and_checker_agree_at_the_limit(
    steps: list[tuple[int, int, object, bool]],
) -> None:
    duties, end = [], LATE.start
    for number, (gap, length, kind, _) in enumerate(steps):
        start = end + timedelta(minutes=gap)
        end = start + timedelta(minutes=length)
        duties.append(Duty(f"d{number}", kind, Interval(start, end)))  # type: ignore[arg-type]
    worked = [d for d, step in zip(duties, steps, strict=True) if step[3]]
    timetable = roster(problem([KARI], duties), {"kari": worked})
    if not verify(RULE, timetable):
        exceptions(RULE, timetable)
