"""Mutation check of the rules: every small falsification must make one of their tests fail.

    python -m tools.mutate [NAME ...] [--drop] [--jobs N] [--report FILE]

For each rule file of `constraints/` the falsifications of `tools.falsify` are put in the
place of the rule, one at a time, and the rule's own test file is run; for what rules share
(`facts`, `bars`, `law`) the tests of all rules that import it; for the catalogue, from which
each rule is taken out in turn, `tests/test_catalogue.py`. What stays alive is listed with
its line, and the exit code is then 1, unless the line is marked «either way». No file is
changed: each falsified module lives in a forked process that already holds the engine and
pytest.
"""

import argparse
import ast
import importlib.util
import os
import resource
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

import tests.support  # noqa: F401 - read once, before the forks
from tools.falsify import Mutant, mutants

ROOT = Path(__file__).resolve().parents[1]
RULES = ROOT / "constraints"
TESTS = ROOT / "tests" / "constraints"
WORDS = {"__init__", "wording"}  # judge nothing
OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")
SECONDS, BYTES = 60, 4 << 30  # for each test file; a rule that uses more is found out


def main() -> int:
    """Run the check; 1 if a mutant stayed alive."""
    parser = argparse.ArgumentParser(description="Mutation check of the rules.")
    parser.add_argument("names", nargs="*", help="ids of rules or names of facts; all if none")
    parser.add_argument("--drop", action="store_true", help="only: a rule less in the catalogue")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--report", type=Path, help="write the table to this file")
    arguments = parser.parse_args()
    names = ["catalogue"] if arguments.drop else arguments.names
    files = sorted(RULES.glob("*.py")) + sorted((RULES / "facts").glob("*.py"))
    files = [f for f in files if f.stem not in WORDS and (not names or f.stem in names)]
    if missing := set(names) - {f.stem for f in files}:
        parser.error(f"no such file in constraints: {', '.join(sorted(missing))}")
    lines = [
        "| file | hard rule | mutants | killed | either way | alive |",
        "|---|---|--:|--:|--:|--:|",
    ]
    print("\n".join(lines), flush=True)
    left = 0
    for file in files:
        own, tests = list(mutants(file)), tests_of(file)
        if own and not passes(tests):
            told = [f"  - none of {len(own)} tried: the tests are missing or fail"]
            survived = alive = own
        else:
            survived = survivors(own, tests, arguments.jobs)
            alive = [mutant for mutant in survived if not mutant.marked]
            told = [f"  - line {m.line}: `{m.change}`" for m in alive]
        left += len(alive)
        counts = (len(own), len(own) - len(survived), len(survived) - len(alive), len(alive))
        told.insert(0, f"| {file.stem} | {kind(file)} | {' | '.join(map(str, counts))} |")
        print("\n".join(told), flush=True)
        lines += told
    if arguments.report:
        arguments.report.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 1 if left else 0


def kind(file: Path) -> str:
    """«yes» or «no»: whether the file holds a hard rule; «–» where it holds no rule."""
    source = file.read_text(encoding="utf-8")
    if "    id: ClassVar = " not in source:
        return "–"
    return "no" if "    hard: ClassVar = False" in source else "yes"


def tests_of(file: Path) -> list[Path]:
    """The test files that must find a falsification of this file, its own first."""
    if file.stem == "catalogue":
        return [ROOT / "tests" / "test_catalogue.py"]
    own = [test for test in [TESTS / f"test_{file.name}"] if test.exists()]
    for other in sorted(RULES.rglob("*.py")):
        if other.stem != "catalogue" and module(file) in imports(other):
            own += tests_of(other)
    return list(dict.fromkeys(own))


def imports(file: Path) -> Iterator[str]:
    """The modules that a file imports."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def module(file: Path) -> str:
    """The dotted name of a file of the tree."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


def passes(tests: Sequence[Path]) -> bool:
    """Whether there are tests and all pass on the rule as it is."""
    return all(t.exists() for t in tests) and os.waitpid(start(None, tests), 0)[1] == 0


def survivors(own: Iterable[Mutant], tests: Sequence[Path], jobs: int) -> list[Mutant]:
    """The mutants with which all the tests pass, in order of the file."""
    alive: list[Mutant] = []
    running: dict[int, Mutant] = {}
    waiting = iter(own)
    while True:
        while len(running) < jobs and (mutant := next(waiting, None)):
            running[start(mutant, tests)] = mutant
        if not running:
            return sorted(alive, key=lambda mutant: mutant.line)
        process, status = os.wait()
        mutant = running.pop(process)
        if status == 0:
            alive.append(mutant)


def start(mutant: Mutant | None, tests: Sequence[Path]) -> int:
    """Run the tests in a process of their own, which ends with 0 if all pass; its id."""
    process = os.fork()
    if process:
        return process
    try:
        signal.alarm(SECONDS * len(tests))
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, sys.stdout.fileno())
        os.dup2(silence, sys.stderr.fileno())
        if mutant:
            install(mutant)
        result = pytest.main([*OPTIONS, *map(str, tests)])
    except BaseException:  # the falsified rule could not even be read
        result = 1
    os._exit(result)


def install(mutant: Mutant) -> None:
    """Let every later import find the falsified module."""
    name = module(mutant.file)
    spec = importlib.util.find_spec(name)
    if spec is None:
        raise ImportError(name)
    found = importlib.util.module_from_spec(spec)
    sys.modules[name] = found
    exec(compile(mutant.source, str(mutant.file), "exec"), found.__dict__)


if __name__ == "__main__":
    sys.dont_write_bytecode = False  # else pytest would rewrite every test file for every mutant
    # The same examples every time, and a failing one is not made smaller first.
    settings.register_profile(
        "mutate",
        database=None,
        deadline=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutate")
    sys.exit(main())
