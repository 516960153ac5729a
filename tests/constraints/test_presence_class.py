"""SFS 2305 pkt. 8.2 and 8.4 (S-06, S-07): duty class of on-site and home duty."""

from dataclasses import replace

import pytest

from constraints.presence_class import PresenceClass
from scheduler.domain.duty import MunicipalDuty, ShiftPattern
from scheduler.rule import Outcome
from tests.support import (
    BACKUP,
    EVENING,
    HOME,
    NIGHT,
    NURSING_HOME,
    doctor,
    duty,
    notices,
    verify,
    worked_by,
)

RULE = PresenceClass()
AGREED = PresenceClass(class_2_on_site=True)
KARI = doctor("Kari")


def told(rule: PresenceClass, kind: ShiftPattern | MunicipalDuty) -> list[str]:
    work = replace(duty("2027-02-02 16:00", "23:00"), type=kind)
    timetable = worked_by(KARI, work)
    assert not verify(rule, timetable)
    return [rule.explain(timetable.problem, case) for case in notices(rule, timetable)]


@pytest.mark.parametrize(
    ("duty_class", "default", "agreed"), [(1, 1, 1), (2, 1, 0), (3, 0, 0), (4, 0, 0), (None, 1, 1)]
)
def test_on_site(duty_class: int | None, default: int, agreed: int) -> None:
    kind = replace(EVENING, duty_class=duty_class)
    assert len(told(RULE, kind)) == default
    assert len(told(AGREED, kind)) == agreed


@pytest.mark.parametrize(("duty_class", "expected"), [(None, 0), (1, 0), (2, 1), (3, 1)])
def test_home_and_backup(duty_class: int | None, expected: int) -> None:
    for rule in (RULE, AGREED):
        assert len(told(rule, replace(HOME, duty_class=duty_class))) == expected
        assert len(told(rule, replace(BACKUP, duty_class=duty_class))) == expected


def test_a_session_has_no_class() -> None:
    assert not list(RULE.check(worked_by(KARI, duty("2027-02-02 08:00", "12:00", NURSING_HOME))))


def test_each_pattern_once_and_exactly_two_depart() -> None:
    good = replace(NIGHT, id="god", duty_class=3)
    low = replace(NIGHT, id="lav", duty_class=1)
    duties = [
        duty(f"2027-02-0{day} 16:00", "17:00", kind)
        for day, kind in enumerate((EVENING, EVENING, good, low, low), start=1)
    ]
    timetable = worked_by(KARI, *duties)
    assert len(notices(RULE, timetable)) == 2
    assert [case.outcome for case in RULE.check(timetable)].count(Outcome.KEPT) == 1


def test_a_pattern_that_the_plan_does_not_use_is_not_judged() -> None:
    work = duty("2027-02-02 16:00", "23:00", HOME)
    assert not notices(RULE, worked_by(KARI, work, types=(replace(EVENING, duty_class=1),)))


def test_sentences() -> None:
    cited = "(SFS 2305 pkt. 8.2 og 8.4; må bekreftes av kommunen)."
    assert told(RULE, EVENING) == [
        f"Kveld er tilstedevakt uten oppgitt vaktklasse; tilstedevakt forutsetter klasse 3 eller 4 "
        f"{cited}"
    ]
    assert told(RULE, replace(EVENING, duty_class=2)) == [
        f"Kveld er tilstedevakt i vaktklasse 2, som krever lokal avtale {cited}"
    ]
    assert told(RULE, replace(EVENING, duty_class=1)) == [
        f"Kveld er tilstedevakt i vaktklasse 1, som bare gjelder hjemmevakt {cited}"
    ]
    assert told(RULE, replace(HOME, duty_class=2)) == [
        f"Hjemmevakt er hjemmevakt i vaktklasse 2; hjemmevakt er vaktklasse 1 {cited}"
    ]
    timetable = worked_by(KARI, duty("2027-02-02 16:00", "23:00", HOME))
    assert [RULE.explain(timetable.problem, case) for case in RULE.check(timetable)] == [
        f"Hjemmevakt er hjemmevakt i vaktklasse 1, i samsvar med avtalen {cited}"
    ]
