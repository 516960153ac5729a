"""What is counted without being made is what would have been made."""

from dataclasses import replace
from random import Random

import pytest

from benchmarks.districts import district
from constraints.catalogue import rules_for
from scheduler.checking import check
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster, Timetable
from scheduler.fairness.availability import OpenUnits
from scheduler.kept import Kept
from scheduler.rule import Rule
from tests.support import judged

PLAN = district(12, 4).problem
RULES = rules_for(PLAN)


def drawn(problem: Problem, seed: int, astray: float) -> Timetable:
    """Each duty to somebody to whom it is open, and some of them to anybody."""
    rng = Random(seed)
    opened = OpenUnits(problem, RULES)
    people = [doctor.id for doctor in problem.doctors]
    given = []
    for duty in problem.duties:
        able = [who for who in people if opened.has(who, duty.unit)]
        own = able if able and rng.random() > astray else people
        given.append(Assignment(duty.id, rng.choice(own)))
    return Timetable(problem, Roster.of(problem, given))


ROSTERS = tuple(drawn(PLAN, seed, astray) for seed in range(3) for astray in (0, 0.1))
EMPTY = Timetable(PLAN, Roster.of(PLAN, ()))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_what_is_kept_is_counted_as_it_is_made(rule: Rule) -> None:
    for timetable in (*ROSTERS, EMPTY):
        assert judged(rule, timetable) == list(rule.check(timetable))


def test_a_report_is_the_same_if_everything_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [sum(isinstance(c, Kept) for c in rule.judgements(ROSTERS[0])) for rule in RULES]
    assert sum(parts) > len(PLAN.doctors)
    found = [check(Timetable(replace(PLAN), own.roster), RULES) for own in ROSTERS]
    judgements = Rule.judgements
    monkeypatch.setattr(
        Rule, "judgements", lambda rule, timetable: map(list, judgements(rule, timetable))
    )
    made = [check(Timetable(replace(PLAN), own.roster), RULES) for own in ROSTERS]
    assert [own.rules for own in found] == [own.rules for own in made]
