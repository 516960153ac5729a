"""Utgifter til kommunalt arbeid (A-02, S-05, S-06)."""

from dataclasses import replace
from datetime import date, time
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.municipal_cost import MunicipalCost
from scheduler.domain.doctor import (
    Absence,
    AbsenceKind,
    Competence,
    Doctor,
    Employment,
    OpeningHours,
)
from scheduler.domain.duty import Duty, MunicipalDuty
from scheduler.domain.problem import Municipality, Place
from scheduler.domain.roster import Timetable
from scheduler.rule import Case, Outcome
from tests.support import (
    BACKUP,
    DAYTIME,
    EVENING,
    HOME,
    NIGHT,
    NURSING_HOME,
    cost,
    doctor,
    duty,
    problem,
    roster,
    span,
    verify,
    worked_by,
)

RULE = MunicipalCost()
PRICED = MunicipalCost(cost_office_day_lost=6000, standby_fee=100)
SPECIALIST = Competence(specialist_from=date(2027, 2, 3))
OPEN = tuple(OpeningHours(day, time(8), time(15, 30)) for day in range(5))
KARI = doctor("Kari", competence=SPECIALIST)
OLA = doctor("Ola")
SESSION = duty("2027-02-03 08:00", "12:00", NURSING_HOME)
SCHOOL_IN_DAL = MunicipalDuty("skole", "Skole", "dal", "skole")
TWO: dict[str, Any] = {
    "municipalities": (Municipality("dal", "Dal", 1000), Municipality("fjell", "Fjell", 5000)),
    "places": (Place("lv", "Legevakta", "dal"), Place("sh", "Sykehjemmet"), Place("skole", "Sk")),
}


def bills(rule: MunicipalCost, timetable: Timetable) -> list[Case]:
    assert not verify(rule, timetable)
    assert not any(cost(rule, timetable))
    found = list(rule.check(timetable))
    assert all(case.outcome is Outcome.NOTICE for case in found)
    return found


def total(rule: MunicipalCost, timetable: Timetable) -> float | None:
    [case] = bills(rule, timetable)
    assert case.unit == "kr"
    return case.measured


@pytest.mark.parametrize(("day", "rate"), [(2, 1075), (3, 1230), (4, 1230)])
def test_the_specialists_rate_is_for_the_days_as_specialist(day: int, rate: int) -> None:
    session = duty(f"2027-02-0{day} 08:00", "12:00", NURSING_HOME)
    assert total(RULE, worked_by(KARI, session)) == 4 * rate
    assert total(RULE, worked_by(OLA, session)) == 4 * 1075


def test_doctors_of_both_kinds_are_added_up() -> None:
    two = replace(SESSION, needed=2)
    [case] = bills(RULE, roster(problem([KARI, OLA], [two]), {"kari": [two], "ola": [two]}))
    assert case.measured == 4 * (1230 + 1075)
    assert (case.fact("specialist_minutes"), case.fact("other_minutes")) == (240, 240)


@pytest.mark.parametrize(
    ("end", "kroner"),
    [("08:01", 18), ("08:04", 72), ("08:06", 108), ("08:30", 538), ("09:00", 1075)],
)
def test_minutes_are_reckoned_exactly_and_rounded_half_up(end: str, kroner: int) -> None:
    assert total(RULE, worked_by(OLA, duty("2027-02-03 08:00", end, NURSING_HOME))) == kroner


def test_the_sum_is_rounded_and_not_its_parts() -> None:
    work = [duty(f"2027-02-0{day} 08:00", "08:06", NURSING_HOME) for day in (1, 2, 3, 4)]
    assert total(RULE, worked_by(OLA, *work)) == 430  # 4 x 107.5


@pytest.mark.parametrize("employment", [own for own in Employment if own != "self_employed"])
def test_the_hours_of_others_are_told_without_a_price(employment: Employment) -> None:
    other = doctor("Siv", employment=employment, competence=SPECIALIST)
    [case] = bills(RULE, worked_by(other, SESSION))
    assert (case.measured, case.fact("unpriced_minutes")) == (0, 240)


def test_only_municipalities_with_municipal_work_have_a_bill() -> None:
    evening = duty("2027-02-03 16:00", "23:00", EVENING)
    daytime = duty("2027-02-04 08:00", "15:00", DAYTIME)
    assert not bills(RULE, worked_by(KARI, evening, daytime))
    not_taken = problem([KARI], [SESSION])
    assert not bills(RULE, roster(not_taken, {}))
    assert not bills(
        RULE,
        worked_by(KARI, evening, tail=[(KARI, duty("2026-12-30 08:00", "12:00", NURSING_HOME))]),
    )


