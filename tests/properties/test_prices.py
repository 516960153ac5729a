"""Every price that a municipality sets weighs what it says, and nought turns it off."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from constraints.catalogue import ALL_RULES, VOCABULARY
from constraints.holiday_rotation import HolidayRotation
from scheduler.domain.roster import Assignment, Timetable
from scheduler.rule import Outcome, Rule
from scheduler.solving.costs import costs
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import settle, step_values
from scheduler.solving.model import FALSE
from tests.properties.problems import draw_case

PRICED = [kind for kind in (*ALL_RULES, *VOCABULARY) if kind().prices]
QUALITY = {
    "longest_presence",
    "weekly_rest",
    "weekly_load",
    "weekly_presence",
    "total_hours",
    "overtime",
    "christmas_or_new_year",
    "duty_continuity",
    "consecutive_nights",
    "target_rest",
    "weekend_spacing",
    "sunday_off",
    "holiday_rotation",
    "block_cohesion",
    "spacing",
    "night_spacing",
    "split_weekends",
    "holiday_after_weekend",
    "stability",
}
OFF_BY_DEFAULT = {"sunday_off", "total_hours", "overtime"}
CASES = [draw_case(seed, 4) for seed in range(0, 120, 4)]


def _ids(kind: type[Rule]) -> str:
    return kind.id


def priced(kind: type[Rule], price: int) -> Rule:
    """The rule with the same price for everything."""
    prices: dict[str, Any] = {own.name: price for own in kind().prices}
    return replace(kind(), **prices)


def value(rule: Rule, timetable: Timetable) -> int:
    draft = Draft(timetable.problem, [rule])
    chosen = draft.decision_indices(timetable.roster.assignments)
    return sum(step_values(draft.model, settle(draft.model, chosen)))


def by_step(draft: Draft, assignments: Sequence[Assignment]) -> dict[str, int]:
    values = step_values(draft.model, settle(draft.model, draft.decision_indices(assignments)))
    return dict(zip([step.key for step in draft.steps], values, strict=True))


def stopped(timetable: Timetable, rules: Sequence[Rule]) -> bool:
    """Whether a rule keeps one of the assignments out of the model."""
    draft = Draft(timetable.problem, rules)
    duties = timetable.problem.duty_by_id
    return any(draft.works(a.doctor, duties[a.duty]) == FALSE for a in timetable.roster.assignments)


def test_the_soft_rules_of_quality_have_prices() -> None:
    assert {kind.id for kind in PRICED} >= QUALITY


def _unit(kind: type[Rule]) -> str:
    """Only what weighs among the squares of the shares is not told in points."""
    return "hundredels kvadrert vakt" if kind is HolidayRotation else "hundredels poeng"


@pytest.mark.parametrize("kind", PRICED, ids=_ids)
def test_a_price_has_a_unit_and_a_range_from_nought(kind: type[Rule]) -> None:
    for own in kind().prices:
        assert (own.unit, own.low) == (_unit(kind), 0)
        assert own.high is not None
        assert own.default < own.high
        assert own.title.startswith("Pris ")


@pytest.mark.parametrize("kind", PRICED, ids=_ids)
def test_nought_turns_it_off(kind: type[Rule]) -> None:
    off = priced(kind, 0)
    assert not off.weighs
    for case in CASES:
        for timetable in case.timetables:
            assert value(off, timetable) == 0
            assert not any(c.outcome is Outcome.EXCEPTION for c in off.check(timetable))
            assert off.id not in costs(timetable, [off])


def test_a_rule_that_is_off_makes_the_model_no_larger() -> None:
    problem = CASES[0].problem
    bare = Draft(problem, []).model
    for kind in PRICED:
        off = priced(kind, 0)
        if not off.binds:
            assert Draft(problem, [off]).model.size == bare.size


def test_what_is_told_of_costs_is_what_the_search_weighs() -> None:
    rules = [kind() for kind in PRICED]
    seen = dict.fromkeys((rule.id for rule in rules), 0)
    for case in CASES:
        for timetable in case.timetables:
            if stopped(timetable, rules):
                continue  # no roster that the model can speak of
            told = costs(timetable, rules)
            assert set(told) == set(seen)
            for rule in rules:
                assert sum(told[rule.id].values()) == value(rule, timetable)
                seen[rule.id] += int(sum(told[rule.id].values()))
    assert all(seen[rule] for rule in QUALITY - OFF_BY_DEFAULT), seen


def test_a_roster_alone_is_worth_what_it_is_worth_among_all() -> None:
    rules = [kind() for kind in (*ALL_RULES, *VOCABULARY)]
    compared, bare = 0, 0
    for case in CASES:
        whole = Draft(case.problem, rules)
        for timetable in case.timetables:
            own = timetable.roster.assignments
            alone = Draft(case.problem, rules, only=own)
            # A level of which nothing that is worked speaks has no step: it is worth nothing.
            found = Counter(by_step(alone, own))
            assert found == Counter(by_step(whole, own))
            compared += 1
            bare += any(not alone.work_of(who.id) for who in case.problem.doctors)
    assert compared > 100
    assert bare > 20
