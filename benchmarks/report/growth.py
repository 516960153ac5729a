"""The section on growth: how build, first full roster and memory follow doctors and weeks."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from benchmarks.record import Run
from benchmarks.report.figures import NONE, number, rows

ENGINE = "construct"
WHAT = ("build", "full", "memory")
TEXT = """\
Of our own engine (`construct`), in processor seconds without the start of the process: a first
full roster, which needs the demands alone, and the whole model, that roster included; and the peak
memory of one process that does both. Fitted by least squares on logarithms over the districts
below: value = constant × doctors^a × weeks^b. *Ten times the work* is what ten times as many
doctor-weeks cost, by a fit on their product.
"""


@dataclass(frozen=True, slots=True)
class Growth:
    """How one figure grows.

    Attributes:
        doctors, weeks: the exponents; 1 is in proportion.
        tenfold: what ten times the doctor-weeks cost, in times.
        points: over so many sizes.
    """

    doctors: float
    weeks: float
    tenfold: float
    points: int


@dataclass(frozen=True, slots=True)
class Size:
    """Medians of one district."""

    name: str
    doctors: int
    weeks: float
    duties: int
    figures: Mapping[str, float]


def sizes(runs: Sequence[Run]) -> list[Size]:
    """The districts that our engine was run on, by doctor-weeks."""
    by_name: dict[str, list[Run]] = {}
    for run in runs:
        if run.engine == ENGINE and run.instance.startswith("district/"):
            by_name.setdefault(run.instance, []).append(run)
    found = []
    for name, own in by_name.items():
        figures = {
            "build": median(run.build for run in own),
            "full": median(math.inf if run.full is None else run.full for run in own),
            "memory": median(run.peak_mb for run in own),
        }
        kept = {what: value for what, value in figures.items() if 0 < value < math.inf}
        found.append(Size(name, own[0].people, own[0].days / 7, own[0].duties, kept))
    return sorted(found, key=lambda size: size.doctors * size.weeks)


def growth(sizes: Sequence[Size], what: str) -> Growth | None:
    """The fit; None where the sizes do not tell doctors and weeks apart."""
    own = [size for size in sizes if what in size.figures]
    if len(own) < 4:
        return None
    logs = np.array([[1.0, math.log(s.doctors), math.log(s.weeks)] for s in own])
    values = np.log([s.figures[what] for s in own])
    if np.linalg.matrix_rank(logs) < 3:
        return None
    _, doctors, weeks = np.linalg.lstsq(logs, values, rcond=None)[0].tolist()
    work = np.column_stack([logs[:, 0], logs[:, 1] + logs[:, 2]])
    slope = float(np.linalg.lstsq(work, values, rcond=None)[0][1])
    return Growth(doctors, weeks, 10**slope, len(own))


def section(runs: Sequence[Run]) -> str:
    """The exponents and the figures behind them; empty where there are too few sizes."""
    known = sizes(runs)
    fits = {what: fit for what in WHAT if (fit := growth(known, what)) is not None}
    if not fits:
        return ""
    titles = {"build": "Build", "full": "First full roster", "memory": "Peak memory"}
    exponents = rows(
        ("What", "Doctors^a", "Weeks^b", "Ten times the work", "Sizes"),
        "lrrrr",
        (
            (
                titles[what],
                number(fit.doctors, 2),
                number(fit.weeks, 2),
                f"{fit.tenfold:.1f} ×",
                str(fit.points),
            )
            for what, fit in fits.items()
        ),
    )
    figures = rows(
        ("District", "Doctors", "Weeks", "Duties", *titles.values()),
        "lrrrrrr",
        (
            (
                size.name,
                str(size.doctors),
                number(size.weeks),
                str(size.duties),
                *(_shown(size, what) for what in titles),
            )
            for size in known
        ),
    )
    return "\n".join(["## Growth\n", TEXT, exponents, figures])


def _shown(size: Size, what: str) -> str:
    value = size.figures.get(what)
    if value is None:
        return NONE
    return f"{value:.0f} MB" if what == "memory" else f"{value:.2f} s"
