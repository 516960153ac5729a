"""M-10: company on call-outs for a doctor who is alone at night."""

from dataclasses import replace

import pytest

from constraints.crew_on_callout import CrewOnCallout
from scheduler.rule import Outcome
from tests.support import (
    BACKUP,
    DAYTIME,
    HOME,
    NIGHT,
    doctor,
    duty,
    notices,
    problem,
    roster,
    verify,
    worked_by,
)

RULE = CrewOnCallout(crew_required=1)
KARI, OLA = doctor("Kari"), doctor("Ola")
LONE = duty("2027-02-02 23:00", "2027-02-03 08:00", NIGHT)


def test_nothing_is_told_unless_asked_for() -> None:
    assert not list(CrewOnCallout().check(worked_by(KARI, LONE)))


@pytest.mark.parametrize(("drivers", "told"), [(0, 1), (1, 1), (2, 0), (3, 0)])
def test_as_many_as_asked_for(drivers: int, told: int) -> None:
    night = replace(LONE, type=replace(NIGHT, drivers=drivers))
    timetable = worked_by(KARI, night)
    assert not verify(CrewOnCallout(crew_required=2), timetable)
    assert len(notices(CrewOnCallout(crew_required=2), timetable)) == told


@pytest.mark.parametrize(("end", "told"), [("01:59", 0), ("02:00", 1)])
def test_only_nights(end: str, told: int) -> None:
    late = duty("2027-02-02 16:00", f"2027-02-03 {end}")
    assert len(notices(RULE, worked_by(KARI, late))) == told


def test_spring_and_autumn_nights_in_real_time() -> None:
    for day, told in (("2027-03-28", 0), ("2026-10-25", 1)):
        early = duty(f"{day} 00:00", f"{day} 03:00", NIGHT)  # two hours, or four
        assert len(notices(RULE, worked_by(KARI, early))) == told


def test_two_on_the_duty_or_beside_are_not_alone() -> None:
    both = replace(LONE, needed=2)
    plan = problem([KARI, OLA], [both])
    assert not notices(RULE, roster(plan, {"kari": [both], "ola": [both]}))
    assert notices(RULE, roster(plan, {"kari": [both]}))
    for kind, alone in ((HOME, False), (replace(HOME, place="nord"), True), (BACKUP, True)):
        beside = duty("2027-02-03 00:00", "02:00", kind)  # too short to be a night itself
        plan = problem([KARI, OLA], [LONE, beside])
        timetable = roster(plan, {"kari": [LONE], "ola": [beside]})
        assert bool(notices(RULE, timetable)) == alone
        assert notices(RULE, roster(plan, {"kari": [LONE, beside]}))


def test_touching_is_not_beside_and_the_former_roster_is() -> None:
    touching = duty("2027-02-03 08:00", "15:00", DAYTIME)
    plan = problem([KARI, OLA], [LONE, touching])
    assert notices(RULE, roster(plan, {"kari": [LONE], "ola": [touching]}))
    past = duty("2026-12-31 16:00", "2027-01-01 08:00", NIGHT)
    first = duty("2027-01-01 00:00", "08:00", NIGHT)
    plan = problem([KARI, OLA], [first], tail=[(OLA, past)])
    assert not notices(RULE, roster(plan, {"kari": [first]}))


def test_each_pattern_once_and_exactly_two_nights() -> None:
    second = duty("2027-02-03 23:00", "2027-02-04 08:00", NIGHT)
    other = duty("2027-02-05 23:00", "2027-02-06 08:00", replace(NIGHT, id="to", drivers=1))
    timetable = worked_by(KARI, LONE, second, other)
    found = list(RULE.check(timetable))
    assert [(case.outcome, case.duties) for case in found] == [
        (Outcome.NOTICE, (LONE.id, second.id)),
        (Outcome.KEPT, (other.id,)),
    ]


def test_sentences() -> None:
    timetable = worked_by(KARI, LONE)
    [case] = notices(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Legen på Natt er alene 1 natt og har ingen med seg på utrykning; "
        "kommunen ønsker minst 1 (kommunens egen innstilling)."
    )
    second = duty("2027-02-03 23:00", "2027-02-04 08:00", NIGHT)
    timetable = worked_by(KARI, LONE, second)
    [case] = notices(RULE, timetable)
    assert "er alene 2 netter" in RULE.explain(timetable.problem, case)
    empty = roster(problem([KARI], [LONE]), {})
    [kept] = RULE.check(empty)
    assert "er ikke alene og har ingen med seg" in RULE.explain(empty.problem, kept)
