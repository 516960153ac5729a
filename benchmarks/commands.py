"""What each command of ``python -m benchmarks`` does; gives the exit code."""

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby, product
from pathlib import Path

from benchmarks import campaign, record, rules, topics, whole
from benchmarks.campaign import Given
from benchmarks.running import Job
from benchmarks.stamp import Stamp
from benchmarks.suites import instances
from benchmarks.tasks.timing import Timing

COSTS_ON = "district/20x13"
RULES = "rules"
"""What rules cost, among the topics that are done."""


def run(options: Namespace) -> int:
    """Run engines on instances."""
    if "timefold" in options.engines and not options.timefold:
        _fail("the engine timefold needs --timefold PYTHON")
        return 2
    names = instances(options.instances)
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
    stamp = Stamp.now()
    told = [whole.run_one(job, options.out, stamp, _tell) for job in jobs]
    return 0 if all(told) else 1


def tasks(options: Namespace) -> int:
    """Measure what a person waits for; a topic that fails does not stop the others."""
    return 1 if _tasks(topics.chosen(options.topics), options.out, Stamp.now()) else 0


def _tasks(names: Sequence[str], out: Path, stamp: Stamp, clock: whole.Clock | None = None) -> int:
    """Measure topics as long as there is time; gives the number of those that failed."""
    failed = 0
    for topic in names:
        if clock is not None and clock.left() <= 0:
            _fail(f"{topic}: no time left")
        else:
            failed += not _goes_well(topic, partial(_topic, topic, out, stamp))
    return failed


def _topic(topic: str, out: Path, stamp: Stamp) -> None:
    for own in topics.measure_of(topic)():
        record.save(out, stamp.day, tasks=[own])
        _tell(_timing(own))
    record.save(out, stamp.day, topics={topic: stamp.commit})


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
        record.save(options.out, Stamp.now().day, rules=found)
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
    """Spend so many minutes on a campaign in its order, then write the report."""
    given = Given(options.published, options.timefold, tuple(options.seeds or ()))
    entries = campaign.read(options.campaign, given)
    if options.list:
        _listed(entries)
        return 0
    stamp, clock = Stamp.now(), whole.Clock(options.minutes * 60)
    wanted = None if options.keep else stamp.commit
    done = whole.done_in(options.out, wanted)
    failed = 0
    for tasks_here, group in groupby(entries, key=_tasks_of):
        if tasks_here is None:
            jobs = [entry for entry in group if isinstance(entry, Job)]
            failed += whole.run_all(jobs, options.out, stamp, clock, _tell, done=done)
        elif options.tasks:
            failed += _desk(tasks_here.topics, options.out, stamp, clock, wanted)
    others = {"readme": options.readme, "note": options.note}
    report(Namespace(results=[*options.also, options.out], out=options.report, **others))
    return 1 if failed else 0


def _tasks_of(entry: Job | campaign.Tasks) -> campaign.Tasks | None:
    return entry if isinstance(entry, campaign.Tasks) else None


def _desk(
    names: Sequence[str], out: Path, stamp: Stamp, clock: whole.Clock, wanted: str | None
) -> int:
    """Topics that are not done, with all of them the rules; gives the number that failed."""
    kept = record.load(out).topics if out.exists() else {}
    done = {own for own, commit in kept.items() if wanted is None or commit == wanted}
    missing = [own for own in names or topics.topics() if own not in done]
    failed = _tasks(missing, out, stamp, clock)
    if not names and RULES not in done and clock.left() > 0:
        rule_costs = Namespace(instances=[COSTS_ON], out=out, most=5)
        if _goes_well(RULES, partial(costs, rule_costs)):
            record.save(out, stamp.day, topics={RULES: stamp.commit})
        else:
            failed += 1
    return failed


def _listed(entries: Sequence[Job | campaign.Tasks]) -> None:
    """The campaign, and after how many minutes each run would end at the latest."""
    seconds = 0.0
    for entry in entries:
        if isinstance(entry, Job):
            seconds += campaign.needs(entry)
            name = f"{entry.instance:18} {entry.engine:13} seed {entry.seed}  {entry.seconds:g} s"
        else:
            name = f"tasks: {', '.join(entry.topics) or 'all, and what rules cost'}"
        _tell(f"{seconds / 60:6.1f} min  {name}")


def report(options: Namespace) -> int:
    """Write the report of files of results."""
    from benchmarks.report.page import write_report

    write_report(options.results, options.out, options.note, [options.readme])
    _tell(f"{options.out} written")
    return 0


def targets(options: Namespace) -> int:
    """Tell what files of results say of the targets."""
    from benchmarks.report import page
    from benchmarks.report import targets as goals

    _tell(goals.table(page.joined([record.load(file) for file in options.results])))
    return 0


def _timing(own: Timing) -> str:
    note = f"  ({own.note})" if own.note else ""
    return (
        f"{own.task:28} {own.instance:16} {own.seconds:8.3f} s  "
        f"{own.cpu_seconds:8.3f} s of processor{note}"
    )


def _tell(text: str) -> None:
    print(text, flush=True)


def _fail(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
