"""Small falsifications of a rule: the ways in which a limit or a date can be wrong by one.

A comparison takes in or leaves out its boundary, a number is one more, a date a day earlier
or later, a day two days, and a rule is missing from the catalogue. Sentences, citations,
indices and the allowed ranges of parameters are left alone. Where the change makes no
difference the line, or a comment above it, says why: «# either way: ...».
"""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

MARK = "# either way"
LISTS = ("ALL_RULES", "VOCABULARY")
SWAPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}
Change = Callable[[Any], None]  # falsifies a node in place


@dataclass(frozen=True)
class Mutant:
    """One falsified file.

    Attributes:
        change: the node before and after.
        marked: the line says that it makes no difference.
    """

    file: Path
    line: int
    change: str
    tree: ast.Module
    marked: bool


def mutants(file: Path) -> Iterator[Mutant]:
    """Every mutant of a file: of the catalogue its lists, of others what they compare."""
    source = file.read_text(encoding="utf-8")
    lines = ["", *source.splitlines()]
    tree = ast.parse(source)
    left_alone = {
        id(inner) for node in ast.walk(tree) for part in _words(node) for inner in ast.walk(part)
    }
    changes = _drops if file.stem == "catalogue" else _shifts
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in left_alone:
            continue
        for change in changes(node):
            falsified = copy.deepcopy(tree)
            target: Any = list(ast.walk(falsified))[number]
            line = target.lineno
            change(target)
            above = lines[line - 1].lstrip()
            marked = MARK in lines[line] or above.startswith(MARK)
            yield Mutant(file, line, _described(node, target), falsified, marked)


def _described(before: ast.AST, after: ast.AST) -> str:
    if isinstance(before, ast.Tuple) and isinstance(after, ast.Tuple):
        left = {ast.unparse(rule) for rule in after.elts}
        return "without " + ", ".join(ast.unparse(r) for r in before.elts if ast.unparse(r) not in left)
    return f"{ast.unparse(before)}  →  {ast.unparse(after)}"


def _words(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that judge nothing."""
    match node:
        case ast.FunctionDef(returns=ast.Name(id="str")):  # a sentence
            yield node
        case ast.Subscript(slice=place):
            yield place
        case ast.Dict(values=values) if all(isinstance(v, ast.JoinedStr | ast.Constant) and isinstance(getattr(v, "value", ""), str) for v in values):
            yield node
        case ast.Call(func=ast.Name(id="LawRef" | "Source")):
            yield node
        case ast.Call(func=ast.Name(id="parameter"), args=[_, *rest], keywords=keywords):
            yield from (*rest, *keywords)
        case ast.Call(func=ast.Name(id="date"), args=args):
            yield from args  # falsified as a whole


def _shifts(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Compare(ops=operators):
            for place, operator in enumerate(operators):
                if type(operator) in SWAPS:
                    yield _swap(place)
        case ast.Name(id="DAY" | "MINUTE" as name, ctx=ast.Load()):
            yield _set("id", f"(2 * {name})")
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            yield _set("value", number + 1)
        case ast.Call(
            func=ast.Name(id="parameter"), args=[ast.Constant(value=int() as number), *_]
        ) if not isinstance(number, bool):
            yield _first(number - 1)  # one more: as for every number
        case ast.Call(
            func=ast.Name(id="date"),
            args=[ast.Constant(value=year), ast.Constant(value=month), ast.Constant(value=day)],
        ):
            for step in (-1, 1):
                other = date(year, month, day) + timedelta(days=step)  # type: ignore[arg-type]
                parts = [ast.Constant(other.year), ast.Constant(other.month), ast.Constant(other.day)]
                yield _set("args", parts)
