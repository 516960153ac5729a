"""On random plans: what is said to be impossible is, and every way out is a roster."""

import threading

import pytest

from constraints.catalogue import rules_for
from constraints.waivers import leave
from scheduler.checking import check
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.explaining.conflict import Explainer, Finding
from scheduler.explaining.elements import Demand, demands
from scheduler.explaining.ways import WayKind, WayOut, WaysOut, with_locum
from scheduler.rule import Authority, Rule
from scheduler.solving.cpsat import Compiled, Effort, Verdict
from scheduler.solving.draft import Draft
from scheduler.solving.model import TRUE, Constraint
from scheduler.solving.state import Index
from tests.properties.problems import draw_problem

SEEDS = range(20)
HOLES = 2


class Plan:
    """A random plan with a lawful roster, if it has one."""

    def __init__(self, seed: int) -> None:
        self.problem = draw_problem(seed, doctors=4, duties=9)
        self.rules: tuple[Rule, ...] = rules_for(self.problem)
        self.explainer = Explainer(self.problem, self.rules)
        ground = self.explainer.ground
        chosen = self.explainer.conflicts.meet(ground.law)
        self.timetable = None
        if chosen is not None:
            own = Timetable(self.problem, ground.roster(chosen))
            assert check(own, self.rules, explain_holes=False).lawful
            self.timetable = own

    @property
    def holes(self) -> tuple[Duty, ...]:
        """Some that the roster leaves."""
        return self.timetable.holes[:HOLES] if self.timetable else ()


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    """The plans of all seeds."""
    return [Plan(seed) for seed in SEEDS]


def test_some_have_holes_and_some_have_no_roster(plans: list[Plan]) -> None:
    assert sum(len(plan.holes) for plan in plans) >= len(SEEDS)
    assert sum(plan.timetable is None for plan in plans) >= 1


def test_a_hole_can_be_filled_exactly_where_the_whole_model_says_so(plans: list[Plan]) -> None:
    found = dict.fromkeys(Finding, 0)
    for plan in plans:
        for duty in plan.holes:
            assert plan.timetable
            answer = plan.explainer.hole(plan.timetable, duty)
            found[answer.finding] += 1
            possible = _fits(plan.problem, plan.rules, plan.timetable, duty)
            assert possible is (answer.finding is Finding.POSSIBLE)
            if answer.finding is Finding.ALONE:
                assert not _fits(plan.problem, plan.rules, None, duty)
            elif answer.roster:
                after = Timetable(plan.problem, answer.roster)
                assert check(after, plan.rules, explain_holes=False).lawful
                assert not after.missing(duty)
                worse = {
                    own[0].id
                    for own in demands(plan.problem)
                    if after.missing(own[0]) > plan.timetable.missing(own[0])
                }
                assert worse == {own.id for own in answer.left}
    assert min(found[Finding.ALONE], found[Finding.POSSIBLE]) > 0


def test_every_way_out_of_a_hole_is_a_roster_without_a_new_one(plans: list[Plan]) -> None:
    kinds: set[WayKind] = set()
    for plan in plans:
        ways = WaysOut(plan.explainer, plan.rules, leave(plan.problem, plan.rules))
        for duty in plan.holes:
            assert plan.timetable
            asked = next(own for own in demands(plan.problem) if duty in own)
            found = ways.of_hole(plan.timetable, asked)
            for way in found:
                kinds |= {release.kind for release in way.releases}
                _judge(plan, asked, way)
            assert [way.price for way in found] == sorted(way.price for way in found)
    assert {WayKind.LOCUM, WayKind.LIMIT, WayKind.RULE} <= kinds


def test_every_way_out_of_a_contradiction_is_a_roster(plans: list[Plan]) -> None:
    found = 0
    for plan in plans:
        if plan.timetable is None:
            answer = plan.explainer.impossible()
            assert answer.finding is Finding.ALONE
            assert answer.conflict
            ways = WaysOut(plan.explainer, plan.rules, leave(plan.problem, plan.rules))
            for way in ways.of_plan(answer.conflict):
                found += 1
                assert way.releases
                _judge(plan, (), way)
    assert found


def _judge(plan: Plan, asked: Demand, way: WayOut) -> None:
    """By the checkers: nothing is broken but what may be let go and is said to be."""
    problem = plan.problem
    if any(release.kind is WayKind.LOCUM for release in way.releases):
        locum = leave(problem, plan.rules).locum(asked)
        assert locum
        problem = with_locum(problem, locum)
    timetable = Timetable(problem, way.roster)
    report = check(timetable, plan.rules, explain_holes=False)
    let_go = {(own.element.rule, own.element.doctor) for own in way.releases if own.element}
    by_id = {rule.id: rule for rule in plan.rules}
    for case in report.breaches:
        assert (case.rule, case.doctor) in let_go or (case.rule, None) in let_go
        rule = by_id[case.rule]
        assert rule.authority is not Authority.LAW or rule.id == "claimed_exemption"
        assert rule.id not in ("rest_between_work", "practice_after_night", "absence")
    if asked:
        assert not timetable.missing(asked[0])
        before = plan.timetable
        assert before
        assert all(before.missing(duty) for duty in timetable.holes)


def _fits(problem: Problem, rules: tuple[Rule, ...], kept: Timetable | None, duty: Duty) -> bool:
    """The whole model as the search has it, with what is to be filled: is there a roster?"""
    draft = Draft(problem, rules)
    for own in demands(problem):
        covered = own[0].needed - kept.missing(own[0]) if kept else 0
        needed = duty.needed if duty in own else covered
        units = dict.fromkeys(other.unit for other in own)
        terms = tuple(
            (1, var) for unit in units for _, var in draft.candidates(problem.units[unit][0])
        )
        draft.model.demand(Constraint(terms, needed, None, TRUE, -1))
    values = [0] * draft.model.size
    values[TRUE] = 1
    compiled = Compiled.whole(Index(draft.model), values)
    answer = compiled.solve([], Effort(seconds=60, workers=1, seed=1), threading.Event())
    assert answer.verdict is not Verdict.UNKNOWN
    return answer.chosen is not None
