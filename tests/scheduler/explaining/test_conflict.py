"""The planted causes are found, all of them, and nothing else is blamed."""

from itertools import product

import pytest

from scheduler.explaining.conflict import Conflict, Explainer, Finding
from scheduler.explaining.elements import Element, Kind
from scheduler.solving.evaluate import settle, total
from scheduler.solving.model import Constraint
from tests.scheduler.explaining.planted import PLANTED
from tests.scheduler.explaining.planting import Planted

MOST = 14


@pytest.fixture(scope="module")
def explained() -> dict[str, tuple[Explainer, Finding, Conflict | None]]:
    """Every planted plan, explained once."""
    found = {}
    for own in PLANTED:
        explainer = Explainer(own.problem, own.rules)
        if own.asked is None:
            told = explainer.impossible()
            found[own.name] = (explainer, told.finding, told.conflict)
        else:
            answer = explainer.hole(own.timetable, own.asked)
            found[own.name] = (explainer, answer.finding, answer.conflict)
    return found


Explained = dict[str, tuple[Explainer, Finding, Conflict | None]]


def test_there_are_enough_of_them() -> None:
    assert len(PLANTED) >= 30
    assert len({own.name for own in PLANTED}) == len(PLANTED)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda own: own.name)
def test_the_planted_cause_is_found_and_no_other(planted: Planted, explained: Explained) -> None:
    _, finding, conflict = explained[planted.name]
    assert finding is planted.finding
    assert conflict is not None
    assert {(own.rule, own.doctor) for own in conflict.elements} == planted.causes
    others = {duty for own in conflict.demands[1:] for duty in own.duties}
    assert others == planted.demands


@pytest.mark.parametrize("planted", PLANTED, ids=lambda own: own.name)
def test_each_conflict_is_one_and_is_smallest(planted: Planted, explained: Explained) -> None:
    """By trying every choice of decisions: no solver has a say here."""
    explainer, _, conflict = explained[planted.name]
    assert conflict is not None
    elements = [*conflict.demands, *conflict.elements]
    assert not _met(explainer, elements)
    for own in elements:
        assert _met(explainer, [other for other in elements if other is not own]), own


@pytest.mark.parametrize("planted", PLANTED, ids=lambda own: own.name)
def test_every_cause_has_a_sentence_of_its_rule(planted: Planted, explained: Explained) -> None:
    explainer, _, conflict = explained[planted.name]
    assert conflict is not None
    for own in conflict.elements:
        assert own.case is not None, own
        sentence = explainer.ground.rules[own.rule].explain(planted.problem, own.case)
        assert sentence.endswith(").")
        if own.doctor:
            assert planted.problem.doctor_by_id[own.doctor].name in sentence


def _met(explainer: Explainer, elements: list[Element]) -> bool:
    """Whether some choice of decisions keeps all the elements' constraints."""
    model = explainer.ground.model
    constraints = [model.constraints[n] for own in elements for n in own.numbers]
    decisions = range(2, model.decisions + 2)
    assert len(decisions) <= MOST
    for values in product((0, 1), repeat=len(decisions)):
        chosen = [var for var, value in zip(decisions, values, strict=True) if value]
        settled = settle(model, chosen)
        if all(_kept(constraint, settled) for constraint in constraints):
            return True
    return False


def _kept(constraint: Constraint, values: list[int]) -> bool:
    if not values[constraint.only_if]:
        return True
    own = total(constraint.terms, values)
    low, high = constraint.low, constraint.high
    return (low is None or own >= low) and (high is None or own <= high)


def test_equal_input_gives_equal_answers() -> None:
    for own in PLANTED[::7]:
        answers = []
        for _ in range(2):
            explainer = Explainer(own.problem, own.rules)
            if own.asked:
                answers.append(repr(explainer.hole(own.timetable, own.asked).conflict))
            else:
                answers.append(repr(explainer.impossible().conflict))
        assert answers[0] == answers[1]


def test_a_demand_is_no_rule() -> None:
    own = next(own for own in PLANTED if own.demands and own.asked)
    assert own.asked
    explainer = Explainer(own.problem, own.rules)
    answer = explainer.hole(own.timetable, own.asked)
    assert answer.conflict
    assert all(element.kind is Kind.DEMAND for element in answer.conflict.demands)
    assert [duty.id for duty in answer.left] == sorted(own.demands)
    assert answer.roster is not None
