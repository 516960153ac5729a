"""Akuttmedisinforskriften § 7: from which duty or day a doctor may stand alone. Case E22."""

from dataclasses import replace
from datetime import date

import pytest

from constraints.backup_for_dependent import BackupForDependent
from scheduler.domain.duty import MunicipalDuty, ShiftPattern
from tests.constraints.dependent import (
    ALL,
    BEHIND,
    COURSES,
    FIRST,
    FULL,
    LISE,
    NEAR,
    PER,
    RULE,
    SECOND,
    SHIFT,
    THIRD,
    YOUNG,
)
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

# --- the 40th duty ---------------------------------------------------------------------------


def test_e22_backup_on_duty_40_alone_from_duty_41() -> None:
    backup = duty("2027-02-05 16:00", "23:00", BACKUP)
    plan = problem(ALL, [FIRST, SECOND, backup])
    assert not verify(RULE, roster(plan, {"per": [FIRST, SECOND], "eva": [backup]}))
    [case] = verify(RULE, roster(plan, {"per": [FIRST, SECOND]}))
    assert case.duties == (FIRST.id,)
    assert len(verify(RULE, roster(plan, {"per": [SECOND], "eva": [backup]}))) == 1


def test_e22_backup_may_not_be_the_same_or_another_dependent_doctor() -> None:
    backup = duty("2027-02-05 16:00", "23:00", BACKUP)
    plan = problem(ALL, [FIRST, SECOND, backup])
    assert verify(RULE, roster(plan, {"per": [FIRST, backup]}))
    assert verify(RULE, roster(plan, {"per": [FIRST], "nils": [backup]}))


def test_two_duties_lack() -> None:
    plan = problem(ALL, [FIRST, SECOND, THIRD])
    found = verify(RULE, roster(plan, {"anne": [FIRST, SECOND, THIRD]}))
    assert [case.duties for case in found] == [(FIRST.id,), (SECOND.id,)]
    assert len(verify(RULE, roster(plan, {"anne": [FIRST, THIRD]}))) == 2
    guards = [replace(d, id=f"bak/{d.id}", type=BACKUP) for d in (FIRST, SECOND)]
    plan = problem(ALL, [FIRST, SECOND, THIRD, *guards])
    assert not verify(RULE, roster(plan, {"anne": [FIRST, SECOND, THIRD], "eva": guards}))
    for one in (FIRST, SECOND):
        [case] = verify(RULE, roster(plan, {"anne": [one, THIRD], "eva": guards}))
        assert case.duties == (THIRD.id,)


@pytest.mark.parametrize(("start", "breaches"), [("22:59", 2), ("23:00", 1)])
def test_a_duty_counts_from_the_minute_it_ends(start: str, breaches: int) -> None:
    night = duty(f"2027-02-05 {start}", "2027-02-06 08:00", NIGHT)
    assert len(verify(RULE, worked_by(PER, FIRST, night))) == breaches
    guard = duty("2027-02-05 16:00", "22:59", BACKUP)
    last = duty("2027-02-05 22:59", "23:00", BACKUP)
    plan = problem(ALL, [FIRST, night, guard, last])
    guarded = roster(plan, {"per": [FIRST, night], "eva": [guard, last]})
    assert len(verify(RULE, guarded)) == breaches - 1


@pytest.mark.parametrize(("kind", "breaches"), [(DAYTIME, 1), (HOME, 1), (NURSING_HOME, 1)])
def test_what_counts_as_a_legevakt(kind: ShiftPattern | MunicipalDuty, breaches: int) -> None:
    before = replace(duty("2027-02-04 08:00", "12:00"), type=kind, id="før")
    found = verify(RULE, worked_by(PER, before, FIRST))
    assert [case.duties for case in found] == [
        (FIRST.id,) if kind is NURSING_HOME else (before.id,)
    ] * breaches


def test_duties_of_the_former_roster_are_counted_already() -> None:
    past = duty("2026-12-30 16:00", "23:00")
    assert len(verify(RULE, worked_by(PER, FIRST, tail=[(PER, past)]))) == 1


def test_independence_won_in_the_period_makes_a_backup() -> None:
    behind = duty("2027-02-06 16:00", "23:00", BACKUP)
    guard = duty("2027-02-05 16:00", "23:00", BACKUP)
    plan = problem(ALL, [FIRST, SECOND, behind, guard])
    ready = {"per": [FIRST, behind], "eva": [guard], "lise": [SECOND]}
    assert not verify(RULE, roster(plan, ready))
    found = verify(RULE, roster(plan, {"per": [behind], "lise": [SECOND]}))
    assert [(case.doctor, case.duties) for case in found] == [
        ("per", (behind.id,)),
        ("lise", (SECOND.id,)),
    ]


def test_independence_won_in_the_period_makes_a_colleague() -> None:
    both = replace(SECOND, needed=2)
    guard = duty("2027-02-05 16:00", "23:00", BACKUP)
    plan = problem(ALL, [FIRST, both, guard])
    ready = {"per": [FIRST, both], "eva": [guard], "lise": [both]}
    assert not verify(RULE, roster(plan, ready))
    assert len(verify(RULE, roster(plan, {"per": [both], "lise": [both]}))) == 2


def test_two_who_may_become_independent_guard_each_other() -> None:
    both = replace(SECOND, needed=2)
    guard = duty("2027-02-05 16:00", "23:00", BACKUP)
    plan = problem(ALL, [FIRST, both, guard])
    assert not verify(RULE, roster(plan, {"per": [FIRST, both], "eva": [guard], "anne": [both]}))
    found = verify(RULE, roster(plan, {"anne": [FIRST, both], "eva": [guard], "per": [both]}))
    assert sorted(case.doctor or "" for case in found) == ["anne", "per"]


