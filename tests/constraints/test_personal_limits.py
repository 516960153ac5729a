"""Avtalte grenser for den enkelte legen (F-33.17)."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.personal_limits import PersonalLimits
from scheduler.domain.doctor import Doctor
from scheduler.domain.doctor import PersonalLimits as Limits
from scheduler.domain.duty import Duty
from scheduler.rule import Outcome
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
    verify,
    worked_by,
)

RULE = PersonalLimits()


def limited(**limits: Any) -> Doctor:
    return doctor("Kari", limits=Limits(**limits))


def evening(day: str, **more: Any) -> Duty:
    return duty(f"2027-{day} 16:00", f"2027-{day} 23:00", EVENING, **more)


def night(day: str, next_day: str) -> Duty:
    return duty(f"2027-{day} 23:00", f"2027-{next_day} 08:00", NIGHT)


SESSION = duty("2027-03-03 08:00", "12:00", NURSING_HOME)


# --- kinds of shifts ---------------------------------------------------------------------------


def test_no_nights_from_three_hours_of_night_on() -> None:
    who = limited(no_nights=True)
    almost = duty("2027-03-02 16:00", "2027-03-03 01:59")
    enough = duty("2027-03-04 16:00", "2027-03-05 02:00")
    found = verify(RULE, worked_by(who, almost, enough, evening("03-08")))
    assert [c.duties for c in found] == [(enough.id,)]


def test_weekday_is_that_of_the_start() -> None:
    who = limited(not_weekdays=frozenset({0}))
    sunday_night = night("03-07", "03-08")
    monday = duty("2027-03-08 00:00", "08:00")
    found = verify(RULE, worked_by(who, sunday_night, monday, evening("03-09")))
    assert [c.duties for c in found] == [(monday.id,)]


def test_weekday_in_oslo_not_in_utc() -> None:
    who = limited(not_weekdays=frozenset({6}))
    first_hour_of_monday = duty("2027-06-07 00:30", "08:00")  # Sunday 22:30 in UTC
    assert not verify(RULE, worked_by(who, first_hour_of_monday))


def test_patterns_that_are_agreed_away() -> None:
    who = limited(not_patterns=frozenset({"hjemme"}))
    home = duty("2027-03-02 16:00", "23:00", HOME)
    found = verify(RULE, worked_by(who, home, evening("03-03")))
    assert [c.duties for c in found] == [(home.id,)]


def test_municipal_sessions_are_not_limited() -> None:
    who = limited(
        not_weekdays=frozenset({2}),
        not_patterns=frozenset({"sykehjem"}),
        no_nights=True,
        max_duties_per_month=0,
        max_weekends_per_month=0,
        max_nights_per_month=0,
    )
    saturday_night = duty("2027-03-06 22:00", "2027-03-07 06:00", NURSING_HOME)
    assert not verify(RULE, worked_by(who, SESSION, saturday_night))


# --- how many in a month -----------------------------------------------------------------------


@pytest.mark.parametrize(("limit", "breaches"), [(3, 1), (4, 0)])
def test_duties_in_a_month_of_all_kinds(limit: int, breaches: int) -> None:
    who = limited(max_duties_per_month=limit)
    duties = [
        evening("03-02"),
        duty("2027-03-05 08:00", "15:30", DAYTIME),
        duty("2027-03-10 16:00", "23:00", HOME),
        duty("2027-03-12 16:00", "23:00", BACKUP),
        SESSION,
    ]
    found = verify(RULE, worked_by(who, *duties))
    assert [(c.measured, c.limit, c.margin) for c in found] == [(4, 3, -1)] * breaches


def test_month_begins_at_midnight_in_oslo() -> None:
    who = limited(max_duties_per_month=1)
    march_31 = duty("2027-03-31 23:59", "2027-04-01 08:00")
    april_1 = duty("2027-04-01 00:00", "08:00", id="first")  # 31 March 22:00 in UTC
    april_30 = evening("04-30")
    assert not verify(RULE, worked_by(who, march_31, april_1))
    [case] = verify(RULE, worked_by(who, march_31, april_1, april_30))
    assert case.duties == (april_1.id, april_30.id)


@pytest.mark.parametrize(("limit", "breaches"), [(0, 1), (1, 1), (2, 0)])
def test_nights_in_a_month(limit: int, breaches: int) -> None:
    who = limited(max_nights_per_month=limit)
    duties = [night("03-02", "03-03"), night("03-09", "03-10"), evening("03-15")]
    assert len(verify(RULE, worked_by(who, *duties))) == breaches


def test_weekend_counts_once_and_in_the_month_of_its_saturday() -> None:
    who = limited(max_weekends_per_month=1)
    friday = night("04-30", "05-01")  # reaches into Saturday 1 May
    sunday, next_week = evening("05-02"), evening("05-08")
    april = evening("04-03")
    assert not verify(RULE, worked_by(who, april, friday, sunday))
    [case] = verify(RULE, worked_by(who, april, friday, sunday, next_week))
    assert case.duties == (friday.id, sunday.id, next_week.id)
    assert case.measured == 2


@pytest.mark.parametrize(
    ("start", "end", "breaches"),
    [
        ("2027-03-05 16:00", "2027-03-06 00:00", 0),
        ("2027-03-05 16:00", "2027-03-06 00:01", 1),
        ("2027-03-07 23:59", "2027-03-08 08:00", 1),
        ("2027-03-08 00:00", "2027-03-08 08:00", 0),
    ],
)
def test_weekend_from_saturday_midnight_to_sunday_midnight(
    start: str, end: str, breaches: int
) -> None:
    who = limited(max_weekends_per_month=0)
    assert len(verify(RULE, worked_by(who, duty(start, end)))) == breaches


@pytest.mark.parametrize(("limit", "breaches"), [(0, 1), (1, 0)])
def test_sunday_the_first_belongs_to_the_weekend_of_the_month_before(
    limit: int, breaches: int
) -> None:
    who = limited(max_weekends_per_month=limit)
    sunday = duty("2027-08-01 08:00", "15:00", EVENING)
    timetable = worked_by(who, sunday, last_day=date(2027, 8, 31))
    assert len(verify(RULE, timetable)) == breaches


def test_block_counts_each_of_its_duties() -> None:
    block = [evening("03-06", block="helg"), evening("03-07", block="helg")]
    assert verify(RULE, worked_by(limited(max_duties_per_month=1), *block))
    assert not verify(RULE, worked_by(limited(max_duties_per_month=2), *block))
    assert not verify(RULE, worked_by(limited(max_weekends_per_month=1), *block))


# --- the former roster -------------------------------------------------------------------------


def test_former_roster_of_the_month_counts() -> None:
    who = limited(max_duties_per_month=1)
    tail, own = evening("03-02"), evening("03-20")
    days = {"first_day": date(2027, 3, 15)}
    [case] = verify(RULE, worked_by(who, own, tail=[(who, tail)], **days))
    assert case.duties == (tail.id, own.id)
    february = evening("02-20")
    assert not verify(RULE, worked_by(who, own, tail=[(who, february)], **days))


def test_history_alone_is_no_breach_but_nothing_more_may_come() -> None:
    who = limited(max_duties_per_month=1)
    tail = [(who, evening("03-02")), (who, evening("03-03"))]
    days = {"first_day": date(2027, 3, 15)}
    plan = worked_by(who, tail=tail, **days)
    assert not verify(RULE, plan)
    assert not list(RULE.check(plan))
    assert not verify(RULE, worked_by(who, evening("04-20"), tail=tail, **days))
    assert verify(RULE, worked_by(who, evening("03-20"), tail=tail, **days))


def test_weekend_that_the_former_roster_has_taken_is_not_counted_again() -> None:
    who = limited(max_weekends_per_month=1)
    saturday, sunday, next_week = evening("03-06"), evening("03-07"), evening("03-13")
    days = {"first_day": date(2027, 3, 7), "tail": [(who, saturday)]}
    assert not verify(RULE, worked_by(who, sunday, **days))
    assert verify(RULE, worked_by(who, next_week, **days))


# --- the rest ----------------------------------------------------------------------------------


def test_two_breaches_and_another_doctor() -> None:
    who = limited(max_duties_per_month=1, no_nights=True)
    duties = [evening("03-02"), evening("03-08"), night("04-02", "04-03")]
    both = problem([who, doctor("Ola")], duties)
    found = verify(RULE, roster(both, {"kari": duties, "ola": duties}))
    assert [(c.doctor, c.duties) for c in found] == [
        ("kari", (duties[2].id,)),
        ("kari", (duties[0].id, duties[1].id)),
    ]


def test_every_comparison_is_a_case() -> None:
    who = limited(max_duties_per_month=2, max_nights_per_month=1, not_weekdays=frozenset({0}))
    plan = worked_by(who, evening("03-02"), evening("05-04"))
    found = [(c.fact("limit"), c.outcome, c.margin) for c in RULE.check(plan)]
    assert found == [
        ("weekday", Outcome.KEPT, None),
        ("weekday", Outcome.KEPT, None),
        ("duties", Outcome.KEPT, 1),
        ("duties", Outcome.KEPT, 1),
    ]
    assert not list(RULE.check(worked_by(doctor(), evening("03-02"))))


def test_sentences() -> None:
    who = limited(
        max_duties_per_month=1,
        max_weekends_per_month=0,
        not_weekdays=frozenset({5}),
        not_patterns=frozenset({"natt"}),
        no_nights=True,
    )
    plan = worked_by(who, evening("03-06"), night("03-09", "03-10"))
    kept, *broken = RULE.check(plan)
    assert RULE.explain(plan.problem, kept) == (
        "Kveld lørdag 6. mars 2027 kl. 16:00–23:00 er innenfor det som er avtalt med Kari "
        "(avtalen med legen)."
    )
    assert [RULE.explain(plan.problem, c) for c in broken if c.outcome is Outcome.BREACH] == [
        "Kari skal etter avtale ikke ha vakter som begynner på en lørdag, og kan derfor ikke ha "
        "Kveld lørdag 6. mars 2027 kl. 16:00–23:00 (avtalen med legen).",
        "Kari skal etter avtale ikke ha nattevakter, og kan derfor ikke ha "
        "Natt tirsdag 9. mars 2027 kl. 23:00–08:00 (avtalen med legen).",
        "Kari skal etter avtale ikke ha vakter av typen Natt, og kan derfor ikke ha "
        "Natt tirsdag 9. mars 2027 kl. 23:00–08:00 (avtalen med legen).",
        "Kari har 2 vakter i mars 2027; avtalt grense er 1 (avtalen med legen).",
        "Kari har 1 helg med vakt i mars 2027; avtalt grense er 0 (avtalen med legen).",
    ]


def test_a_saturday_at_the_end_of_a_month_belongs_to_it() -> None:
    who = limited(max_weekends_per_month=1)
    work = evening("07-24"), evening("07-31")
    [case] = verify(RULE, worked_by(who, *work, last_day=date(2027, 8, 31)))
    assert case.duties == tuple(shift.id for shift in work)


@given(
    duties=st.lists(
        st.tuples(
            st.sampled_from(["03-31", "04-01", "04-02", "04-30", "05-01", "05-02"]),
            st.sampled_from(["00:00", "16:00", "21:59", "22:00"]),
            st.sampled_from([None, "x", "y"]),
        ),
        max_size=6,
        unique_by=lambda d: d[:2],
    ),
    past=st.lists(st.sampled_from(["03-27", "03-28", "03-29"]), max_size=3, unique=True),
    limits=st.fixed_dictionaries(
        {
            "max_duties_per_month": st.sampled_from([None, 0, 1, 2]),
            "max_nights_per_month": st.sampled_from([None, 0, 1]),
            "max_weekends_per_month": st.sampled_from([None, 0, 1, 2]),
            "no_nights": st.booleans(),
            "not_weekdays": st.sampled_from([frozenset(), frozenset({5}), frozenset({3, 4})]),
        }
    ),
)
def test_encoder_and_checker_agree(
    duties: list[tuple[str, str, str | None]], past: list[str], limits: dict[str, Any]
) -> None:
    who = limited(**limits)
    own = []
    for day, clock, block in duties:
        next_day = date.fromordinal(date(2027, int(day[:2]), int(day[3:])).toordinal() + 1)
        own.append(duty(f"2027-{day} {clock}", f"{next_day} 02:00", block=block))
    tail = [(who, evening(day)) for day in past]
    verify(RULE, worked_by(who, *own, tail=tail, first_day=date(2027, 3, 30)))
