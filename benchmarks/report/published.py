"""The sections on published and made-up instances: our rules and engine, scored independently."""

import math
from collections.abc import Sequence
from statistics import median

from benchmarks.record import Run
from benchmarks.report.figures import grouped, memory, number, rows, seconds, starved

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
our rules; a roster that breaks a demand counts as none. Under each limit stands the median over the
seeds and, after it, its ratio to the best known value. *Seeds*, *First* (seconds to the first
lawful roster), *Proven* (seconds until the optimum was proven) and *Memory* are of the longest
limit that was run, *Bound* is the best of all. Means over a family are geometric and stand only
where each of its instances has a roster.
"""
MADE = """\
`benchmarks/made.py` makes them up (`made/PEOPLExDAYSxTYPES`): nobody has tuned anything to them. A
lawful roster is drawn first and the instance put around it; *Drawn* is what that one costs, so the
optimum is no higher. All else is as with published instances.
"""
_PUBLISHED = "published/"
_INVENTED = "made/"
_Ratios = dict[tuple[str, float], dict[str, float]]


def score(run: Run) -> float:
    """What the roster costs; infinite without a lawful one."""
    return math.inf if run.score is None or run.broken else run.score


def geometric(ratios: Sequence[float]) -> float:
    """The geometric mean."""
    return math.exp(sum(map(math.log, ratios)) / len(ratios))


def section(runs: Sequence[Run]) -> str:
    """A row for each instance and engine, a column for each limit, then the means."""
    own = [run for run in runs if run.instance.startswith(_PUBLISHED)]
    if not own:
        return ""
    own.sort(key=lambda run: int(_name(run)))
    return "\n".join(
        ["## Published instances\n", TEXT, _instances(own, "Best known"), _means(_ratios(own))]
    )


def made(runs: Sequence[Run]) -> str:
    """The same for made-up instances, without means; empty without such runs."""
    own = [run for run in runs if run.instance.startswith(_INVENTED)]
    if not own:
        return ""
    own.sort(key=lambda run: run.people * run.days)
    return "\n".join(["## Made-up instances\n", MADE, _instances(own, "Drawn")])


def _instances(runs: Sequence[Run], against: str) -> str:
    limits = sorted({run.limit for run in runs})
    body = []
    for (instance, engine), groups in _by_limit(runs).items():
        longest = groups[max(groups)]
        known = _known(longest[0])
        body.append(
            (
                instance,
                f"{longest[0].people} × {longest[0].days}",
                number(known),
                engine,
                *(_reached(groups.get(limit, []), known) for limit in limits),
                number(_bound([run for own in groups.values() for run in own])),
                seconds(run.seconds if run.proven else None for run in longest),
                seconds(run.first for run in longest),
                str(len(longest)),
                memory(longest),
            )
        )
    head = ("Instance", "People × days", against, "Engine", *(f"{own:g} s" for own in limits))
    tail = ("Bound", "Proven", "First", "Seeds", "Memory")
    return rows((*head, *tail), "llrl" + "r" * (len(limits) + len(tail)), body)


def _by_limit(runs: Sequence[Run]) -> dict[tuple[str, str], dict[float, list[Run]]]:
    found: dict[tuple[str, str], dict[float, list[Run]]] = {}
    for (instance, engine, limit), own in grouped(runs).items():
        found.setdefault((instance, engine), {})[limit] = own
    return found


def _reached(runs: Sequence[Run], known: int | None) -> str:
    """«1722 · 1.003», marked where the runs had too little processor."""
    if not runs:
        return ""
    middle = median(map(score, runs))
    if math.isinf(middle):
        return f"no roster{starved(runs)}"
    ratio = f" · {number(middle / known, 3)}" if known else ""
    return f"{number(middle)}{ratio}{starved(runs)}"


def _bound(runs: Sequence[Run]) -> float | None:
    """The best that was proven; the objective is an integer, shown in hours by its one step."""
    found = [run.bounds[0] for run in runs if run.found and run.bounds[0] is not None]
    return max(found) * 60 if found else None


def _known(run: Run) -> int | None:
    return BEST_KNOWN.get(_name(run)) if run.instance.startswith(_PUBLISHED) else run.drawn


def _name(run: Run) -> str:
    return run.instance.partition("/")[2]


def _ratios(runs: Sequence[Run]) -> _Ratios:
    found: _Ratios = {}
    for (_, engine, limit), own in grouped(runs).items():
        known = _known(own[0])
        if known:
            ratio = median(map(score, own)) / known
            found.setdefault((engine, limit), {})[_name(own[0])] = ratio
    return found


def _means(ratios: _Ratios) -> str:
    limits = sorted({limit for _, limit in ratios})
    body = []
    for engine in dict.fromkeys(engine for engine, _ in ratios):
        for family, names in FAMILIES.items():
            cells = [_mean(ratios.get((engine, limit), {}), names) for limit in limits]
            if any(cells):
                body.append((engine, family, *cells))
    head = ("Engine", "Instances", *(f"{own:g} s" for own in limits))
    return rows(head, "ll" + "r" * len(limits), body)


def _mean(own: dict[str, float], names: Sequence[str]) -> str:
    """The geometric mean, or how many instances of the family have a roster; empty without runs."""
    known = [own[name] for name in names if name in own]
    if not known:
        return ""
    there = sum(map(math.isfinite, known))
    return number(geometric(known), 3) if there == len(names) else f"{there} of {len(names)}"
