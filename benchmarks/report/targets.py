"""The first table of the report: what is to be reached, and whether it is."""

import math
from dataclasses import replace
from pathlib import Path

from benchmarks.record import Results
from benchmarks.report.figures import NONE, STARVED, WORKERS, comparable, rows
from benchmarks.report.reached import Reached
from benchmarks.targets import SEEDS, TARGETS, Target

TEXT = f"""\
On two cores, medians of {SEEDS} seeds. Reckoned from the results of runs with {WORKERS} workers; a
target of which only a part was measured counts as not measured, and a verdict is of as many seeds
as *Seeds* says, the fewest of all runs in it. Values are rounded against the goal. A gap of a level
is given what the roster reached on the levels before. Where published instances were not run so
long, the longest shorter runs stand for it: a goal that was met sooner is met.
"""
BEGIN, END = "<!-- targets -->", "<!-- /targets -->"
"""Between these, other pages hold the same table."""


def section(results: Results) -> str:
    """The table with its heading."""
    return "\n".join(["## Targets\n", TEXT, table(results)])


def table(results: Results) -> str:
    """A row for each target, of runs on two cores."""
    results = replace(results, runs=comparable(results.runs))
    body = []
    for target in TARGETS:
        found = target.reached(results)
        goal = f"{'≥' if target.at_least else '≤'} {target.shown.format(target.goal)}"
        seeds = str(found.seeds) if found.seeds else NONE
        body.append((target.what, goal, _value(target, found), seeds, verdict(target, found)))
    return rows(("What", "Target", "Reached", "Seeds", "Is"), "lrlrl", body)


def verdict(target: Target, found: Reached) -> str:
    """«met», «not met» or «not measured»."""
    if found.value is None or not found.whole:
        return "not measured"
    met = target.met(found.value)
    if found.sooner and not met:
        return "not measured"
    return ("met" if met else "**not met**") + (f" {STARVED}" if found.starved else "")


def _value(target: Target, found: Reached) -> str:
    if found.value is None:
        return NONE
    if math.isinf(found.value):
        told = "∞" if target.met(found.value) else "none"
    else:
        told = target.told(found.value)
    return f"{told} ({found.note})" if found.note else told


def put_into(page: Path, results: Results, note: str = "") -> bool:
    """Write note and table between the marks of a page; whether it has them.

    Raises:
        ValueError: the page has one mark without the other.
    """
    text = page.read_text(encoding="utf-8")
    if BEGIN not in text and END not in text:
        return False
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page} must have both {BEGIN} and, after it, {END}")
    own = table(results)
    legend = f"\n{STARVED} While the machine did other work.\n" if STARVED in own else ""
    head = f"**{note}**\n\n" if note else ""
    page.write_text(f"{before}{BEGIN}\n{head}{own}{legend}{END}{after}", encoding="utf-8")
    return True


def held_by(page: Path) -> str | None:
    """What a page holds between the marks; None without them."""
    text = page.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        return None
    return text.partition(BEGIN)[2].partition(END)[0]