def test_each_of_two_municipalities_has_its_own() -> None:
    school = duty("2027-02-04 08:00", "10:00", SCHOOL_IN_DAL)
    found = bills(RULE, worked_by(KARI, SESSION, school, **TWO))
    assert [(case.fact("municipality"), case.measured) for case in found] == [
        ("dal", 2460),
        ("fjell", 4920),
    ]


def test_the_municipality_may_set_other_rates() -> None:
    rule = MunicipalCost(cost_other_task_specialist=1300, cost_other_task_other=1100)
    assert total(rule, worked_by(KARI, SESSION)) == 5200
    assert total(rule, worked_by(OLA, SESSION)) == 4400


# --- lost office days and standby ------------------------------------------------------------

NIGHT_OFF = duty("2027-02-01 23:00", "2027-02-02 08:00", NIGHT)  # closed 08:00-16:00
GP = doctor("Kari", opening_hours=OPEN)


def test_office_days_and_standby_cost_nothing_until_they_have_a_price() -> None:
    home = duty("2027-02-05 16:00", "23:00", HOME)
    assert not bills(RULE, worked_by(GP, NIGHT_OFF, home))
    assert total(MunicipalCost(cost_office_day_lost=6000), worked_by(GP, NIGHT_OFF, home)) == 6000
    assert total(MunicipalCost(standby_fee=100), worked_by(GP, NIGHT_OFF, home)) == 700
    assert total(PRICED, worked_by(GP, NIGHT_OFF, home, SESSION)) == 6000 + 700 + 4300


@pytest.mark.parametrize(
    ("end", "days"), [("07:30", 1), ("07:29", Fraction(449, 450)), ("03:00", Fraction(180, 450))]
)
def test_a_day_lost_in_part_counts_in_part(end: str, days: Fraction) -> None:
    night = duty("2027-02-01 20:00", f"2027-02-02 {end}", NIGHT)
    [case] = bills(PRICED, worked_by(GP, night))
    assert case.fact("office_days") == float(days)
    assert case.measured == round(6000 * days)


def test_absence_is_no_loss_and_a_day_off_is_none() -> None:
    away = (Absence("kari", span("2027-02-02 08:00", "11:45"), AbsenceKind.COURSE),)
    assert total(PRICED, worked_by(GP, NIGHT_OFF, absences=away)) == 3000
    saturday = duty("2027-02-05 23:00", "2027-02-06 08:00", NIGHT)
    assert not bills(PRICED, worked_by(GP, saturday))


def test_only_nights_of_self_employed_gps_cost_office_days() -> None:
    evening = duty("2027-02-01 16:00", "23:00", EVENING)
    session = duty("2027-02-02 08:00", "10:00", NURSING_HOME)
    assert total(PRICED, worked_by(GP, evening, session)) == 2150
    employed = doctor("Kari", opening_hours=OPEN, employment=Employment.EMPLOYED)
    assert not bills(PRICED, worked_by(employed, NIGHT_OFF))


def test_the_setting_of_closed_hours_is_followed() -> None:
    late = duty("2027-02-01 21:00", "2027-02-02 02:00", NIGHT)  # closed until 10:00 or 14:00
    twelve = {"practice_after_night": {"free_after_onsite_night": 12}}
    [short] = bills(PRICED, worked_by(GP, late))
    [long] = bills(PRICED, worked_by(GP, late, settings=twelve))
    assert (short.fact("office_days"), long.fact("office_days")) == (2 / 7.5, 6 / 7.5)


@pytest.mark.parametrize(("kind", "kroner"), [(HOME, 700), (BACKUP, 700), (EVENING, None)])
def test_standby_is_all_home_duty(kind: Any, kroner: int | None) -> None:
    found = bills(PRICED, worked_by(OLA, duty("2027-02-03 16:00", "23:00", kind)))
    assert [case.measured for case in found] == ([] if kroner is None else [kroner])


def test_standby_over_a_clock_change_is_real_time() -> None:
    spring = duty("2027-03-27 23:00", "2027-03-28 08:00", HOME)
    assert total(PRICED, worked_by(OLA, spring)) == 800
    assert total(MunicipalCost(standby_fee=95.5), worked_by(OLA, spring)) == 764


def test_the_place_pays_for_standby_and_the_gps_municipality_for_the_office() -> None:
    home = duty("2027-02-05 16:00", "23:00", HOME)
    found = bills(PRICED, worked_by(GP, NIGHT_OFF, home, **TWO))
    assert [(case.fact("municipality"), case.measured) for case in found] == [
        ("dal", 700),
        ("fjell", 6000),
    ]


