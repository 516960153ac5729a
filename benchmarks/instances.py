"""Instances by name: published ones of a folder, made-up ones, the table's, and districts."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from api import library
from benchmarks import curtois
from benchmarks.districts import district
from benchmarks.made import made, sizes
from benchmarks.table.model import table
from fixtures.files import fixture
from scheduler.domain.problem import Assignment, Problem
from scheduler.rule import Rule


@dataclass(frozen=True)
class Loaded:
    """A problem with its rules, and the instance's own scorer where it has one.

    Attributes:
        drawn: what the roster costs around which the instance was made up; None for others.
    """

    name: str
    problem: Problem
    rules: tuple[Rule, ...]
    published: curtois.Instance | None = None
    drawn: int | None = None

    def score(self, assignments: Sequence[Assignment]) -> tuple[int, list[str]] | None:
        """Objective and broken demands, straight from the published instance; None without one."""
        if self.published is None:
            return None
        plan = curtois.plan_of(self.problem, assignments)
        return curtois.score(self.published, plan)


def load(name: str, folder: Path | None) -> Loaded:
    """An instance.

    Args:
        name: «published/4», «made/50x182x6», «table/20x26», «district/40x52», «fixture/fjell»;
            with a seed «district/40x52/3», «made/50x182x6/3».
        folder: where the published instances are; they are never kept here.

    Raises:
        ValueError: there is no such instance.
    """
    kind, _, rest = name.partition("/")
    if kind == "published":
        if folder is None:
            raise ValueError(f"instance ({name}) needs --published FOLDER")
        path = folder / f"Instance{rest}.txt"
        if not path.is_file():
            raise ValueError(f"instance ({name}) must be a file of the folder: {path.name} is not")
        instance = curtois.read(path.read_text(encoding="utf-8"))
        problem = curtois.problem_of(instance, name)
        return Loaded(name, problem, curtois.rules_of(instance), instance)
    if kind == "made":
        own = made(*sizes(rest))
        problem = curtois.problem_of(own.instance, name)
        return Loaded(name, problem, curtois.rules_of(own.instance), own.instance, own.cost)
    if kind in ("district", "table"):
        size, _, seed = rest.partition("/")
        doctors, _, weeks = size.partition("x")
        if not (doctors.isdigit() and weeks.isdigit() and (not seed or seed.isdigit())):
            raise ValueError(f"instance ({name}) must be {kind}/DOCTORSxWEEKS or …/SEED")
        if kind == "table":
            return Loaded(name, *table(int(doctors), int(weeks), int(seed or 1)))
        return _of(name, district(int(doctors), int(weeks), int(seed or 1)))
    if kind == "fixture":
        return _of(name, library.read(fixture(rest)))
    raise ValueError(
        f"instance ({name}) must begin with published/, made/, table/, district/ or fixture/"
    )


def _of(name: str, loaded: library.LoadedPlan) -> Loaded:
    return Loaded(name, loaded.problem, loaded.rules)
