"""Akuttmedisinforskriften § 7 (M-03, M-06, M-09): who may be alone on duty, and from when."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.facts.competence import (
    Demand,
    Gap,
    Independence,
    Standing,
    completed_before,
    counts_as_legevakt,
    gaps,
    standing,
    stands_by,
)
from scheduler.domain.doctor import Competence, Employment
from scheduler.domain.duty import MunicipalDuty, ShiftPattern
from scheduler.domain.time import DAY
from tests.support import BACKUP, DAYTIME, EVENING, HOME, NIGHT, NURSING_HOME, doctor, duty, utc

DEMAND = Demand()
COURSES = Competence(emergency_course_from=date(2020, 1, 1), violence_course_from=date(2020, 1, 1))
ALWAYS, NEVER = Independence(0), Independence(None)


def on(day: date, employment: Employment = Employment.SELF_EMPLOYED, **facts: Any) -> Independence:
    own = doctor("Kari", employment=employment, competence=replace(COURSES, **facts))
    independence = standing(own, DEMAND).on(day)
    assert independence.given(0) == (not gaps(own, day, DEMAND))
    return independence


DAY_OF = date(2027, 2, 28)


@pytest.mark.parametrize(("day", "expected"), [(DAY_OF - DAY, NEVER), (DAY_OF, ALWAYS)])
def test_specialist_from_the_day(day: date, expected: Independence) -> None:
    assert on(day, specialist_from=DAY_OF) == expected


@pytest.mark.parametrize(("day", "expected"), [(DAY_OF - DAY, NEVER), (DAY_OF, ALWAYS)])
def test_approved_gp_with_a_year_as_municipal_gp(day: date, expected: Independence) -> None:
    assert on(day, approved_gp_from=DAY_OF, municipal_gp_from=date(2020, 1, 1)) == expected


def test_approved_gp_who_is_no_specialist_needs_experience_too() -> None:
    assert on(DAY_OF, approved_gp_from=DAY_OF) == Independence(40)
    assert on(DAY_OF, approved_gp_from=DAY_OF, duties_done=40) == ALWAYS


@pytest.mark.parametrize(("months", "expected"), [(29, NEVER), (30, ALWAYS), (31, ALWAYS)])
def test_thirty_months_counted_once_for_all(months: int, expected: Independence) -> None:
    assert on(DAY_OF, clinical_months=months, duties_done=40) == expected


@pytest.mark.parametrize(
    ("as_of", "months", "day", "expected"),
    [
        (date(2026, 11, 28), 27, date(2027, 2, 27), NEVER),
        (date(2026, 11, 28), 27, date(2027, 2, 28), ALWAYS),
        (date(2026, 11, 30), 27, date(2027, 2, 27), NEVER),
        (date(2026, 11, 30), 27, date(2027, 2, 28), ALWAYS),  # clamped to the month's end
        (date(2027, 5, 28), 33, date(2027, 2, 27), NEVER),  # counted for a later day
        (date(2027, 5, 28), 33, date(2027, 2, 28), ALWAYS),
        (date(2027, 5, 28), 9999, date(2027, 2, 28), ALWAYS),
    ],
)
def test_months_grow_with_the_calendar(
    as_of: date, months: int, day: date, expected: Independence
) -> None:
    assert on(day, clinical_months=months, as_of=as_of, duties_done=40) == expected


@pytest.mark.parametrize(("day", "after"), [(date(2027, 2, 28), 2), (date(2027, 3, 1), 0)])
def test_a_year_as_municipal_gp_or_forty_duties(day: date, after: int) -> None:
    own = on(day, clinical_months=30, municipal_gp_from=date(2026, 3, 1), duties_done=38)
    assert own == Independence(after)
    assert [own.given(completed) for completed in (0, 1, 2)] == [after == 0, after == 0, True]


@pytest.mark.parametrize(("done", "after"), [(39, 1), (40, 0), (41, 0)])
def test_e22_forty_completed_duties(done: int, after: int) -> None:
    assert on(DAY_OF, clinical_months=30, duties_done=done) == Independence(after)


def test_forty_duties_do_not_replace_the_service() -> None:
    assert on(DAY_OF, clinical_months=29, duties_done=100) == NEVER


@pytest.mark.parametrize("course", ["emergency_course_from", "violence_course_from"])
def test_both_courses_are_needed_even_of_a_specialist(course: str) -> None:
    specialist: dict[str, Any] = {"specialist_from": date(2010, 1, 1)}
    assert on(DAY_OF, **(specialist | {course: None})) == NEVER
    assert on(DAY_OF - DAY, **(specialist | {course: DAY_OF})) == NEVER
    assert on(DAY_OF, **(specialist | {course: DAY_OF})) == ALWAYS


def test_lis1_is_never_alone() -> None:
    assert on(DAY_OF, Employment.LIS1, specialist_from=date(2010, 1, 1)) == NEVER
    assert standing(doctor(employment=Employment.LIS1), DEMAND) == Standing(date.max, date.max, 0)


def test_what_lacks_is_named() -> None:
    assert gaps(doctor(), DAY_OF, DEMAND) == (
        Gap.SERVICE,
        Gap.EXPERIENCE,
        Gap.EMERGENCY_COURSE,
        Gap.VIOLENCE_COURSE,
    )
    assert gaps(doctor(employment=Employment.LIS1), DAY_OF, DEMAND) == (Gap.LIS1,)
    nearly = doctor(competence=replace(COURSES, clinical_months=30, duties_done=39))
    assert gaps(nearly, DAY_OF, DEMAND, completed=0) == (Gap.EXPERIENCE,)
    assert gaps(nearly, DAY_OF, DEMAND, completed=1) == ()


def test_a_legevakt_is_a_primary_shift_and_counts_from_its_end() -> None:
    kinds: list[ShiftPattern | MunicipalDuty] = [
        EVENING,
        NIGHT,
        HOME,
        DAYTIME,
        BACKUP,
        NURSING_HOME,
    ]
    duties = [duty("2027-02-02 08:00", "12:00", kind) for kind in kinds]
    assert [counts_as_legevakt(own) for own in duties] == [True, True, True, True, False, False]
    assert completed_before(duties, utc("2027-02-02 11:59")) == 0
    assert completed_before(duties, utc("2027-02-02 12:00")) == 4


def test_who_stands_by_whom() -> None:
    other_place = replace(EVENING, place="nord")
    assert stands_by(BACKUP, EVENING)
    assert not stands_by(replace(BACKUP, backs_up=frozenset({"natt"})), EVENING)
    assert not stands_by(replace(BACKUP, backs_up=frozenset()), EVENING)
    assert stands_by(EVENING, NIGHT)
    assert stands_by(DAYTIME, EVENING)
    assert not stands_by(other_place, EVENING)
    assert not stands_by(HOME, EVENING)
    assert not stands_by(EVENING, HOME)
    assert not stands_by(HOME, HOME)
    assert stands_by(BACKUP, HOME)


@given(
    facts=st.fixed_dictionaries(
        {
            name: st.sampled_from([None, date(2027, 2, 27), date(2027, 2, 28), date(2027, 3, 1)])
            for name in (
                "specialist_from",
                "approved_gp_from",
                "emergency_course_from",
                "violence_course_from",
            )
        }
    ),
    municipal=st.sampled_from([None, date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)]),
    months=st.sampled_from([29, 30]),
    as_of=st.sampled_from([None, date(2027, 1, 28), date(2027, 1, 29)]),
    done=st.sampled_from([0, 39, 40]),
    completed=st.sampled_from([0, 1, 40]),
)
def test_standing_and_gaps_tell_the_same(
    facts: dict[str, date | None],
    municipal: date | None,
    months: int,
    as_of: date | None,
    done: int,
    completed: int,
) -> None:
    own = doctor(
        competence=Competence(
            **facts,
            municipal_gp_from=municipal,
            clinical_months=months,
            as_of=as_of,
            duties_done=done,
        )
    )
    independent = standing(own, DEMAND).on(DAY_OF).given(completed)
    assert independent == (not gaps(own, DAY_OF, DEMAND, completed))
