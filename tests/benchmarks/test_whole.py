"""Everything in a given time: in order, what fits, saved at once, taken up again."""

import json
import subprocess
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks import topics
from benchmarks.__main__ import main
from benchmarks.record import Run, load
from benchmarks.report.targets import BEGIN, END, held_by
from benchmarks.running import Job, RunError, line, run
from benchmarks.stamp import Stamp
from benchmarks.tasks.timing import Timing, timed
from benchmarks.whole import Clock, done_in, run_all
from tests.benchmarks.results import PUBLISHED, on_table

STAMP = Stamp("2026-11-26", "abcdef", "2 cores")
SMALL = [Job(f"district/{n}x4", "rettvakt", 10.0) for n in (10, 20, 30)]


def ran(job: Job) -> Run:
    return replace(
        PUBLISHED, instance=job.instance, engine=job.engine, limit=job.seconds, seed=job.seed
    )


def test_what_is_done_or_does_not_fit_is_passed_over(tmp_path: Path) -> None:
    moments = iter([0.0, 0.0, 0.0, 900.0])
    clock = Clock(1000, now=lambda: next(moments))
    long = Job("table/100x52", "rettvakt", 2000.0)
    asked: list[Job] = []

    def runner(job: Job) -> Run:
        asked.append(job)
        return ran(job)

    jobs = [SMALL[0], long, SMALL[1], SMALL[2]]
    out = tmp_path / "results.json"
    assert run_all(jobs, out, STAMP, clock, print, done={SMALL[0].key}, runner=runner) == 0
    assert asked == [SMALL[1], SMALL[2]]


def test_a_run_that_proved_its_instance_makes_room_for_more(tmp_path: Path) -> None:
    jobs = [Job("published/1", "rettvakt", 600.0, seed) for seed in (1, 2, 3)]
    asked: list[Job] = []

    def runner(job: Job) -> Run:
        asked.append(job)
        return replace(ran(job), seconds=4.0, values=(10.0,), bounds=(10.0,))

    # There is room for one whole run; the first one tells that the others are short.
    times = iter([0.0, 0.0, 580.0, 590.0])
    clock = Clock(620, now=lambda: next(times))
    assert run_all(jobs, tmp_path / "r.json", STAMP, clock, print, runner=runner) == 0
    assert asked == jobs


def test_only_what_this_commit_has_done_is_done_unless_all_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    assert done_in(file, None) == set()
    run_all(SMALL[:1], file, STAMP, Clock(1000), print, runner=ran)
    run_all(SMALL[1:], file, Stamp("2026-11-27", "fedcba"), Clock(1000), print, runner=ran)
    assert done_in(file, STAMP.commit) == {SMALL[0].key}
    assert done_in(file, None) == {job.key for job in SMALL}
    assert [(own.day, own.commit) for own in load(file).runs][:2] == [
        ("2026-11-26", "abcdef"),
        ("2026-11-27", "fedcba"),
    ]


