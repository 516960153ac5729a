"""What is to be reached on two cores, as medians of three seeds; and what tells whether it is.

This is the one place that knows the goals: `benchmarks.report.targets` reads it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import partial

from benchmarks.record import Results
from benchmarks.report import reached
from benchmarks.report.reached import Reached
from benchmarks.suites import SUITES

SEEDS = 3
"""Over so many seeds the medians are to be."""
_NOISE = Decimal("1e-9")  # of floating point: no difference
_NEAR = float(_NOISE)


@dataclass(frozen=True, slots=True)
class Target:
    """One goal.

    Attributes:
        what: is measured, as the report says it.
        goal: the value to be reached.
        shown: how its values are written, a format with one place.
        reached: finds the value in results.
        at_least: more is better; else less is.
    """

    what: str
    goal: float
    shown: str
    reached: Callable[[Results], Reached]
    at_least: bool = False

    def met(self, value: float) -> bool:
        """Whether a value is good enough."""
        lacks = self.goal - value if self.at_least else value - self.goal
        return lacks <= _NEAR

    def told(self, value: float) -> str:
        """A finite value as the report shows it, rounded against the goal: 96.96 is not 97.0."""
        places = re.search(r"\.(\d+)f", self.shown)
        step = Decimal(1).scaleb(-int(places[1]) if places else 0)
        way = ROUND_FLOOR if self.at_least else ROUND_CEILING
        exact = Decimal(value).quantize(_NOISE)
        return self.shown.format(exact.quantize(step, way))


_TO_11 = ("1", "2", "3", "4", "5", "7", "9", "11")
_MIDDLE = ("15", "17", "19")
_ALL = (*_TO_11, "13", *_MIDDLE, "21", "23")
_PROVABLE = ("1", "2", "3", "4", "5", "7")
_DISTRICTS = tuple(SUITES["districts"])
_DUELS = ("table/20x26", "published/9")
_DUELS_ON_TABLE = ("table/20x26", "table/40x52")


def _ratio(names: tuple[str, ...], limit: float, goal: float) -> Target:
    mean = ", geometric mean" if len(names) > 1 else ""
    shown = "1–11" if names == _TO_11 else ", ".join(names)
    return Target(
        f"Published {shown}: value over the best known{mean}, {limit:g} s",
        goal,
        "{:.3f}",
        partial(reached.ratio, names, limit),
    )


def _closed(size: str, limit: float, goal: float) -> Target:
    return Target(
        f"Table {size}: way from the greedy start to the bound, {limit:g} s",
        goal,
        "{:.1f} %",
        partial(reached.closed, f"table/{size}", limit),
        at_least=True,
    )


def _task(what: str, task: str, instance: str, goal: float) -> Target:
    return Target(what, goal, "{:.2f} s", partial(reached.task, task, instance))


TARGETS = (
    _ratio(_TO_11, 60, 1.02),
    _ratio(_TO_11, 600, 1.005),
    _ratio(_MIDDLE, 60, 1.12),
    _ratio(_MIDDLE, 600, 1.04),
    _ratio(("13",), 600, 1.4),
    Target(
        "Published, all 14: with a lawful roster within 600 s",
        len(_ALL),
        "{:.0f}",
        partial(reached.with_roster, _ALL, 600),
        at_least=True,
    ),
    Target(
        "Published 1–5 and 7: proven optimal within 600 s",
        len(_PROVABLE),
        "{:.0f}",
        partial(reached.proven, _PROVABLE, 600),
        at_least=True,
    ),
    Target(
        "Districts up to 100x52: first full lawful roster, the slowest",
        1.0,
        "{:.2f} s",
        partial(reached.first_full, _DISTRICTS),
    ),
    _closed("20x26", 10, 97),
    _closed("40x52", 30, 97),
    _closed("100x52", 120, 95),
    Target(
        "Table 8x13: proven optimal after",
        60,
        "{:.0f} s",
        partial(reached.proven_after, "table/8x13", 60),
    ),
    Target(
        "Districts and table up to 100x52: peak memory, the largest",
        500,
        "{:.0f} MB",
        partial(reached.memory, (*_DISTRICTS, *SUITES["table"])),
    ),
    Target(
        "District 24x26: proven gap of fairness, the heaviest load, 300 s",
        5,
        "{:.2f} %",
        partial(reached.load_gap, "district/24x26", 300),
    ),
    Target(
        "District 24x26: proven gap of fairness, the squares, given the heaviest loads, 300 s",
        5,
        "{:.1f} %",
        partial(reached.gap, "district/24x26", "fairness", 300),
    ),
    Target(
        "Others at equal time, more than 10 people: comparisons in which ours is worse",
        0,
        "{:.0f}",
        partial(reached.worse, 10, _DUELS),
    ),
    Target(
        "Others at equal time, table from 20x26 on: times nearer the bound, the least",
        10,
        "{:.1f} ×",
        partial(reached.nearer, 20, _DUELS_ON_TABLE),
        at_least=True,
    ),
    _task("Check of a roster, district 100x52", "check a roster", "district/100x52", 0.3),
    _task(
        "Ranked takers of a duty, district 40x26",
        "ranked takers of one duty",
        "district/40x26",
        0.1,
    ),
    _task("Repair with one person, district 40x26", "repair, one person", "district/40x26", 2.0),
    Target(
        "Ten times the doctor-weeks: time to the first roster",
        15,
        "{:.1f} ×",
        partial(reached.tenfold, "full"),
    ),
    Target(
        "Ten times the doctor-weeks: peak memory",
        10,
        "{:.1f} ×",
        partial(reached.tenfold, "memory"),
    ),
)
