"""Akuttmedisinforskriften § 7 (M-03 to M-06, M-08, M-09, M-11): bakvakt. Case E22."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.backup_for_dependent import BackupForDependent
from scheduler.domain.doctor import Competence, Doctor, Employment
from scheduler.domain.duty import Duty, Letter, MunicipalDuty, ShiftPattern
from scheduler.domain.time import Interval, moment
from scheduler.fairness.availability import available_days
from scheduler.rule import Outcome
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
    worked_by,
)

RULE = BackupForDependent()
COURSES = Competence(emergency_course_from=date(2020, 1, 1), violence_course_from=date(2020, 1, 1))
FULL = replace(COURSES, specialist_from=date(2015, 1, 1))
EVA = doctor("Eva", competence=FULL)
IDA = doctor("Ida", competence=FULL)
LISE = doctor("Lise", employment=Employment.LIS1, competence=FULL)  # a LIS1 doctor
NILS = doctor("Nils", competence=COURSES)  # too little service, neither year nor duties
# 30 months and the courses; `duties_done` decides.
NEAR = replace(COURSES, clinical_months=30)
PER = doctor("Per", competence=replace(NEAR, duties_done=39))
ANNE = doctor("Anne", competence=replace(NEAR, duties_done=38))
ALL = [ANNE, EVA, IDA, LISE, NILS, PER]

SHIFT = duty("2027-02-02 16:00", "23:00")
BEHIND = duty("2027-02-02 16:00", "23:00", BACKUP)


def test_a_competent_doctor_is_alone() -> None:
    assert not verify(RULE, worked_by(EVA, SHIFT))


@pytest.mark.parametrize("who", [LISE, NILS, PER])
def test_a_dependent_doctor_needs_a_backup(who: Doctor) -> None:
    plan = problem(ALL, [SHIFT, BEHIND])
    name = who.id
    [case] = verify(RULE, roster(plan, {name: [SHIFT]}))
    assert (case.doctor, case.duties, case.when) == (name, (SHIFT.id,), SHIFT.interval)
    assert (case.measured, case.limit, case.margin) == (7, 0, -7)
    assert not verify(RULE, roster(plan, {name: [SHIFT], "eva": [BEHIND]}))


@pytest.mark.parametrize("who", ["lise", "nils", "per"])
def test_another_dependent_doctor_is_no_backup(who: str) -> None:
    plan = problem(ALL, [SHIFT, BEHIND])
    other = "nils" if who == "lise" else "lise"
    found = verify(RULE, roster(plan, {other: [SHIFT], who: [BEHIND]}))
    assert [(case.doctor, case.duties) for case in found] == [
        (who, (BEHIND.id,)),
        (other, (SHIFT.id,)),
    ]


def test_one_is_not_ones_own_backup() -> None:
    plan = problem(ALL, [SHIFT, BEHIND])
    assert [c.duties for c in verify(RULE, roster(plan, {"lise": [SHIFT, BEHIND]}))] == [
        (BEHIND.id,),
        (SHIFT.id,),
    ]


@pytest.mark.parametrize(
    ("start", "end", "alone"),
    [
        ("16:00", "23:00", []),
        ("15:00", "23:30", []),
        ("16:01", "23:00", [("16:00", "16:01")]),
        ("16:00", "22:59", [("22:59", "23:00")]),
        ("16:30", "22:00", [("16:00", "16:30"), ("22:00", "23:00")]),
        ("23:00", "23:59", [("16:00", "23:00")]),
        ("12:00", "16:00", [("16:00", "23:00")]),
    ],
)
def test_every_minute_counts(start: str, end: str, alone: list[tuple[str, str]]) -> None:
    backup = duty(f"2027-02-02 {start}", end, BACKUP)
    plan = problem(ALL, [SHIFT, backup])
    found = verify(RULE, roster(plan, {"lise": [SHIFT], "eva": [backup]}))
    assert [case.when for case in found] == [span(f"2027-02-02 {a}", b) for a, b in alone]


@pytest.mark.parametrize(("start", "breaches"), [("19:00", 0), ("19:01", 1), ("18:59", 0)])
def test_two_backups_in_turn(start: str, breaches: int) -> None:
    first = duty("2027-02-02 12:00", "19:00", BACKUP)
    second = duty(f"2027-02-02 {start}", "2027-02-03 08:00", BACKUP)
    plan = problem(ALL, [SHIFT, first, second])
    both = {"lise": [SHIFT], "eva": [first], "ida": [second]}
    assert len(verify(RULE, roster(plan, both))) == breaches
    assert len(verify(RULE, roster(plan, {"lise": [SHIFT], "eva": [first, second]}))) == breaches
    assert len(verify(RULE, roster(plan, {"lise": [SHIFT], "ida": [second]}))) == 1


def test_a_backup_week_begun_in_the_former_roster_still_stands() -> None:
    week = duty("2026-12-28 08:00", "2027-01-04 08:00", BACKUP)
    inside = duty("2027-01-03 23:00", "2027-01-04 08:00", NIGHT)
    across = duty("2027-01-03 23:00", "2027-01-04 08:01", NIGHT, id="lang")
    plan = problem(ALL, [inside, across], tail=[(EVA, week)])
    assert not verify(RULE, roster(plan, {"lise": [inside]}))
    [case] = verify(RULE, roster(plan, {"lise": [across]}))
    assert case.when == span("2027-01-04 08:00", "08:01")
    weak = problem(ALL, [inside], tail=[(NILS, week)])
    assert len(verify(RULE, roster(weak, {"lise": [inside]}))) == 1


def test_near_a_change_of_the_backup_the_dependent_doctors_of_its_days_are_judged() -> None:
    other = duty("2027-02-04 16:00", "23:00")
    plan = problem(ALL, [SHIFT, other, BEHIND])
    without = roster(plan, {"lise": [SHIFT, other]})  # Eva has just lost her backup duty

    def near(*duties: str) -> list[tuple[str, ...]]:
        found = RULE.check_nearby(without, {"eva"}, set(duties))
        return [case.duties for case in found if case.outcome is Outcome.BREACH]

    assert near(BEHIND.id) == [(SHIFT.id,)]
    assert near("i forrige plan") == []


def test_history_alone_is_no_breach() -> None:
    past = duty("2026-12-31 16:00", "2027-01-01 08:00", NIGHT)
    weak = duty("2026-12-31 16:00", "2027-01-01 08:00", BACKUP)
    plan = problem(ALL, [SHIFT], tail=[(LISE, past), (NILS, weak)])
    assert not verify(RULE, roster(plan, {"eva": [SHIFT]}))


def test_spring_and_autumn_nights_are_guarded_in_real_time() -> None:
    for evening, morning, first_day in (
        ("2027-03-27", "2027-03-28", date(2027, 1, 1)),
        ("2026-10-24", "2026-10-25", date(2026, 10, 1)),
    ):
        night = duty(f"{evening} 23:00", f"{morning} 08:00", NIGHT)
        early = duty(f"{evening} 23:00", f"{morning} 03:00", BACKUP)
        late = Duty("sen", BACKUP, Interval(early.end, night.end))
        plan = problem(ALL, [night, early, late], first_day=first_day)
        assert not verify(RULE, roster(plan, {"lise": [night], "eva": [early], "ida": [late]}))
        [case] = verify(RULE, roster(plan, {"lise": [night], "eva": [early]}))
        assert case.when == Interval(utc(f"{morning} 03:00"), night.end)


def test_one_is_not_ones_own_backup_from_the_day_of_competence_either() -> None:
    own = doctor("Kari", competence=replace(COURSES, specialist_from=date(2027, 3, 28)))
    night = duty("2027-03-27 23:00", "2027-03-28 08:00", NIGHT)
    early = duty("2027-03-27 23:00", "2027-03-28 00:00", BACKUP)
    late = duty("2027-03-28 00:00", "2027-03-28 08:00", BACKUP)
    plan = problem([own, EVA, IDA], [night, early, late])
    assert not verify(RULE, roster(plan, {"kari": [night], "eva": [early], "ida": [late]}))
    [case] = verify(RULE, roster(plan, {"kari": [night, late], "eva": [early]}))
    assert case.when == late.interval


@pytest.mark.parametrize("weak", ["per", "nils"])
def test_a_dependent_colleague_guards_nobody_though_guarded(weak: str) -> None:
    beside = duty("2027-02-02 15:00", "23:00", NIGHT)
    behind = duty("2027-02-02 15:00", "23:00", replace(BACKUP, backs_up=frozenset({"natt"})))
    earlier = duty("2027-02-01 16:00", "23:00")  # which could have been Per's 40th
    plan = problem(ALL, [earlier, SHIFT, beside, behind])
    found = verify(RULE, roster(plan, {"lise": [SHIFT], weak: [beside], "eva": [behind]}))
    assert [case.doctor for case in found] == ["lise"]


def test_the_backup_must_be_for_the_pattern() -> None:
    elsewhere = duty("2027-02-02 16:00", "23:00", replace(BACKUP, backs_up=frozenset({"natt"})))
    plan = problem(ALL, [SHIFT, elsewhere])
    assert len(verify(RULE, roster(plan, {"lise": [SHIFT], "eva": [elsewhere]}))) == 1


def test_a_competent_colleague_on_site_is_enough() -> None:
    other = duty("2027-02-02 15:00", "23:00", NIGHT)
    plan = problem(ALL, [SHIFT, other])
    assert not verify(RULE, roster(plan, {"lise": [SHIFT], "eva": [other]}))
    assert len(verify(RULE, roster(plan, {"lise": [SHIFT], "nils": [other]}))) == 2


@pytest.mark.parametrize(
    "kind", [replace(NIGHT, place="nord"), HOME, NURSING_HOME], ids=["place", "home", "session"]
)
def test_a_colleague_elsewhere_is_not(kind: ShiftPattern | MunicipalDuty) -> None:
    other = replace(duty("2027-02-02 15:00", "23:00"), type=kind, id="annen")
    plan = problem(ALL, [SHIFT, other])
    assert len(verify(RULE, roster(plan, {"lise": [SHIFT], "eva": [other]}))) == 1


def test_two_on_the_same_duty_stand_by_each_other_also_at_home() -> None:
    for kind in (EVENING, HOME):
        both = duty("2027-02-02 16:00", "23:00", kind, needed=2)
        plan = problem(ALL, [both])
        assert not verify(RULE, roster(plan, {"lise": [both], "eva": [both]}))
        assert [c.doctor for c in verify(RULE, roster(plan, {"lise": [both], "nils": [both]}))] == [
            "lise",
            "nils",
        ]


def test_daytime_duty_is_legevakt_too() -> None:
    day = duty("2027-02-02 08:00", "15:30", DAYTIME)
    assert len(verify(RULE, worked_by(LISE, day))) == 1


def test_a_municipal_session_is_not() -> None:
    assert not verify(RULE, worked_by(LISE, duty("2027-02-02 08:00", "15:30", NURSING_HOME)))


def test_a_backup_shift_without_anyone_to_back_up_demands_competence() -> None:
    [case] = verify(RULE, worked_by(NILS, BEHIND))
    assert case.duties == (BEHIND.id,)
    assert not verify(RULE, worked_by(EVA, BEHIND))


def test_a_pattern_marked_independent_demands_competence_whoever_is_there() -> None:
    alone = duty("2027-02-02 16:00", "23:00", replace(EVENING, independent=True))
    plan = problem(ALL, [alone, BEHIND])
    for who in ("lise", "nils", "per"):
        assert len(verify(RULE, roster(plan, {who: [alone], "eva": [BEHIND]}))) == 1
    assert not verify(RULE, roster(plan, {"eva": [alone]}))


# --- the 40th duty ---------------------------------------------------------------------------

FIRST = duty("2027-02-05 16:00", "23:00")
SECOND = duty("2027-02-06 16:00", "23:00")
THIRD = duty("2027-02-07 16:00", "23:00")


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


YOUNG = doctor("Unni", competence=replace(COURSES, lis1_completed_from=date(2021, 1, 1)))
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


# --- what is told ----------------------------------------------------------------------------


def test_exactly_two_breaches_and_the_other_doctor_unaffected() -> None:
    other = duty("2027-02-03 16:00", "23:00")
    plan = problem(ALL, [SHIFT, other, FIRST])
    timetable = roster(plan, {"lise": [SHIFT, other], "eva": [FIRST]})
    assert [case.duties for case in verify(RULE, timetable)] == [(SHIFT.id,), (other.id,)]
    kept = [case for case in RULE.check(timetable) if case.outcome is Outcome.KEPT]
    assert [case.duties for case in kept] == [(FIRST.id,)]


def test_sentences() -> None:
    backup = duty("2027-02-02 16:00", "22:00", BACKUP)
    plan = problem([LISE, NILS, EVA, PER], [SHIFT, backup])
    [case] = verify(RULE, roster(plan, {"lise": [SHIFT]}))
    assert RULE.explain(plan, case) == (
        "Lise må ha kompetent bakvakt på Kveld tirsdag 2. februar 2027 kl. 16:00–23:00 fordi "
        "legen er LIS1, men er uten bakvakt hele vakten "
        "(akuttmedisinforskriften § 7; må bekreftes av kommunen)."
    )
    [case] = verify(RULE, roster(plan, {"nils": [SHIFT], "eva": [backup]}))
    assert RULE.explain(plan, case) == (
        "Nils må ha kompetent bakvakt på Kveld tirsdag 2. februar 2027 kl. 16:00–23:00 fordi "
        "legen har mindre enn 30 måneders klinisk tjeneste og har verken ett år som kommunal "
        "fastlege eller 40 legevakter, men er uten bakvakt tirsdag 2. februar 2027 "
        "kl. 22:00–23:00 (akuttmedisinforskriften § 7; må bekreftes av kommunen)."
    )
    [case] = verify(RULE, roster(plan, {"per": [backup]}))
    assert RULE.explain(plan, case) == (
        "Per kan ikke ha Bakvakt tirsdag 2. februar 2027 kl. 16:00–22:00 fordi legen har verken "
        "ett år som kommunal fastlege eller 40 legevakter; en bakvakt må selv kunne være alene "
        "på vakt (akuttmedisinforskriften § 7; må bekreftes av kommunen)."
    )
    untrained = doctor("Kari", competence=Competence(specialist_from=date(2010, 1, 1)))
    alone = duty("2027-02-02 16:00", "23:00", replace(EVENING, independent=True))
    [case] = RULE.stops(problem([untrained], [alone]), untrained)
    assert RULE.explain(problem([untrained], [alone]), case) == (
        "Kari kan ikke ha Kveld tirsdag 2. februar 2027 kl. 16:00–23:00 fordi legen mangler kurs "
        "i akuttmedisin og mangler kurs i volds- og overgrepshåndtering; legen på denne vakten "
        "må selv kunne være alene på vakt "
        "(akuttmedisinforskriften § 7; må bekreftes av kommunen)."
    )


def test_sentences_of_what_is_kept() -> None:
    lenient = BackupForDependent(lis1_completed_needs_bakvakt=False)
    plan = problem([EVA, LISE, YOUNG], [SHIFT, BEHIND])
    told = [
        lenient.explain(plan, case)
        for work in ({"eva": [SHIFT]}, {"unni": [SHIFT]}, {"lise": [SHIFT], "eva": [BEHIND]})
        for case in lenient.check(roster(plan, work))
    ]
    assert [sentence.split(" Kveld")[0].split(" Bakvakt")[0] for sentence in told] == [
        "Eva har kompetanse til å være alene på",
        "Unni er uten krav om bakvakt på",
        "Eva har kompetanse til å være alene på",
        "Lise har kompetent bakvakt gjennom hele",
    ]


def test_competence_before_the_period_stops_nothing() -> None:
    assert not list(RULE.stops(problem([EVA], [BEHIND]), EVA))


def test_competence_within_the_period_stops_what_comes_before() -> None:
    own = doctor("Kari", competence=replace(COURSES, specialist_from=date(2027, 2, 3)))
    later = duty("2027-02-03 16:00", "23:00", BACKUP)
    plan = problem([own, PER], [BEHIND, later, SHIFT])
    assert [case.duties for case in RULE.stops(plan, own)] == [(BEHIND.id,)]
    assert not list(RULE.stops(plan, PER))  # the 40th duty may come first


def test_the_model_is_small() -> None:
    days = [date(2027, 1, 1) + timedelta(days=n) for n in range(100)]
    nights = [
        Duty(f"n{n}", NIGHT, Interval(moment(day), moment(day) + timedelta(hours=8)))
        for n, day in enumerate(days)
    ]
    backups = [replace(night, id=f"b{night.id}", type=BACKUP) for night in nights]
    draft = Draft(problem([EVA, IDA, LISE, PER], [*nights, *backups]), [RULE])
    assert len(draft.model.constraints) <= 3 * 100
    assert len(draft.model.definitions) <= 6 * 100
    assert max(len(d.terms) for d in draft.model.definitions) <= 4


STEPS = st.sampled_from([-1, 0, 1])


@given(
    who=st.lists(st.sampled_from(["lise", "per", "anne", "eva"]), min_size=3, max_size=3),
    behind=st.sampled_from(["nils", "per", "eva", "ida", None]),
    offs=st.tuples(STEPS, STEPS, STEPS, STEPS),
    needed=st.sampled_from([1, 2]),
    second=st.sampled_from(["lise", "eva", "per", None]),
    block=st.booleans(),
)
def test_encoder_and_checker_agree_at_the_limit(
    who: list[str],
    behind: str | None,
    offs: tuple[int, int, int, int],
    needed: int,
    second: str | None,
    block: bool,
) -> None:
    def minutes(n: int) -> timedelta:
        return timedelta(minutes=n)

    start = utc("2027-02-05 16:00")
    first = Duty("a", EVENING, Interval(start, start + minutes(420)), needed)
    touching = first.end + minutes(offs[0])
    middle = Duty("b", NIGHT, Interval(touching, touching + minutes(480)), needed)
    last = Duty("c", EVENING, Interval(middle.end, middle.end + minutes(300)), needed)
    if block:
        who = [who[0]] * 2 + who[2:]
        first, middle = replace(first, block="x"), replace(middle, block="x")
    backup = Duty("z", BACKUP, Interval(start + minutes(offs[1]), first.end + minutes(offs[2])))
    late = Duty("y", BACKUP, Interval(backup.end + minutes(offs[3]), last.end))
    work: dict[str, list[Duty]] = {}
    for name, own in zip(who, (first, middle, last), strict=True):
        work.setdefault(name, []).append(own)
    if behind:
        work.setdefault(behind, []).append(backup)
        work.setdefault("ida", []).append(late)
    if second and second != who[2]:
        work.setdefault(second, []).append(last)
    verify(RULE, roster(problem(ALL, [first, middle, last, backup, late]), work))


# --- when a share is owed --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "kind", "owed"),
    [
        (EVA, EVENING, 2),
        (NILS, EVENING, 0),  # nobody could stand by
        (NILS, BACKUP, 0),
        (LISE, BACKUP, 0),
        (PER, BACKUP, 2),  # may become competent in the period
        (PER, DAYTIME, 0),
    ],
)
def test_no_share_is_owed_where_nothing_can_be_had(
    who: Doctor, kind: ShiftPattern, owed: int
) -> None:
    days = [date(2027, 2, 2), date(2027, 2, 3)]
    shifts = [duty(f"{day} 16:00", "23:00", kind) for day in days]
    plan = problem([who], shifts, first_day=days[0], last_day=days[1])
    letter = Letter.DAYTIME if kind is DAYTIME else Letter.OUT_OF_HOURS
    assert available_days(plan, [RULE], who, letter) == owed
    assert {bar.label for bar in RULE.unowed(plan, who)} <= {"kan ikke være alene på vakt"}


def test_a_relieved_doctor_owes_what_the_others_owe() -> None:
    young = replace(NILS, competence=replace(COURSES, lis1_completed_from=date(2015, 1, 1)))
    plan = problem([young], [SHIFT], first_day=SHIFT.day, last_day=SHIFT.day)
    relieved = BackupForDependent(lis1_completed_needs_bakvakt=False)
    assert available_days(plan, [RULE], young) == 0
    assert available_days(plan, [relieved], young) == 1
