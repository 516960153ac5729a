"""Fastlegeforskriften § 12 tredje ledd (F-12.1, F-12.2, F-41): aldersgrensen. Case E23."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.agreement_end import ABSOLUTE_AGE, AgreementEnd
from scheduler.domain.doctor import Doctor, Employment
from scheduler.domain.duty import Duty, MunicipalDuty, ShiftPattern
from scheduler.domain.time import DAY, birthday
from tests.support import (
    DAYTIME,
    EVENING,
    NURSING_HOME,
    doctor,
    duty,
    problem,
    roster,
    verify,
    worked_by,
)

RULE = AgreementEnd()
SEVENTY = doctor("Kari", born=date(1957, 5, 20))
EXTENDED = doctor("Kari", born=date(1957, 5, 20), extension_until=date(2027, 9, 30))
EIGHTY = doctor("Ola", born=date(1947, 5, 20), extension_until=date(2028, 12, 31))
LAST_EVENING = duty("2027-05-19 16:00", "2027-05-20 00:00")
MINUTE_TOO_LONG = duty("2027-05-19 16:00", "2027-05-20 00:01")
BIRTHDAY_NIGHT = duty("2027-05-20 00:00", "08:00")


@pytest.mark.parametrize("who", [SEVENTY, EIGHTY])
def test_e23_no_duty_touches_the_birthday(who: Doctor) -> None:
    assert not verify(RULE, worked_by(who, LAST_EVENING))
    assert len(verify(RULE, worked_by(who, MINUTE_TOO_LONG))) == 1
    assert len(verify(RULE, worked_by(who, BIRTHDAY_NIGHT))) == 1


def test_e23_with_an_extension_the_seventy_year_old_may() -> None:
    assert not verify(RULE, worked_by(EXTENDED, MINUTE_TOO_LONG, BIRTHDAY_NIGHT))


@pytest.mark.parametrize(("end", "breaches"), [("2027-10-01 00:00", 0), ("2027-10-01 00:01", 1)])
def test_extension_lasts_to_the_midnight_of_its_last_day(end: str, breaches: int) -> None:
    late = duty("2027-09-30 16:00", end)
    timetable = worked_by(EXTENDED, late, last_day=date(2027, 12, 31))
    assert len(verify(RULE, timetable)) == breaches


def test_extension_that_ends_before_the_birthday_changes_nothing() -> None:
    early = doctor("Kari", born=date(1957, 5, 20), extension_until=date(2027, 3, 31))
    april = duty("2027-04-10 16:00", "23:00")
    assert not verify(RULE, worked_by(early, april, LAST_EVENING))
    assert verify(RULE, worked_by(early, BIRTHDAY_NIGHT))


def test_extension_to_the_day_before_the_birthday_ends_on_the_birthday() -> None:
    eve = doctor("Kari", born=date(1957, 5, 20), extension_until=date(2027, 5, 19))
    assert len(verify(RULE, worked_by(eve, LAST_EVENING, BIRTHDAY_NIGHT))) == 1


def test_extension_of_the_birthday_alone_lasts_that_day() -> None:
    for_a_day = doctor("Kari", born=date(1957, 5, 20), extension_until=date(2027, 5, 20))
    next_day = duty("2027-05-21 00:00", "08:00")
    found = verify(RULE, worked_by(for_a_day, BIRTHDAY_NIGHT, next_day))
    assert [case.duties for case in found] == [(next_day.id,)]


@pytest.mark.parametrize("kind", [EVENING, DAYTIME, NURSING_HOME])
def test_all_letters_end(kind: ShiftPattern | MunicipalDuty) -> None:
    after = duty("2027-05-20 08:00", "12:00", kind)
    assert len(verify(RULE, worked_by(SEVENTY, after))) == 1


def test_absolute_age_was_75_until_2026() -> None:
    turned_75_in_2025 = doctor(born=date(1950, 11, 3), extension_until=date(2026, 12, 31))
    days = {"first_day": date(2025, 10, 1), "last_day": date(2026, 3, 31)}
    before = duty("2025-11-02 16:00", "2025-11-03 00:00")
    after = duty("2025-11-03 00:00", "08:00")
    december = duty("2025-12-31 16:00", "23:59")
    january = duty("2026-01-01 00:00", "08:00")
    timetable = worked_by(turned_75_in_2025, before, after, december, january, **days)
    assert [case.duties for case in verify(RULE, timetable)] == [(after.id,), (december.id,)]


def test_one_breach_a_duty_whichever_age_was_in_force() -> None:
    turned_80_in_2025 = doctor(born=date(1945, 11, 3), extension_until=date(2026, 12, 31))
    december, january = duty("2025-12-30 16:00", "23:00"), duty("2026-01-02 16:00", "23:00")
    days = {"first_day": date(2025, 12, 1), "last_day": date(2026, 1, 31)}
    found = verify(RULE, worked_by(turned_80_in_2025, december, january, **days))
    assert [(c.duties, c.fact("age")) for c in found] == [((december.id,), 75), ((january.id,), 80)]


def test_age_80_is_not_known_before_it_was_adopted() -> None:
    turned_75_in_2025 = doctor(born=date(1950, 11, 3), extension_until=date(2026, 12, 31))
    january = duty("2026-01-01 00:00", "08:00")
    days = {"first_day": date(2026, 1, 1), "last_day": date(2026, 3, 31)}
    for judged_on, breaches in ((date(2025, 12, 1), 1), (date(2025, 12, 2), 0)):
        timetable = worked_by(turned_75_in_2025, january, judged_on=judged_on, **days)
        assert len(verify(RULE, timetable)) == breaches


def test_dated_ages_as_spans() -> None:
    assert list(ABSOLUTE_AGE.spans(known=date(2026, 1, 1))) == [
        (date(2013, 1, 1), date(2025, 12, 31), 75),
        (date(2026, 1, 1), None, 80),
    ]
    adopted = date(2012, 8, 29)
    assert list(ABSOLUTE_AGE.spans(known=adopted)) == [(date(2013, 1, 1), None, 75)]
    assert not list(ABSOLUTE_AGE.spans(known=adopted - DAY))


def test_extension_to_the_last_age_itself_bars_that_one_day() -> None:
    turned_75_in_2025 = doctor(born=date(1950, 11, 3), extension_until=date(2025, 11, 3))
    on_the_day = duty("2025-11-03 00:00", "08:00")
    days = {"first_day": date(2025, 10, 1), "last_day": date(2025, 12, 31)}
    [case] = verify(RULE, worked_by(turned_75_in_2025, on_the_day, **days))
    assert case.fact("age") == 75


@pytest.mark.parametrize(
    ("employment", "breaches"),
    [
        (Employment.SELF_EMPLOYED, 1),
        (Employment.EMPLOYED, 1),
        (Employment.LOCUM, 1),
        (Employment.LIS1, 0),
        (Employment.HIRED, 0),
    ],
)
def test_the_paragraph_binds_gps_only(employment: Employment, breaches: int) -> None:
    who = doctor(born=date(1957, 5, 20), employment=employment)
    assert len(verify(RULE, worked_by(who, BIRTHDAY_NIGHT))) == breaches


def test_born_on_29_february_turns_70_on_28_february() -> None:
    leap = doctor(born=date(1956, 2, 29))
    days = {"first_day": date(2026, 1, 1), "last_day": date(2026, 3, 31)}
    assert not verify(RULE, worked_by(leap, duty("2026-02-27 16:00", "23:59"), **days))
    assert verify(RULE, worked_by(leap, duty("2026-02-28 00:00", "08:00"), **days))


def test_birthday_in_summer_time_begins_at_local_midnight() -> None:
    spring = doctor(born=date(1957, 3, 28))  # the clocks change on the 70th birthday
    assert not verify(RULE, worked_by(spring, duty("2027-03-27 16:00", "2027-03-28 00:00")))
    assert verify(RULE, worked_by(spring, duty("2027-03-27 16:00", "2027-03-28 00:01")))


def test_each_of_two_breaches_is_named_and_another_doctor_is_not_affected() -> None:
    second = duty("2027-06-01 16:00", "23:00")
    duties = [LAST_EVENING, BIRTHDAY_NIGHT, second]
    ola = doctor("Ola")
    both = problem([SEVENTY, ola], duties)
    found = verify(RULE, roster(both, {"kari": duties, "ola": duties}))
    assert [(c.doctor, c.duties) for c in found] == [
        ("kari", (BIRTHDAY_NIGHT.id,)),
        ("kari", (second.id,)),
    ]


def test_former_roster_is_not_judged() -> None:
    tail = duty("2027-05-30 16:00", "23:00")
    june = {"first_day": date(2027, 6, 1), "last_day": date(2027, 6, 30)}
    assert not verify(RULE, worked_by(SEVENTY, tail=[(SEVENTY, tail)], **june))


def test_sentences() -> None:
    plan = worked_by(SEVENTY, LAST_EVENING, BIRTHDAY_NIGHT)
    kept, broken = RULE.check(plan)
    assert RULE.explain(plan.problem, broken) == (
        "Fastlegeavtalen til Kari faller bort ved fylte 70 år, torsdag 20. mai 2027, og Kveld "
        "torsdag 20. mai 2027 kl. 00:00–08:00 berører tiden etter dette "
        "(fastlegeforskriften § 12 tredje ledd)."
    )
    assert "berører ikke tiden etter dette" in RULE.explain(plan.problem, kept)
    plan = worked_by(EIGHTY, BIRTHDAY_NIGHT)
    [broken] = verify(RULE, plan)
    assert RULE.explain(plan.problem, broken) == (
        "Fastlegeavtalen til Ola kan ikke forlenges ut over fylte 80 år, og Kveld torsdag "
        "20. mai 2027 kl. 00:00–08:00 berører tiden etter dette "
        "(merknad til fastlegeforskriften § 12 tredje ledd; må bekreftes av kommunen)."
    )
    plan = worked_by(EXTENDED, duty("2027-10-01 00:00", "08:00"), last_day=date(2027, 12, 31))
    [broken] = verify(RULE, plan)
    assert RULE.explain(plan.problem, broken).startswith(
        "Forlengelsen av fastlegeavtalen til Kari varer til og med 30.09.2027, og Kveld fredag"
    )


@given(
    st.integers(-1, 1),
    st.sampled_from([None, -1, 0, 1]),
    st.integers(0, 2),
    st.booleans(),
)
def test_encoder_and_checker_agree_around_the_birthday(
    shift: int, extended: int | None, length: int, oldest: bool
) -> None:
    born = date(1947 if oldest else 1957, 5, 20)
    turning = birthday(born, 80 if oldest else 70)
    until = None if extended is None else turning + extended * DAY
    start = duty("2027-05-20 00:00", "00:01").start + timedelta(minutes=shift)
    one = Duty("x", EVENING, type(BIRTHDAY_NIGHT.interval)(start, start + timedelta(minutes=1)))
    two = duty("2027-05-19 20:00", f"2027-05-20 00:0{length}")
    verify(RULE, worked_by(doctor(born=born, extension_until=until), one, two))