def test_each_run_is_saved_at_once_and_a_failure_stops_nothing(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    told: list[str] = []

    def runner(job: Job) -> Run:
        if job == SMALL[1]:
            raise RunError("ended with 1: no model")
        return ran(job)

    assert run_all(SMALL, file, STAMP, Clock(1000), told.append, runner=runner) == 1
    assert [own.key for own in load(file).runs] == [SMALL[0].key, SMALL[2].key]
    assert any("no model" in line for line in told)
    again: list[str] = []
    done = done_in(file, STAMP.commit)
    assert run_all(SMALL, file, STAMP, Clock(1000), again.append, done=done, runner=ran) == 0
    assert len(again) == 1
    assert {own.key for own in load(file).runs} == {job.key for job in SMALL}


def test_topics_are_found_and_unknown_ones_refused() -> None:
    assert "checking" in topics.topics()
    assert "timing" not in topics.topics()
    assert topics.chosen([]) == topics.topics()
    with pytest.raises(ValueError, match=r"topics \(nothing\) must be some of .*checking"):
        topics.chosen(["nothing"])


def test_every_topic_can_be_measured() -> None:
    for topic in topics.topics():
        assert callable(topics.measure_of(topic))


def test_a_topic_that_fails_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def measure_of(topic: str) -> topics.Measure:
        if topic == "bad":
            raise ImportError("no such module")
        return lambda: iter([timed("a task", "district/8x2", lambda: None, note="nothing")])

    monkeypatch.setattr(topics, "topics", lambda: ("bad", "good"))
    monkeypatch.setattr(topics, "measure_of", measure_of)
    file = tmp_path / "results.json"
    assert main(["tasks", "--out", str(file)]) == 1
    [own] = load(file).tasks
    assert isinstance(own, Timing)
    assert own.task == "a task"
    said = capsys.readouterr()
    assert "bad: ImportError: no such module" in said.err
    assert "a task" in said.out


def test_everything_ends_with_a_report_of_what_fitted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def child(*_: object, **more: Any) -> subprocess.CompletedProcess[str]:
        task = json.loads(more["input"])
        asked.append(task["instance"])
        found = on_table(task["engine"], 50, 5, instance=task["instance"], limit=task["seconds"])
        return subprocess.CompletedProcess([], 0, json.dumps(asdict(found)), "")

    monkeypatch.setattr(subprocess, "run", child)
    monkeypatch.setattr("benchmarks.stamp.commit", lambda: "abcdef")
    measured: list[str] = []

    def measure_of(topic: str) -> topics.Measure:
        measured.append(topic)
        return lambda: iter([Timing(topic, "district/8x2", 0.2, 0.2, 1)])

    known = ("checking", "other", "repair", "takers")
    monkeypatch.setattr(topics, "topics", lambda: known)
    monkeypatch.setattr(topics, "measure_of", measure_of)
    monkeypatch.setattr("benchmarks.rules.costs", lambda _: ())
    file, page = tmp_path / "results.json", tmp_path / "benchmarks.md"
    readme = tmp_path / "README.md"
    readme.write_text(f"Before.\n{BEGIN}\n{END}\nAfter.\n", encoding="utf-8")
    order = ["all", "--minutes", "2", "--seeds", "1", "--out", str(file), "--report", str(page)]
    order += ["--readme", str(readme)]
    assert main(order) == 0
    assert asked[:4] == ["table/8x13", "table/20x26", "table/40x52", "table/100x52"]
    assert {(own.commit, own.day != "") for own in load(file).runs} == {("abcdef", True)}
    assert load(file).topics == dict.fromkeys([*known, "rules"], "abcdef")
    assert measured == ["checking", "takers", "repair", "other"]
    assert {own.instance for own in load(file).runs} == set(asked)
    assert "## The model of the table" in page.read_text(encoding="utf-8")
    head, _, _ = page.read_text(encoding="utf-8").partition("\n## Others")
    assert "| met" in (held_by(readme) or "")
    assert all(row in head for row in (held_by(readme) or "").splitlines() if row.startswith("| "))
    asked.clear()
    assert main(order) == 0
    assert asked == []
    monkeypatch.setattr("benchmarks.stamp.commit", lambda: "fedcba")
    assert main([*order, "--keep"]) == 0
    assert asked == []
    assert len(measured) == len(known)
    assert main(order) == 0
    assert asked


def test_what_rules_cost_is_kept_the_dearest_first(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    assert main(["rules", "district/8x2", "--out", str(file), "--most", "1"]) == 0
    found = load(file).rules
    spent = [own.stops_ms + own.encode_ms + own.check_ms for own in found]
    assert spent == sorted(spent, reverse=True)
    cover = next(own for own in found if own.rule == "cover")
    assert cover.variables > 0
    assert cover.nonzeros > cover.constraints > 0


def test_faults_of_the_command_line_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "published/1", "--engines", "timefold"]) == 2
    assert "--timefold PYTHON" in capsys.readouterr().err
    assert main(["report", str(tmp_path / "none.json")]) == 2
    assert "must be a file of benchmark results" in capsys.readouterr().err


def test_a_run_that_cannot_be_is_told_and_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    died = subprocess.CompletedProcess([], 1, "", "Traceback …\nValueError: no such size\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: died)
    monkeypatch.setattr("benchmarks.stamp.commit", lambda: "abcdef")
    file = tmp_path / "results.json"
    assert main(["run", "table/8x0", "--seeds", "1", "--seconds", "1", "--out", str(file)]) == 1
    assert "table/8x0 rettvakt seed 1: ended with 1: ValueError: no such size" in (
        capsys.readouterr().out
    )
    assert not file.exists()


def test_a_run_goes_through_the_child_and_its_answer_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = json.dumps(asdict(PUBLISHED))
    done = subprocess.CompletedProcess([], 0, f"a solver's chatter\n{told}", "")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    found = run(SMALL[0])
    assert replace(found, load=0.0) == PUBLISHED
    assert "1722" in line(found)
