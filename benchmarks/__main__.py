"""`python -m benchmarks`: run engines on instances, and write the report of what was measured."""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

from benchmarks.record import Run, from_plain, save
from benchmarks.report import write_report

ENGINES = ("rettvakt", "cp-sat-whole", "highs", "timefold")
SUITES = {
    "published": [f"published/{n}" for n in (1, 2, 3, 4, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23)],
    "districts": [
        f"district/{size}" for size in ("8x13", "20x13", "20x26", "40x26", "40x52", "100x52")
    ],
    "growth": [
        f"district/{size}"
        for size in ("10x4", "10x13", "10x52", "40x4", "40x13", "100x4", "100x13", "200x13")
    ],
    "fixtures": [f"fixture/{name}" for name in ("oy", "fjell", "by", "region")],
}
_GRACE = 300  # seconds beyond its limit before a run is given up


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; gives the exit code."""
    options = _parser().parse_args(arguments)
    if options.command == "report":
        write_report(options.results, options.out)
        print(f"{options.out} written")
        return 0
    if "timefold" in options.engines and not options.timefold:
        print("the engine timefold needs --timefold PYTHON", file=sys.stderr)
        return 2
    names = [name for own in options.instances for name in SUITES.get(own, [own])]
    failed = 0
    for name, seed, engine in product(names, options.seeds, options.engines):
        run = _measure(name, engine, seed, options)
        if run is None:
            failed += 1
            continue
        options.out.parent.mkdir(parents=True, exist_ok=True)
        save(options.out, [run], f"{datetime.now(UTC):%Y-%m-%d}")
        print(_line(run), flush=True)
    return 1 if failed else 0


def _measure(name: str, engine: str, seed: int, options: argparse.Namespace) -> Run | None:
    """The run, or None where it failed (told on standard error)."""
    task = {
        "instance": name,
        "engine": engine,
        "seconds": options.seconds,
        "workers": options.workers,
        "seed": seed,
        "timefold": options.timefold,
        "published": str(options.published) if options.published else None,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.child"],
            input=json.dumps(task) + "\n",
            capture_output=True,
            text=True,
            timeout=options.seconds + _GRACE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        print(f"{name} {engine} seed {seed}: no answer in time", file=sys.stderr)
        return None
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        print(f"{name} {engine} seed {seed}: {last[0]}", file=sys.stderr)
        return None
    # A solver may write to standard output as well; the answer is the last line.
    return from_plain(json.loads(done.stdout.splitlines()[-1]))


def _line(run: Run) -> str:
    reached = run.score if run.score is not None else list(run.values)
    first = "–" if run.first is None else f"{run.first:.1f} s"
    fault = f"  BROKEN: {run.broken[0]}" if run.broken else ""
    return (
        f"{run.instance:18} {run.engine:13} seed {run.seed}  first {first}  {run.seconds:.0f} s  "
        f"{run.peak_mb:.0f} MB  {reached}{fault}"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run engines on instances; results are added to a file")
    run.add_argument(
        "instances",
        nargs="+",
        help=f"suites ({', '.join(SUITES)}) or instances: published/4, district/40x52, fixture/by",
    )
    run.add_argument("--engines", nargs="+", choices=ENGINES, default=["rettvakt"])
    run.add_argument("--seconds", type=float, default=60.0, help="wall time of one run")
    run.add_argument("--workers", type=int, default=2)
    run.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    run.add_argument("--published", type=Path, help="folder of the published instances")
    run.add_argument("--timefold", help="a Python that has Timefold, for the engine of that name")
    run.add_argument("--out", type=Path, default=Path("benchmarks/results/latest.json"))
    report = commands.add_parser("report", help="write the report of a file of results")
    report.add_argument("results", type=Path)
    report.add_argument("--out", type=Path, default=Path("docs/benchmarks.md"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
