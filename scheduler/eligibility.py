"""Which duties are closed to whom, before there is a roster; each rule is asked once."""

from collections.abc import Mapping

from scheduler.domain.problem import Problem
from scheduler.rule import Rule


def closed_units(problem: Problem, rule: Rule) -> Mapping[str, frozenset[str]]:
    """For each doctor the units of which the rule closes a duty; those without any left out.

    The answer is kept with the problem as long as both are there: the draft asks, and so do
    fair shares and the remarks on a plan.
    """
    kept: dict[int, tuple[Rule, Mapping[str, frozenset[str]]]]
    kept = problem.memo.setdefault(closed_units, {})
    known = kept.get(id(rule))
    if known is None or known[0] is not rule:
        found = {}
        for doctor in problem.doctors:
            own = frozenset([duty.unit for duty in rule.closed(problem, doctor)])
            if own:
                found[doctor.id] = own
        known = kept[id(rule)] = rule, found
    return known[1]
