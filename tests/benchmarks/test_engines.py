"""Every engine gets the same model and is judged by the same checkers."""

import subprocess
import sys
from collections.abc import Callable
from functools import partial

import pytest

from benchmarks.child import engine as engine_of
from benchmarks.engines import certified, construction, linear, ours, whole_cpsat
from benchmarks.engines.found import Effort, Found
from benchmarks.instances import Loaded
from benchmarks.judge import faults
from benchmarks.suites import ENGINES
from constraints.catalogue import rules_for
from scheduler.checking import check
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster, Timetable
from tests.support import NIGHT, doctor, duty, problem

Engine = Callable[[Loaded, Effort], Found]


@pytest.fixture(scope="module")
def small() -> Loaded:
    nights = [
        duty(f"2027-03-{day:02} 23:00", f"2027-03-{day + 1:02} 08:00", NIGHT)
        for day in (8, 9, 12, 15)
    ]
    own: Problem = problem([doctor("Kari"), doctor("Ola"), doctor("Per")], nights)
    chosen = {"cover", "one_place_at_a_time", "rest_between_work", "fair_share"}
    return Loaded("small", own, tuple(rule for rule in rules_for(own) if rule.id in chosen))


@pytest.mark.parametrize(
    "engine",
    [
        ours.run,
        certified.run,
        whole_cpsat.run,
        partial(linear.run, "highs"),
        partial(linear.run, "scip"),
    ],
    ids=["rettvakt", "certify", "cp-sat-whole", "highs", "scip"],
)
def test_an_engine_finds_the_lawful_optimum_of_a_small_plan(engine: Engine, small: Loaded) -> None:
    found = engine(small, Effort(seconds=20, workers=1, seed=1))
    assert found.assignments is not None
    roster = Roster.of(small.problem, found.assignments)
    report = check(Timetable(small.problem, roster), small.rules)
    assert report.lawful
    assert report.complete
    cover = found.titles.index("cover")
    assert found.values[cover] == found.bounds[cover] == 0
    assert found.curve[-1].values == found.values
    assert all(b is None or b <= v for b, v in zip(found.bounds, found.values, strict=True))


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_is_found_by_its_name(name: str) -> None:
    assert callable(engine_of(name))


def test_a_run_of_ours_loads_no_solvers_that_belong_to_other_engines() -> None:
    code = (
        "import sys; from benchmarks.child import engine; engine('rettvakt');"
        "assert not {'ortools', 'numba', 'pandas'} & {*sys.modules}"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_construction_alone_is_lawful_and_full(small: Loaded) -> None:
    found = construction.run(small, Effort(seconds=1, workers=1, seed=1))
    assert found.assignments is not None
    assert faults(small, found, found.values) == []
    assert found.values[found.titles.index("cover")] == 0
    assert 0 < found.curve[0].seconds < found.build
