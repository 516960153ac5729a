"""The guard: no hot path does more than it did; and it would tell if one did."""

from pathlib import Path

import pytest

from api import library
from benchmarks.districts import district, document
from benchmarks.encoding import Encode, encoding
from benchmarks.guard import ceilings
from benchmarks.guard.calls import calls
from benchmarks.guard.counts import DRAFT, SMALL, WEEKS, Counts, drafted, measure
from benchmarks.instances import Loaded
from scheduler.domain.roster import Roster, Timetable
from scheduler.reading.plan import Plan
from scheduler.solving.draft import Draft


@pytest.fixture(scope="module")
def counts() -> Counts:
    return measure()


def test_no_count_is_over_its_ceiling(counts: Counts) -> None:
    faults = [str(own) for own in ceilings.compare(counts, ceilings.read()) if own.fault]
    assert faults == [], "mend it, or set the ceilings anew: python -m benchmarks guard --update"


def test_a_fifth_more_of_anything_is_a_fault(counts: Counts) -> None:
    kept = ceilings.read()
    for name, own in kept.items():
        worse = {**{n: c.measured for n, c in kept.items()}, name: own.measured * 1.2}
        assert [v.name for v in ceilings.compare(worse, kept) if v.fault] == [name]


def test_a_count_without_a_ceiling_and_a_ceiling_without_a_count_are_faults() -> None:
    kept = {"old": ceilings.Ceiling(1, 1.1)}
    faults = {own.name: own.fault for own in ceilings.compare({"new": 1.0}, kept)}
    assert faults.keys() == {"new", "old"}
    assert all(fault and "--update" in fault for fault in faults.values())


def test_ceilings_are_set_a_tenth_over_what_is_measured(tmp_path: Path) -> None:
    file = tmp_path / "ceilings.json"
    ceilings.update({"calls": 200.0}, file)
    assert ceilings.read(file) == {"calls": ceilings.Ceiling(200.0, 220.0)}
    [verdict] = ceilings.compare({"calls": 100.0}, ceilings.read(file))
    assert verdict.fault is None
    assert verdict.loose


def test_a_rule_that_dawdles_takes_the_draft_over_its_ceiling(
    counts: Counts, tmp_path: Path
) -> None:
    plan = library.understand(Plan.model_validate(document(SMALL, WEEKS)))

    def dawdle(own: Encode, draft: Draft) -> None:
        for _ in range(int(counts[DRAFT] * SMALL * WEEKS * 0.2)):
            draft.candidates(plan.problem.duties[0])
        own(draft)

    rules = tuple(encoding(own, dawdle) if own.id == "cover" else own for own in plan.rules)
    _, drawn = drafted(Loaded("slow", plan.problem, rules))
    worse = dict(counts) | {DRAFT: drawn / (SMALL * WEEKS)}
    ceilings.update(counts, tmp_path / "today.json")
    kept = ceilings.read(tmp_path / "today.json")
    assert [own.name for own in ceilings.compare(worse, kept) if own.fault] == [DRAFT]


def test_calls_are_those_of_our_own_functions_and_the_same_each_time() -> None:
    problem = district(8, 2).problem

    def look() -> None:
        timetable = Timetable(problem, Roster.of(problem, ()))
        sorted(range(1000), key=lambda n: -n)  # not ours
        for doctor in problem.doctors:
            timetable.duties_of(doctor.id)

    look()  # what a problem keeps is found
    first, second = calls(look), calls(look)
    assert first == second
    assert len(problem.doctors) <= first < 1000
