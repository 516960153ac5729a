"""What the report makes of results."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.record import Point, Run, load, save
from benchmarks.report import growth_exponents, text

RUN = Run(
    instance="published/4",
    people=10,
    days=28,
    duties=56,
    engine="rettvakt",
    seed=1,
    workers=2,
    limit=60,
    seconds=60.1,
    build=0.2,
    first=0.5,
    full=None,
    titles=("cover",),
    values=(28.7,),
    bounds=(28.6,),
    score=1722,
    broken=(),
    peak_mb=200,
    curve=(Point(0.5, (40.0,)), Point(3.0, (28.7,))),
)


def test_results_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    unproven = replace(RUN, seed=2, bounds=(None,))
    save(file, [RUN], "2026-11-25")
    save(file, [unproven], "2026-11-25")
    assert load(file) == [RUN, unproven]


def test_another_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text("[]", encoding="utf-8")
    with pytest.raises(ValueError, match="must be a file of benchmark results"):
        load(file)


def test_the_median_over_seeds_is_held_against_the_best_known() -> None:
    runs = [replace(RUN, seed=n, score=score) for n, score in ((1, 1716), (2, 1722), (3, 1900))]
    report = text(runs)
    assert "| 3 | 1722 | 1716 | 1.003 | 1716 | 0.5 s | 200 MB |" in report
    assert "rettvakt, 60 s: geometric mean of the ratios 1.003 over 1 instances" in report


def test_a_roster_that_breaks_a_demand_counts_as_none() -> None:
    runs = [replace(RUN, broken=("A: 6 days of work from day 3, at most 5",))]
    assert "| 1 | – | 1716 |" in text(runs)


def test_growth_is_the_slope_in_doctors_times_days() -> None:
    sizes = ((10, 28), (20, 56), (40, 112))
    runs = [
        replace(
            RUN,
            instance=f"district/{people}x{days // 7}",
            people=people,
            days=days,
            build=(people * days) ** 1.5 / 1000,
            full=None,
            peak_mb=float(people * days),
        )
        for people, days in sizes
    ]
    slopes = growth_exponents(runs)
    assert slopes["rettvakt", "build"] == pytest.approx(1.5)
    assert slopes["rettvakt", "memory"] == pytest.approx(1.0)
    assert growth_exponents(runs[:2]) == {}
