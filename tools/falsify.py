"""Small falsifications of a rule: the ways in which a limit or a date can be wrong by one.

A comparison takes in or leaves out its boundary or says the opposite, a breach is none, a
number is one more, a parameter's default one less too, a date a day earlier or later, a day
two days, and a rule is missing from the catalogue. Sentences, citations, indices and the
allowed ranges of parameters are left alone. Where a change makes no difference the line, or a
comment above it, says why: «# either way: ...».
"""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

MARK = "# either way"
SWAPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
Change = tuple[str, Any]  # a field of a node and its false value


@dataclass(frozen=True)
class Mutant:
    """One falsified file.

    Attributes:
        change: the code before and after.
        source: the whole file after.
        marked: the line says that it makes no difference.
    """

    file: Path
    line: int
    change: str
    source: str
    marked: bool


def mutants(file: Path) -> Iterator[Mutant]:
    """Every mutant of a file: of the catalogue its lists, of others what they compare."""
    source = file.read_text(encoding="utf-8")
    lines = source.splitlines()
    tree = ast.parse(source)
    words = {
        id(inner) for node in ast.walk(tree) for part in _words(node) for inner in ast.walk(part)
    }
    changes = _drops if file.stem == "catalogue" else _shifts
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in words:
            continue
        for field, value in changes(node):
            falsified = copy.deepcopy(tree)
            target: Any = list(ast.walk(falsified))[number]
            setattr(target, field, value)
            line = target.lineno
            above = lines[line - 2].lstrip()
            marked = MARK in lines[line - 1] or above.startswith(MARK)
            yield Mutant(file, line, _told(node, target), ast.unparse(falsified), marked)


def _told(before: ast.AST, after: ast.AST) -> str:
    """What was changed, on one line."""
    match before, after:
        case ast.AnnAssign(value=ast.Tuple(elts=rules)), ast.AnnAssign(value=ast.Tuple(elts=left)):
            return f"without {ast.unparse(next(rule for rule in rules if rule not in left))}"
        case (
            ast.Call(func=ast.Name(id="parameter" | "price_parameter"), args=own),
            ast.Call(args=other),
        ):
            before, after = own[0], other[0]
    return f"{ast.unparse(before)}  →  {ast.unparse(after)}"


def _words(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that judge nothing."""
    match node:
        case ast.FunctionDef(returns=ast.Name(id="str")):  # a sentence
            yield node
        case ast.Dict(values=[ast.Constant(value=str()), *_]):  # names of numbers
            yield node
        case ast.Subscript(slice=index):
            yield index
        case ast.Call(func=ast.Name(id="LawRef" | "Source" | "lru_cache")):
            yield node
        case ast.Call(
            func=ast.Name(id="parameter" | "price_parameter"), args=[_, *shown], keywords=ranges
        ):
            yield from (*shown, *ranges)
        case ast.Call(func=ast.Name(id="date"), args=parts):
            yield from parts  # it is shifted as a whole


def _shifts(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Compare(ops=operators):
            for place, operator in enumerate(operators):
                if swapped := SWAPS.get(type(operator)):
                    yield "ops", [*operators[:place], swapped(), *operators[place + 1 :]]
        case ast.Attribute(value=ast.Name(id="Outcome"), attr="BREACH"):
            yield "attr", "KEPT"
        case ast.Constant(value=bool()):
            pass
        case ast.Constant(value=int(number)):
            yield "value", number + 1
        case ast.Name(id="DAY" | "MINUTE" as name, ctx=ast.Load()):
            yield "id", f"(2 * {name})"
        case ast.Call(
            func=ast.Name(id="parameter" | "price_parameter"),
            args=[ast.Constant(value=int(value)), *rest],
        ):
            if not isinstance(value, bool):
                yield "args", [ast.Constant(value - 1), *rest]
        case ast.Call(
            func=ast.Name(id="date"),
            args=[
                ast.Constant(value=int(year)),
                ast.Constant(value=int(month)),
                ast.Constant(value=int(day)),
            ],
        ):
            for days in (-1, 1):
                shifted = date(year, month, day) + timedelta(days)
                yield "args", [ast.Constant(n) for n in (shifted.year, shifted.month, shifted.day)]


def _drops(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.AnnAssign(
            target=ast.Name(id="ALL_RULES" | "VOCABULARY"), value=ast.Tuple(elts=rules)
        ):
            for dropped in rules:
                yield "value", ast.Tuple([rule for rule in rules if rule is not dropped])
