"""What each command of ``python -m benchmarks`` does; gives the exit code."""

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import product
from pathlib import Path

from benchmarks import rules, topics, whole
from benchmarks.record import save
from benchmarks.running import Job
from benchmarks.suites import SUITES, Budget, campaign
from benchmarks.tasks.timing import Timing

COSTS_ON = "district/20x13"
DESK = 0.2
"""Of the time of everything, for tasks and rules."""


def run(options: Namespace) -> int:
    """Run engines on instances."""
    if "timefold" in options.engines and not options.timefold:
        _fail("the engine timefold needs --timefold PYTHON")
        return 2
    names = [name for own in options.instances for name in SUITES.get(own, [own])]
    jobs = [
        Job(
            name,
            engine,
            options.seconds,
            seed,
            options.workers,
            options.published,
            options.timefold,
        )
        for name, seed, engine in product(names, options.seeds, options.engines)
    ]
    # Asked for by name, so done again where it is done.
    told = [whole.run_one(job, options.out, _today(), _tell) for job in jobs]
    return 0 if all(told) else 1


def tasks(options: Namespace) -> int:
    """Measure what a person waits for; a topic that fails does not stop the others."""
    return 1 if _tasks(topics.chosen(options.topics), options.out) else 0


def _tasks(names: Sequence[str], out: Path, clock: whole.Clock | None = None) -> int:
    """Measure topics as long as there is time; gives the number of those that failed."""
    failed = 0
    for topic in names:
        if clock is not None and clock.left() <= 0:
            _fail(f"{topic}: no time left")
        else:
            failed += not _goes_well(topic, partial(_topic, topic, out))
    return failed


def _topic(topic: str, out: Path) -> None:
    for own in topics.measure_of(topic)():
        save(out, _today(), tasks=[own])
        _tell(_timing(own))


def _goes_well(name: str, work: Callable[[], object]) -> bool:
    """Do one part of many; a fault in it is told, and the other parts are measured all the same."""
    try:
        work()
    except Exception as fault:
        _fail(f"{name}: {type(fault).__name__}: {fault}")
        return False
    return True


def costs(options: Namespace) -> int:
    """Measure what each rule costs on some instances."""
    for name in options.instances:
        found = rules.costs(name)
        save(options.out, _today(), rules=found)
        for own in found[: options.most]:
            _tell(
                f"{own.rule:24} stops {own.stops_ms:7.1f} ms  encode {own.encode_ms:7.1f} ms  "
                f"check {own.check_ms:7.1f} ms  {own.variables:6} variables  "
                f"{own.constraints:6} rows  {own.nonzeros:7} non-zeros"
            )
    return 0


def guard(options: Namespace) -> int:
    """Count, and hold the counts against their ceilings (or set these anew)."""
    from benchmarks.guard import ceilings
    from benchmarks.guard.counts import measure

    counts = measure()
    if options.update:
        ceilings.update(counts)
        _tell(f"{ceilings.FILE.name} written: {len(counts)} ceilings")
        return 0
    verdicts = list(ceilings.compare(counts, ceilings.read()))
    for verdict in verdicts:
        _tell(f"{'FAIL' if verdict.fault else 'ok  '} {verdict}")
    return 1 if any(verdict.fault for verdict in verdicts) else 0


def everything(options: Namespace) -> int:
    """Spend so many minutes on the runs that tell most, then on tasks, then write the report."""
    clock = whole.Clock(options.minutes * 60)
    budget = Budget.of(options.minutes)
    if options.seeds:
        budget = Budget(budget.usual, budget.long, tuple(options.seeds))
    jobs = list(campaign(budget, published=options.published, timefold=options.timefold))
    _tell(
        f"{len(jobs)} runs in order of importance, limits {budget.usual:g} and {budget.long:g} s; "
        f"what fits into {options.minutes:g} minutes is run"
    )
    failed = 0
    if options.tasks:
        # The runs that tell most, then tasks and rules in what was kept for them, then the rest.
        first = whole.Clock(clock.seconds * (1 - DESK))
        failed += whole.run_all(jobs, options.out, _today(), first, _tell)
        rule_costs = Namespace(instances=[COSTS_ON], out=options.out, most=5)
        failed += not _goes_well("rules", partial(costs, rule_costs))
        failed += _tasks(topics.topics(), options.out, clock)
    failed += whole.run_all(jobs, options.out, _today(), clock, _tell)
    report(Namespace(results=[options.out], out=options.report, note=options.note))
    return 1 if failed else 0


def report(options: Namespace) -> int:
    """Write the report of files of results."""
    from benchmarks.report.page import write_report

    write_report(options.results, options.out, options.note)
    _tell(f"{options.out} written")
    return 0


def _timing(own: Timing) -> str:
    note = f"  ({own.note})" if own.note else ""
    return (
        f"{own.task:28} {own.instance:16} {own.seconds:8.3f} s  "
        f"{own.cpu_seconds:8.3f} s of processor{note}"
    )


def _today() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d}"


def _tell(text: str) -> None:
    print(text, flush=True)


def _fail(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
