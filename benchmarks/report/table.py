"""The section on the model of the table: engines side by side on one sum."""

from collections.abc import Mapping, Sequence
from statistics import median

from benchmarks.record import Run
from benchmarks.report.closing import TIMES, Scale, middle, over_time, scales, total
from benchmarks.report.figures import (
    NONE,
    grouped,
    memory,
    number,
    percent,
    processor,
    rows,
    seconds,
    starved,
)

OURS = "rettvakt"
TEXT = """\
A legevakt with three to five duties a day (evening, night and backup; at weekends a day shift too;
three sessions of § 32 a week), made of our own rules: cover, one place at a time, rest, caps on
orders, absences, exemptions, weekend spacing, continuity, wishes, and the squared deviations from
the fair share in five burdens. All prices stand in **one sum**, in squared typical duties; lower is
better. A hole stands above the sum, so sums are compared between full lawful rosters only.

**Closed** = (start − value) / (start − bound), of the sum. *Start* is a greedy roster that
`benchmarks/table/greedy.py` makes: duty after duty, to the lawful doctor whom it costs the sum
least; it is fixed, so that the scale does not move when our own construction gets better. *Bound*
is the best that any engine proved in any run of this report (`certify` is our own prover, run for
the bound alone); no full lawful roster lies below it. 100 % is therefore a proven optimum, and what
is missing may be the roster's or the bound's fault. Below 0 the greedy start was better. The value
at a time is that of the best full roster found by then; building the model counts, except for
Timefold, whose Java start-up is left out in its favour. Every roster is scored by the same judge
from its assignments. *Farther* is an engine's distance to the bound at its end over ours at the
same limit. *Took* is the wall time until an engine handed over; *Processor* what it got of two
cores.

The peers: `cp-sat-whole` is the textbook way, one CP-SAT model of everything; `highs` and `scip`
get the same model as a mixed integer program; `timefold` a model of its own in constraint streams
(`benchmarks/peers/`), whose sum a test holds against our judge. Of the open schedulers on the
Python index, `pyworkforce` 0.5 minimises hours and knows no weekends, fairness or prices of cover,
and `pyjobshop` 0.0.9 minimises the times of jobs on machines: neither can be given this task.
"""


def section(runs: Sequence[Run]) -> str:
    """Tables of scales and of engines; empty without runs on the table."""
    found = scales(runs)
    own = [run for run in runs if run.instance in found and run.engine not in ("greedy", "certify")]
    if not own:
        return ""
    faults = [
        f"**Bound and roster contradict each other on {name}: {own}.**\n"
        for name, own in found.items()
        if not own.sound
    ]
    return "\n".join(
        ["## The model of the table\n", TEXT, *faults, _scales(found), _engines(own, found)]
    )


def _scales(found: Mapping[str, Scale]) -> str:
    return rows(
        ("Instance", "Start", "Best found", "Bound", "Best found has closed"),
        "lrrrr",
        (
            (
                name,
                number(own.start, 1),
                number(own.best, 1),
                number(own.bound, 1),
                percent(own.closed(own.best)),
            )
            for name, own in found.items()
        ),
    )


def _engines(runs: Sequence[Run], found: Mapping[str, Scale]) -> str:
    groups = grouped(sorted(runs, key=lambda run: list(found).index(run.instance)))
    shown = [time for time in TIMES if time <= max(run.limit for run in runs)]
    body = []
    for (instance, engine, limit), own in groups.items():
        scale = found[instance]
        closed = over_time(own, scale)
        body.append(
            (
                instance,
                engine,
                f"{limit:g} s",
                str(len(own)),
                _sum(own),
                *(percent(closed.get(time)) for time in shown),
                percent(middle(scale.closed(total(run)) for run in own)),
                _farther(own, groups.get((instance, OURS, limit), []), scale),
                seconds(run.build for run in own),
                seconds(run.full for run in own),
                seconds(run.seconds for run in own),
                processor(own) + starved(own),
                memory(own),
            )
        )
    times = [f"{time:g} s" for time in shown]
    head = (
        "Instance",
        "Engine",
        "Limit",
        "Seeds",
        "Sum",
        *times,
        "End",
        "Farther",
        "Build",
        "Full",
    )
    return rows((*head, "Took", "Processor", "Memory"), "llrrr" + "r" * len(shown) + "r" * 7, body)


def _sum(runs: Sequence[Run]) -> str:
    """The median; or why there is none."""
    reached = [own for own in map(total, runs) if own is not None]
    if len(reached) == len(runs):
        return number(median(reached), 1)
    run = next(run for run in runs if total(run) is None)
    if run.broken:
        return "unlawful"
    return "holes" if run.values else "no roster"


def _farther(theirs: Sequence[Run], ours: Sequence[Run], scale: Scale) -> str:
    """How many times farther from the bound than we are, at the limit."""
    if not ours or theirs[0].engine == OURS:
        return NONE
    distances = []
    for runs in (theirs, ours):
        reached = [own for own in map(total, runs) if own is not None]
        if len(reached) < len(runs):
            return NONE
        distances.append(median(reached) - scale.bound)
    if distances[1] <= 0:
        return "ours is at it"
    return f"{distances[0] / distances[1]:.1f} ×"
