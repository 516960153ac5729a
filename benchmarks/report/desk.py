"""The sections on what a person waits for, what rules cost, and what is guarded by counts."""

from collections.abc import Mapping, Sequence

from benchmarks.guard.ceilings import Ceiling
from benchmarks.record import RuleCost
from benchmarks.report.figures import number, rows
from benchmarks.tasks.timing import Timing

MOST = 12
"""Rules that are shown, the dearest first."""


def tasks(timings: Sequence[Timing]) -> str:
    """A row a task; empty without any."""
    if not timings:
        return ""
    table = rows(
        ("Task", "Instance", "Seconds", "Processor", "Found"),
        "llrrl",
        (
            (
                own.task,
                own.instance,
                f"{own.seconds:.3f}",
                f"{own.cpu_seconds:.3f}",
                own.note,
            )
            for own in timings
        ),
    )
    text = "The quickest of some runs, by the clock and in seconds of this process's processor.\n"
    return "\n".join(["## At the desk\n", text, table])


def rules(costs: Sequence[RuleCost]) -> str:
    """The dearest rules of each instance and the sum of all; empty without any."""
    parts = []
    for instance in dict.fromkeys(own.instance for own in costs):
        own = [cost for cost in costs if cost.instance == instance]
        own.sort(key=lambda cost: -_milliseconds(cost))
        parts.append(f"The {min(MOST, len(own))} dearest of {len(own)} rules on {instance}:\n")
        parts.append(
            rows(
                ("Rule", "Stops", "Encode", "Check", "Variables", "Rows", "Non-zeros"),
                "lrrrrrr",
                [*map(_row, own[:MOST]), _row(_sum(own))],
            )
        )
    if not parts:
        return ""
    text = (
        "Processor milliseconds of each rule's verbs over all doctors, and what it adds to the "
        "model. A value that two rules speak of counts for the first.\n"
    )
    return "\n".join(["## What rules cost\n", text, *parts])


def guarded(ceilings: Mapping[str, Ceiling]) -> str:
    """What the fast tests hold down."""
    text = (
        "Counted, not timed: `python -m benchmarks guard`, and so the fast tests, fail where a "
        "count is over its ceiling, a tenth over what was measured when it was set.\n"
    )
    table = rows(
        ("Count", "Measured", "Ceiling"),
        "lrr",
        ((name, number(own.measured, 2), number(own.ceiling, 2)) for name, own in ceilings.items()),
    )
    return "\n".join(["## Guarded by counts\n", text, table])


def _milliseconds(cost: RuleCost) -> float:
    return cost.stops_ms + cost.encode_ms + cost.check_ms


def _row(cost: RuleCost) -> tuple[str, ...]:
    return (
        f"`{cost.rule}`" if cost.rule != "all" else "**all**",
        f"{cost.stops_ms:.0f} ms",
        f"{cost.encode_ms:.0f} ms",
        f"{cost.check_ms:.0f} ms",
        str(cost.variables),
        str(cost.constraints),
        str(cost.nonzeros),
    )


def _sum(costs: Sequence[RuleCost]) -> RuleCost:
    return RuleCost(
        costs[0].instance,
        "all",
        sum(own.stops_ms for own in costs),
        sum(own.encode_ms for own in costs),
        sum(own.check_ms for own in costs),
        sum(own.variables for own in costs),
        sum(own.constraints for own in costs),
        sum(own.nonzeros for own in costs),
    )
