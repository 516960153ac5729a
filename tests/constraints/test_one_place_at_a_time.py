"""M-11: a doctor has one duty at a time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.one_place_at_a_time import OnePlaceAtATime
from scheduler.domain.duty import Duty
from scheduler.domain.time import Interval
from scheduler.rule import Outcome
from scheduler.solving.draft import Draft
from tests.support import (
    BACKUP,
    EVENING,
    HOME,
    NIGHT,
    NURSING_HOME,
    doctor,
    duty,
    problem,
    roster,
    utc,
    verify,
    worked_by,
)

RULE = OnePlaceAtATime()
KARI, OLA = doctor("Kari"), doctor("Ola")
SHIFT = duty("2027-02-02 16:00", "23:00")


@pytest.mark.parametrize(("start", "breaches"), [("22:59", 1), ("23:00", 0), ("23:01", 0)])
def test_touching_is_fine_and_a_minute_more_is_not(start: str, breaches: int) -> None:
    night = duty(f"2027-02-02 {start}", "2027-02-03 08:00", NIGHT)
    found = verify(RULE, worked_by(KARI, SHIFT, night))
    assert [(case.duties, case.margin) for case in found] == [
        ((SHIFT.id, night.id), -1 / 60)
    ] * breaches


@pytest.mark.parametrize(("end", "breaches"), [("16:00", 0), ("16:01", 1)])
def test_municipal_session_beside_a_shift(end: str, breaches: int) -> None:
    session = duty("2027-02-02 12:00", end, NURSING_HOME)
    assert len(verify(RULE, worked_by(KARI, SHIFT, session))) == breaches


def test_backup_and_primary_are_different_persons() -> None:
    backup = duty("2027-02-02 16:00", "2027-02-03 08:00", BACKUP)
    plan = problem([KARI, OLA], [SHIFT, backup])
    assert len(verify(RULE, roster(plan, {"kari": [SHIFT, backup]}))) == 1
    assert not verify(RULE, roster(plan, {"kari": [SHIFT], "ola": [backup]}))


def test_spring_night_is_compared_in_real_time() -> None:
    night = duty("2027-03-27 23:00", "2027-03-28 03:00", NIGHT)  # three hours long
    touching = duty("2027-03-28 03:00", "08:00", HOME)
    over = replace(night, id="over", interval=Interval(night.start, utc("2027-03-28 03:01")))
    assert not verify(RULE, worked_by(KARI, night, touching))
    assert len(verify(RULE, worked_by(KARI, over, touching))) == 1


def test_autumn_hour_that_comes_twice() -> None:
    first = Duty("a", NIGHT, Interval(utc("2026-10-25 00:00"), utc("2026-10-25 02:30")))
    again = utc("2026-10-25 02:30") + timedelta(hours=1)  # 02:30 for the second time
    second = Duty("b", NIGHT, Interval(again, again + timedelta(hours=3)))
    assert not verify(RULE, worked_by(KARI, first, second))
    early = replace(second, interval=Interval(first.end - timedelta(minutes=1), second.end))
    assert len(verify(RULE, worked_by(KARI, first, early))) == 1


def test_every_pair_of_three_is_named() -> None:
    week = duty("2027-02-01 08:00", "2027-02-08 08:00", HOME)
    other = duty("2027-02-02 20:00", "22:00", NURSING_HOME)
    found = verify(RULE, worked_by(KARI, week, SHIFT, other))
    assert [case.duties for case in found] == [
        (week.id, SHIFT.id),
        (week.id, other.id),
        (SHIFT.id, other.id),
    ]


def test_what_has_ended_is_not_compared_while_another_duty_runs() -> None:
    week = duty("2027-02-01 08:00", "2027-02-08 08:00", HOME)
    night = duty("2027-02-02 23:00", "2027-02-03 08:00", NIGHT)
    cases = list(RULE.check(worked_by(KARI, week, SHIFT, night)))
    assert [(c.duties, c.limit) for c in cases] == [
        ((week.id, SHIFT.id), 0),
        ((week.id, night.id), 0),
    ]


def test_exactly_two_breaches() -> None:
    first, last = duty("2027-02-02 15:00", "17:00", HOME), duty("2027-02-02 22:00", "23:30", HOME)
    found = verify(RULE, worked_by(KARI, SHIFT, first, last))
    assert [case.duties for case in found] == [(first.id, SHIFT.id), (SHIFT.id, last.id)]


def test_long_duty_is_remembered_behind_a_short_one() -> None:
    week = duty("2027-02-01 08:00", "2027-02-08 08:00", HOME)
    late = duty("2027-02-07 12:00", "13:00")
    plan = problem([KARI, OLA], [week, SHIFT, late])
    found = verify(RULE, roster(plan, {"kari": [week, late]}))
    assert [case.duties for case in found] == [(week.id, late.id)]
    assert not verify(RULE, roster(plan, {"kari": [week], "ola": [SHIFT, late]}))


def test_former_roster_counts_at_the_boundary() -> None:
    past = duty("2026-12-31 16:00", "2027-01-01 08:00", NIGHT)
    touching, inside = duty("2027-01-01 08:00", "15:00"), duty("2027-01-01 07:59", "15:00")
    assert not verify(RULE, worked_by(KARI, touching, tail=[(KARI, past)]))
    [case] = verify(RULE, worked_by(KARI, inside, tail=[(KARI, past)]))
    assert case.duties == (past.id, inside.id)
    plan = problem([KARI, OLA], [inside], tail=[(KARI, past)])
    assert not verify(RULE, roster(plan, {"ola": [inside]}))


def test_history_alone_is_no_breach() -> None:
    past = duty("2026-12-31 16:00", "2027-01-01 08:00", NIGHT)
    other = duty("2026-12-31 20:00", "2027-01-01 10:00", HOME)
    both = [(KARI, past), (KARI, other)]
    later = duty("2027-01-01 10:00", "15:00")
    assert not verify(RULE, worked_by(KARI, later, tail=both))
    between = duty("2027-01-01 09:00", "15:00")
    [case] = verify(RULE, worked_by(KARI, between, tail=both))
    assert case.duties == (other.id, between.id)


def test_a_block_that_overlaps_itself_cannot_be_worked() -> None:
    block = [replace(SHIFT, block="b"), duty("2027-02-02 22:00", "23:30", HOME, block="b")]
    assert len(verify(RULE, worked_by(KARI, *block))) == 1
    beside = [replace(SHIFT, block="b"), duty("2027-02-02 23:00", "23:30", HOME, block="b")]
    assert not verify(RULE, worked_by(KARI, *beside))


def test_kept_pauses_are_reported() -> None:
    later = duty("2027-02-03 01:00", "08:00", NIGHT)
    [case] = RULE.check(worked_by(KARI, SHIFT, later))
    assert (case.outcome, case.margin) == (Outcome.KEPT, 2)


def test_a_pause_is_measured_from_the_last_end() -> None:
    week = duty("2027-02-01 08:00", "2027-02-08 08:00", HOME)
    later = duty("2027-02-08 16:00", "23:00")
    kept = [c for c in RULE.check(worked_by(KARI, week, SHIFT, later)) if c.margin == 8]
    assert [case.duties for case in kept] == [(week.id, later.id)]


def test_few_constraints_for_many_that_overlap() -> None:
    same = [replace(SHIFT, id=f"s{n}") for n in range(30)]
    draft = Draft(problem([KARI], same), [RULE])
    assert len(draft.model.constraints) == 1
    staircase = [
        Duty(
            f"t{n}",
            EVENING,
            Interval(SHIFT.start + timedelta(hours=n), SHIFT.end + timedelta(hours=n)),
        )
        for n in range(30)
    ]
    draft = Draft(problem([KARI], staircase), [RULE])
    assert [len(c.terms) for c in draft.model.constraints] == [7] * 24


def test_sentences() -> None:
    night = duty("2027-02-02 22:30", "2027-02-03 08:00", NIGHT)
    timetable = worked_by(KARI, SHIFT, night)
    [case] = verify(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari kan ikke ha både Kveld tirsdag 2. februar 2027 kl. 16:00–23:00 og Natt tirsdag "
        "2. februar 2027 kl. 22:30–08:00, som overlapper med 0,5 timer "
        "(akuttmedisinforskriften § 7; må bekreftes av kommunen)."
    )
    timetable = worked_by(KARI, SHIFT, duty("2027-02-02 23:00", "2027-02-03 08:00", NIGHT))
    [kept] = RULE.check(timetable)
    assert "kan ha både" in RULE.explain(timetable.problem, kept)


@given(
    st.lists(
        st.tuples(st.sampled_from([-61, -60, -59, -1, 0, 1, 30]), st.sampled_from([1, 60, 200])),
        min_size=1,
        max_size=6,
    ),
    st.sets(st.integers(0, 6)),
    st.booleans(),
)
def test_encoder_and_checker_agree_at_the_limit(
    steps: list[tuple[int, int]], left_out: set[int], blocked: bool
) -> None:
    duties = [replace(SHIFT, id="d0")]
    for number, (gap, length) in enumerate(steps, start=1):
        start = duties[-1].end + timedelta(minutes=gap)
        end = start + timedelta(minutes=length)
        duties.append(Duty(f"d{number}", EVENING, Interval(start, end)))
    if blocked:
        duties[0], duties[-1] = replace(duties[0], block="b"), replace(duties[-1], block="b")
        left_out -= {0, len(duties) - 1}
    worked = [d for n, d in enumerate(duties) if n not in left_out]
    plan = problem([KARI], duties)
    clash = any(
        a.interval.overlaps(b.interval) for i, a in enumerate(worked) for b in worked[i + 1 :]
    )
    assert bool(verify(RULE, roster(plan, {"kari": worked}))) == clash
