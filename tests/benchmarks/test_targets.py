"""The table of targets: reckoned, and the same wherever it stands."""

import math
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from benchmarks.__main__ import main
from benchmarks.commands import README, REPORT
from benchmarks.record import Results, Run, load, machine, save
from benchmarks.report import page, reached
from benchmarks.report.figures import STARVED
from benchmarks.report.peers import duels, section
from benchmarks.report.published import BEST_KNOWN
from benchmarks.report.reached import Reached
from benchmarks.report.targets import BEGIN, END, held_by, put_into, table, verdict
from benchmarks.suites import SUITES
from benchmarks.targets import TARGETS, Target
from benchmarks.tasks.timing import Timing
from tests.benchmarks.results import PUBLISHED, on_table

ROOT = Path(__file__).resolve().parents[2]


def results(runs: Iterable[Run], tasks: Iterable[Timing] = ()) -> Results:
    return Results("2026-11-26", machine(), tuple(runs), tuple(tasks))


def published(name: str, ratio: float, **more: Any) -> Run:
    known = BEST_KNOWN[name]
    fields: dict[str, Any] = {
        "instance": f"published/{name}",
        "score": round(known * ratio),
        "values": (10.0,),
        "bounds": (1.0,),
        **more,
    }
    return replace(PUBLISHED, **fields)


def district(size: str, full: float | None, memory: float = 300.0, **more: Any) -> Run:
    fields: dict[str, Any] = {
        "instance": f"district/{size}",
        "full": full,
        "peak_mb": memory,
        **more,
    }
    return replace(PUBLISHED, **fields)


# --- one kind of target after the other -------------------------------------------------------


def test_a_ratio_is_the_geometric_mean_of_medians() -> None:
    runs = [published("15", ratio, seed=n) for n, ratio in ((1, 1.0), (2, 1.5), (3, 2.0))]
    runs.append(published("17", 2 / 3))
    found = reached.ratio(("15", "17"), 60, results(runs))
    assert found.value == pytest.approx(1.0, abs=1e-3)
    assert (found.seeds, found.whole) == (1, True)
    assert reached.ratio(("15", "17"), 30, results(runs)) == Reached()
    part = reached.ratio(("15", "17", "19"), 60, results(runs))
    assert (part.whole, part.note) == (False, "2 of 3 instances")
    lost = reached.ratio(("15",), 60, results([published("15", 1, broken=("A: 6 days",))]))
    assert lost.value == math.inf


def test_a_goal_that_was_met_sooner_is_met_and_one_that_was_not_is_open() -> None:
    goal = next(own for own in TARGETS if own.what.startswith("Published 13"))
    good, bad = (published("13", ratio, limit=240.0) for ratio in (1.2, 1.5))
    found = reached.ratio(("13",), 600, results([published("13", 3), good]))
    assert found.value == pytest.approx(1.2, abs=1e-3)
    assert (found.seeds, found.whole, found.sooner) == (1, True, True)
    assert found.note == "13 after 240 s"
    assert verdict(goal, found) == "met"
    assert verdict(goal, reached.ratio(("13",), 600, results([bad]))) == "not measured"
    longer = reached.ratio(("13",), 600, results([good, replace(bad, limit=600.0)]))
    assert (longer.sooner, verdict(goal, longer)) == (False, "**not met**")
    assert reached.ratio(("13",), 60, results([good])) == Reached()  # later is not sooner


def test_runs_that_ended_proven_stand_for_longer_ones() -> None:
    sure: dict[str, Any] = {"values": (10.0,), "bounds": (10.0,)}
    first, second = (published("1", 1, seed=n, **sure) for n in (1, 2))
    found = reached.ratio(("1",), 600, results([first, second]))
    assert found.value == pytest.approx(1.0)
    assert (found.seeds, found.whole, found.sooner, found.note) == (2, True, False, "")


def test_an_instance_has_a_roster_at_any_shorter_limit_and_lacks_one_only_at_the_limit() -> None:
    names = ("1", "2")
    first = published("1", 1)
    without: dict[str, Any] = {"values": (), "bounds": (), "score": None}
    short = published("2", 1, **without)
    assert reached.with_roster(names, 600, results([first, short])) == Reached(
        1.0, 1, False, "1 of 2 instances"
    )
    long = replace(short, limit=600.0)
    assert reached.with_roster(names, 600, results([first, short, long])).value == 1.0
    assert reached.with_roster(names, 600, results([first, short, long])).whole
    there = replace(published("2", 1), limit=600.0)
    assert reached.with_roster(names, 600, results([first, short, there])).value == 2.0
    assert reached.with_roster(names, 30, results([first])) == Reached()


