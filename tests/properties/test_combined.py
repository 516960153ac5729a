"""The model of all rules together: what it accepts, and what that costs."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable

import pytest

from constraints.catalogue import rules_for
from scheduler.checking import check
from scheduler.domain.problem import Assignment
from scheduler.domain.roster import Roster, Timetable
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import broken, settle, step_values
from scheduler.solving.model import FALSE
from scheduler.solving.state import Index, State
from tests.properties.problems import draw_case
from tests.support import few

CHUNKS, PROBLEMS, ROSTERS = 6, 25, 3


def accepts(draft: Draft, timetable: Timetable) -> bool:
    """Whether the model admits exactly this roster."""
    duties, assignments = draft.problem.duty_by_id, timetable.roster.assignments
    if any(draft.works(a.doctor, duties[a.duty]) == FALSE for a in assignments):
        return False
    return not any(broken(draft.model, settle(draft.model, chosen(draft, timetable))))


def chosen(draft: Draft, timetable: Timetable) -> set[int]:
    return set(draft.decision_indices(timetable.roster.assignments))


def lawful(timetable: Timetable) -> bool:
    """Whether the checkers of all rules let the roster pass."""
    return check(timetable, rules_for(timetable.problem), explain_holes=False).lawful


def grown(draft: Draft, chance: random.Random) -> set[int]:
    """A roster that breaks as little as can be, one decision after the other."""
    state = State(Index(draft.model))
    decisions = list(range(2, draft.model.decisions + 2))
    for var in chance.sample(decisions, len(decisions)):
        before = state.violation
        state.flip(var)
        if state.violation > before:
            state.flip(var)
    return set(state.chosen)


def laid_out(draft: Draft, decisions: Iterable[int]) -> Timetable:
    return Timetable(draft.problem, Roster.of(draft.problem, draft.assignments(decisions)))


@pytest.mark.parametrize("chunk", few(range(CHUNKS), 2))
def test_a_roster_is_accepted_exactly_where_no_checker_finds_a_breach(chunk: int) -> None:
    found: Counter[bool] = Counter()
    for seed in range(chunk * PROBLEMS, (chunk + 1) * PROBLEMS):
        case, chance = draw_case(seed, ROSTERS), random.Random(seed)
        draft = Draft(case.problem, rules_for(case.problem))
        best = grown(draft, chance)
        decisions = range(2, draft.model.decisions + 2)
        neighbours = [best ^ {var} for var in chance.sample(decisions, min(3, len(decisions)))]
        for timetable in (
            *case.timetables,
            *(laid_out(draft, own) for own in (set(), best, *neighbours)),
        ):
            expected = lawful(timetable)
            assert accepts(draft, timetable) == expected, (seed, timetable.roster)
            found[expected] += 1
    assert found[True] >= PROBLEMS, found
    assert found[False] >= PROBLEMS, found


@pytest.mark.parametrize("chunk", few(range(CHUNKS), 2))
def test_the_price_together_is_the_sum_of_the_prices_alone(chunk: int) -> None:
    compared = 0
    for seed in range(chunk * PROBLEMS, (chunk + 1) * PROBLEMS, 3):
        problem = draw_case(seed, ROSTERS).problem
        rules = rules_for(problem)
        draft = Draft(problem, rules)
        timetable = laid_out(draft, grown(draft, random.Random(seed)))
        if not accepts(draft, timetable):
            continue
        compared += 1
        alone: dict[str, float] = defaultdict(float)
        for rule in rules:
            for key, value in prices(Draft(problem, [rule]), timetable).items():
                alone[key] += value
        together = prices(draft, timetable)
        keys = together.keys() | alone.keys()
        assert {k: together.get(k, 0) for k in keys} == pytest.approx(
            {k: alone.get(k, 0) for k in keys}
        ), seed
    assert compared >= PROBLEMS // 10


def prices(draft: Draft, timetable: Timetable) -> dict[str, float]:
    """Each step of the objective with its value, in the unit that is shown."""
    values = step_values(draft.model, settle(draft.model, chosen(draft, timetable)))
    return {
        step.key: value / step.scale for step, value in zip(draft.model.steps, values, strict=True)
    }


def test_an_assignment_of_somebody_unknown_is_never_lawful() -> None:
    case = draw_case(0, ROSTERS)
    empty = Timetable(case.problem, Roster.of(case.problem, ()))
    duty = case.problem.duties[0].id
    for stranger in (Assignment(duty, "fremmed"), Assignment("fremmed", "anne")):
        roster = Roster.of(case.problem, (*empty.roster.assignments, stranger))
        assert not lawful(Timetable(case.problem, roster))
