"""Fravær: no duty touches an absence, and which absences lessen the share."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.absence import Absence as AbsenceRule
from scheduler.domain.doctor import Absence, AbsenceKind
from scheduler.domain.duty import Letter, MunicipalDuty, ShiftPattern
from scheduler.fairness.availability import available_days
from tests.support import (
    DAYTIME,
    EVENING,
    HOME,
    NURSING_HOME,
    doctor,
    duty,
    problem,
    roster,
    span,
    verify,
    worked_by,
)

RULE = AbsenceRule()
KARI = doctor("Kari")
COURSE = Absence("kari", span("2027-02-03 09:00", "15:00"), AbsenceKind.COURSE)


def away(start: str, end: str, kind: AbsenceKind = AbsenceKind.HOLIDAY) -> Absence:
    return Absence("kari", span(start, end), kind)


@pytest.mark.parametrize(
    ("start", "end", "breaches"),
    [
        ("2027-02-03 00:00", "2027-02-03 09:00", 0),
        ("2027-02-03 00:00", "2027-02-03 09:01", 1),
        ("2027-02-03 10:00", "2027-02-03 11:00", 1),
        ("2027-02-03 14:59", "2027-02-03 23:00", 1),
        ("2027-02-03 15:00", "2027-02-03 23:00", 0),
    ],
)
def test_part_of_a_day_is_exact_to_the_minute(start: str, end: str, breaches: int) -> None:
    assert len(verify(RULE, worked_by(KARI, duty(start, end), absences=(COURSE,)))) == breaches


@pytest.mark.parametrize("kind", [EVENING, DAYTIME, HOME, NURSING_HOME])
def test_all_letters_and_home_duty(kind: ShiftPattern | MunicipalDuty) -> None:
    inside = duty("2027-02-03 08:00", "12:00", kind)
    assert len(verify(RULE, worked_by(KARI, inside, absences=(COURSE,)))) == 1


@pytest.mark.parametrize("day", ["2027-03-28", "2026-10-25"])
def test_clock_change_day_ends_at_local_midnight(day: str) -> None:
    next_day = date.fromordinal(date.fromisoformat(day).toordinal() + 1)
    holiday = away(f"{day} 00:00", f"{next_day} 00:00")
    days = {"first_day": date(2026, 10, 1), "last_day": date(2027, 6, 30)}
    last = duty(f"{day} 23:59", f"{next_day} 08:00")
    after = duty(f"{next_day} 00:00", f"{next_day} 08:00")
    found = verify(RULE, worked_by(KARI, last, after, absences=(holiday,), **days))
    assert [c.duties for c in found] == [(last.id,)]


def test_former_roster_is_not_judged() -> None:
    tail = duty("2027-02-03 10:00", "11:00")
    days = {"first_day": date(2027, 2, 4), "absences": (COURSE,)}
    assert not verify(RULE, worked_by(KARI, tail=[(KARI, tail)], **days))


def test_two_breaches_and_another_doctor() -> None:
    first, second = duty("2027-02-03 08:00", "10:00"), duty("2027-02-03 14:00", "23:00")
    both = problem([KARI, doctor("Ola")], [first, second], absences=(COURSE,))
    found = verify(RULE, roster(both, {"kari": [first, second], "ola": [first, second]}))
    assert [(c.doctor, c.duties) for c in found] == [
        ("kari", (first.id,)),
        ("kari", (second.id,)),
    ]


@pytest.mark.parametrize("kind", list(AbsenceKind))
def test_sentence_never_tells_the_kind(kind: AbsenceKind) -> None:
    leave = away("2027-02-03 09:00", "2027-02-05 15:00", kind)
    plan = worked_by(KARI, duty("2027-02-04 16:00", "23:00"), absences=(leave,))
    [case] = verify(RULE, plan)
    assert not case.facts
    assert RULE.explain(plan.problem, case) == (
        "Kari er borte fra onsdag 3. februar 2027 kl. 09:00 til fredag 5. februar 2027 kl. 15:00, "
        "og Kveld torsdag 4. februar 2027 kl. 16:00–23:00 berører fraværet (registrert fravær)."
    )


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (
            "2027-02-03",
            "2027-02-06",
            "fra onsdag 3. februar 2027 til og med fredag 5. februar 2027",
        ),
        ("2027-02-04", "2027-02-05", "torsdag 4. februar 2027"),
    ],
)
def test_whole_days_are_told_as_days(start: str, end: str, told: str) -> None:
    leave = away(f"{start} 00:00", f"{end} 00:00", AbsenceKind.OTHER)
    plan = worked_by(KARI, duty("2027-02-04 16:00", "23:00"), absences=(leave,))
    [case] = verify(RULE, plan)
    assert f"Kari er borte {told}, og Kveld" in RULE.explain(plan.problem, case)


def share(rule: AbsenceRule, *absences: Absence) -> int:
    """Days of January to June 2027 on which a share is owed; there are 181."""
    plan = problem([KARI], [], absences=absences)
    return available_days(plan, [rule], KARI, Letter.OUT_OF_HOURS)


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        (AbsenceKind.PARENTAL, 153),
        (AbsenceKind.SICK, 153),
        (AbsenceKind.HOLIDAY, 181),
        (AbsenceKind.COURSE, 181),
        (AbsenceKind.OTHER, 181),
    ],
)
def test_february_away_and_the_share_by_default(kind: AbsenceKind, days: int) -> None:
    assert share(RULE, away("2027-02-01 00:00", "2027-03-01 00:00", kind)) == days


@pytest.mark.parametrize(("kind", "setting"), [(k, f"prorates_{k.value}") for k in AbsenceKind])
def test_each_kind_has_its_setting(kind: AbsenceKind, setting: str) -> None:
    february = away("2027-02-01 00:00", "2027-03-01 00:00", kind)
    assert share(AbsenceRule(**{setting: True}), february) == 153
    assert share(AbsenceRule(**{setting: False}), february) == 181


def test_sick_leave_is_long_from_the_17th_day() -> None:
    short = away("2027-02-01 00:00", "2027-02-17 00:00", AbsenceKind.SICK)  # 16 days
    long = away("2027-02-01 00:00", "2027-02-17 00:01", AbsenceKind.SICK)  # a minute of the 17th
    assert share(RULE, short) == 181
    assert share(RULE, long) == 165  # the day that is lost in part is not lost
    assert share(AbsenceRule(long_sick_days=16), short) == 165


def test_sick_leave_that_is_prolonged_counts_as_one() -> None:
    first = away("2027-02-01 00:00", "2027-02-11 00:00", AbsenceKind.SICK)
    prolonged = away("2027-02-11 00:00", "2027-02-21 00:00", AbsenceKind.SICK)
    with_gap = away("2027-02-11 00:01", "2027-02-21 00:00", AbsenceKind.SICK)
    holiday = away("2027-02-11 00:00", "2027-02-21 00:00")
    assert share(RULE, first, prolonged) == 161
    assert share(RULE, prolonged, first) == 161
    assert share(RULE, first, with_gap) == 181
    assert share(RULE, first, holiday) == 181
    inside = away("2027-02-03 00:00", "2027-02-05 00:00", AbsenceKind.SICK)
    assert share(RULE, first, inside) == 181  # ten days in all, however they are recorded
    assert share(RULE, first, inside, prolonged) == 161


@given(st.lists(st.tuples(st.sampled_from([8, 9, 14, 15]), st.sampled_from([-1, 0, 1]))))
def test_encoder_and_checker_agree_at_the_ends(edges: list[tuple[int, int]]) -> None:
    duties = []
    for number, (hour, minute) in enumerate(edges):
        clock = f"{hour if minute >= 0 else hour - 1:02}:{minute % 60:02}"
        ends = ("2027-02-03 00:00", clock) if hour < 12 else (f"2027-02-03 {clock}", "23:00")
        duties.append(duty(*ends, id=f"d{number}"))
    verify(RULE, worked_by(KARI, *duties, absences=(COURSE,)))
