"""What the report makes of results."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.record import Results, Run, machine, save
from benchmarks.report import growth, published, table
from benchmarks.report.closing import over_time, scales
from benchmarks.report.figures import STARVED
from benchmarks.report.page import text, write_report
from tests.benchmarks.results import PUBLISHED, on_table
from tests.benchmarks.test_record import COST, TIMING


def test_the_median_over_seeds_is_held_against_the_best_known() -> None:
    scores = ((1, 1716), (2, 1722), (3, 1900))
    report = published.section([replace(PUBLISHED, seed=n, score=score) for n, score in scores])
    assert "| 1716 | rettvakt | 1722 · 1.003 | 1716 | – | 0.5 s | 3 | 200 MB |" in report
    assert "| rettvakt | 1–11 | 1 of 8 |" in report


def test_limits_stand_side_by_side_and_the_rest_is_of_the_longest() -> None:
    longer = replace(
        PUBLISHED, limit=600, seconds=120, cpu=240, score=1716, values=(28.6,), bounds=(28.6,)
    )
    report = published.section([longer, PUBLISHED, replace(longer, engine="highs", score=None)])
    assert "| Engine | 60 s | 600 s | Bound | Proven |" in report
    assert "| rettvakt | 1722 · 1.003 | 1716 · 1 | 1716 | 120.0 s | 0.5 s | 1 |" in report
    assert "| highs |  | no roster |" in report


def test_figures_of_runs_with_too_little_processor_are_marked() -> None:
    assert not PUBLISHED.starved
    poor = replace(PUBLISHED, cpu=80.0)
    assert poor.starved
    assert f"1722 · 1.003 {STARVED} |" in published.section([poor])
    assert not replace(poor, engine="highs").starved  # has one thread most of the time
    assert not replace(poor, seconds=3.0, cpu=3.0).starved  # is mostly building
    told = text(Results("2026-11-26", machine(), (poor,)))
    assert "1 of the runs with too little processor" in told
    assert "got less than 1.5" in told


def test_made_up_instances_are_held_against_the_drawn_roster() -> None:
    own = replace(PUBLISHED, instance="made/18x28x3", drawn=1640, score=820)
    report = published.made([own])
    assert "| made/18x28x3 | 10 × 28 | 1640 | rettvakt | 820 · 0.5 |" in report
    assert published.made([PUBLISHED]) == ""


def test_a_mean_stands_where_the_whole_family_has_a_roster() -> None:
    whole = [
        replace(PUBLISHED, instance=f"published/{name}", score=2 * published.BEST_KNOWN[name])
        for name in published.FAMILIES["15, 17, 19"]
    ]
    assert "| rettvakt | 15, 17, 19 | 2 |" in published.section(whole)
    whole[0] = replace(whole[0], score=None)
    assert "| rettvakt | 15, 17, 19 | 2 of 3 |" in published.section(whole)


def test_a_roster_that_breaks_a_demand_counts_as_none() -> None:
    runs = [replace(PUBLISHED, broken=("A: 6 days of work from day 3, at most 5",))]
    assert "| 1716 | rettvakt | no roster | – | – |" in published.section(runs)


def test_closed_is_the_part_of_the_way_from_the_start_to_the_best_bound() -> None:
    runs = [
        on_table("greedy", 110),
        on_table("rettvakt", 20, 5),
        on_table("certify", 25, 10),
        on_table("cp-sat-whole", 60),
    ]
    scale = scales(runs)["table/20x26"]
    assert (scale.start, scale.bound, scale.best) == (110, 10, 20)
    assert scale.sound
    closed = over_time([runs[1]], scale)
    assert closed == {2.0: None, 5.0: pytest.approx(0.7), 10.0: pytest.approx(0.9)}
    report = table.section(runs)
    assert "| table/20x26 | 110 | 20 | 10 | 90.0 % |" in report
    row = next(line for line in report.splitlines() if "| cp-sat-whole |" in line)
    assert "| 60 | – | -10.0 % | 50.0 % | 50.0 % | 5.0 × |" in row


def test_a_roster_below_a_bound_is_told_and_never_hidden() -> None:
    runs = [on_table("greedy", 110), on_table("rettvakt", 20, 30)]
    assert not scales(runs)["table/20x26"].sound
    assert "contradict each other on table/20x26" in table.section(runs)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"values": (1.0, 20.0)}, "holes"),
        ({"broken": ("Kari får 7 timer hvile",)}, "unlawful"),
        ({"values": (), "bounds": (), "titles": (), "curve": ()}, "no roster"),
    ],
)
def test_what_is_no_full_lawful_roster_closes_nothing(wrong: dict[str, object], told: str) -> None:
    own = on_table("highs", 20, 15, **wrong)
    runs = [on_table("greedy", 110), on_table("rettvakt", 20, 5), own]
    assert scales(runs)["table/20x26"].bound == 5
    row = next(line for line in table.section(runs).splitlines() if "| highs |" in line)
    assert f"| {told} | – | – | – | – | – |" in row


def test_without_a_start_or_a_bound_nothing_is_closed() -> None:
    assert scales([on_table("rettvakt", 20, 5)]) == {}
    assert scales([on_table("greedy", 110), on_table("rettvakt", 20)]) == {}


SIZES = [(10, 4), (10, 13), (40, 4), (40, 13), (100, 13)]


def grown(doctors: int, weeks: int) -> Run:
    return replace(
        PUBLISHED,
        instance=f"district/{doctors}x{weeks}",
        engine=growth.ENGINE,
        people=doctors,
        days=7 * weeks,
        build=doctors**1.5 * weeks / 1000,
        full=None,
        peak_mb=float(doctors * weeks**0.5),
    )


def test_growth_tells_doctors_and_weeks_apart() -> None:
    known = growth.sizes([grown(*size) for size in SIZES])
    build = growth.growth(known, "build")
    memory = growth.growth(known, "memory")
    assert build is not None
    assert memory is not None
    assert build.doctors == pytest.approx(1.5)
    assert build.weeks == pytest.approx(1.0)
    assert memory.weeks == pytest.approx(0.5)
    assert build.points == 5
    assert growth.growth(known, "full") is None


def test_growth_needs_both_to_change() -> None:
    same = [grown(doctors, 13) for doctors in (10, 20, 40, 80)]
    assert growth.growth(growth.sizes(same), "build") is None
    proportional = [grown(10 * n, n) for n in (1, 2, 4)]
    assert growth.section(proportional) == ""


def test_the_page_holds_every_section_and_its_pictures(tmp_path: Path) -> None:
    file, page = tmp_path / "results.json", tmp_path / "docs" / "benchmarks.md"
    page.parent.mkdir()
    runs = [PUBLISHED, on_table("greedy", 110), on_table("rettvakt", 20, 5)]
    runs += [grown(*size) for size in SIZES]
    runs.append(replace(grown(24, 26), engine="rettvakt"))
    save(file, "2026-11-26", runs=runs, tasks=[TIMING], rules=[COST])
    write_report([file], page, "A short run.")
    written = page.read_text(encoding="utf-8")
    for title in (
        "Targets",
        "The model of the table",
        "Published instances",
        "Districts, all rules and levels",
        "Growth",
        "At the desk",
        "What rules cost",
        "Guarded by counts",
    ):
        assert f"\n## {title}\n" in written
    assert "**A short run.**" in written
    assert "| check a roster | district/100x52 | 0.250 | 0.240 | 10 comparisons |" in written
    for name in ("table", "published", "growth"):
        assert f"(images/benchmark-{name}.svg)" in written
        svg = (page.parent / "images" / f"benchmark-{name}.svg").read_text(encoding="utf-8")
        assert svg.startswith("<svg")


def test_a_page_without_runs_is_no_fault() -> None:
    assert text(Results("2026-11-26", machine())).startswith("# Measured\n")
