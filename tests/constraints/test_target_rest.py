"""Mål for hvile (W-05): eleven hours before the next work. Second halves of E20 and E21."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.target_rest import TargetRest
from scheduler.domain.doctor import Absence, AbsenceKind, OpeningHours
from scheduler.domain.duty import Duty, Letter, Presence, Role, ShiftPattern
from scheduler.domain.time import Interval
from scheduler.rule import Level
from scheduler.solving.draft import Draft
from tests.support import (
    DAYTIME,
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
    span,
    worked_by,
)

RULE = TargetRest()
OPEN = tuple(OpeningHours(day, time(8), time(15, 30)) for day in range(5))
KARI = doctor("Kari")
OLA = doctor("Ola")
GP = doctor("Gro", opening_hours=OPEN)
LATE = duty("2027-02-02 16:00", "23:00")
CLASS_2 = ShiftPattern(
    "h2", "Hjemmevakt 2", Letter.OUT_OF_HOURS, Presence.HOME, Role.PRIMARY, "lv", duty_class=2
)


@pytest.mark.parametrize(("start", "found"), [("09:59", 1), ("10:00", 0)])
def test_eleven_hours_are_enough_and_a_minute_less_costs(start: str, found: int) -> None:
    morning = duty(f"2027-02-03 {start}", "15:00")
    assert len(exceptions(RULE, worked_by(KARI, LATE, morning))) == found


@pytest.mark.parametrize(
    ("end", "measured"), [("23:00", [8.0]), ("20:00", []), ("20:01", [659 / 60])]
)
def test_e20_exactly_eight_hours_are_allowed_at_the_price_of_a_quick_return(
    end: str, measured: list[float]
) -> None:
    late, early = duty("2027-03-27 16:00", end), duty("2027-03-28 08:00", "15:00")
    found = exceptions(RULE, worked_by(KARI, late, early))
    assert [case.measured for case in found] == measured


@pytest.mark.parametrize(("end", "found"), [("22:00", 0), ("22:01", 1)])
def test_autumn_night_gains_an_hour(end: str, found: int) -> None:
    late, early = duty("2026-10-24 16:00", end), duty("2026-10-25 08:00", "15:00")
    assert len(exceptions(RULE, worked_by(KARI, late, early))) == found


def test_price_grows_with_what_is_missing() -> None:
    morning = duty("2027-02-03 08:00", "15:00")
    assert cost(RULE, worked_by(KARI, LATE, morning)) == (100 + 20 * 2,)
    assert cost(TargetRest(price=0), worked_by(KARI, LATE, morning)) == (20 * 2,)
    assert cost(TargetRest(price_per_hour=0), worked_by(KARI, LATE, morning)) == (100,)


def test_a_minute_too_short_has_some_price_as_long_as_one_is_set() -> None:
    almost = worked_by(KARI, LATE, duty("2027-02-03 09:59", "15:00"))
    rule = TargetRest(price=0)
    assert (len(exceptions(rule, almost)), cost(rule, almost)) == (1, (1,))
    assert not exceptions(TargetRest(price=0, price_per_hour=0), almost)


def test_e21_evening_before_own_practice_is_legal_but_costs() -> None:
    timetable = worked_by(GP, LATE)
    [case] = exceptions(RULE, timetable)
    assert (case.measured, case.duties) == (9.0, (LATE.id,))
    assert not list(RULE.stops(timetable.problem, GP))


@pytest.mark.parametrize(("end", "found"), [("21:00", 0), ("21:01", 1)])
def test_practice_opens_eleven_hours_later(end: str, found: int) -> None:
    assert len(exceptions(RULE, worked_by(GP, duty("2027-02-02 16:00", end)))) == found


def test_no_opening_the_next_day_is_no_return() -> None:
    friday, before_red = duty("2027-02-05 16:00", "23:00"), duty("2027-05-16 16:00", "23:00")
    monday_closed = doctor("Gro", opening_hours=OPEN[1:])
    assert not exceptions(RULE, worked_by(GP, friday, before_red))
    assert not exceptions(RULE, worked_by(monday_closed, duty("2027-02-07 16:00", "23:00")))


@pytest.mark.parametrize(("until", "found"), [("15:30", 0), ("10:00", 0), ("09:59", 1)])
def test_absent_doctor_does_not_open(until: str, found: int) -> None:
    away = Absence("gro", span("2027-02-03 00:00", until), AbsenceKind.HOLIDAY)
    timetable = worked_by(GP, LATE, absences=(away,))
    assert len(exceptions(RULE, timetable)) == found


def test_night_on_site_closes_the_practice_so_only_work_ends_the_pause() -> None:
    night = duty("2027-02-02 22:00", "2027-02-03 07:00", NIGHT)
    assert not exceptions(RULE, worked_by(GP, night))
    session = duty("2027-02-03 17:59", "20:00", NURSING_HOME)
    assert len(exceptions(RULE, worked_by(GP, night, session))) == 1
    later = duty("2027-02-03 18:00", "20:00", NURSING_HOME)
    assert not exceptions(RULE, worked_by(GP, night, later))


def test_session_in_opening_hours_is_the_return_itself_and_costs_once() -> None:
    session = duty("2027-02-03 08:00", "12:00", NURSING_HOME)
    timetable = worked_by(GP, LATE, session)
    [case] = exceptions(RULE, timetable)
    assert case.duties == (LATE.id, session.id)
    assert sum(cost(RULE, timetable)) == 140
    [case] = exceptions(RULE, worked_by(GP, LATE, duty("2027-02-03 09:00", "12:00", NURSING_HOME)))
    assert case.duties == (LATE.id,)


def test_practice_that_is_open_already_leaves_no_pause() -> None:
    home = duty("2027-02-02 16:00", "2027-02-03 08:00", CLASS_2)
    assert not exceptions(RULE, worked_by(GP, home))
    evening = duty("2027-02-03 16:00", "18:00")
    assert not exceptions(RULE, worked_by(GP, home, evening))


def test_what_lies_between_ends_the_pause() -> None:
    night = duty("2027-02-02 23:00", "2027-02-03 08:00", NIGHT)
    noon = duty("2027-02-03 08:00", "15:00")
    assert not exceptions(RULE, worked_by(KARI, LATE, night, noon))
    early = duty("2027-02-03 04:00", "06:00")
    found = exceptions(RULE, worked_by(KARI, LATE, early, duty("2027-02-03 09:00", "12:00")))
    assert [case.measured for case in found] == [5.0, 3.0]


def test_two_quick_returns_are_both_named() -> None:
    second, third = duty("2027-02-03 08:00", "15:00"), duty("2027-02-03 23:00", "2027-02-04 07:00")
    found = exceptions(RULE, worked_by(KARI, LATE, second, third))
    assert [case.duties for case in found] == [(LATE.id, second.id), (second.id, third.id)]


def test_shift_after_a_session_or_daytime_duty_continues_the_day() -> None:
    session = duty("2027-02-02 12:00", "15:30", NURSING_HOME)
    assert not exceptions(RULE, worked_by(KARI, session, LATE))
    daytime = duty("2027-02-02 08:00", "15:30", DAYTIME)
    assert not exceptions(RULE, worked_by(KARI, daytime, LATE))
    assert not exceptions(RULE, worked_by(GP, duty("2027-02-02 06:00", "07:00", NURSING_HOME)))


def test_home_duty_of_class_1_is_rest_and_class_2_is_work() -> None:
    home, waking = (duty("2027-02-03 03:00", "08:00", kind) for kind in (HOME, CLASS_2))
    assert not exceptions(RULE, worked_by(KARI, LATE, home))
    assert exceptions(RULE, worked_by(KARI, LATE, waking))
    assert exceptions(TargetRest(rest_counts_home_duty="none"), worked_by(KARI, LATE, home))
    lenient = TargetRest(rest_counts_home_duty="class 1-2")
    assert not exceptions(lenient, worked_by(KARI, LATE, waking))


def test_former_roster_counts_at_the_boundary_but_not_by_itself() -> None:
    morning = duty("2027-02-03 06:00", "12:00")
    [case] = exceptions(RULE, worked_by(KARI, morning, tail=[(KARI, LATE)]))
    assert case.duties == (LATE.id, morning.id)
    far = duty("2027-02-10 06:00", "12:00")
    assert not exceptions(RULE, worked_by(KARI, far, tail=[(KARI, LATE), (KARI, morning)]))
    assert not exceptions(RULE, worked_by(GP, duty("2027-02-06 08:00", "15:00"), tail=[(GP, LATE)]))


def test_former_roster_costs_nothing_where_a_duty_could_have_lain_between() -> None:
    tail = [(KARI, LATE), (KARI, duty("2027-02-03 06:00", "12:00"))]
    free = problem([KARI], [duty("2027-02-03 01:00", "03:00")], tail=tail)
    assert not exceptions(RULE, roster(free, {}))


def test_all_that_end_together_are_named() -> None:
    also, morning = duty("2027-02-02 18:00", "23:00"), duty("2027-02-03 08:00", "15:00")
    found = exceptions(RULE, worked_by(KARI, LATE, also, morning))
    assert [case.duties for case in found] == [(LATE.id, morning.id), (also.id, morning.id)]


def test_a_practice_with_two_openings_a_day_opens_again() -> None:
    twice = (OpeningHours(1, time(8), time(12)), OpeningHours(1, time(13), time(16)))
    early = duty("2027-02-02 05:00", "12:00")
    [case] = exceptions(RULE, worked_by(doctor("Gro", opening_hours=twice), early))
    assert case.measured == 1


def test_block_costs_as_a_whole() -> None:
    first = duty("2027-02-06 16:00", "22:00", block="helg")
    second = duty("2027-02-07 08:00", "12:00", block="helg")
    assert len(exceptions(RULE, worked_by(KARI, first, second))) == 1


def test_two_doctors_on_one_evening_are_judged_each_alone() -> None:
    morning = duty("2027-02-03 06:00", "12:00")
    both = problem([KARI, OLA], [LATE, morning])
    assert not exceptions(RULE, roster(both, {"kari": [LATE], "ola": [morning]}))


def test_the_municipality_may_set_another_target() -> None:
    morning = duty("2027-02-03 08:00", "15:00")
    assert not exceptions(TargetRest(target_rest=9), worked_by(KARI, LATE, morning))


def test_sentences() -> None:
    morning = duty("2027-02-03 08:00", "15:00")
    timetable = worked_by(KARI, LATE, morning)
    [case] = exceptions(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari får 9 timer hvile mellom Kveld tirsdag 2. februar 2027 kl. 16:00–23:00 og "
        "Kveld onsdag 3. februar 2027 kl. 08:00–15:00; målet er 11 timer "
        "(kommunens mål for hvile, etter mønster av arbeidsmiljøloven § 10-8)."
    )
    timetable = worked_by(GP, LATE)
    [case] = exceptions(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Gro får 9 timer hvile mellom Kveld tirsdag 2. februar 2027 kl. 16:00–23:00 og "
        "egen praksis, som åpner onsdag 3. februar 2027 kl. 08:00; målet er 11 timer "
        "(kommunens mål for hvile, etter mønster av arbeidsmiljøloven § 10-8)."
    )


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([0, 1, 480, 659, 660, 661, 900]),
            st.sampled_from([EVENING, NIGHT, HOME, CLASS_2, DAYTIME, NURSING_HOME]),
            st.sampled_from([120, 480, 540]),
            st.booleans(),
        ),
        min_size=1,
        max_size=7,
    ),
    st.booleans(),
)
def test_encoder_and_checker_agree_at_the_limit(
    steps: list[tuple[int, ShiftPattern, int, bool]], practice: bool
) -> None:
    duties, end = [], LATE.end
    for number, (gap, kind, length, _) in enumerate(steps):
        start = end + timedelta(minutes=gap)
        end = start + timedelta(minutes=length)
        duties.append(Duty(f"d{number}", kind, Interval(start, end)))
    who = GP if practice else KARI
    whole = problem([who], [LATE, *duties], first_day=date(2027, 2, 1))
    worked = [d for d, step in zip(duties, steps, strict=True) if step[3]]
    exceptions(RULE, roster(whole, {who.id: [LATE, *worked]}))


def test_before_another_duty_is_health_and_before_the_own_practice_comes_after_fairness() -> None:
    morning = duty("2027-02-03 08:00", "15:00")
    to_duty = Draft(worked_by(KARI, LATE, morning).problem, [RULE]).model
    assert [step.level for step in to_duty.steps] == [Level.HEALTH]
    to_practice = Draft(worked_by(GP, LATE).problem, [RULE]).model
    assert [step.level for step in to_practice.steps] == [Level.WISHES]