def test_most_seeds_must_prove_an_instance() -> None:
    yes: dict[str, Any] = {"bounds": (10.0,)}
    no: dict[str, Any] = {"bounds": (9.0,)}
    runs = [published("1", 1, seed=n, **own) for n, own in ((1, yes), (2, no), (3, yes))]
    assert reached.proven(("1",), 60, results(runs)) == Reached(1.0, 3, True)
    assert reached.proven(("1",), 60, results(runs[:2])).value == 0.0
    assert not reached.proven(("1",), 600, results(runs[:2])).whole


def test_the_slowest_first_roster_counts_and_the_largest_must_be_there() -> None:
    runs = [district("20x26", 0.4), district("40x52", 0.9), district("200x13", 5.0)]
    find = partial(reached.first_full, ("district/40x52", "district/100x52"))
    found = find(results(runs))
    told = "district/40x52; 1 of 2 instances"
    assert (found.value, found.whole, found.note) == (0.9, False, told)
    assert not find(results([district("100x52", 0.8)])).whole
    runs.append(district("100x52", 0.8))
    found = find(results(runs))
    assert (found.whole, found.note) == (True, "district/40x52; of 3")
    assert find(results([district("40x52", None)])).value == math.inf
    assert find(results([PUBLISHED])) == Reached()


def test_no_target_is_whole_by_a_part_of_what_it_names() -> None:
    """A run of the largest district alone says nothing of the others."""
    alone = [district("100x52", 0.1), on_table("rettvakt", 12)]
    for target in TARGETS:
        if "istricts" in target.what:
            assert verdict(target, target.reached(results(alone))) == "not measured"


def test_memory_is_of_our_engine_alone_the_largest_median() -> None:
    runs = [district("100x52", 1, memory, seed=n) for n, memory in ((1, 400), (2, 700), (3, 450))]
    runs.append(district("40x52", 1, 9000, engine="cp-sat-whole"))
    found = reached.memory(["district/100x52"], results(runs))
    assert (found.value, found.seeds, found.whole) == (450, 3, True)
    runs.append(district("8x13", 1, 100.0, seconds=60.0, cpu=30.0))
    found = reached.memory(["district/100x52"], results(runs))
    assert (found.value, found.seeds, found.starved) == (450, 1, True)


def test_closed_is_the_median_at_that_limit_in_percent() -> None:
    runs = [on_table("greedy", 110), on_table("certify", 25, 10)]
    runs += [on_table("rettvakt", value, seed=n) for n, value in ((1, 20), (2, 12), (3, 60))]
    found = reached.closed("table/20x26", 10.0, results(runs))
    assert found.value == pytest.approx(90.0)
    assert found.seeds == 3
    assert reached.closed("table/20x26", 60.0, results(runs)) == Reached()
    holes = [*runs[:2], on_table("rettvakt", 20, values=(1.0, 20.0))]
    assert reached.closed("table/20x26", 10.0, results(holes)).value == -math.inf


def test_a_proof_counts_by_its_seconds_and_none_is_infinite() -> None:
    proof = on_table("rettvakt", 5, 5, seconds=8.0)
    find = partial(reached.proven_after, "table/20x26", 10.0)
    assert find(results([proof])).value == 8.0
    assert find(results([replace(proof, bounds=(0.0, 4.0))])).value == math.inf


@pytest.mark.parametrize(
    ("value", "bound", "gap"), [(20.0, 19.0, 5.0), (0.0, 0.0, 0.0), (5.0, None, math.inf)]
)
def test_a_gap_is_a_part_of_the_value(value: float, bound: float | None, gap: float) -> None:
    run = on_table("rettvakt", value, bound)
    found = reached.gap("table/20x26", "fairness", 10.0, results([run]))
    assert found.value == pytest.approx(gap)


def test_a_gap_is_given_the_levels_before_but_holes_are_no_roster() -> None:
    find = partial(reached.gap, "table/20x26", "fairness", 10.0)
    before = on_table(
        "rettvakt",
        20,
        titles=("cover", "ordered", "fairness"),
        values=(0.0, 133.0, 20.0),
        bounds=(0.0, 120.0, 19.0),
    )
    assert find(results([before])).value == pytest.approx(5.0)
    for bound in (None, 0.0, -1.0):
        holes = replace(before, values=(1.0, 133.0, 20.0), bounds=(bound, 120.0, 19.0))
        assert find(results([holes])).value == math.inf
    needed = replace(before, values=(1.0, 133.0, 20.0), bounds=(1.0, 120.0, 19.0))
    assert find(results([needed])).value == pytest.approx(5.0)


