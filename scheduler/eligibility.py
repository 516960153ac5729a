"""Which units are closed to whom, before there is a roster; each rule is asked once."""

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.rule import Rule, barred_by

Places = NDArray[np.int32]

_ID = attrgetter("id")


def closed_units(problem: Problem, rule: Rule) -> Mapping[str, Places]:
    """For each doctor the units of which the rule closes a duty; those without any left out.

    Units are named by their places among `problem.units`. The answer is kept with the problem as
    long as both are there: the draft asks, and so do fair shares and the remarks on a plan.
    """
    kept: dict[int, tuple[Rule, Mapping[str, Places]]]
    kept = problem.remembered(closed_units, dict)
    known = kept.get(id(rule))
    if known is None or known[0] is not rule:
        known = kept[id(rule)] = rule, _closed_by(problem, rule)
    return known[1]


def _closed_by(problem: Problem, rule: Rule) -> Mapping[str, Places]:
    kind = type(rule)
    if kind.stops is Rule.stops and kind.closed is Rule.closed:
        return _closed_by_time(problem, rule) if kind.bars is not Rule.bars else {}
    found: dict[str, Places] = {}
    seen: dict[int, tuple[Sequence[Duty], Places]] = {}  # lists that are closed to several doctors
    together: dict[tuple[int, ...], Places] = {}
    for doctor in problem.doctors:
        lists = [duties for duties in rule.closed(problem, doctor) if duties]
        if not lists:
            continue
        key = tuple(map(id, lists))
        if key not in together:
            for duties in lists:
                if id(duties) not in seen:  # which keeps the list, so that its id stays its own
                    seen[id(duties)] = duties, _places(problem, duties)
            together[key] = np.concatenate([seen[own][1] for own in key])
        found[doctor.id] = together[key]
    return found


def _closed_by_time(problem: Problem, rule: Rule) -> Mapping[str, Places]:
    """The same by the stretches of time that the rule closes; some units perhaps twice."""
    by_start = problem.remembered(
        "unit places by start", lambda: _places(problem, problem.duties_by_start)
    )
    found = {}
    seen: dict[int, Places] = {}  # bars that are the same for several doctors
    for doctor in problem.doctors:
        parts = []
        for bar in rule.bars(problem, doctor):
            if bar.closes_all:
                before, inside = problem.touching(bar.interval)
                parts += [_places(problem, before), by_start[inside]]
            else:
                duties = barred_by(bar, problem)  # which is kept with the problem
                if id(duties) not in seen:
                    seen[id(duties)] = _places(problem, duties)
                parts.append(seen[id(duties)])
        if any(map(len, parts)):
            found[doctor.id] = np.concatenate(parts)
    return found


def _places(problem: Problem, duties: Iterable[Duty]) -> Places:
    place = problem.remembered(_places, lambda: _place_by_duty(problem))
    return np.fromiter(map(place.__getitem__, map(_ID, duties)), dtype=np.int32)


def _place_by_duty(problem: Problem) -> Mapping[str, int]:
    place = unit_places(problem)
    return {duty.id: place[duty.unit] for duty in problem.duties}


def unit_places(problem: Problem) -> Mapping[str, int]:
    """The place of each unit among `problem.units`."""
    return problem.remembered(
        unit_places, lambda: {unit: place for place, unit in enumerate(problem.units)}
    )
