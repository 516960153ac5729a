"""What is worked out once for all who keep the same hours is what each would get alone."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constraints.facts.closures import hours_of, without
from constraints.facts.practice import openings
from constraints.office_presence import OfficePresence
from constraints.order_cap import OrderCap
from constraints.practice_hours_lost import PracticeHoursLost
from constraints.target_rest import TargetRest
from constraints.weekly_load import WeeklyLoad
from constraints.weekly_rest import WeeklyRest
from scheduler.domain.doctor import Absence, AbsenceKind, OpeningHours
from scheduler.domain.duty import Duty, MunicipalDuty, ShiftPattern
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, Interval, days_between, days_touched
from scheduler.rule import Rule
from tests.support import (
    EVENING,
    HOME,
    NIGHT,
    NURSING_HOME,
    doctor,
    duty,
    judged,
    problem,
    roster,
    span,
    utc,
)

DAY_SHIFT = tuple(OpeningHours(day, time(8), time(15, 30)) for day in range(5))
LONG_FRIDAY = (*DAY_SHIFT[:4], OpeningHours(4, time(18), time(1)))
DOCTORS = (
    doctor("Kari", opening_hours=DAY_SHIFT),
    doctor("Ola", opening_hours=DAY_SHIFT, practice_share="1/2"),
    doctor("Per", opening_hours=LONG_FRIDAY),
    doctor("Siri", opening_hours=LONG_FRIDAY),
)
FIRST, LAST = date(2027, 2, 1), date(2027, 2, 21)
START = utc("2027-02-01 00:00")


def work(day: date, begin: str, end: str, kind: ShiftPattern | MunicipalDuty) -> Duty:
    last = day if end > begin else day + DAY
    return duty(f"{day} {begin}", f"{last} {end}", kind)


DUTIES = tuple(
    work(day, begin, end, kind)
    for day in days_between(FIRST, LAST)
    for begin, end, kind in (
        ("16:00", "22:00", EVENING),
        ("22:00", "08:00", NIGHT),
        ("08:00", "08:00", HOME),
        ("12:30", "15:00", NURSING_HOME),
    )
)
PAST = tuple(
    work(day, begin, end, kind)
    for day in days_between(FIRST - 3 * DAY, FIRST - DAY)
    for begin, end, kind in (("16:00", "22:00", EVENING), ("22:00", "08:00", NIGHT))
)
RULES = (OrderCap(), PracticeHoursLost(), TargetRest(), WeeklyLoad(), WeeklyRest())


@st.composite
def stretches(draw: st.DrawFn) -> Interval:
    start = START + timedelta(minutes=30) * draw(st.integers(-100, 24 * 2 * 22))
    return Interval(start, start + timedelta(minutes=30) * draw(st.integers(1, 200)))


@st.composite
def timetables(draw: st.DrawFn) -> Timetable:
    doctor_of = {who.id: who for who in DOCTORS}
    people = list(doctor_of)
    away = draw(st.lists(st.tuples(st.sampled_from(people), stretches()), max_size=6))
    past = draw(st.lists(st.tuples(st.sampled_from(people), st.sampled_from(PAST)), max_size=4))
    own = problem(
        DOCTORS,
        DUTIES,
        first_day=FIRST,
        last_day=LAST,
        absences=tuple(Absence(who, when, AbsenceKind.HOLIDAY) for who, when in away),
        tail=[(doctor_of[who], was) for who, was in dict.fromkeys(past)],
    )
    given = draw(st.lists(st.tuples(st.sampled_from(people), st.sampled_from(DUTIES)), max_size=40))
    work: dict[str, list[Duty]] = {who: [] for who in people}
    for who, took in dict.fromkeys(given):
        work[who].append(took)
    return roster(own, work)


def alone(own: Problem, who: str) -> Problem:
    """The plan of one doctor, as if there were nobody else."""
    return replace(
        own,
        doctors=(own.doctor_by_id[who],),
        absences=tuple(a for a in own.absences if a.doctor == who),
        tail=tuple(past for past in own.tail if past.doctor == who),
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@given(timetable=timetables())
@settings(max_examples=40)
def test_nobody_is_judged_otherwise_for_who_keeps_the_same_hours(
    rule: Rule, timetable: Timetable
) -> None:
    for who in timetable.problem.doctors:
        own = Timetable(alone(timetable.problem, who.id), timetable.roster)
        assert list(rule.check_doctor(timetable, who)) == list(rule.check_doctor(own, who))


@given(timetable=timetables())
@settings(max_examples=40)
def test_an_office_is_judged_as_if_it_were_the_only_one(timetable: Timetable) -> None:
    offices = {DOCTORS[0].id: "a", DOCTORS[2].id: "a", DOCTORS[1].id: "b", DOCTORS[3].id: "b"}
    doctors = tuple(replace(who, office=offices[who.id]) for who in DOCTORS)
    both = replace(timetable.problem, doctors=doctors)
    found = [
        case
        for office in "ab"
        for case in OfficePresence().check(
            Timetable(
                replace(both, doctors=tuple(who for who in doctors if who.office == office)),
                timetable.roster,
            )
        )
    ]
    assert list(OfficePresence().check(Timetable(both, timetable.roster))) == found


@given(timetable=timetables(), at_least=st.integers(1, 3))
@settings(max_examples=40)
def test_a_day_that_is_counted_is_as_it_would_be_laid_out(
    timetable: Timetable, at_least: int
) -> None:
    doctors = tuple(replace(who, office="a") for who in DOCTORS)
    own = Timetable(replace(timetable.problem, doctors=doctors), timetable.roster)
    rule = OfficePresence(min_present=at_least)
    assert judged(rule, own) == list(rule.check(own))


def test_a_former_duty_of_the_same_name_keeps_its_own_time() -> None:
    now = work(FIRST, "12:30", "15:00", NURSING_HOME)
    before = replace(now, interval=span("2027-01-25 08:00", "15:00"))
    own = problem(DOCTORS, [now], first_day=FIRST, last_day=LAST, tail=[(DOCTORS[0], before)])
    cases = PracticeHoursLost().check_doctor(roster(own, {DOCTORS[0].id: [now]}), DOCTORS[0])
    assert [case.measured for case in cases if case.fact("week") == "uke 5 (2027)"] == [2.5]


def test_who_keeps_the_same_hours_has_the_same_row() -> None:
    assert openings(DOCTORS[0], FIRST) is openings(DOCTORS[1], FIRST)


@given(timetable=timetables(), asked=st.lists(stretches(), min_size=1, max_size=8))
@settings(max_examples=40)
def test_minutes_of_practice_are_those_that_no_absence_takes(
    timetable: Timetable, asked: list[Interval]
) -> None:
    own = timetable.problem
    for who in own.doctors:
        for when in (*asked, *reversed(asked)):
            left = [open_ for day in days_touched(when) for open_ in openings(who, day)]
            for absence in own.absences_of.get(who.id, ()):
                left = [rest for open_ in left for rest in without(open_, absence.interval)]
            minutes = sum(open_.overlap_minutes(when) for open_ in left)
            assert hours_of(own, who).minutes_in(when) == minutes
