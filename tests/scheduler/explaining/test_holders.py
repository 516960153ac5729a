"""Why this doctor and not that one: exchanges, whole searches, and what stands in the way."""

from dataclasses import replace

import pytest

from scheduler.domain.problem import Pin
from scheduler.explaining.conflict import Explainer, Finding
from scheduler.explaining.costs import Scorer
from scheduler.explaining.elements import Ground
from scheduler.explaining.holders import Compared, Holders, Resolved
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import settle, step_values
from tests.scheduler.explaining.planted import PLANTED
from tests.scheduler.explaining.planting import (
    EVENING_10,
    KARI,
    NIGHT_10,
    NIGHT_12,
    OLA,
    SIV,
    Planted,
)
from tests.support import problem, roster


def _three() -> Planted:
    """Kari has a night, Ola the evening before it, and Siv is away."""
    away = next(own for own in PLANTED if own.name == "absence").problem.absences[0]
    own = problem(
        [KARI, OLA, SIV],
        [EVENING_10, NIGHT_10, NIGHT_12],
        absences=(replace(away, doctor="siv"),),
    )
    work = {"kari": [NIGHT_10], "ola": [EVENING_10, NIGHT_12]}
    return Planted("three", own, frozenset(), None, work)


def test_everybody_else_has_a_verdict() -> None:
    own = _three()
    found = Holders(own.timetable, own.rules).others("kari", NIGHT_10.unit)
    assert [candidate.doctor for candidate in found] == ["ola", "siv"]
    ola, siv = found
    assert ola.able
    assert ola.changes
    assert siv.stop
    assert siv.stop.rule.id == "absence"
    assert not siv.able
    assert siv.changes == ()


def test_who_is_closed_out_needs_no_search() -> None:
    own = _three()
    siv = Holders(own.timetable, own.rules).one("kari", "siv", NIGHT_10.unit, seconds=5)
    assert siv.stop
    assert siv.stop.closed
    assert siv.answer is None
    assert siv.resolved is None


def test_another_roster_is_found_where_no_exchange_is_lawful() -> None:
    """Ola may have one night; the other must go to Siv for him to have this one."""
    limited = replace(OLA, limits=replace(OLA.limits, max_nights_per_month=1))
    own = problem(
        [KARI, limited, SIV], [NIGHT_10, NIGHT_12], pins=(Pin("kari", NIGHT_12.id, False),)
    )
    planted = Planted("chain", own, frozenset(), None, {"kari": [NIGHT_10], "ola": [NIGHT_12]})
    holders = Holders(planted.timetable, planted.rules)
    ola = holders.one("kari", "ola", NIGHT_10.unit, seconds=0)
    assert ola.stop
    assert ola.stop.rule.id == "personal_limits"
    assert ola.answer
    assert ola.answer.finding is Finding.POSSIBLE
    assert ola.answer.roster
    assert {(a.duty, a.doctor) for a in ola.answer.roster.assignments} == {
        (NIGHT_10.id, "ola"),
        (NIGHT_12.id, "siv"),
    }
    assert ola.able


def test_what_stands_in_the_way_is_a_smallest_conflict() -> None:
    limited = replace(OLA, limits=replace(OLA.limits, max_nights_per_month=1))
    own = problem([KARI, limited], [NIGHT_10, NIGHT_12], pins=(Pin("ola", NIGHT_12.id),))
    planted = Planted("pinned", own, frozenset(), None, {"kari": [NIGHT_10], "ola": [NIGHT_12]})
    explainer = Explainer(own, planted.rules)
    ola = Holders(planted.timetable, planted.rules, explainer).one(
        "kari", "ola", NIGHT_10.unit, seconds=5
    )
    assert not ola.able
    assert ola.answer
    assert ola.answer.finding is Finding.ALONE
    assert ola.answer.conflict
    assert {(e.rule, e.doctor) for e in ola.answer.conflict.elements} == {
        ("personal_limits", "ola"),
        ("pins", "ola"),
    }


@pytest.mark.parametrize(
    ("steps", "proven", "better"),
    [
        ([(5, 5, 5, True), (2, 3, 3, True)], True, False),
        ([(5, 5, 5, True), (2, 3, 1, False)], False, False),
        ([(5, 5, 5, True), (2, 4, 3, False)], True, False),  # the bound is over what stands
        ([(5, 5, 4, False), (2, 3, 3, True)], False, False),
        ([(5, 4, 4, True)], True, True),
        ([(5, 5, 5, True)], True, False),
        ([], True, False),
    ],
)
def test_what_is_proven_is_told_apart(
    steps: list[tuple[float, float, float, bool]], proven: bool, better: bool
) -> None:
    told = tuple(
        Compared("Trinn", before, after, bound, sure, "poeng")
        for before, after, bound, sure in steps
    )
    found = Resolved(_three().timetable.roster, told)
    assert found.proven is proven
    assert found.better is better


def test_scores_are_those_of_the_search() -> None:
    own = _three()
    draft = Draft(own.problem, own.rules)
    chosen = set(draft.decision_indices(own.timetable.roster.assignments))
    scores = step_values(draft.model, settle(draft.model, chosen))
    values = Scorer(own.problem, own.rules).values(own.timetable.roster)
    assert [value.amount for value in values] == [
        score / step.scale for score, step in zip(scores, draft.model.steps, strict=True)
    ]
    assert Scorer(own.problem, own.rules).changes(own.timetable.roster, own.timetable.roster) == ()


def test_a_roster_that_breaks_a_rule_is_known_as_such() -> None:
    own = _three()
    ground = Ground(own.problem, own.rules)
    assert ground.keeps(ground.chosen(own.timetable.roster))
    both = roster(own.problem, {"siv": [NIGHT_10]})
    assert not ground.keeps(ground.chosen(both.roster))


def test_what_is_asked_must_be_so() -> None:
    own = _three()
    explainer = Explainer(own.problem, own.rules)
    with pytest.raises(ValueError, match="must lack a doctor"):
        explainer.hole(own.timetable, NIGHT_10)
    with pytest.raises(ValueError, match="must not have the unit"):
        explainer.hand(own.timetable, "kari", NIGHT_10.unit)
