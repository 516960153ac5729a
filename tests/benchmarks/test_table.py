"""The model of the table: small, lawful, one sum; and the peer's picture of it."""

from collections import Counter
from typing import Any

import pytest

from benchmarks.engines import start, timefold_table
from benchmarks.engines.found import Effort
from benchmarks.instances import Loaded, load
from benchmarks.judge import Scorer, faults
from benchmarks.table.greedy import greedy
from benchmarks.table.plan import table_plan
from scheduler.solving.draft import Draft


@pytest.fixture(scope="module")
def small() -> Loaded:
    return load("table/8x6", None)


def test_it_has_three_to_five_duties_a_day_and_one_sum_after_the_cover(small: Loaded) -> None:
    days = Counter(duty.day for duty in small.problem.duties)
    assert set(days.values()) <= {3, 4, 5}
    assert len(days) == 6 * 7
    assert [step.key for step in Draft(small.problem, small.rules).model.steps] == [
        "cover",
        "fairness",
    ]


def test_the_sum_is_that_of_the_rules_on_their_own_levels(small: Loaded) -> None:
    roster = greedy(small.problem, small.rules)
    apart = table_plan(8, 6)
    own = {rule.id for rule in small.rules}
    rules = tuple(rule for rule in apart.rules if rule.id in own)
    scorer = Scorer(Loaded("apart", apart.problem, rules))
    levels = dict(zip(scorer.keys, scorer.values(roster), strict=True))
    priced = sum(levels[key] for key in ("health", "fairness", "wishes"))
    assert Scorer(small).values(roster)[1] == pytest.approx(priced)


def test_the_greedy_start_is_full_and_lawful(small: Loaded) -> None:
    found = start.run(small, Effort(seconds=1, workers=1, seed=1))
    assert found.assignments is not None
    assert found.values[0] == 0
    assert found.values[1] > 0
    assert faults(small, found, found.values) == []


def test_the_judge_sees_breaches_and_boasting(small: Loaded) -> None:
    found = start.run(small, Effort(seconds=1, workers=1, seed=1))
    assert found.assignments is not None
    reached = [own + 1 for own in found.values]
    assert faults(small, found, reached) == [
        f"{key}: said {said:g}, is {own:g}"
        for key, said, own in zip(found.titles, found.values, reached, strict=True)
    ]


def test_the_peer_has_the_same_slots_and_nobody_who_is_stopped(small: Loaded) -> None:
    task = timefold_table.task(small)
    draft = Draft(small.problem, small.rules)
    by_unit = {slot["unit"]: slot for slot in task["slots"]}
    assert by_unit.keys() == small.problem.units.keys()
    for unit, duties in small.problem.units.items():
        assert by_unit[unit]["candidates"] == [who for who, _ in draft.candidates(duties[0])]
        for other in by_unit[unit]["excludes"]:
            assert unit in by_unit[other]["excludes"]


def test_the_peer_minimises_the_same_sum(small: Loaded) -> None:
    """By the peer's figures a roster costs what our judge says, but for rounding and slopes."""
    roster = greedy(small.problem, small.rules)
    task = timefold_table.task(small)
    assert _as_the_peer(task, {own.duty: own.doctor for own in roster}) == pytest.approx(
        Scorer(small).values(roster)[1], rel=0.04
    )


def _as_the_peer(task: dict[str, Any], roster: dict[str, str]) -> float:
    """The sum as `benchmarks/peers/timefold_table.py` reckons it."""
    total = 0.0
    slots = task["slots"]
    for doctor in task["doctors"]:
        own = [slot for slot in slots if roster[slot["unit"]] == doctor["id"]]
        minutes = sum(slot["minutes"] for slot in own)
        weekends = sorted({slot["weekend"] for slot in own} - {-1})
        holidays = {slot["holiday"] for slot in own} - {-1}
        total += ((sum(slot["points"] for slot in own) - doctor["points"]) / 1000) ** 2
        total += (sum(slot["night"] for slot in own) - doctor["nights"]) ** 2
        total += max(0, len(weekends) - doctor["weekends"]) ** 2
        total += 2 * max(0, len(holidays) - doctor["holidays"]) ** 2
        over = max(0, (minutes - doctor["ordered"]) / doctor["ordered_step"])
        total += doctor["ordered_weight"] * over**2
        for first in weekends:
            total += 4 * (first + 1 in weekends) + (first + 2 in weekends)
    for wish in task["wishes"]:
        has = any(roster[unit] == wish["doctor"] for unit in wish["units"])
        total += wish["price"] / 2000 * (has != wish["want"])
    for kind in task["continuity"]:
        who = {roster[slot["unit"]] for slot in slots if slot["kind"] == kind["kind"]}
        total += kind["price"] / 2000 * max(0, len(who) - kind["needed"])
    return total
