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
from scheduler.kept import InParts, Kept, parts_of
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


@pytest.mark.parametrize(
    "name",
    ["backup_for_dependent", "consecutive_nights", "office_presence", "weekend_spacing"],
)
def test_what_is_plain_is_counted(name: str) -> None:
    [rule] = [own for own in RULES if own.id == name]
    parts = [part for own in rule.judgements(ROSTERS[0]) for part in parts_of(own)]
    assert sum(own.count for own in parts if isinstance(own, Kept)) > 0


def test_cases_in_parts_are_all_of_them_in_order() -> None:
    [rule] = [own for own in RULES if own.id == "cover"]
    one, other, *_ = rule.check(ROSTERS[0])
    kept = Kept(1, lambda: iter((other,)))
    cases = InParts(iter(((one,), kept)))
    assert parts_of((one,)) == ((one,),)
    assert list(InParts(iter(((one,), kept)))) == [one, other]
    assert list(parts_of(cases)) == [(one,), kept]
