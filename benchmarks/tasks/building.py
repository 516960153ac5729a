"""From a plan to a model that the search can take: what it costs, in all and rule by rule."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar
from unittest.mock import patch

from api import library
from benchmarks.districts import district
from benchmarks.tasks.timing import Timing
from scheduler.eligibility import closed_units
from scheduler.rule import Rule
from scheduler.solving.construct import construct
from scheduler.solving.draft import Draft
from scheduler.solving.packed import Packed, from_bytes, to_bytes
from scheduler.solving.state import Index, State
from scheduler.solving.views import looked_into

SIZES = ((20, 26), (40, 52), (100, 52))

SHOWN = 10
"""So many rules, the dearest of the largest district, are told."""

Spent = dict[str, tuple[float, float]]
"""Seconds by the clock and of the processor, by rule."""

T = TypeVar("T")


def measure() -> Iterator[Timing]:
    """Reading, the model, the way to the child and the first roster there; then the rules.

    Each is done once: a problem keeps what it was asked before, and a second time is cheaper.
    """
    for doctors, weeks in SIZES:
        name = f"district/{doctors}x{weeks}"
        plan, timing = _once("plan understood", name, partial(district, doctors, weeks))
        yield timing
        begun = partial(Draft, plan.problem, plan.rules, demands_first=True)
        draft, timing = _once("demands posted", name, begun)
        yield timing
        (head, body), timing = _once("demands packed", name, partial(_packed, draft))
        yield timing
        _, timing = _once("first roster", name, partial(_first_roster, head, body))
        yield timing
        _, timing = _once("rest posted", name, partial(_completed, draft))
        yield timing
        (head, body), timing = _once("model packed", name, partial(_packed, draft))
        yield timing
        _, timing = _once("roster of all", name, partial(_first_roster, head, body))
        yield timing
    yield from _rules(*SIZES[-1])


def _once(task: str, name: str, work: Callable[[], T]) -> tuple[T, Timing]:
    """What the work gives, and how long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    seconds, cpu_seconds = time.perf_counter() - wall, time.process_time() - cpu
    return found, Timing(task, name, seconds, cpu_seconds, 1, _note(found))


def _note(found: object) -> str:
    """What was found, so that a figure can be told from an empty one."""
    if isinstance(found, library.LoadedPlan):
        return f"{len(found.problem.doctors)} doctors, {len(found.problem.duties)} duties"
    if isinstance(found, Draft):
        return _size(found.packed)
    if isinstance(found, State):
        return f"violation {found.violation}, {found.score()[0]} uncovered"
    return ""


def _size(packed: Packed) -> str:
    """How large a model is."""
    terms = len(packed.definitions.variables) + len(packed.constraints.variables)
    return (
        f"{packed.decisions} decisions, {len(packed.defined)} definitions, "
        f"{len(packed.lows)} constraints, {terms} terms"
    )


def _packed(draft: Draft) -> tuple[dict[str, Any], bytearray]:
    return to_bytes(draft.packed)


def _completed(draft: Draft) -> Draft:
    draft.complete()
    return draft


def _first_roster(head: dict[str, Any], body: bytearray) -> State:
    """What the child does until it has a roster to show."""
    packed = from_bytes(head, body)
    return construct(Index(looked_into(packed, whole=0), packed), 1)


def _rules(doctors: int, weeks: int) -> Iterator[Timing]:
    """The dearest rules: what each closes, and what it posts, in one draft."""
    plan = district(doctors, weeks)
    plan.problem.remembered(closed_units, dict).clear()
    spent: Spent = {}
    for rule in plan.rules:
        _, timing = _once("", "", partial(closed_units, plan.problem, rule))
        spent[rule.id] = timing.seconds, timing.cpu_seconds
    watched = {type(rule) for rule in plan.rules}
    patches = [patch.object(kind, "encode", _timed(kind, spent)) for kind in watched]
    for own in patches:
        own.start()
    try:
        Draft(plan.problem, plan.rules)
    finally:
        for own in patches:
            own.stop()
    dearest = sorted(spent, key=lambda rule: spent[rule][1], reverse=True)[:SHOWN]
    for rule_id in dearest:
        seconds, cpu_seconds = spent[rule_id]
        yield Timing(f"rule {rule_id}", f"district/{doctors}x{weeks}", seconds, cpu_seconds, 1)


def _timed(kind: type[Rule], spent: Spent) -> Callable[[Rule, Draft], None]:
    """The rule's `encode`, which adds to what was spent."""
    encode = kind.encode

    def timed(self: Rule, draft: Draft) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        encode(self, draft)
        seconds, cpu_seconds = spent[self.id]
        spent[self.id] = (
            seconds + time.perf_counter() - wall,
            cpu_seconds + time.process_time() - cpu,
        )

    return timed
