"""All rules, in the order in which they are explained: law, agreement, municipality, health,
fairness, wish.

`rules_for` puts a plan's settings into them. The general vocabulary of the rostering
literature (VOCABULARY) is silent until a plan gives it something to demand.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from constraints.claimed_exemption import ClaimedExemption
from constraints.cover import Cover
from constraints.rest_between_work import RestBetweenWork
from scheduler.domain.problem import Problem
from scheduler.rule import Parameter, Rule

RULE_SET = "2026.1"
"""Version of the rules: the year of the regulation, and a number for each change of meaning."""

ALL_RULES: tuple[type[Rule], ...] = (
    Cover,
    ClaimedExemption,
    RestBetweenWork,
)

VOCABULARY: tuple[type[Rule], ...] = ()

_BY_ID = {rule.id: rule for rule in (*ALL_RULES, *VOCABULARY)}


def parameters() -> Mapping[str, tuple[Parameter, ...]]:
    """Every rule's parameters by rule id, for reading a plan's settings."""
    return {rule_id: rule.parameters() for rule_id, rule in _BY_ID.items()}


def rules_for(problem: Problem) -> tuple[Rule, ...]:
    """The rules with the plan's settings, in order of explanation.

    In Oslo the collective agreement SFS 2305 does not hold (P-9), so rules that rest on it
    alone are left out where the plan's municipality is Oslo.

    Raises:
        ValueError: a rule or parameter does not exist (reading a plan reports this first).
    """
    unknown = sorted(set(problem.settings) - set(_BY_ID))
    if unknown:
        raise ValueError(f"settings ({', '.join(unknown)}) must name rules of the catalogue")
    chosen = [rule for rule in ALL_RULES if not (rule.sfs_only and in_oslo(problem))]
    chosen += [rule for rule in VOCABULARY if problem.settings.get(rule.id)]
    return tuple(_configured(rule, problem.settings.get(rule.id, {})) for rule in chosen)


def rule_set_version(problem: Problem) -> str:
    """The version of the rules with a digest of the settings in force, for provenance."""
    settings = {rule.id: dict(rule.settings()) for rule in rules_for(problem)}
    text = json.dumps(settings, sort_keys=True, default=str, ensure_ascii=False)
    return f"{RULE_SET}+{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def in_oslo(problem: Problem) -> bool:
    """Whether the plan is Oslo's, which has agreements of its own."""
    return all(m.name.strip().casefold() == "oslo" for m in problem.municipalities)


def _configured(rule: type[Rule], settings: Mapping[str, Any]) -> Rule:
    known = {p.name for p in rule.parameters()}
    unknown = sorted(set(settings) - known)
    if unknown:
        raise ValueError(f"settings of {rule.id} ({', '.join(unknown)}) must be its parameters")
    return replace(rule(), **settings)
