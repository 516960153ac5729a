"""Helse- og omsorgstjenesteloven § 3-2 (M-01, M-02), F-16.2: a doctor at every minute."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.round_the_clock import RoundTheClock, uncovered_by_plan
from scheduler.domain.doctor import Absence, AbsenceKind, Doctor, OpeningHours, Span
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import Interval, moment
from scheduler.rule import Case, Outcome
from scheduler.solving.draft import Draft
from tests.support import (
    BACKUP,
    DAYTIME,
    EVENING,
    HOME,
    NIGHT,
    NURSING_HOME,
    doctor,
    duty,
    problem,
    roster,
    span,
    utc,
    verify,
)

RULE = RoundTheClock()
TUESDAY, WEDNESDAY = date(2027, 2, 2), date(2027, 2, 3)
OFFICE = tuple(OpeningHours(day, time(8), time(16)) for day in range(5))
KARI, OLA = doctor("Kari"), doctor("Ola")
EVA = doctor("Eva", opening_hours=OFFICE)

EARLY = duty("2027-02-02 00:00", "08:00", NIGHT)
DAY = duty("2027-02-02 08:00", "16:00", DAYTIME)
LATE = duty("2027-02-02 16:00", "2027-02-03 00:00", EVENING)
ROUND = [EARLY, DAY, LATE]


def one_day(doctors: list[Doctor], duties: list[Duty], **more: object) -> Problem:
    more.setdefault("first_day", TUESDAY)
    more.setdefault("last_day", TUESDAY)
    return problem(doctors, duties, **more)  # type: ignore[arg-type]


def holes(rule: RoundTheClock, timetable: Timetable) -> list[Case]:
    assert not verify(rule, timetable)
    return [case for case in rule.check(timetable) if case.outcome is Outcome.HOLE]


def test_a_day_without_a_gap_is_kept() -> None:
    plan = one_day([KARI, OLA], ROUND)
    timetable = roster(plan, {"kari": [EARLY, LATE], "ola": [DAY]})
    [case] = RULE.check(timetable)
    assert (case.outcome, case.measured, case.margin) == (Outcome.KEPT, 1, 0)
    assert uncovered_by_plan(plan, RULE) == ()


def test_an_unfilled_duty_leaves_its_time_and_is_named() -> None:
    plan = one_day([KARI, OLA], ROUND)
    [case] = holes(RULE, roster(plan, {"kari": [EARLY, LATE]}))
    assert (case.when, case.duties, case.measured) == (DAY.interval, (DAY.id,), 0)
    assert uncovered_by_plan(plan, RULE) == ()


@pytest.mark.parametrize(("start", "gap"), [("16:00", 0), ("16:01", 1), ("15:59", 0)])
def test_a_minute_without_a_duty_is_a_hole_in_the_plan(start: str, gap: int) -> None:
    late = duty(f"2027-02-02 {start}", "2027-02-03 00:00", EVENING)
    plan = one_day([KARI, OLA, EVA], [EARLY, DAY, late])
    own = RoundTheClock(offices_cover_daytime=False)
    expected = [span("2027-02-02 16:00", "16:01")][:gap]
    found = holes(own, roster(plan, {"kari": [EARLY, late], "ola": [DAY]}))
    assert [(case.when, case.duties) for case in found] == [(when, ()) for when in expected]
    assert list(uncovered_by_plan(plan, own)) == expected


def test_exactly_two_holes_at_both_ends_of_the_period() -> None:
    plan = one_day([KARI], [DAY])
    found = holes(RULE, roster(plan, {"kari": [DAY]}))
    expected = (span("2027-02-02 00:00", "08:00"), span("2027-02-02 16:00", "2027-02-03 00:00"))
    assert tuple(case.when for case in found) == expected
    assert uncovered_by_plan(plan, RULE) == expected


def test_a_backup_or_a_session_is_nobody_on_duty() -> None:
    for kind in (BACKUP, NURSING_HOME):
        other = duty("2027-02-02 08:00", "16:00", kind)
        plan = one_day([KARI, OLA], [EARLY, other, LATE])
        [case] = holes(RULE, roster(plan, {"kari": [EARLY, LATE], "ola": [other]}))
        assert case.when == other.interval
        assert uncovered_by_plan(plan, RULE) == (other.interval,)


def test_home_duty_is_duty() -> None:
    home = duty("2027-02-02 00:00", "2027-02-03 00:00", HOME)
    plan = one_day([KARI], [home])
    assert not holes(RULE, roster(plan, {"kari": [home]}))


# --- practices -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("closes", "gap"), [(time(16), []), (time(15, 59), [("15:59", "16:00")]), (time(16, 1), [])]
)
def test_an_open_practice_covers_its_opening_hours(
    closes: time, gap: list[tuple[str, str]]
) -> None:
    eva = doctor("Eva", opening_hours=(OpeningHours(1, time(8), closes),))
    plan = one_day([KARI, eva], [EARLY, LATE])
    expected = [span(f"2027-02-02 {a}", b) for a, b in gap]
    found = holes(RULE, roster(plan, {"kari": [EARLY, LATE]}))
    assert [case.when for case in found] == expected
    assert list(uncovered_by_plan(plan, RULE)) == expected


def test_practices_together_and_only_if_the_municipality_counts_them() -> None:
    morning = doctor("Ida", opening_hours=(OpeningHours(1, time(8), time(13)),))
    afternoon = doctor("Ulf", opening_hours=(OpeningHours(1, time(12), time(16)),))
    plan = one_day([KARI, morning, afternoon], [EARLY, LATE])
    assert not holes(RULE, roster(plan, {"kari": [EARLY, LATE]}))
    own = RoundTheClock(offices_cover_daytime=False)
    assert uncovered_by_plan(plan, own) == (span("2027-02-02 08:00", "16:00"),)


def test_a_practice_whose_doctor_is_away_is_closed() -> None:
    away = Absence("eva", span("2027-02-02 10:00", "11:00"), AbsenceKind.COURSE)
    plan = one_day([KARI, EVA], [EARLY, LATE], absences=(away,))
    [case] = holes(RULE, roster(plan, {"kari": [EARLY, LATE]}))
    assert case.when == away.interval
    for edge in (("08:00", "09:00"), ("15:00", "16:00")):
        at_the_edge = replace(away, interval=span(f"2027-02-02 {edge[0]}", edge[1]))
        plan = one_day([KARI, EVA], [EARLY, LATE], absences=(at_the_edge,))
        assert uncovered_by_plan(plan, RULE) == (at_the_edge.interval,)
    two = one_day([KARI, EVA, replace(EVA, id="ida")], [EARLY, LATE], absences=(away,))
    assert not holes(RULE, roster(two, {"kari": [EARLY, LATE]}))
    all_day = replace(away, interval=span("2027-02-01 00:00", "2027-02-09 00:00"))
    twice = (all_day, away)
    plan = one_day([KARI, EVA], [EARLY, LATE], absences=twice)
    assert uncovered_by_plan(plan, RULE) == (span("2027-02-02 08:00", "16:00"),)


@pytest.mark.parametrize("last", [date(2027, 2, 1), date(2027, 2, 2)])
def test_a_practice_after_its_agreement_is_closed(last: date) -> None:
    ended = replace(EVA, agreement=Span(last=last))
    plan = one_day([KARI, ended], [EARLY, LATE])
    assert len(uncovered_by_plan(plan, RULE)) == (0 if last == TUESDAY else 1)


def test_practices_are_closed_on_red_days_and_weekends() -> None:
    for day in (date(2027, 5, 17), date(2027, 2, 6)):  # 17 May is a Monday and Whit Monday
        plan = one_day([EVA], [], first_day=day, last_day=day)
        assert uncovered_by_plan(plan, RULE) == (plan.period,)


def test_a_practice_counts_however_many_doctors_are_demanded() -> None:
    own = RoundTheClock(min_doctors_24_7=2)
    early, late = replace(EARLY, needed=2), replace(LATE, needed=2)
    plan = one_day([KARI, OLA, EVA], [early, late])
    full = {"kari": [early, late], "ola": [early, late]}
    [kept] = own.check(roster(plan, full))
    assert (kept.outcome, kept.measured) == (Outcome.KEPT, 2)
    [hole] = holes(own, roster(plan, full | {"ola": [early]}))
    assert (hole.when, hole.measured, hole.limit) == (late.interval, 1, 2)


# --- numbers, edges, clocks ------------------------------------------------------------------


def test_two_demanded_one_planned() -> None:
    own = RoundTheClock(min_doctors_24_7=2)
    plan = one_day([KARI, OLA], [EARLY, replace(DAY, needed=2), LATE])
    assert uncovered_by_plan(plan, own) == (EARLY.interval, LATE.interval)
    assert uncovered_by_plan(plan, RULE) == ()


def test_a_hole_is_told_whole_with_its_fewest_doctors() -> None:
    own = RoundTheClock(min_doctors_24_7=2)
    plan = one_day([KARI, OLA], ROUND)
    [case] = holes(own, roster(plan, {"kari": [EARLY, LATE]}))
    assert (case.when, case.measured) == (plan.period, 0)


def test_a_doctor_on_two_duties_is_one_doctor() -> None:
    own = RoundTheClock(min_doctors_24_7=2)
    beside = replace(DAY, id="dobbelt")
    plan = one_day([KARI, OLA], [DAY, beside])
    assert holes(own, roster(plan, {"kari": [DAY, beside]}))[0].when == plan.period
    apart = holes(own, roster(plan, {"kari": [DAY], "ola": [beside]}))
    assert [case.when for case in apart] == [EARLY.interval, LATE.interval]


def test_the_former_roster_covers_the_first_night() -> None:
    past = duty("2027-02-01 16:00", "2027-02-02 08:00", NIGHT)
    plan = one_day([KARI, OLA], [DAY, LATE], tail=[(OLA, past)])
    assert not holes(RULE, roster(plan, {"kari": [DAY, LATE]}))
    assert uncovered_by_plan(plan, RULE) == ()
    two = RoundTheClock(min_doctors_24_7=2)
    more = one_day([KARI, OLA], [replace(d, needed=2) for d in (DAY, LATE)], tail=[(OLA, past)])
    assert uncovered_by_plan(more, two) == (EARLY.interval,)
    backup = duty("2027-02-01 16:00", "2027-02-02 08:00", BACKUP)
    plan = one_day([KARI, OLA], [DAY, LATE], tail=[(OLA, backup)])
    assert uncovered_by_plan(plan, RULE) == (EARLY.interval,)


def test_a_duty_past_the_period_and_days_counted_apart() -> None:
    late = duty("2027-02-02 16:00", "2027-02-04 08:00", EVENING)
    plan = one_day([KARI, OLA], [EARLY, DAY, late], last_day=WEDNESDAY)
    found = list(RULE.check(roster(plan, {"kari": [EARLY, DAY, late]})))
    assert [case.outcome for case in found] == [Outcome.KEPT, Outcome.KEPT]
    open_day = list(RULE.check(roster(plan, {"kari": [EARLY, late]})))
    assert [case.outcome for case in open_day] == [Outcome.KEPT, Outcome.HOLE]
    assert open_day[0].when == Interval(moment(WEDNESDAY), moment(WEDNESDAY + timedelta(1)))


def test_a_duty_of_a_choice_covers_nothing_for_certain() -> None:
    plan = one_day([KARI], [EARLY, replace(DAY, choice="x"), LATE])
    assert uncovered_by_plan(plan, RULE) == (DAY.interval,)


@pytest.mark.parametrize(("day", "hours"), [("2027-03-28", 1), ("2026-10-25", 3)])
def test_the_hour_of_the_clock_change(day: str, hours: int) -> None:
    first = date.fromisoformat(day)
    before, after = duty(f"{day} 00:00", f"{day} 01:00"), duty(f"{day} 03:00", f"{day} 23:59")
    last = duty(f"{day} 23:59", f"{first + timedelta(1)} 00:00")
    plan = one_day([KARI], [before, after, last], first_day=first, last_day=first)
    [when] = uncovered_by_plan(plan, RULE)
    assert (when, when.minutes) == (Interval(before.end, utc(f"{day} 03:00")), hours * 60)


def test_nothing_is_written_into_the_model() -> None:
    draft = Draft(one_day([KARI], [DAY]), [RULE])
    assert not draft.model.constraints
    assert not draft.model.steps


def test_sentences() -> None:
    plan = one_day([KARI, OLA], ROUND)
    [case] = holes(RULE, roster(plan, {"kari": [EARLY, LATE]}))
    assert RULE.explain(plan, case) == (
        "Ingen lege er på vakt tirsdag 2. februar 2027 kl. 08:00–16:00; det skal alltid være "
        "minst én (helse- og omsorgstjenesteloven § 3-2; må bekreftes av kommunen)."
    )
    own = RoundTheClock(min_doctors_24_7=2)
    [case] = holes(own, roster(plan, {"kari": [EARLY, LATE, DAY]}))
    assert own.explain(plan, case) == (
        "Bare én lege er på vakt tirsdag 2. februar 2027 kl. 00:00–00:00, og planen har ingen "
        "flere vakter der; det skal alltid være minst to "
        "(helse- og omsorgstjenesteloven § 3-2; må bekreftes av kommunen)."
    )
    unplanned = one_day([KARI], [EARLY, LATE])
    [case] = holes(RULE, roster(unplanned, {"kari": [EARLY, LATE]}))
    assert RULE.explain(unplanned, case) == (
        "Ingen lege er på vakt tirsdag 2. februar 2027 kl. 08:00–16:00, og planen har ingen vakt "
        "der; det skal alltid være minst én "
        "(helse- og omsorgstjenesteloven § 3-2; må bekreftes av kommunen)."
    )
    [kept] = RULE.check(roster(plan, {"kari": ROUND}))
    assert RULE.explain(plan, kept) == (
        "Kravet om minst én lege på vakt er oppfylt hele tirsdag 2. februar 2027 "
        "(helse- og omsorgstjenesteloven § 3-2; må bekreftes av kommunen)."
    )


@given(
    st.lists(st.tuples(st.integers(0, 48), st.integers(1, 24), st.integers(0, 2)), max_size=6),
    st.integers(1, 2),
    st.booleans(),
)
def test_against_counting_half_hour_by_half_hour(
    shifts: list[tuple[int, int, int]], demanded: int, offices: bool
) -> None:
    own = RoundTheClock(min_doctors_24_7=demanded, offices_cover_daytime=offices)
    start, half = moment(TUESDAY), timedelta(minutes=30)
    work: dict[str, list[Duty]] = {"kari": [], "ola": [], "eva": []}
    for number, (first, length, who) in enumerate(shifts):
        interval = Interval(start + first * half, start + (first + length) * half)
        work[("kari", "ola", "eva")[who]].append(Duty(f"d{number}", EVENING, interval))
    duties = [one for own_duties in work.values() for one in own_duties]
    timetable = roster(one_day([KARI, OLA, EVA], duties), work)
    lacking = set()
    for n in range(48):
        now = start + n * half
        there = sum(any(d.interval.contains(now) for d in own_) for own_ in work.values())
        if there < demanded and not (offices and 16 <= n < 32):
            lacking.add(now)
    found = set()
    for case in holes(own, timetable):
        assert case.when is not None
        now = case.when.start
        while now < case.when.end:
            found.add(now)
            now += half
    assert found == lacking
