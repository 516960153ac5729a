"""What each rule costs: processor time of its verbs, and what it adds to the model."""

import time
from collections.abc import Iterator
from typing import Any

from benchmarks.encoding import Encode, encoding
from benchmarks.record import RuleCost
from benchmarks.rosters import constructed
from scheduler.rule import Rule
from scheduler.solving.draft import Draft


def costs(name: str) -> tuple[RuleCost, ...]:
    """One for each rule of an instance, the dearest first."""
    loaded, timetable = constructed(name)
    seen: dict[str, tuple[float, Size]] = {}
    Draft(loaded.problem, [_watched(rule, seen) for rule in loaded.rules])
    found = []
    for rule in loaded.rules:
        begun = time.process_time()
        for doctor in loaded.problem.doctors:
            for _ in rule.stops(loaded.problem, doctor):
                pass
        stopped = time.process_time()
        for _ in rule.check(timetable):
            pass
        checked = time.process_time()
        encoded, size = seen.get(rule.id, (0.0, (0, 0, 0)))
        found.append(
            RuleCost(
                name,
                rule.id,
                round((stopped - begun) * 1000, 1),
                round(encoded * 1000, 1),
                round((checked - stopped) * 1000, 1),
                *size,
            )
        )
    return tuple(sorted(found, key=lambda own: -(own.stops_ms + own.encode_ms + own.check_ms)))


Size = tuple[int, int, int]
"""Variables, constraints, non-zeros."""


def _watched(rule: Rule, seen: dict[str, tuple[float, Size]]) -> Rule:
    """The same rule, that notes time and size of its encoding."""

    def encode(own: Encode, draft: Draft) -> None:
        before, begun = size(draft), time.process_time()
        own(draft)
        seconds = time.process_time() - begun
        added = [after - was for after, was in zip(size(draft), before, strict=True)]
        seen[rule.id] = seconds, (added[0], added[1], added[2])

    return encoding(rule, encode)


def size(draft: Draft) -> Size:
    """Variables, constraints and non-zeros of constraints and definitions so far."""
    model = draft.model
    nonzeros = sum(len(own.terms) for own in _rows(draft))
    return model.size, len(model.constraints) + len(model.definitions), nonzeros


def _rows(draft: Draft) -> Iterator[Any]:
    yield from draft.model.constraints
    yield from draft.model.definitions