def test_what_is_left_of_the_worst_off_is_a_part_of_the_heaviest_load() -> None:
    run = on_table(
        "rettvakt",
        20,
        titles=("cover", "fairness_worst_1"),
        values=(0.0, 0.25),
        bounds=(0.0, 0.05),
        heaviest=80.0,
    )
    find = partial(reached.load_gap, "table/20x26", 10.0)
    assert find(results([run])).value == pytest.approx(0.25)
    assert find(results([replace(run, bounds=(0.0, 0.5))])).value == 0
    holes = replace(run, values=(1.0, 0.25))
    for other in (replace(run, bounds=(0.0, None)), holes, replace(run, values=(), bounds=())):
        assert find(results([other])).value == math.inf
    for unknown in ([], [replace(run, heaviest=None)]):
        assert find(results(unknown)).value is None


def test_others_are_compared_at_equal_time_only() -> None:
    runs = [
        on_table("greedy", 110),
        on_table("certify", 25, 10),
        on_table("rettvakt", 12),
        on_table("cp-sat-whole", 60),
        on_table("highs", 20, values=(3.0, 20.0)),
        on_table("timefold", 11, limit=60.0),
    ]
    found = {own.peer: own for own in duels(runs)}
    assert found.keys() == {"cp-sat-whole", "highs"}
    assert found["cp-sat-whole"].nearer == 25.0
    assert found["highs"].nearer == math.inf
    assert not any(own.worse for own in found.values())
    names = ("table/20x26",)
    assert reached.worse(10, names, results(runs)).value == 0
    least = reached.nearer(20, names, results(runs))
    told = "cp-sat-whole on table/20x26; of 2; without table/20x26"
    assert (least.value, least.note) == (25.0, told)
    assert not least.whole
    runs.append(on_table("timefold", 70))
    assert reached.nearer(20, names, results(runs)).whole
    assert reached.worse(10, names, results(runs)).whole
    assert not reached.worse(10, (*names, "published/9"), results(runs)).whole
    assert reached.nearer(21, names, results(runs)) == Reached()
    report = section(runs)
    assert "| table/20x26 | 20 | 10 s | 1 | highs | no roster | 12 | better | ∞ |" in report


def test_each_limit_is_a_comparison_of_its_own() -> None:
    """The nearest of all may stand at one limit, the fewest seeds at another."""
    runs = [on_table("greedy", 110), on_table("certify", 25, 10)]
    runs += [on_table("rettvakt", 12, seed=n) for n in (1, 2)]
    runs += [on_table("highs", 14, seed=n) for n in (1, 2)]
    poor: dict[str, Any] = {"limit": 60.0, "seconds": 60.0, "cpu": 30.0}
    runs += [on_table("rettvakt", 12, **poor), on_table("highs", 100, **poor)]
    found = reached.nearer(20, (), results(runs))
    assert (found.value, found.seeds, found.starved) == (2.0, 1, True)
    assert found.note == "highs on table/20x26; of 2"


def test_at_the_bound_both_are_equally_near() -> None:
    runs = [on_table("greedy", 110), on_table("certify", 25, 10)]
    runs += [on_table("rettvakt", 10 + 1e-9), on_table("highs", 10), on_table("timefold", 11)]
    found = {own.peer: own.nearer for own in duels(runs)}
    assert found == {"highs": 1.0, "timefold": math.inf}


def test_a_better_roster_of_another_is_told_and_an_equal_one_is_not_worse() -> None:
    ours = published("9", 1.1, people=36)
    other = replace(published("9", 1.0, people=36), engine="highs")
    found = reached.worse(10, ("published/9",), results([ours, other]))
    told = "highs on published/9; of 1; without published/9"
    assert (found.value, found.note, found.whole) == (1.0, told, False)
    assert "| **worse** |" in section([ours, other])
    assert "| equal |" in section([other, replace(other, engine="rettvakt")])
    assert reached.worse(36, (), results([ours, other])) == Reached()


def test_tasks_are_told_by_the_clock_and_marked_where_it_ran_alone() -> None:
    timing = Timing("repair, one person", "district/40x26", 1.5, 1.4, 3)
    find = partial(reached.task, "repair, one person", "district/40x26")
    found = find(results([], [timing]))
    assert (found.value, found.starved) == (1.5, False)
    assert find(results([], [replace(timing, cpu_seconds=0.5)])).starved
    assert find(results([], [replace(timing, task="other")])) == Reached()


