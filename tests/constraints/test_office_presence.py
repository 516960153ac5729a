"""Fastlegeforskriften § 16 (F-16.1, F-16.4, F-16.5): noen av legene er på kontoret."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.office_presence import OfficePresence
from scheduler.domain.doctor import Absence, AbsenceKind, Doctor, OpeningHours
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Meeting, MeetingKind, Place
from scheduler.domain.roster import Timetable
from scheduler.rule import Outcome
from tests.support import (
    DAYTIME,
    HOME,
    NIGHT,
    NURSING_HOME,
    cost,
    doctor,
    duty,
    exceptions,
    notices,
    problem,
    roster,
    span,
    verify,
)

SOFT = OfficePresence()
HARD = OfficePresence(strictness="hard")
OPEN = tuple(OpeningHours(day, time(8), time(16)) for day in range(5))
PLACES = (Place("kontor", "Fjell legesenter"), Place("lv", "Legevakta"))


def gp(name: str, office: str | None = "kontor", **more: Any) -> Doctor:
    more.setdefault("opening_hours", OPEN)
    return doctor(name, office=office, **more)


KARI, OLA, PER = gp("Kari"), gp("Ola"), gp("Per")
MORNING = duty("2027-02-02 08:00", "12:00", NURSING_HOME, id="morgen")
LATER = duty("2027-02-02 12:00", "15:00", NURSING_HOME, id="senere")
DAY = duty("2027-02-02 08:00", "15:30", DAYTIME, id="dag")
NIGHT_BEFORE = duty("2027-02-01 23:00", "2027-02-02 08:00", NIGHT, id="natt")


def office(
    work: dict[str, Sequence[Duty]], doctors: Sequence[Doctor] = (KARI, OLA), **more: Any
) -> Timetable:
    more.setdefault("places", PLACES)
    own = {d.id: d for duties in work.values() for d in duties}
    return roster(problem(doctors, own.values(), **more), work)


def both(timetable: Timetable) -> int:
    """The number of breaches where it is a demand, the same as of exceptions where not."""
    found = verify(HARD, timetable)
    assert [c.duties for c in exceptions(SOFT, timetable)] == [c.duties for c in found]
    return len(found)


def test_one_of_two_may_leave_but_not_both() -> None:
    assert both(office({"kari": [MORNING, LATER]})) == 0
    assert both(office({"kari": [MORNING], "ola": [LATER]})) == 0  # touching is no overlap
    assert both(office({"kari": [MORNING], "ola": [DAY]})) == 1


@pytest.mark.parametrize(("start", "empty"), [("11:59", 1), ("12:00", 0)])
def test_a_minute_without_a_doctor_is_too_much(start: str, empty: int) -> None:
    second = duty(f"2027-02-02 {start}", "15:00", NURSING_HOME)
    timetable = office({"kari": [MORNING], "ola": [second]})
    assert both(timetable) == empty
    assert sum(cost(SOFT, timetable)) == 101 * empty


def test_only_opening_hours_count() -> None:
    evening = duty("2027-02-02 16:00", "20:00", NURSING_HOME)
    late = duty("2027-02-02 16:00", "21:00", NIGHT)
    assert both(office({"kari": [evening], "ola": [late]})) == 0
    sunday = duty("2027-02-07 08:00", "12:00", NURSING_HOME)
    again = duty("2027-02-07 08:00", "13:00", NIGHT)
    assert both(office({"kari": [sunday], "ola": [again]})) == 0


@pytest.mark.parametrize(
    ("start", "end", "takes"),
    [("06:00", "08:00", 0), ("06:00", "08:01", 1), ("16:00", "20:00", 0), ("15:59", "20:00", 1)],
)
def test_a_duty_that_ends_as_the_office_opens_takes_nobody_away(
    start: str, end: str, takes: int
) -> None:
    timetable = office({"kari": [duty(f"2027-02-02 {start}", end, NURSING_HOME)]})
    assert len(list(SOFT.check(timetable))) == takes


def test_the_closure_after_a_night_takes_the_doctor_away() -> None:
    timetable = office({"kari": [NIGHT_BEFORE], "ola": [MORNING]})
    assert both(timetable) == 1
    [case] = verify(HARD, timetable)
    assert case.duties == (NIGHT_BEFORE.id, MORNING.id)
    assert case.when == span("2027-02-02 08:00", "12:00")
    assert both(office({"kari": [NIGHT_BEFORE]})) == 0


def test_the_setting_of_closed_hours_is_followed() -> None:
    late = duty("2027-02-01 20:00", "2027-02-02 02:00", NIGHT)
    work: dict[str, Sequence[Duty]] = {"kari": [late], "ola": [LATER]}
    assert both(office(work)) == 0
    twelve = {"practice_after_night": {"free_after_onsite_night": 12}}
    assert both(office(work, settings=twelve)) == 1


def test_quiet_home_duty_and_work_at_the_own_office_leave_the_doctor_there() -> None:
    home = duty("2027-02-02 08:00", "16:00", HOME)
    assert both(office({"kari": [home], "ola": [DAY]})) == 0
    own = duty("2027-02-02 08:00", "12:00", replace(DAYTIME, place="kontor"))
    assert both(office({"kari": [own], "ola": [MORNING]})) == 0


@pytest.mark.parametrize("kind", list(MeetingKind))
def test_a_colleague_away_leaves_less(kind: MeetingKind) -> None:
    absent = (Absence("ola", span("2027-02-02 08:00", "10:00"), AbsenceKind.COURSE),)
    assert both(office({"kari": [MORNING]}, absences=absent)) == 1
    met = (Meeting("ola", span("2027-02-02 09:00", "10:00"), kind),)
    assert both(office({"kari": [MORNING]}, meetings=met)) == 1
    assert both(office({"kari": [LATER]}, absences=absent, meetings=met)) == 0


def test_absences_alone_are_nobodys_fault_but_are_told() -> None:
    absent = tuple(
        Absence(who, span("2027-02-02 08:00", "2027-02-03 16:00"), AbsenceKind.HOLIDAY)
        for who in ("kari", "ola")
    )
    timetable = office({"kari": [MORNING]}, absences=absent)
    assert both(timetable) == 0
    [case] = notices(SOFT, timetable)
    assert case.when == span("2027-02-02 08:00", "2027-02-03 16:00")
    assert SOFT.explain(timetable.problem, case) == (
        "Tirsdag 2. februar 2027 kl. 08:00 – onsdag 3. februar 2027 kl. 16:00 er det for få leger "
        "ved Fjell legesenter på grunn av fravær, møter eller forrige plan. Kontoret må ordne "
        "fraværsdekning (fastlegeforskriften § 16 annet ledd bokstav e)."
    )


def test_two_holidays_apart_are_two_notices() -> None:
    absent = tuple(
        Absence(who, span(f"{day} 08:00", "16:00"), AbsenceKind.HOLIDAY)
        for who in ("kari", "ola")
        for day in ("2027-02-02", "2027-02-04")
    )
    assert len(notices(SOFT, office({}, absences=absent))) == 2
    last = tuple(replace(a, interval=span("2027-06-30 08:00", "16:00")) for a in absent[::2])
    assert len(notices(SOFT, office({}, absences=last))) == 1


def test_former_roster_closes_too_but_is_not_blamed() -> None:
    more: dict[str, Any] = {"first_day": date(2027, 2, 2)}
    tail = [(OLA, NIGHT_BEFORE)]
    assert both(office({"kari": [MORNING]}, tail=tail, **more)) == 1
    other = replace(NIGHT_BEFORE, id="annen")
    alone = office({"kari": [MORNING]}, tail=[*tail, (KARI, other)], **more)
    assert both(alone) == 0
    assert len(notices(SOFT, alone)) == 1


def test_one_night_of_the_former_roster_may_end_sooner_for_one_than_for_another() -> None:
    sooner = duty("2027-02-01 23:00", "2027-02-02 02:00", NIGHT, id=NIGHT_BEFORE.id)
    other = replace(LATER, id="annen")
    for nights in ((sooner, NIGHT_BEFORE), (NIGHT_BEFORE, sooner)):
        tail = list(zip((KARI, OLA), nights, strict=True))
        for who, night in tail:
            work: dict[str, Sequence[Duty]] = {who.id: [LATER], "per": [other]}
            plan = office(work, (KARI, OLA, PER), tail=tail, first_day=date(2027, 2, 2))
            assert both(plan) == (night is sooner)  # else the other is back at ten


def test_the_night_after_the_last_day_is_judged() -> None:
    more: dict[str, Any] = {"last_day": date(2027, 2, 1)}
    other = replace(NIGHT_BEFORE, id="annen")
    assert both(office({"kari": [NIGHT_BEFORE], "ola": [other]}, **more)) == 1


def test_who_has_no_opening_then_is_not_there() -> None:
    monday = gp("Ola", opening_hours=OPEN[:1])
    assert both(office({"kari": [MORNING]}, doctors=(KARI, monday))) == 1
    assert both(office({}, doctors=(KARI, monday))) == 0


def test_single_practices_are_not_judged() -> None:
    alone = gp("Ola", office="annet")
    assert both(office({"kari": [MORNING], "ola": [DAY]}, doctors=(KARI, alone))) == 0
    nowhere = [replace(d, office=None) for d in (KARI, OLA)]
    assert both(office({"kari": [MORNING], "ola": [DAY]}, doctors=nowhere)) == 0


def test_a_shared_list_is_judged_like_an_office_and_only_once() -> None:
    shared = [replace(d, office=None, shared_list="F1") for d in (KARI, OLA)]
    timetable = office({"kari": [MORNING], "ola": [DAY]}, doctors=shared)
    [case] = verify(HARD, timetable)
    assert case.fact("group") == "fellesliste F1"
    same = [replace(d, shared_list="F1") for d in (KARI, OLA)]
    [case] = verify(HARD, office({"kari": [MORNING], "ola": [DAY]}, doctors=same))
    assert case.fact("group") == "Fjell legesenter"
    third = [*same, PER]
    [case] = verify(HARD, office({"kari": [MORNING], "ola": [DAY]}, doctors=third))
    assert case.fact("group") == "fellesliste F1"


def test_two_must_stay_where_the_municipality_says_so() -> None:
    trio: dict[str, Any] = {"doctors": (KARI, OLA, PER)}
    two = OfficePresence(min_present=2, strictness="hard")
    timetable = office({"kari": [MORNING], "ola": [DAY]}, **trio)
    assert both(timetable) == 0
    assert len(verify(two, timetable)) == 1
    assert not verify(two, office({"kari": [MORNING]}, **trio))
    part = (replace(KARI, opening_hours=OPEN[2:]), replace(OLA, opening_hours=OPEN[2:]), PER)
    [case] = verify(two, office({"per": [MORNING]}, doctors=part))
    assert (case.measured, case.limit) == (0, 1)  # one has hours, so one must stay


def test_each_of_two_breaches_is_named() -> None:
    again = replace(MORNING, id="ny", interval=span("2027-02-02 13:00", "14:00"))
    third = duty("2027-02-03 08:00", "09:00", NURSING_HOME)
    fourth = duty("2027-02-03 08:00", "10:00", DAYTIME)
    work: dict[str, Sequence[Duty]] = {"kari": [MORNING, again, third], "ola": [DAY, fourth]}
    timetable = office(work)
    assert both(timetable) == 3
    assert [set(c.duties) for c in verify(HARD, timetable)] == [
        {DAY.id, MORNING.id},
        {DAY.id, again.id},
        {third.id, fourth.id},
    ]
    assert sum(cost(SOFT, timetable)) == 100 + 240 + 60 + 100 + 60


@pytest.mark.parametrize(
    ("end", "empty"), [("2027-03-30 00:59", 1), ("2027-03-30 00:00", 0), ("2027-03-29 02:00", 0)]
)
def test_the_closure_is_real_time_and_red_days_are_closed(end: str, empty: int) -> None:
    first = duty("2027-03-28 20:00", end, NIGHT, id="a")
    second = duty("2027-03-28 20:00", end, NIGHT, id="b")
    assert both(office({"kari": [first], "ola": [second]})) == empty


def test_sentences() -> None:
    timetable = office({"kari": [MORNING], "ola": [DAY]})
    [case] = exceptions(SOFT, timetable)
    assert SOFT.explain(timetable.problem, case) == (
        "Tirsdag 2. februar 2027 kl. 08:00–12:00 er ingen av legene ved Fjell legesenter til "
        "stede, fordi de andre har vakt, kommunale oppgaver eller fri etter natt; minst 1 skal "
        "være der (fastlegeforskriften § 16 første ledd; må bekreftes av kommunen)."
    )
    timetable = office({"kari": [MORNING]})
    [case] = [c for c in SOFT.check(timetable) if c.outcome is Outcome.KEPT]
    assert SOFT.explain(timetable.problem, case) == (
        "Tirsdag 2. februar 2027 kl. 08:00–12:00 er 1 av legene ved Fjell legesenter til stede; "
        "minst 1 skal være der (fastlegeforskriften § 16 første ledd; må bekreftes av kommunen)."
    )


def test_duties_back_to_back_take_the_doctor_away_in_one_stretch() -> None:
    [case] = SOFT.check(office({"kari": [MORNING, LATER]}))
    assert case.when == span("2027-02-02 08:00", "15:00")


def test_near_a_change_the_days_of_what_changed_hands_are_judged() -> None:
    next_morning = replace(MORNING, id="neste", interval=span("2027-02-03 08:00", "12:00"))
    next_day = replace(DAY, id="nestedag", interval=span("2027-02-03 08:00", "15:30"))
    timetable = office({"kari": [MORNING, next_morning], "ola": [DAY, next_day]})

    def near(who: str, *duties: str) -> list[tuple[str, ...]]:
        found = HARD.check_nearby(timetable, {who}, set(duties))
        return [case.duties for case in found if case.outcome is Outcome.BREACH]

    assert near("kari", MORNING.id) == [(MORNING.id, DAY.id)]
    assert near("ola", DAY.id, next_day.id) == [
        (MORNING.id, DAY.id),
        (next_morning.id, next_day.id),
    ]
    assert near("kari", "i forrige plan") == []
    assert near("per", MORNING.id) == []


def test_the_first_of_the_thinnest_stretches_is_shown() -> None:
    again = duty("2027-02-02 13:00", "14:00", NURSING_HOME)
    [case] = SOFT.check(office({"kari": [MORNING, again]}))
    assert case.when == span("2027-02-02 08:00", "12:00")
    mornings = [gp(n, opening_hours=(OpeningHours(1, time(8), time(12)),)) for n in ("Ola", "Per")]
    [case] = SOFT.check(office({"ola": [MORNING]}, doctors=(KARI, *mornings)))
    assert (case.measured, case.when) == (1, span("2027-02-02 12:00", "16:00"))


HOURS = st.sampled_from(
    [("08:00", "12:00"), ("11:59", "14:00"), ("12:00", "16:01"), ("07:00", "08:00")]
)


@given(
    st.lists(
        st.tuples(st.sampled_from(["kari", "ola", "per"]), st.sampled_from([1, 2]), HOURS),
        max_size=5,
    ),
    st.lists(st.sampled_from(["kari", "ola", "per"]), max_size=2),
    st.lists(st.tuples(st.sampled_from(["kari", "ola"]), HOURS), max_size=2),
    st.integers(1, 3),
    st.booleans(),
)
def test_encoder_and_checker_agree(
    days: list[tuple[str, int, tuple[str, str]]],
    nights: list[str],
    away: list[tuple[str, tuple[str, str]]],
    stay: int,
    past: bool,
) -> None:
    team = (KARI, OLA, gp("Per", opening_hours=OPEN[:2], shared_list="F"))
    work: dict[str, list[Duty]] = {"kari": [], "ola": [], "per": []}
    for number, (who, day, (start, end)) in enumerate(days):
        own = duty(f"2027-02-{day:02d} {start}", end, NURSING_HOME, id=f"d{number}")
        work[who].append(own)
    tail = []
    for number, who in enumerate(nights):
        night = replace(NIGHT_BEFORE, id=f"n{number}")
        if past:
            tail.append((next(d for d in team if d.id == who), night))
        else:
            work[who].append(night)
    absences = tuple(
        Absence(who, span(f"2027-02-02 {start}", end), AbsenceKind.OTHER)
        for who, (start, end) in away
    )
    timetable = office(
        dict(work),
        doctors=team,
        absences=absences,
        tail=tail,
        first_day=date(2027, 2, 1),
        last_day=date(2027, 2, 2),
    )
    verify(replace(HARD, min_present=stay), timetable)
    exceptions(replace(SOFT, min_present=stay), timetable)


def test_it_binds_only_where_the_municipality_has_made_it_hard() -> None:
    assert OfficePresence(strictness="hard").binds
    assert not OfficePresence(strictness="soft").binds
