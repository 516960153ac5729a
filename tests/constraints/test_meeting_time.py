"""Møtetid: meetings keep a doctor from shifts on site and sessions, not from home duty."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.meeting_time import MeetingTime
from scheduler.domain.duty import MunicipalDuty, Presence, ShiftPattern
from scheduler.domain.problem import Meeting, MeetingKind
from tests.support import (
    BACKUP,
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

RULE = MeetingTime()
KARI = doctor("Kari")
MEETING = Meeting("kari", span("2027-02-03 12:00", "14:00"), MeetingKind.ADMINISTRATIVE)


@pytest.mark.parametrize(
    ("start", "end", "breaches"),
    [
        ("08:00", "12:00", 0),
        ("08:00", "12:01", 1),
        ("08:00", "16:00", 1),
        ("13:59", "20:00", 1),
        ("14:00", "20:00", 0),
    ],
)
def test_exact_to_the_minute(start: str, end: str, breaches: int) -> None:
    own = duty(f"2027-02-03 {start}", end)
    assert len(verify(RULE, worked_by(KARI, own, meetings=(MEETING,)))) == breaches


@pytest.mark.parametrize(
    ("kind", "breaches"),
    [
        (EVENING, 1),
        (DAYTIME, 1),
        (NURSING_HOME, 1),
        (HOME, 0),
        (BACKUP, 0),
        (replace(BACKUP, presence=Presence.ON_SITE), 1),
    ],
)
def test_home_duty_goes_on(kind: ShiftPattern | MunicipalDuty, breaches: int) -> None:
    own = duty("2027-02-03 08:00", "16:00", kind)
    assert len(verify(RULE, worked_by(KARI, own, meetings=(MEETING,)))) == breaches


@pytest.mark.parametrize("kind", list(MeetingKind))
def test_every_kind_of_meeting(kind: MeetingKind) -> None:
    meeting = replace(MEETING, kind=kind)
    own = duty("2027-02-03 08:00", "16:00")
    assert verify(RULE, worked_by(KARI, own, meetings=(meeting,)))


def test_two_breaches_and_another_doctor() -> None:
    second = replace(MEETING, interval=span("2027-02-10 12:00", "13:00"))
    duties = [duty("2027-02-03 08:00", "16:00"), duty("2027-02-10 12:30", "16:00")]
    both = problem([KARI, doctor("Ola")], duties, meetings=(MEETING, second))
    found = verify(RULE, roster(both, {"kari": duties, "ola": duties}))
    assert [(c.doctor, c.duties) for c in found] == [
        ("kari", (duties[0].id,)),
        ("kari", (duties[1].id,)),
    ]


def test_meetings_within_a_day_are_measured() -> None:
    near, far = duty("2027-02-04 13:59", "20:00"), duty("2027-02-04 14:00", "20:00", id="far")
    [case] = RULE.check(worked_by(KARI, near, far, meetings=(MEETING,)))
    assert case.duties == (near.id,)
    assert case.margin == pytest.approx(24 - 1 / 60)


def test_sentences() -> None:
    broken, kept = duty("2027-02-03 13:00", "16:00"), duty("2027-02-03 16:00", "23:00")
    plan = worked_by(KARI, broken, kept, meetings=(MEETING,))
    first, second = RULE.check(plan)
    assert RULE.explain(plan.problem, first) == (
        "Kari har møte onsdag 3. februar 2027 kl. 12:00–14:00, og Kveld onsdag 3. februar 2027 "
        "kl. 13:00–16:00 berører møtet (kommunens egen innstilling)."
    )
    assert "berører ikke møtet" in RULE.explain(plan.problem, second)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["11:59", "12:00", "12:01"]),
            st.sampled_from([EVENING, HOME, NURSING_HOME]),
            st.booleans(),
        ),
        max_size=4,
    )
)
def test_encoder_and_checker_agree(edges: list[tuple[str, ShiftPattern, bool]]) -> None:
    duties = []
    for number, (clock, kind, before) in enumerate(edges):
        ends = ("2027-02-03 08:00", clock) if before else (f"2027-02-03 {clock[:2]}:30", "20:00")
        duties.append(duty(*ends, kind, id=f"d{number}"))
    late = replace(MEETING, interval=span("2027-02-03 20:00", "21:00"))
    verify(RULE, worked_by(KARI, *duties, meetings=(MEETING, late)))