def test_growth_counts_when_all_its_sizes_were_run() -> None:
    runs = [
        district(size, weeks * doctors / 1000, engine="construct", people=doctors, days=7 * weeks)
        for size in (name.partition("/")[2] for name in SUITES["growth"])
        for doctors, weeks in [tuple(map(int, size.split("x")))]
    ]
    found = reached.tenfold("full", results(runs))
    assert found.value == pytest.approx(10.0)
    assert found.whole
    assert not reached.tenfold("full", results(runs[:6])).whole
    assert reached.tenfold("full", results(runs[:2])) == Reached()


# --- the table --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Reached(), "not measured"),
        (Reached(1.0, 3, False), "not measured"),
        (Reached(1.0, 3, True), "met"),
        (Reached(1.2, 3, True), "**not met**"),
        (Reached(math.inf, 3, True), "**not met**"),
        (Reached(1.0, 3, True, "", True), f"met {STARVED}"),
    ],
)
def test_a_verdict_needs_all_that_the_target_speaks_of(found: Reached, told: str) -> None:
    assert verdict(Target("x", 1.1, "{:.1f}", lambda _: found), found) == told


def test_more_can_be_better() -> None:
    target = Target("x", 97, "{:.1f} %", lambda _: Reached(), at_least=True)
    assert target.met(97)
    assert not target.met(96.9)


@pytest.mark.parametrize(
    ("value", "at_least", "told", "met"),
    [
        (96.96, True, "96.9 %", False),
        (97.0 - 1e-12, True, "97.0 %", True),
        (97.04, False, "97.1 %", False),
        (97.0 + 1e-12, False, "97.0 %", True),
        (96.92, False, "97.0 %", True),
        (-3.41, True, "-3.5 %", False),
    ],
)
def test_what_is_told_is_rounded_against_the_goal(
    value: float, at_least: bool, told: str, met: bool
) -> None:
    target = Target("x", 97, "{:.1f} %", lambda _: Reached(), at_least=at_least)
    assert (target.told(value), target.met(value)) == (told, met)
    assert Target("x", 60, "{:.0f} s", lambda _: Reached()).told(60.2) == "61 s"


def test_a_run_with_more_workers_meets_nothing() -> None:
    run = published("13", 1.2, limit=600.0, workers=16)
    row = next(own for own in table(results([run])).splitlines() if "Published 13" in own)
    assert row.endswith("| – | – | not measured |")
    told = page.text(results([run]))
    assert "1 with other than 2 workers left out" in told
    assert "## Published instances" not in told


def test_without_results_every_target_is_not_measured() -> None:
    lines = table(results([])).splitlines()[2:]
    assert len(lines) == len(TARGETS)
    assert all(line.endswith("| – | – | not measured |") for line in lines)


def test_a_page_gets_the_table_between_its_marks_and_keeps_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_text(f"Before.\n\n{BEGIN}\nold\n{END}\n\nAfter.\n", encoding="utf-8")
    assert put_into(file, results([]), "Short.")
    assert held_by(file) == f"\n**Short.**\n\n{table(results([]))}"
    told = file.read_text(encoding="utf-8")
    assert told.startswith("Before.\n\n")
    assert told.endswith("\n\nAfter.\n")
    file.write_text("No marks.\n", encoding="utf-8")
    assert not put_into(file, results([]))
    file.write_text(f"{END} {BEGIN}", encoding="utf-8")
    with pytest.raises(ValueError, match="must have both"):
        put_into(file, results([]))


def test_report_and_readme_hold_what_the_results_say() -> None:
    report = (ROOT / REPORT).read_text(encoding="utf-8")
    files = page.sources(report)
    assert files
    kept = page.joined([load(ROOT / "benchmarks" / "results" / file) for file in files])
    reckoned = table(kept)
    assert reckoned in report, "write it anew: python -m benchmarks report FILE …"
    assert reckoned in (held_by(ROOT / README) or "")


def test_the_command_tells_the_targets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "results.json"
    save(file, "2026-11-26", runs=[published("13", 1.2, limit=600.0, seconds=600.0, cpu=1100.0)])
    assert main(["targets", str(file)]) == 0
    assert "| Published 13: value over the best known, 600 s | ≤ 1.400 | 1.201 | 1 | met |" in (
        capsys.readouterr().out
    )
