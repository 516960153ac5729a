"""`python -m benchmarks`: run engines, time tasks, count, and write the report of it."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import campaign, commands
from benchmarks.load import command as load
from benchmarks.suites import ENGINES, SUITES

RESULTS = Path("benchmarks/results/latest.json")
REPORT = Path("docs/benchmarks.md")
README = Path("README.md")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; gives the exit code."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except ValueError as fault:
        print(f"python -m benchmarks: {fault}", file=sys.stderr)
        return 2
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    known = parser.add_subparsers(dest="command", required=True)
    _run(known.add_parser("run", help="run engines on instances; results are added to a file"))
    _all(known.add_parser("all", help="what tells most in so many minutes, and the report of it"))
    tasks = known.add_parser("tasks", help="time what a person waits for")
    tasks.add_argument("topics", nargs="*", metavar="TOPIC", help="files of benchmarks/tasks; all")
    _out(tasks)
    tasks.set_defaults(run=commands.tasks)
    rules = known.add_parser("rules", help="what each rule costs")
    rules.add_argument("instances", nargs="*", default=[commands.COSTS_ON])
    rules.add_argument("--most", type=int, default=100, help="rules told of, the dearest first")
    _out(rules)
    rules.set_defaults(run=commands.costs)
    guard = known.add_parser("guard", help="counts of the hot paths against their ceilings")
    guard.add_argument("--update", action="store_true", help="set the ceilings anew")
    guard.set_defaults(run=commands.guard)
    load.describe(known.add_parser("load", help="the service, asked by many at once"))
    report = known.add_parser("report", help="write the report of files of results")
    report.add_argument("results", type=Path, nargs="*", default=[RESULTS])
    report.add_argument("--out", type=Path, default=REPORT)
    _page(report)
    report.set_defaults(run=commands.report)
    targets = known.add_parser("targets", help="what is reached of what is to be")
    targets.add_argument("results", type=Path, nargs="*", default=[RESULTS])
    targets.set_defaults(run=commands.targets)
    return parser


def _run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "instances",
        nargs="+",
        help=f"suites ({', '.join(SUITES)}) or instances: published/4, table/20x26, "
        "district/40x52, fixture/by",
    )
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=["rettvakt"])
    parser.add_argument("--seconds", type=float, default=60.0, help="wall time of one run")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    _others(parser)
    _out(parser)
    parser.set_defaults(run=commands.run)


def _all(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--minutes", type=float, default=60.0, help="of wall time, about")
    parser.add_argument(
        "--campaign", default="hour", help=f"{', '.join(campaign.names())}, or a .toml file"
    )
    parser.add_argument(
        "--keep",
        action="store_true",
        help="run nothing again that the file has, of whatever commit; else only of this one",
    )
    parser.add_argument("--list", action="store_true", help="tell what would be run, and stop")
    parser.add_argument("--seeds", type=int, nargs="+", help="instead of the campaign's")
    parser.add_argument(
        "--no-tasks", dest="tasks", action="store_false", help="leave out benchmarks/tasks"
    )
    parser.add_argument("--report", type=Path, default=REPORT)
    parser.add_argument(
        "--also", type=Path, nargs="+", default=[], help="older files of results for the report"
    )
    _page(parser)
    _others(parser)
    _out(parser)
    parser.set_defaults(run=commands.everything)


def _page(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--note", default="", help="a sentence for the head of the report")
    parser.add_argument(
        "--readme", type=Path, default=README, help="also gets the targets, between its marks"
    )


def _others(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--published", type=Path, help="folder of the published instances")
    parser.add_argument(
        "--timefold", help="a Python that has Timefold, for the engine of that name"
    )


def _out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, default=RESULTS, help="file that results are added to")


if __name__ == "__main__":
    sys.exit(main())