def test_a_block_counts_its_own_earlier_duties() -> None:
    block = [replace(d, block="uke") for d in (FIRST, SECOND, THIRD)]
    assert [c.duties for c in verify(RULE, worked_by(PER, *block))] == [(FIRST.id,)]
    behind = replace(duty("2027-02-05 16:00", "23:00", BACKUP))
    plan = problem(ALL, [*block, behind])
    assert not verify(RULE, roster(plan, {"per": block, "eva": [behind]}))


def test_what_lacks_but_the_number_is_not_made_good_by_duties() -> None:
    months = doctor("Siri", competence=replace(NEAR, clinical_months=29, duties_done=60))
    assert len(verify(RULE, worked_by(months, FIRST, SECOND))) == 2
    short = doctor("Siri", competence=replace(NEAR, clinical_months=29, duties_done=39))
    [case] = RULE.stops(problem([short], [BEHIND]), short)
    assert case.fact("lacks") == "service,experience"


@pytest.mark.parametrize(("began", "breaches"), [("2026-02-02", 0), ("2026-02-03", 1)])
def test_a_year_as_municipal_gp_is_enough(began: str, breaches: int) -> None:
    since = replace(NEAR, municipal_gp_from=date.fromisoformat(began))
    assert len(verify(RULE, worked_by(doctor("Siri", competence=since), SHIFT))) == breaches


# --- dates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("start", "breaches"), [("2027-03-27 23:59", 1), ("2027-03-28 00:00", 0)])
def test_the_day_on_which_the_duty_starts_decides(start: str, breaches: int) -> None:
    own = doctor("Kari", competence=replace(COURSES, specialist_from=date(2027, 3, 28)))
    assert len(verify(RULE, worked_by(own, duty(start, "2027-03-28 08:00", NIGHT)))) == breaches


@pytest.mark.parametrize(("course", "breaches"), [("2027-02-02", 0), ("2027-02-03", 1)])
def test_the_course_must_be_done(course: str, breaches: int) -> None:
    own = doctor("Kari", competence=replace(FULL, emergency_course_from=date.fromisoformat(course)))
    assert len(verify(RULE, worked_by(own, SHIFT))) == breaches
    assert len(verify(RULE, worked_by(own, BEHIND))) == breaches


OF_2024 = {"first_day": date(2021, 1, 1), "last_day": date(2025, 12, 31)}


@pytest.mark.parametrize(
    ("start", "end", "breaches"),
    [
        ("2021-04-29 16:00", "2021-04-29 23:00", 1),
        ("2021-04-29 23:00", "2021-04-30 08:00", 1),
        ("2021-04-30 00:00", "2021-04-30 08:00", 0),
        ("2024-12-31 16:00", "2025-01-01 00:00", 0),
        ("2024-12-31 16:00", "2025-01-01 00:01", 1),
        ("2025-01-01 00:00", "2025-01-01 08:00", 1),
    ],
)
def test_relief_for_completed_lis1_is_dated(start: str, end: str, breaches: int) -> None:
    timetable = worked_by(YOUNG, duty(start, end, NIGHT), **OF_2024)
    assert len(verify(RULE, timetable)) == breaches


def test_relief_is_not_known_before_it_was_given() -> None:
    night = duty("2021-05-01 16:00", "23:00")
    for judged_on, breaches in ((date(2021, 4, 29), 1), (date(2021, 4, 30), 0)):
        timetable = worked_by(YOUNG, night, judged_on=judged_on, **OF_2024)
        assert len(verify(RULE, timetable)) == breaches


def test_relief_may_be_taken_to_go_on() -> None:
    lenient = BackupForDependent(lis1_completed_needs_bakvakt=False)
    for start in ("2024-12-31 16:00", "2025-06-01 16:00", "2021-04-29 16:00"):
        night = duty(start, f"{start[:10]} 23:00")
        breaches = verify(lenient, worked_by(YOUNG, night, **OF_2024))
        assert bool(breaches) == (start[:4] == "2021")


def test_relief_makes_no_backup_and_needs_lis1_and_courses() -> None:
    lenient = BackupForDependent(lis1_completed_needs_bakvakt=False)
    plan = problem([YOUNG, LISE], [SHIFT, BEHIND])
    assert len(verify(lenient, roster(plan, {"unni": [BEHIND]}))) == 1
    assert len(verify(lenient, roster(plan, {"lise": [SHIFT]}))) == 1
    both = replace(SHIFT, needed=2)
    plan = problem([YOUNG, LISE], [both])
    found = verify(lenient, roster(plan, {"unni": [both], "lise": [both]}))
    assert [case.doctor for case in found] == ["lise"]
    for facts in (
        {"lis1_completed_from": date(2027, 2, 3)},
        {"emergency_course_from": None},
        {"violence_course_from": None},
    ):
        own = doctor("Unni", competence=replace(YOUNG.competence, **facts))
        assert len(verify(lenient, worked_by(own, SHIFT))) == 1
    assert not verify(lenient, worked_by(YOUNG, SHIFT))
    on_the_day = replace(YOUNG.competence, lis1_completed_from=date(2027, 2, 2))
    assert not verify(lenient, worked_by(doctor("Unni", competence=on_the_day), SHIFT))
