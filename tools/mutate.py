"""Mutation check of the rules: every small falsification must make a rule's own test fail.

    python -m tools.mutate [RULE ...] [--jobs N] [--report FILE]

For each rule file of `constraints/` it turns `<` into `<=` (and the like), shifts days and
numbers by one, in a copy of the tree, and runs that rule's test file. What survives is
listed with its line; the exit code is 1 if anything did. A line whose boundary makes no
difference carries the comment «either way: ...».
"""

import argparse
import ast
import copy
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MARK = "# either way"  # on a line where the boundary makes no difference; the comment says why
SHARED = {"__init__", "law", "wording", "catalogue"}
SWAPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}


@dataclass(frozen=True)
class Mutant:
    """One falsified file: what was changed, and the source that results."""

    file: str
    line: int
    change: str
    source: str


def mutants(file: Path) -> Iterator[Mutant]:
    """Every mutant of a rule file, sentences (`explain`) left out."""
    source = file.read_text(encoding="utf-8")
    lines = source.splitlines()
    tree = ast.parse(source)
    skipped = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and function.name in ("explain", "_sentence")
        for node in ast.walk(function)
    }
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in skipped or MARK in lines[getattr(node, "lineno", 1) - 1]:
            continue
        if isinstance(node, ast.Compare):
            for place, operator in enumerate(node.ops):
                if type(operator) in SWAPS:
                    yield _mutant(file, tree, number, place)
        elif isinstance(node, ast.Name) and node.id == "DAY" and isinstance(node.ctx, ast.Load):
            yield _mutant(file, tree, number, 0)


def _mutant(file: Path, tree: ast.Module, number: int, place: int) -> Mutant:
    changed = copy.deepcopy(tree)
    node = list(ast.walk(changed))[number]
    if isinstance(node, ast.Compare):
        before = ast.unparse(node)
        node.ops[place] = SWAPS[type(node.ops[place])]()
        change = f"{before}  →  {ast.unparse(node)}"
        line = node.lineno
    elif isinstance(node, ast.Name):
        line = node.lineno
        node.id = "(2 * DAY)"
        change = "DAY  →  2 * DAY"
    else:
        raise TypeError(f"node ({ast.dump(node)}) must be a comparison or a name")
    return Mutant(file.name, line, change, ast.unparse(changed))


def survives(mutant: Mutant, tree: Path) -> bool:
    """Whether the rule's test passes on the falsified copy."""
    target = tree / "constraints" / mutant.file
    original = target.read_bytes()
    target.write_text(mutant.source, encoding="utf-8")
    test = f"tests/constraints/test_{mutant.file}"
    try:
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", test],
            cwd=tree,
            capture_output=True,
            timeout=300,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    finally:
        target.write_bytes(original)
    if run.returncode not in (0, 1):
        raise RuntimeError(run.stdout.decode()[-2000:])
    return run.returncode == 0


def main() -> int:
    """Run the check; 1 if a mutant survived."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("rules", nargs="*", help="ids of rules; all if none")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--report", type=Path, help="write a table to this file")
    arguments = parser.parse_args()
    files = [
        file
        for file in sorted((ROOT / "constraints").glob("*.py"))
        if file.stem not in SHARED and (not arguments.rules or file.stem in arguments.rules)
    ]
    lines = ["| rule | mutants | killed | survived |", "| --- | --- | --- | --- |"]
    alive: list[Mutant] = []
    with tempfile.TemporaryDirectory() as folder:
        trees = [Path(folder) / str(job) for job in range(arguments.jobs)]
        for tree in trees:
            for part in ("scheduler", "constraints", "api", "fixtures", "tests"):
                shutil.copytree(ROOT / part, tree / part)
            shutil.copy(ROOT / "pyproject.toml", tree)
        for file in files:
            if not (ROOT / "tests" / "constraints" / f"test_{file.name}").exists():
                continue
            own = list(mutants(file))
            with ThreadPoolExecutor(arguments.jobs) as pool:
                parts = [own[job :: arguments.jobs] for job in range(arguments.jobs)]
                jobs = [
                    pool.submit(lambda part, tree: [m for m in part if survives(m, tree)], p, t)
                    for p, t in zip(parts, trees, strict=True)
                ]
                left = [mutant for job in jobs for mutant in job.result()]
            alive += left
            lines.append(f"| {file.stem} | {len(own)} | {len(own) - len(left)} | {len(left)} |")
            print(lines[-1], flush=True)
            for mutant in left:
                print(f"    survived: line {mutant.line}: {mutant.change}", flush=True)
    if arguments.report:
        lines += [f"- {m.file}:{m.line}: `{m.change}`" for m in alive]
        arguments.report.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
