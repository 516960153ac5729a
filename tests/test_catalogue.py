"""The folder of rules, the catalogue, the tests and the rulebook hold together."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from api.docs import rulebook
from constraints.agreement_end import ABSOLUTE_AGE
from constraints.catalogue import (
    ALL_RULES,
    RULE_SET,
    VOCABULARY,
    in_oslo,
    parameters,
    rule_set_version,
    rules_for,
)
from constraints.fair_share import FairShare
from scheduler.domain.problem import Municipality
from scheduler.domain.time import OSLO, birthday
from scheduler.rule import Authority, Confidence, Parameter, Rule
from tests.support import doctor, duty, problem

ROOT = Path(__file__).resolve().parents[1]
NOT_RULES = {"__init__", "bars", "catalogue", "law", "restrictions", "waivers", "wording"}
FILES = sorted(p for p in (ROOT / "constraints").glob("*.py") if p.stem not in NOT_RULES)
REGISTERED = (*ALL_RULES, *VOCABULARY)
NUMBERS = rulebook()
NUMERIC = {"float", "int"}

KARI = doctor("Kari")
EVENING = duty("2027-03-01 16:00", "22:00")
PLAN = problem([KARI], [EVENING])
OSLO_TOWN = (Municipality("fjell", "Oslo", 700_000),)

ASKED_FOR = (
    [f"F-12.{n}" for n in range(1, 4)]
    + ["F-6.1", "F-16.4", "F-16.5"]
    + [f"F-32.{n}" for n in range(1, 12)]
    + [f"F-33.{n}" for n in range(1, 15)]
    + ["F-33.18"]
    + [f"M-{n:02}" for n in range(1, 12)]
    + [f"S-{n:02}" for n in range(3, 9)]
    + ["S-13", "A-02"]
    + [f"W-{n:02}" for n in range(1, 9)]
)
"""The numbers of the rulebook that the program promises to carry out."""

UNIT_FREE = {
    ("cover", "primary_weight"),
    ("cover", "daytime_weight"),
    ("cover", "backup_weight"),
    ("cover", "municipal_weight"),
    ("cover_targets", "price"),  # its unit depends on the level; the title says so
    ("requests", "price"),
    ("fair_share", "leximin_depth"),  # the title says that doctors are counted
}
"""Numbers that are pure factors, or whose title says what they count."""


def _ids(kind: type[Rule]) -> str:
    return kind.id


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_rule_file_is_registered_once_under_its_own_name(file: Path) -> None:
    own = [kind for kind in REGISTERED if kind.__module__ == f"constraints.{file.stem}"]
    assert [kind.id for kind in own] == [file.stem]
    module = import_module(f"constraints.{file.stem}")
    defined = [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Rule)
        and value.__module__ == module.__name__
    ]
    assert defined == own


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_rule_file_has_a_test(file: Path) -> None:
    own = ROOT / "tests" / "constraints" / f"test_{file.stem}.py"
    assert own.is_file()
    assert any(name.startswith("test_") for name in _functions(own))


@pytest.mark.parametrize("kind", REGISTERED, ids=_ids)
def test_every_rule_says_what_it_is_and_where_it_stands(kind: type[Rule]) -> None:
    assert kind.__doc__
    assert import_module(kind.__module__).__doc__
    for title in (kind.title, kind.title_en):
        assert title == title.strip()
        assert title[0].isupper()
        assert not title.endswith(".")
    assert kind.authority in Authority
    assert kind.citations
    for citation in kind.citations:
        assert str(citation)
        assert citation.confidence in Confidence
        assert hasattr(citation, "url")
    assert kind().confidence in Confidence


def test_titles_tell_rules_apart() -> None:
    assert len({kind.title for kind in REGISTERED}) == len(REGISTERED)
    assert len({kind.title_en for kind in REGISTERED}) == len(REGISTERED)


def test_rules_stand_in_the_order_of_their_authority() -> None:
    order = [list(Authority).index(kind.authority) for kind in ALL_RULES]
    assert order == sorted(order)


# --- the rulebook ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", REGISTERED, ids=_ids)
def test_every_number_that_a_rule_cites_exists(kind: type[Rule]) -> None:
    assert set(kind.rulebook) <= set(NUMBERS.ids)
    assert len(set(kind.rulebook)) == len(kind.rulebook)


@pytest.mark.parametrize("number", ASKED_FOR)
def test_every_number_asked_for_is_carried_by_a_rule(number: str) -> None:
    assert number in NUMBERS.ids
    assert [kind.id for kind in REGISTERED if number in kind.rulebook]


def test_a_number_without_a_rule_says_why() -> None:
    carried = {number for kind in REGISTERED for number in kind.rulebook}
    assert set(NUMBERS.ids) - carried == set(NUMBERS.without_rule)


@pytest.mark.parametrize("number", range(1, 26))
def test_every_example_case_has_a_test_of_its_name(number: int) -> None:
    assert f"E{number}" in NUMBERS.cases
    wanted = f"test_e{number:02}_"
    assert any(
        name.startswith(wanted)
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in _functions(file)
    )


def _functions(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node.name


# --- parameters ------------------------------------------------------------------------------

DECLARED = [(kind, own) for kind in REGISTERED for own in kind.parameters()]


def _declared_id(value: object) -> str:
    return value.name if isinstance(value, Parameter) else getattr(value, "id", "")


@pytest.mark.parametrize(("kind", "own"), DECLARED, ids=_declared_id)
def test_every_parameter_can_be_shown_and_judged(kind: type[Rule], own: Parameter) -> None:
    number = type(own.default).__name__ in NUMERIC
    assert own.title
    assert own.title[0].isupper() or own.title[0] == "«"
    assert own.basis
    if number and (kind.id, own.name) not in UNIT_FREE:
        assert own.unit
    if own.choices:
        assert own.default in own.choices
    elif number and not own.fixed:
        assert own.low is not None
        assert own.high is not None
        assert own.low <= own.default <= own.high
        assert own.low < own.high
    elif own.default is None:
        assert own.low is not None
        assert own.high is not None


@pytest.mark.parametrize(("kind", "own"), DECLARED, ids=_declared_id)
def test_every_parameter_rests_on_the_rulebook_or_on_policy(
    kind: type[Rule], own: Parameter
) -> None:
    known = {"policy"} | set(NUMBERS.ids) | set(NUMBERS.cases)
    assert set(re.split(r", ", own.basis)) <= known


def test_exceptions_to_units_are_still_there() -> None:
    assert {(kind.id, own.name) for kind, own in DECLARED if not own.unit} >= UNIT_FREE


class Row(NamedTuple):
    """A default of the rulebook: its name there, and the parameter that holds it."""

    name: str
    rule: str
    parameter: str
    default: object
    low: float | None = None
    high: float | None = None
    fixed: bool = False


ROWS = (
    Row("age_right_exempt", "claimed_exemption", "age", 60, fixed=True),
    Row("age_contract_end", "agreement_end", "age", 70, fixed=True),
    Row("pregnancy_months", "claimed_exemption", "pregnancy_months", 3, fixed=True),
    Row("breastfeeding_until", "claimed_exemption", "nursing_months", 12, fixed=True),
    Row("exempt_overlap", "claimed_exemption", "overlap", "any"),
    Row("exempt_overlap", "decided_exemption", "overlap", "any"),
    Row("exempt_overlap", "recruitment_promise", "overlap", "any"),
    Row("exempt_overlap", "need_exemption", "overlap", "any"),
    Row("cap_other_tasks", "order_cap", "cap_other_tasks", 7.5, fixed=True),
    Row("cap_averaging_weeks", "order_cap", "cap_averaging_weeks", 1, 1, 8),
    Row("admin_meetings_count", "order_cap", "admin_meetings_count", True, fixed=True),
    Row("legevakt_counts_in_cap", "order_cap", "daytime_counts_in_cap", False),
    Row("min_doctors_24_7", "round_the_clock", "min_doctors_24_7", 1, 1, 10),
    Row(
        "lis1_completed_needs_bakvakt",
        "backup_for_dependent",
        "lis1_completed_needs_bakvakt",
        True,
    ),
    Row(
        "legevakter_for_competence",
        "backup_for_dependent",
        "legevakter_for_competence",
        40,
        fixed=True,
    ),
    Row("min_rest_sfs", "rest_between_work", "min_rest", 8, 8, 11),
    Row("rest_counts_home_duty", "rest_between_work", "rest_counts_home_duty", "class 1"),
    Row("rest_counts_home_duty", "target_rest", "rest_counts_home_duty", "class 1"),
    Row("rest_counts_home_duty", "weekly_rest", "rest_counts_home_duty", "class 1"),
    Row("target_rest", "target_rest", "target_rest", 11, 8, 16),
    Row("free_after_onsite_night", "practice_after_night", "free_after_onsite_night", 8, 8, 24),
    Row("weekly_rest", "weekly_rest", "weekly_rest_target", 35, 24, 48),
    Row("weekly_rest", "weekly_rest", "weekly_rest", 28, 24, 48),
    Row("max_onsite_shift", "longest_presence", "onsite_shift_target", 13, 8, 24),
    Row("max_onsite_shift", "longest_presence", "max_onsite_shift", 16, 8, 24),
    Row("max_home_duty_block", "longest_home_duty", "home_duty_target", 72, 16, 168),
    Row("max_home_duty_block", "longest_home_duty", "max_home_duty_block", 168, 16, 168),
    Row("max_consecutive_nights", "consecutive_nights", "consecutive_nights_target", 3, 1, 7),
    Row("max_consecutive_nights", "consecutive_nights", "max_consecutive_nights", 4, 1, 7),
    Row("max_week_presence", "weekly_presence", "presence_target", 7, 0, 48),
    Row("max_week_presence", "weekly_presence", "max_week_presence", 24, 0, 48),
    Row("standby_weight", "weekly_presence", "standby_divisor", 4, 1, 7),
    Row("standby_weight", "weekly_load", "standby_divisor", 7, 1, 7),
    Row("max_total_week", "weekly_load", "total_week_target", 48, 40, 80),
    Row("max_total_week", "weekly_load", "max_total_week", 69, 40, 80),
    Row("weekend_spacing", "weekend_spacing", "weekend_spacing", 3, 2, 6),
    Row("share_weight", "fair_share", "weight", "equal"),
    Row("prorate_by_available_days", "fair_share", "prorate", True),
    Row("min_doctors_in_rota", "rota_size", "min_doctors_in_rota", {}),
    # The rulebook proposes posts; a plan of one municipality has nothing to divide first.
    Row("intermunicipal_key", "fair_share", "key", "none"),
    Row("publish_lead", "publish_lead", "publish_lead", 6, 2, 26),
    Row("cost_other_task", "municipal_cost", "cost_other_task_specialist", 1230, 0, 10_000),
    Row("cost_other_task", "municipal_cost", "cost_other_task_other", 1075, 0, 10_000),
    Row("cost_office_day_lost", "municipal_cost", "cost_office_day_lost", None, 0, 100_000),
    Row("standby_fees", "municipal_cost", "standby_fee", None, 0, 10_000),
)

IN_THE_ENGINE = {
    "tz": "scheduler.domain.time.OSLO",
    "age_absolute_end": "constraints.agreement_end.ABSOLUTE_AGE",
    "feb29_birthday": "scheduler.domain.time.birthday",
    "cap_proportional": "constraints.order_cap",  # always; the share stands in the contract
    "require_claim": "constraints.claimed_exemption",  # no claim, no bar (E3)
    "age_weight_factor": "constraints.decided_exemption",  # deliberately no code (E6)
}
"""Defaults of the rulebook that no municipality can set, and where they stand."""

OF_THE_RULEBOOK = (
    "tz age_right_exempt age_weight_factor age_contract_end age_absolute_end pregnancy_months "
    "breastfeeding_until feb29_birthday exempt_overlap require_claim cap_other_tasks "
    "cap_proportional cap_averaging_weeks admin_meetings_count legevakt_counts_in_cap "
    "min_doctors_24_7 lis1_completed_needs_bakvakt legevakter_for_competence min_rest_sfs "
    "rest_counts_home_duty target_rest free_after_onsite_night weekly_rest max_onsite_shift "
    "max_home_duty_block max_consecutive_nights max_week_presence standby_weight max_total_week "
    "weekend_spacing share_weight prorate_by_available_days min_doctors_in_rota "
    "intermunicipal_key publish_lead cost_other_task cost_office_day_lost standby_fees"
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.rule}.{row.parameter}")
def test_defaults_and_ranges_are_those_of_the_rulebook(row: Row) -> None:
    [own] = [own for own in parameters()[row.rule] if own.name == row.parameter]
    assert own.default == row.default
    assert own.fixed == row.fixed
    assert (own.low, own.high) == (row.low, row.high)


def test_every_default_of_the_rulebook_is_somewhere() -> None:
    found = {row.name for row in ROWS} | set(IN_THE_ENGINE)
    assert found == set(OF_THE_RULEBOOK.split())


@pytest.mark.parametrize("place", IN_THE_ENGINE.values())
def test_constants_stand_where_they_are_said_to(place: str) -> None:
    module, _, name = place.rpartition(".")
    assert hasattr(import_module(module), name)


def test_constants_have_the_values_of_the_rulebook() -> None:
    assert OSLO.key == "Europe/Oslo"
    assert [age for _, _, age in ABSOLUTE_AGE.spans(known=PLAN.judged_on)] == [75, 80]
    assert birthday(PLAN.first_day.replace(year=1968, month=2, day=29), 60).isoformat() == (
        "2028-02-29"
    )
    assert birthday(PLAN.first_day.replace(year=1968, month=2, day=29), 59).isoformat() == (
        "2027-02-28"
    )


# --- rules_for and the version ---------------------------------------------------------------


def test_all_rules_are_in_force_and_the_vocabulary_is_silent() -> None:
    assert [rule.id for rule in rules_for(PLAN)] == [kind.id for kind in ALL_RULES]


@pytest.mark.parametrize("kind", VOCABULARY, ids=_ids)
def test_vocabulary_comes_in_once_a_plan_sets_it(kind: type[Rule]) -> None:
    first = kind.parameters()[0]
    asked = replace(PLAN, settings={kind.id: {first.name: first.default}})
    assert [rule.id for rule in rules_for(asked)] == [*(k.id for k in ALL_RULES), kind.id]


def test_oslo_leaves_out_what_rests_on_sfs_alone() -> None:
    oslo = replace(PLAN, municipalities=OSLO_TOWN)
    assert in_oslo(oslo)
    assert not in_oslo(PLAN)
    left_out = {kind.id for kind in ALL_RULES} - {rule.id for rule in rules_for(oslo)}
    assert left_out == {kind.id for kind in ALL_RULES if kind.sfs_only}
    assert left_out >= {"rest_between_work", "practice_after_night", "rota_size"}


def test_a_cooperation_that_oslo_is_part_of_keeps_them() -> None:
    both = (*OSLO_TOWN, Municipality("nes", "Nes", 3000))
    assert not in_oslo(replace(PLAN, municipalities=both))


def test_settings_reach_the_rule() -> None:
    asked = replace(PLAN, settings={"rest_between_work": {"min_rest": 11}})
    [rule] = [rule for rule in rules_for(asked) if rule.id == "rest_between_work"]
    assert rule.settings()["min_rest"] == 11


def test_unknown_rules_and_settings_are_refused() -> None:
    with pytest.raises(ValueError, match=r"settings \(rest\) must name rules of the catalogue"):
        rules_for(replace(PLAN, settings={"rest": {}}))
    with pytest.raises(ValueError, match=r"settings of target_rest \(rest\) must be its param"):
        rules_for(replace(PLAN, settings={"target_rest": {"rest": 12}}))


def test_fair_shares_know_the_other_rules_in_force() -> None:
    rules = rules_for(PLAN)
    [fair] = [rule for rule in rules if isinstance(rule, FairShare)]
    assert fair.others == tuple(rule for rule in rules if rule is not fair)


def test_version_names_the_rule_set_and_follows_the_settings_in_force() -> None:
    version = rule_set_version(PLAN)
    assert re.fullmatch(rf"{re.escape(RULE_SET)}\+[0-9a-f]{{12}}", version)
    changed = replace(PLAN, settings={"target_rest": {"target_rest": 12}})
    assert rule_set_version(changed) != version
    assert rule_set_version(replace(PLAN, municipalities=OSLO_TOWN)) != version


def test_version_is_the_same_for_defaults_that_are_written_out() -> None:
    written = replace(PLAN, settings={"target_rest": {"target_rest": 11}})
    assert rule_set_version(written) == rule_set_version(PLAN)


@pytest.mark.parametrize("kind", REGISTERED, ids=_ids)
def test_settings_can_be_written_as_plain_values(kind: type[Rule]) -> None:
    for own in kind().settings().values():
        assert _plain(own)


def _plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and _plain(inner) for key, inner in value.items())
    return value is None or isinstance(value, bool | int | float | str | Enum)