# --- sentences --------------------------------------------------------------------------------


def told(rule: MunicipalCost, timetable: Timetable) -> str:
    [case] = bills(rule, timetable)
    return rule.explain(timetable.problem, case).replace("\u00a0", " ")


def test_sentence() -> None:
    work = [duty(f"2027-02-0{day} 08:00", "13:00", NURSING_HOME) for day in (4, 5)]
    assert told(RULE, worked_by(KARI, *work)) == (
        "Fjell får utgifter på 12 300 kr etter denne planen: 10 timer kommunalt arbeid av "
        "næringsdrivende fastleger som er spesialister; timesatsene er fra 1. juli 2024 og må "
        "oppdateres av kommunen (ASA 4310 pkt. 12.5; må bekreftes av kommunen)."
    )


def test_kroner_do_not_break_over_lines() -> None:
    work = [duty(f"2027-02-0{day} 08:00", "13:00", NURSING_HOME) for day in (4, 5)]
    timetable = worked_by(KARI, *work)
    [case] = bills(RULE, timetable)
    assert "12\u00a0300\u00a0kr" in RULE.explain(timetable.problem, case)


def test_sentence_with_all_that_has_a_price() -> None:
    siv = doctor("Siv", employment=Employment.LOCUM)
    gp = doctor("Kari", competence=SPECIALIST, opening_hours=OPEN)
    early = duty("2027-02-01 08:00", "10:00", NURSING_HOME)
    home = duty("2027-02-05 16:00", "23:00", HOME)
    own = [NIGHT_OFF, early, SESSION, home]
    plan = problem([gp, siv], [*own, duty("2027-02-08 08:00", "09:00", NURSING_HOME)])
    timetable = roster(plan, {"kari": own, "siv": [plan.duties[-1]]})
    assert told(PRICED, timetable) == (
        "Fjell får utgifter på 13 770 kr etter denne planen: 4 timer kommunalt arbeid av "
        "næringsdrivende fastleger som er spesialister, 2 timer kommunalt arbeid av andre "
        "næringsdrivende fastleger, 1 tapt kontordag og 7 timer hjemmevakt; timesatsene er fra "
        "1. juli 2024 og må oppdateres av kommunen; 1 time kommunalt arbeid av andre leger er "
        "ikke regnet med (ASA 4310 pkt. 12.5; må bekreftes av kommunen)."
    )


def test_rates_of_the_municipality_are_not_called_old() -> None:
    new = MunicipalCost(cost_other_task_specialist=1300, cost_other_task_other=1100)
    mixed = replace(SESSION, needed=2)
    both = roster(problem([KARI, OLA], [mixed]), {"kari": [mixed], "ola": [mixed]})
    assert "2024" not in told(new, both)
    assert "2024" in told(replace(new, cost_other_task_other=1075), both)
    assert "2024" in told(replace(new, cost_other_task_specialist=1230), both)
    assert "2024" not in told(
        replace(new, cost_other_task_specialist=1230), worked_by(OLA, SESSION)
    )


def test_sentence_where_nothing_has_a_price() -> None:
    siv = doctor("Siv", employment=Employment.HIRED)
    assert told(RULE, worked_by(siv, SESSION)) == (
        "Fjell får ingen utgifter etter satsene for næringsdrivende fastleger; 4 timer kommunalt "
        "arbeid av andre leger er ikke regnet med (ASA 4310 pkt. 12.5; må bekreftes av kommunen)."
    )


@given(st.lists(st.tuples(st.integers(1, 28), st.integers(1, 59), st.booleans()), max_size=6))
def test_the_price_is_that_of_the_minutes(pieces: list[tuple[int, int, bool]]) -> None:
    work: dict[str, list[Duty]] = {"kari": [], "ola": []}
    doctors: list[Doctor] = [KARI, OLA]
    exact = Fraction(0)
    for number, (day, minutes, first) in enumerate(pieces):
        session = duty(f"2027-02-{day:02} 08:00", f"08:{minutes:02}", NURSING_HOME, id=f"d{number}")
        work["kari" if first else "ola"].append(session)
        exact += Fraction(minutes * (1230 if first and day >= 3 else 1075), 60)
    plan = problem(doctors, [own for duties in work.values() for own in duties])
    found = list(RULE.check(roster(plan, work)))
    assert len(found) == bool(pieces)
    assert [case.measured for case in found] == [round(exact + Fraction(1, 1000))] * len(found)
