"""Akuttmedisinforskriften § 18 (M-07): no shift before training in nødnett."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.radio_training import RadioTraining
from scheduler.domain.doctor import Competence, Doctor
from scheduler.domain.duty import Duty, MunicipalDuty, ShiftPattern
from scheduler.domain.time import Interval, moment
from scheduler.rule import Outcome
from tests.support import (
    BACKUP,
    DAYTIME,
    HOME,
    NIGHT,
    NURSING_HOME,
    doctor,
    duty,
    problem,
    roster,
    verify,
    worked_by,
)

RULE = RadioTraining()
TRAINED = date(2027, 3, 28)  # the day of the spring clock change


def kari(trained: date | None) -> Doctor:
    return doctor("Kari", competence=Competence(radio_from=trained))


@pytest.mark.parametrize(("trained", "breaches"), [("2027-03-28", 0), ("2027-03-29", 1)])
def test_training_on_the_day_is_enough(trained: str, breaches: int) -> None:
    evening = duty("2027-03-28 16:00", "23:00")
    assert len(verify(RULE, worked_by(kari(date.fromisoformat(trained)), evening))) == breaches


@pytest.mark.parametrize(("start", "breaches"), [("2027-03-27 23:59", 1), ("2027-03-28 00:00", 0)])
def test_the_shift_may_begin_at_midnight_and_not_a_minute_before(start: str, breaches: int) -> None:
    night = duty(start, "2027-03-28 08:00", NIGHT)
    assert len(verify(RULE, worked_by(kari(TRAINED), night))) == breaches


@pytest.mark.parametrize(("start", "breaches"), [("2026-10-24 23:59", 1), ("2026-10-25 00:00", 0)])
def test_autumn_night(start: str, breaches: int) -> None:
    night = duty(start, "2026-10-25 08:00", NIGHT)
    own = kari(date(2026, 10, 25))
    timetable = worked_by(own, night, first_day=date(2026, 10, 1))
    assert len(verify(RULE, timetable)) == breaches


def test_never_trained_is_closed_for_the_whole_period() -> None:
    shifts = [duty("2027-01-01 16:00", "23:00"), duty("2027-06-30 16:00", "23:00")]
    found = verify(RULE, worked_by(kari(None), *shifts))
    assert [case.duties for case in found] == [(shift.id,) for shift in shifts]


@pytest.mark.parametrize(
    ("kind", "breaches"), [(DAYTIME, 1), (HOME, 1), (BACKUP, 1), (NURSING_HOME, 0)]
)
def test_all_shifts_but_no_sessions(kind: ShiftPattern | MunicipalDuty, breaches: int) -> None:
    work = replace(duty("2027-02-02 08:00", "12:00"), type=kind)
    assert len(verify(RULE, worked_by(kari(None), work))) == breaches


def test_not_required_where_the_municipality_says_so() -> None:
    evening = duty("2027-02-02 16:00", "23:00")
    assert not verify(RadioTraining(required=False), worked_by(kari(None), evening))


def test_another_doctor_and_the_former_roster_are_unaffected() -> None:
    evening, before = duty("2027-02-02 16:00", "23:00"), duty("2026-12-31 16:00", "23:00")
    ola = doctor("Ola", competence=Competence(radio_from=date(2027, 1, 1)))
    plan = problem([kari(None), ola], [evening], tail=[(kari(None), before)])
    assert not verify(RULE, roster(plan, {"ola": [evening]}))


def test_sentences() -> None:
    evening = duty("2027-02-02 16:00", "23:00")
    timetable = worked_by(kari(TRAINED), evening)
    [case] = verify(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari har opplæring i nødnett først fra 28.03.2027 og kan ikke ha Kveld tirsdag "
        "2. februar 2027 kl. 16:00–23:00 "
        "(akuttmedisinforskriften § 18; må bekreftes av kommunen)."
    )
    timetable = worked_by(kari(None), evening)
    [stop] = RULE.stops(timetable.problem, kari(None))
    assert RULE.explain(timetable.problem, stop) == (
        "Kari er ikke registrert med opplæring i nødnett og kan ikke ha Kveld tirsdag "
        "2. februar 2027 kl. 16:00–23:00 "
        "(akuttmedisinforskriften § 18; må bekreftes av kommunen)."
    )
    timetable = worked_by(kari(TRAINED), duty("2027-04-02 16:00", "23:00"))
    [kept] = RULE.check(timetable)
    assert kept.outcome is Outcome.KEPT
    assert "først fra 28.03.2027 og kan ha Kveld" in RULE.explain(timetable.problem, kept)


@given(
    st.integers(-1, 1),
    st.integers(-1, 1).map(lambda m: timedelta(minutes=m)),
    st.sampled_from([1, 60, 1440]).map(lambda m: timedelta(minutes=m)),
)
def test_encoder_and_checker_agree_at_the_limit(
    days: int, off: timedelta, length: timedelta
) -> None:
    start = moment(TRAINED) + off
    night = Duty("n", NIGHT, Interval(start, start + length))
    trained = TRAINED + timedelta(days=days)
    breaches = verify(RULE, worked_by(kari(trained), night))
    assert bool(breaches) == (start < moment(trained))
