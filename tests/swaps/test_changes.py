"""A change of a roster is judged as if the roster had been made that way from the start."""

import random

import pytest

from scheduler.changes.move import Move, moved
from scheduler.checking import check
from scheduler.domain.problem import Assignment
from scheduler.domain.roster import Roster, Timetable
from tests.properties.problems import draw_case
from tests.swaps.cases import EASY, after, judge_of, new_breaches, new_exceptions, rules_of

SEEDS = (*range(24), *range(EASY, EASY + 10))


def moves(seed: int) -> list[Move]:
    """Some hand-overs, exchanges, and duties given in addition or taken away."""
    judge, chance = judge_of(seed), random.Random(seed)
    problem, timetable = judge.timetable.problem, judge.timetable
    doctors = [own.id for own in problem.doctors]
    held = [(who, u) for who in doctors for u in problem.units if judge.has((who, u))]
    found = []
    for _ in range(6):
        who, unit = chance.choice(doctors), chance.choice(sorted(problem.units))
        giver = [own for own in timetable.doctors_on(problem.units[unit][0].id) if own != who]
        off = ((chance.choice(giver), unit),) if giver and chance.random() < 0.8 else ()
        if not judge.has_some((who, unit)):
            found.append(Move(off, ((who, unit),)))
        if len(held) > 1:
            (one, given), (other, back) = chance.sample(held, 2)
            both = judge.has_some((one, back)) or judge.has_some((other, given))
            if one != other and not both:
                found.append(Move(((one, given), (other, back)), ((other, given), (one, back))))
            found.append(Move(((one, given),)))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_the_verdict_is_what_the_full_checkers_find_new(seed: int) -> None:
    judge = judge_of(seed)
    for move in moves(seed):
        verdict = judge.stops.verdict(move)
        assert {stop.case for stop in verdict.breaches} == new_breaches(seed, move)
        crossed = {stop.case for stop in (*verdict.exceptions, *verdict.departures)}
        crossed |= {stop.case for stop in verdict.wishes}
        assert {stop.rule.id for stop in verdict.wishes} <= {"cannot_wish", "wishes"}
        assert crossed == new_exceptions(seed, move)
        stopped = judge.stops.own(move) or judge.stops.common(move)
        assert verdict.lawful is (stopped is None)


def test_moves_of_all_kinds_were_judged() -> None:
    verdicts = [judge_of(seed).stops.verdict(own) for seed in SEEDS for own in moves(seed)]
    assert sum(own.lawful for own in verdicts) > 50
    assert sum(not own.lawful for own in verdicts) > 100
    assert sum(bool(own.exceptions) for own in verdicts) > 20
    assert sum(bool(own.departures) for own in verdicts) > 50
    assert sum(bool(own.wishes) for own in verdicts) > 5
    joint = {"backup_for_dependent", "cover", "office_presence", "pins"}
    assert joint <= {stop.rule.id for own in verdicts for stop in own.breaches}


@pytest.mark.parametrize("seed", range(20))
def test_a_changed_roster_is_like_one_laid_out_from_nothing(seed: int) -> None:
    case, chance = draw_case(seed), random.Random(seed)
    problem = case.problem
    for timetable in case.timetables[:3]:
        doctors = [own.id for own in problem.doctors]
        off = chance.sample(timetable.roster.assignments, min(2, len(timetable.roster.assignments)))
        on = [
            Assignment(chance.choice(problem.duties).id, chance.choice(doctors)) for _ in range(2)
        ]
        for who in doctors:  # what is remembered of some must not be told of others
            timetable.work_of(who)
        changed = timetable.with_changes(off, on).with_changes(off=on[:1])
        kept = (set(timetable.roster.assignments) - set(off) | set(on)) - set(on[:1])
        fresh = Timetable(problem, Roster.of(problem, kept))
        assert changed.roster.assignments == fresh.roster.assignments
        for who in doctors:
            assert changed.duties_of(who) == fresh.duties_of(who)
            assert changed.work_of(who) == fresh.work_of(who)
        for duty in problem.duties:
            assert changed.doctors_on(duty.id) == fresh.doctors_on(duty.id)
        assert changed.holes == fresh.holes


def test_facts_are_not_told_of_changed_work() -> None:
    for seed in range(8):
        judge, (_, rules) = judge_of(seed), rules_of(seed)
        check(judge.timetable, rules, explain_holes=False)
        for move in moves(seed)[:3]:
            known = check(moved(judge.timetable, move), rules, explain_holes=False)
            fresh = check(after(judge.timetable, move), rules, explain_holes=False)
            assert known.rules == fresh.rules


def test_unknown_assignments_are_kept_and_told() -> None:
    problem, _ = rules_of(0)
    stranger = Assignment(problem.duties[0].id, "ukjent")
    changed = Timetable(problem, Roster.of(problem, [])).with_changes(on=[stranger])
    assert changed.unknown == (stranger,)
    assert changed.doctors_on(problem.duties[0].id) == ()
    assert changed.with_changes(off=[stranger]).unknown == ()


def test_what_no_shift_has_a_say_in_is_handed_on_where_only_shifts_change() -> None:
    made: list[str] = []

    def fact(timetable: Timetable, doctor: str) -> int:
        def make() -> int:
            made.append(doctor)
            return sum(not duty.is_shift for duty in timetable.duties_of(doctor))

        return timetable.remembered_of_sessions(doctor, "sessions", make)

    tried = {True: 0, False: 0}
    for seed in range(20):
        timetable = draw_case(seed).timetables[0]
        for assignment in timetable.roster.assignments[:6]:
            is_shift = timetable.problem.duty_by_id[assignment.duty].is_shift
            before = fact(timetable, assignment.doctor)
            made.clear()
            after = fact(timetable.with_changes(off=[assignment]), assignment.doctor)
            assert after == before - (0 if is_shift else 1)
            assert bool(made) is not is_shift
            tried[is_shift] += 1
    assert min(tried.values()) > 5
