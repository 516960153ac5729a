"""What a rule finds near a change tells whether the change brings anything at all."""

import random
from collections.abc import Iterable

import pytest

from benchmarks.districts import district
from constraints.catalogue import rules_for
from scheduler.changes.move import Move
from scheduler.domain.problem import Assignment
from scheduler.domain.roster import Roster, Timetable
from scheduler.domain.time import Interval
from scheduler.rule import Case, Outcome, Rule
from tests.properties.problems import STYLES, draw_problem, draw_roster
from tests.swaps.cases import after

CHANGES = 5


def _drawn(seed: int) -> tuple[Timetable, tuple[Rule, ...]]:
    problem = draw_problem(seed, doctors=4, duties=40, days=120)
    return draw_roster(problem, random.Random(seed), STYLES[seed % len(STYLES)]), rules_for(problem)


def _counted(cases: Iterable[Case]) -> set[Case]:
    return {case for case in cases if case.outcome in (Outcome.BREACH, Outcome.EXCEPTION)}


def _agree(timetable: Timetable, rules: Iterable[Rule], chance: random.Random) -> int:
    """Try random changes; gives how often a local rule found something that was not so before."""
    problem, found = timetable.problem, 0
    for _ in range(CHANGES):
        doctor = chance.choice(problem.doctors)
        held = sorted({own.unit for own in timetable.duties_of(doctor.id)})
        others = sorted(problem.units.keys() - set(held))
        off = tuple((doctor.id, own) for own in chance.sample(held, min(len(held), 1)))
        on = ((doctor.id, chance.choice(others)),) if others else ()
        for move in (Move(off, on), Move(off), Move((), on)):
            changed = [*move.taken(problem, doctor.id), *move.given(problem, doctor.id)]
            if not changed:
                continue
            stretch = Interval(min(own.start for own in changed), max(own.end for own in changed))
            tried = after(timetable, move)
            for rule in rules:
                before = _counted(rule.check_doctor(timetable, doctor))
                new = _counted(rule.check_doctor(tried, doctor)) - before
                near = _counted(rule.check_doctor_nearby(tried, doctor, stretch)) - before
                assert not new or near, (rule.id, move)
                found += bool(new) and rule.is_local
    return found


@pytest.mark.parametrize("seed", range(8))
def test_nothing_new_is_missed_near_a_change(seed: int) -> None:
    timetable, rules = _drawn(seed)
    assert _agree(timetable, rules, random.Random(seed))


@pytest.mark.parametrize("share", [0.1, 0.3])
def test_nothing_new_is_missed_in_a_long_crowded_roster(share: float) -> None:
    loaded, chance = district(8, 20), random.Random(7)
    problem = loaded.problem
    drawn = (
        Assignment(own.id, who.id)
        for own in problem.duties
        for who in problem.doctors
        if chance.random() < share
    )
    timetable = Timetable(problem, Roster.of(problem, drawn))
    assert _agree(timetable, loaded.rules, chance)
