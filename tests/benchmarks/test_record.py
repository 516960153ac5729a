"""Files of results: read back as written, added to, and never mixed between machines."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import record
from benchmarks.record import MOST_POINTS, Point, RuleCost, load, save, thinned
from benchmarks.tasks.timing import Timing
from tests.benchmarks.results import PUBLISHED

TIMING = Timing("check a roster", "district/100x52", 0.25, 0.24, 3, "10 comparisons")
COST = RuleCost("district/20x13", "cover", 0.1, 2.0, 3.0, 10, 20, 30)


def test_results_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    file = tmp_path / "results" / "new.json"
    unproven = replace(PUBLISHED, seed=2, bounds=(None,))
    save(file, "2026-11-25", runs=[PUBLISHED])
    save(file, "2026-11-26", runs=[unproven], tasks=[TIMING], rules=[COST])
    found = load(file)
    assert found.runs == (PUBLISHED, unproven)
    assert found.tasks == (TIMING,)
    assert found.rules == (COST,)
    assert found.day == "2026-11-26"


def test_a_newer_measurement_takes_the_place_of_the_older(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    save(file, "2026-11-25", runs=[PUBLISHED], tasks=[TIMING])
    better = replace(PUBLISHED, score=1716)
    save(file, "2026-11-25", runs=[better], tasks=[replace(TIMING, seconds=0.2)])
    assert load(file).runs == (better,)
    assert [own.seconds for own in load(file).tasks] == [0.2]


def test_another_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text("[]", encoding="utf-8")
    with pytest.raises(ValueError, match="must be a file of benchmark results"):
        load(file)
    with pytest.raises(ValueError, match="must be a file of benchmark results"):
        load(tmp_path / "none.json")


def test_runs_with_other_workers_are_other_measurements(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    save(file, "2026-11-25", runs=[PUBLISHED, replace(PUBLISHED, workers=16)])
    assert [own.workers for own in load(file).runs] == [2, 16]


@pytest.mark.parametrize(
    ("name", "broken", "fault"),
    [
        ("day", None, "must have day, machine and topics"),
        ("machine", [], "must have day, machine and topics"),
        ("runs", None, "must have a list of runs"),
        ("runs", [1], "runs 1: a run must be an object"),
        ("runs", [{"titles": []}], "runs 1: a run must have 'values'"),
        ("runs", [{"titles": 3}], "runs 1: no run"),
        ("tasks", [{"task": "x"}], "tasks 1: "),
        ("rules", [None], "rules 1: "),
    ],
)
def test_a_broken_file_is_told_with_its_place(
    tmp_path: Path, name: str, broken: object, fault: str
) -> None:
    file = tmp_path / "results.json"
    save(file, "2026-11-25", runs=[PUBLISHED], tasks=[TIMING], rules=[COST])
    document = json.loads(file.read_text(encoding="utf-8"))
    if broken is None:
        del document[name]
    else:
        document[name] = broken
    file.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(ValueError, match=fault) as told:
        load(file)
    assert str(file) in str(told.value)


def test_results_of_another_machine_are_not_added_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "results.json"
    save(file, "2026-11-25", runs=[PUBLISHED])
    monkeypatch.setattr(record, "machine", lambda: {"cores": 64})
    with pytest.raises(ValueError, match="another machine"):
        save(file, "2026-11-25", runs=[PUBLISHED])


def test_a_long_curve_keeps_its_first_and_last_point() -> None:
    curve = tuple(Point(0.5 + n / 10, (1000.0 - n,)) for n in range(900))
    kept = thinned(curve)
    assert len(kept) <= MOST_POINTS
    assert kept[0] == curve[0]
    assert kept[-1] == curve[-1]
    assert list(kept) == sorted(kept, key=lambda point: point.seconds)
    assert thinned(curve[:MOST_POINTS]) == curve[:MOST_POINTS]
