"""Helse- og omsorgstjenesteloven § 3-2 (M-01): each duty is filled, or shown as a hole."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from constraints.cover import Cover
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from scheduler.rule import Case, Outcome
from tests.support import (
    BACKUP,
    DAYTIME,
    HOME,
    NURSING_HOME,
    cost,
    doctor,
    duty,
    encoder_accepts,
    problem,
    roster,
    verify,
)

RULE = Cover()
KARI, OLA, EVA = doctor("Kari"), doctor("Ola"), doctor("Eva")
ALL = [KARI, OLA, EVA]
EVENING = duty("2027-02-02 16:00", "23:00")
NEXT = duty("2027-02-03 16:00", "23:00")


def holes(timetable: Timetable) -> list[Case]:
    return [case for case in RULE.check(timetable) if case.outcome is Outcome.HOLE]


def test_a_filled_duty_costs_nothing() -> None:
    timetable = roster(problem(ALL, [EVENING]), {"kari": [EVENING]})
    assert not verify(RULE, timetable)
    assert [case.outcome for case in RULE.check(timetable)] == [Outcome.KEPT]
    assert cost(RULE, timetable) == (0,)


def test_a_hole_is_shown_and_priced_but_never_refused() -> None:
    timetable = roster(problem(ALL, [EVENING]), {})
    assert encoder_accepts(RULE, timetable)
    assert [(case.duties, case.measured, case.limit) for case in holes(timetable)] == [
        ((EVENING.id,), 0, 1)
    ]
    assert cost(RULE, timetable) == (8 * 7 * 60,)


def test_a_duty_without_any_doctor_is_priced_alike() -> None:
    timetable = roster(problem([], [EVENING]), {})
    assert encoder_accepts(RULE, timetable)
    assert cost(RULE, timetable) == (8 * 7 * 60,)
    two = roster(problem([], [replace(EVENING, needed=2)]), {})
    assert cost(RULE, two) == (2 * 8 * 7 * 60,)


def test_one_doctor_too_many_is_a_breach() -> None:
    timetable = roster(problem(ALL, [EVENING]), {"kari": [EVENING], "ola": [EVENING]})
    [case] = verify(RULE, timetable)
    assert (case.duties, case.measured, case.limit) == ((EVENING.id,), 2, 1)


def test_each_of_two_breaches_and_two_holes_is_named() -> None:
    third, fourth = duty("2027-02-04 16:00", "23:00"), duty("2027-02-05 16:00", "23:00")
    plan = problem(ALL, [EVENING, NEXT, third, fourth])
    timetable = roster(plan, {"kari": [EVENING, NEXT], "ola": [EVENING, NEXT]})
    assert [case.duties for case in verify(RULE, timetable)] == [(EVENING.id,), (NEXT.id,)]
    assert [case.duties for case in holes(timetable)] == [(third.id,), (fourth.id,)]
    assert cost(RULE, roster(plan, {})) == (4 * 8 * 7 * 60,)


def test_two_needed_one_there() -> None:
    both = replace(EVENING, needed=2)
    plan = problem(ALL, [both])
    assert cost(RULE, roster(plan, {})) == (2 * 8 * 7 * 60,)
    one = roster(plan, {"kari": [both]})
    assert [case.measured for case in holes(one)] == [1]
    assert cost(RULE, one) == (8 * 7 * 60,)
    two = roster(plan, {"kari": [both], "ola": [both]})
    assert not verify(RULE, two)
    assert not holes(two)
    assert cost(RULE, two) == (0,)
    assert len(verify(RULE, roster(plan, {d.id: [both] for d in ALL}))) == 1


def test_weights_of_kinds() -> None:
    def price(missing: Duty) -> tuple[int, ...]:
        return cost(RULE, roster(problem(ALL, [missing]), {}))

    assert price(duty("2027-02-02 16:00", "17:00", HOME)) == (8 * 60,)
    assert price(duty("2027-02-02 08:00", "09:00", DAYTIME)) == (6 * 60,)
    assert price(duty("2027-02-02 16:00", "17:00", BACKUP)) == (3 * 60,)
    assert price(duty("2027-02-02 08:00", "09:00", NURSING_HOME)) == (60,)


def test_weights_are_settings() -> None:
    own = Cover(primary_weight=1, daytime_weight=2, backup_weight=4, municipal_weight=5)
    duties = [
        duty("2027-02-02 16:00", "17:00"),
        duty("2027-02-02 08:00", "09:00", DAYTIME),
        duty("2027-02-02 16:00", "17:00", BACKUP),
        duty("2027-02-02 08:00", "09:00", NURSING_HOME),
    ]
    assert cost(own, roster(problem(ALL, duties), {})) == (60 * (1 + 2 + 4 + 5),)


def test_real_time_is_priced_in_the_clock_change_nights() -> None:
    spring = duty("2027-03-27 23:00", "2027-03-28 08:00")
    autumn = duty("2026-10-24 23:00", "2026-10-25 08:00")
    assert cost(RULE, roster(problem(ALL, [spring]), {})) == (8 * 8 * 60,)
    assert cost(RULE, roster(problem(ALL, [autumn]), {})) == (8 * 10 * 60,)


def test_a_block_is_one_decision_and_all_its_time_is_missed() -> None:
    own = [replace(EVENING, block="helg"), replace(NEXT, block="helg")]
    plan = problem(ALL, own)
    assert cost(RULE, roster(plan, {})) == (8 * 14 * 60,)
    assert [case.duties for case in holes(roster(plan, {}))] == [(own[0].id,), (own[1].id,)]
    filled = roster(plan, {"kari": own})
    assert not verify(RULE, filled)
    assert cost(RULE, filled) == (0,)
    assert len(verify(RULE, roster(plan, {"kari": own, "ola": own}))) == 2


def test_a_block_whose_duties_need_different_numbers() -> None:
    own = [replace(EVENING, block="helg"), replace(NEXT, block="helg", needed=2)]
    plan = problem(ALL, own)
    assert cost(RULE, roster(plan, {"kari": own})) == (8 * 7 * 60,)
    [case] = verify(RULE, roster(plan, {"kari": own, "ola": own}))
    assert case.duties == (own[0].id,)


def test_a_block_of_a_shift_and_its_daytime_duty_is_priced_by_each_kind() -> None:
    own = [
        duty("2027-02-02 08:00", "15:00", DAYTIME, block="døgn"),
        duty("2027-02-02 15:00", "16:00", HOME, block="døgn"),
    ]
    assert cost(RULE, roster(problem(ALL, own), {})) == (6 * 7 * 60 + 8 * 60,)


def test_of_a_choice_one_day_is_worked() -> None:
    days = [
        duty(f"2027-02-0{day} 08:00", "12:00", NURSING_HOME, choice="sykehjem/uke5")
        for day in (2, 3, 4)
    ]
    plan = problem(ALL, days)
    none = roster(plan, {})
    assert [case.duties for case in holes(none)] == [tuple(day.id for day in days)]
    assert cost(RULE, none) == (4 * 60,)
    one = roster(plan, {"ola": [days[1]]})
    assert not verify(RULE, one)
    assert not holes(one)
    assert cost(RULE, one) == (0,)
    assert len(verify(RULE, roster(plan, {"ola": [days[1]], "kari": [days[2]]}))) == 1
    assert len(verify(RULE, roster(plan, {"ola": [days[1], days[2]]}))) == 1


def test_a_choice_of_two_doctors() -> None:
    days = [
        duty(f"2027-02-0{day} 08:00", "12:00", NURSING_HOME, choice="x", needed=2) for day in (2, 3)
    ]
    plan = problem(ALL, days)
    assert cost(RULE, roster(plan, {})) == (2 * 4 * 60,)
    assert cost(RULE, roster(plan, {"ola": [days[0]]})) == (4 * 60,)
    assert not verify(RULE, roster(plan, {"ola": [days[0]], "kari": [days[1]]}))
    assert cost(RULE, roster(plan, {"ola": [days[0]], "kari": [days[1]]})) == (0,)
    assert verify(RULE, roster(plan, {"ola": days, "kari": [days[1]]}))


def test_two_choices_do_not_fill_each_other() -> None:
    first = duty("2027-02-02 08:00", "12:00", NURSING_HOME, choice="a")
    second = duty("2027-02-03 08:00", "12:00", NURSING_HOME, choice="b")
    timetable = roster(problem(ALL, [first, second]), {"ola": [first]})
    assert [case.duties for case in holes(timetable)] == [(second.id,)]
    assert cost(RULE, timetable) == (4 * 60,)


def test_the_former_roster_fills_nothing() -> None:
    timetable = roster(problem(ALL, [NEXT], tail=[(KARI, EVENING)]), {})
    assert [case.duties for case in holes(timetable)] == [(NEXT.id,)]


def test_sentences() -> None:
    plan = problem(ALL, [EVENING])
    [hole] = holes(roster(plan, {}))
    assert RULE.explain(plan, hole) == (
        "Kveld tirsdag 2. februar 2027 kl. 16:00–23:00 mangler 1 lege: 0 av 1 er satt opp "
        "(helse- og omsorgstjenesteloven § 3-2; må bekreftes av kommunen)."
    )
    [breach] = verify(RULE, roster(plan, {"kari": [EVENING], "ola": [EVENING]}))
    assert RULE.explain(plan, breach) == (
        "Kveld tirsdag 2. februar 2027 kl. 16:00–23:00 har 2 leger, men trenger bare 1 "
        "(helse- og omsorgstjenesteloven § 3-2; må bekreftes av kommunen)."
    )
    days = [
        duty(f"2027-02-0{day} 08:00", "12:00", NURSING_HOME, choice="x", needed=3) for day in (2, 4)
    ]
    plan = problem(ALL, days)
    [hole] = holes(roster(plan, {"kari": [days[0]]}))
    assert RULE.explain(plan, hole) == (
        "Sykehjem på en av dagene fra tirsdag 2. februar 2027 til torsdag 4. februar 2027 "
        "mangler 2 leger: 1 av 3 er satt opp "
        "(helse- og omsorgstjenesteloven § 3-2; må bekreftes av kommunen)."
    )
    kept = next(iter(RULE.check(roster(problem(ALL, [EVENING]), {"kari": [EVENING]}))))
    assert RULE.explain(problem(ALL, [EVENING]), kept).startswith(
        "Kveld tirsdag 2. februar 2027 kl. 16:00–23:00 har 1 lege, som den trenger ("
    )


@given(
    needed=st.lists(st.integers(1, 3), min_size=2, max_size=2),
    shape=st.sampled_from(["single", "choice", "block"]),
    present=st.lists(
        st.lists(st.sampled_from(["kari", "ola", "eva"]), unique=True), min_size=2, max_size=2
    ),
)
def test_encoder_and_checker_agree(needed: list[int], shape: str, present: list[list[str]]) -> None:
    duties = [replace(EVENING, needed=needed[0]), replace(NEXT, needed=needed[1])]
    if shape == "choice":
        duties = [replace(d, choice="x", needed=needed[0]) for d in duties]
    if shape == "block":
        duties = [replace(d, block="x") for d in duties]
        present = [present[0]] * 2
    work: dict[str, list[Duty]] = {}
    for one, doctors in zip(duties, present, strict=True):
        for name in doctors:
            work.setdefault(name, []).append(one)
    timetable = roster(problem(ALL, duties), work)
    breaches = verify(RULE, timetable)
    lacking = bool(holes(timetable))
    assert (cost(RULE, timetable) > (0,)) == lacking
    assert lacking or breaches or all(c.outcome is Outcome.KEPT for c in RULE.check(timetable))
