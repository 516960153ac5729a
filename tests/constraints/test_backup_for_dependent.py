"""Akuttmedisinforskriften § 7 (M-03 to M-06, M-08, M-09, M-11): who guards whom."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.backup_for_dependent import BackupForDependent
from scheduler.domain.doctor import Competence, Doctor
from scheduler.domain.duty import Duty, Letter, MunicipalDuty, ShiftPattern
from scheduler.domain.time import Interval, moment
from scheduler.fairness.availability import available_days
from scheduler.rule import Outcome
from scheduler.solving.draft import Draft
from tests.constraints.dependent import (
    ALL,
    BEHIND,
    COURSES,
    EVA,
    FIRST,
    IDA,
    LISE,
    NILS,
    PER,
    RULE,
    SHIFT,
    YOUNG,
)
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
