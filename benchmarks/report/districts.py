"""The section on districts with all rules and levels, as users have them."""

import math
from collections.abc import Sequence

from benchmarks.record import Run
from benchmarks.report import growth
from benchmarks.report.figures import NONE, grouped, memory, number, rows, seconds, starved

TEXT = """\
Invented districts (`district/DOCTORSxWEEKS`) and the example districts, with the whole catalogue of
rules. Levels are lexicographic, so no sum over them would mean anything: each stands with its value
and its proven bound, in the units of the product, of the seed that did worst. A bound is of rosters
that are as good on the levels before.
"""


def section(runs: Sequence[Run]) -> str:
    """A row for each instance, engine and limit; empty without such runs."""
    own = [run for run in runs if run.instance.startswith(("district/", "fixture/"))]
    own = [run for run in own if run.engine != growth.ENGINE]
    if not own:
        return ""
    own.sort(key=lambda run: (run.instance.partition("/")[0], run.people * run.days))
    body = []
    for (instance, engine, limit), group in grouped(own).items():
        worst = max(group, key=lambda r: r.values or (math.inf,))
        body.append(
            (
                instance,
                str(worst.duties),
                engine,
                f"{limit:g} s{starved(group)}",
                str(len(group)),
                seconds(r.build for r in group),
                seconds(r.first for r in group),
                seconds(r.full for r in group),
                memory(group),
                levels(worst),
            )
        )
    head = ("Instance", "Duties", "Engine", "Limit", "Seeds", "Build", "First", "Full", "Memory")
    table = rows((*head, "Levels: value (bound)"), "lrlrrrrrrl", body)
    return "\n".join(["## Districts, all rules and levels\n", TEXT, table])


def levels(run: Run) -> str:
    """«cover 0 (0), ordered 133 (133), …», or what is broken."""
    if run.broken:
        return f"unlawful: {run.broken[0]}"
    if not run.values:
        return "no roster"
    return ", ".join(
        f"{title} {number(value, 1)} ({NONE if bound is None else number(bound, 1)})"
        for title, value, bound in zip(run.titles, run.values, run.bounds, strict=True)
    )
