"""The section on published instances: through our own rules and engine, scored independently."""

import math
from collections.abc import Sequence
from statistics import median

from benchmarks.record import Run
from benchmarks.report.figures import NONE, grouped, memory, number, rows, seconds

BEST_KNOWN = {
    "1": 607,
    "2": 828,
    "3": 1001,
    "4": 1716,
    "5": 1143,
    "7": 1056,
    "9": 439,
    "11": 3443,
    "13": 1348,
    "15": 3834,
    "17": 5746,
    "19": 3149,
    "21": 21159,
    "23": 17428,
}
"""Best published objective values (schedulingbenchmarks.org, as compiled in November 2026)."""

FAMILIES = {
    "1–11": ("1", "2", "3", "4", "5", "7", "9", "11"),
    "13": ("13",),
    "15, 17, 19": ("15", "17", "19"),
    "21, 23": ("21", "23"),
}
TEXT = """\
Staff-scheduling instances of Curtois and Qu, which are read from a folder and not kept here. The
objective is scored from the instance's text by `benchmarks/curtois.py`, which shares nothing with
our rules; a roster that breaks a demand counts as none. *Ratio* is the median objective over the
best known value; means over a family are geometric and stand only where each of its instances has
a roster.
"""


def section(runs: Sequence[Run]) -> str:
    """A row for each instance, engine and limit, then the means; empty without such runs."""
    own = [run for run in runs if run.instance.startswith("published/")]
    if not own:
        return ""
    own.sort(key=lambda run: int(run.instance.partition("/")[2]))
    ratios: dict[tuple[str, float], dict[str, float]] = {}
    body = []
    for (instance, engine, limit), group in grouped(own).items():
        name = instance.partition("/")[2]
        best = BEST_KNOWN.get(name)
        scores = [math.inf if r.score is None or r.broken else r.score for r in group]
        middle = median(scores)
        ratio = middle / best if best else math.nan
        ratios.setdefault((engine, limit), {})[name] = ratio
        # The published objective is an integer; one step holds all of it, shown in hours.
        proven = [r.bounds[0] * 60 for r in group if r.bounds and r.bounds[0] is not None]
        body.append(
            (
                instance,
                f"{group[0].people} × {group[0].days}",
                engine,
                f"{limit:g} s",
                str(len(group)),
                number(middle),
                str(best or NONE),
                number(ratio, 3),
                number(max(proven)) if proven else NONE,
                seconds(r.first for r in group),
                memory(group),
            )
        )
    head = ("Instance", "People × days", "Engine", "Limit", "Seeds", "Median", "Best known")
    table = rows((*head, "Ratio", "Bound", "First", "Memory"), "lllrrrrrrrr", body)
    return "\n".join(["## Published instances\n", TEXT, table, _means(ratios)])


def _means(ratios: dict[tuple[str, float], dict[str, float]]) -> str:
    body = []
    for (engine, limit), own in ratios.items():
        for family, names in FAMILIES.items():
            known = [own[name] for name in names if name in own]
            if known:
                body.append(
                    (
                        engine,
                        f"{limit:g} s",
                        family,
                        f"{sum(map(math.isfinite, known))} of {len(names)}",
                        number(_geometric(known), 3) if len(known) == len(names) else NONE,
                    )
                )
    head = ("Engine", "Limit", "Instances", "With a roster", "Geometric mean of ratios")
    return rows(head, "lrlrr", body)


def _geometric(ratios: Sequence[float]) -> float:
    return math.exp(sum(map(math.log, ratios)) / len(ratios))
