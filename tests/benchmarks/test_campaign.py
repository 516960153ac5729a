"""Campaigns: their order, what is left out, and how long a run is taken to be."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.campaign import Given, Tasks, names, needs, read
from benchmarks.instances import load
from benchmarks.running import Job
from benchmarks.suites import SUITES
from tests.benchmarks.results import PUBLISHED

ALL = Given(Path("folder"), "python")


def jobs(name: str, given: Given = ALL) -> list[Job]:
    return [own for own in read(name, given) if isinstance(own, Job)]


@pytest.mark.parametrize("name", names())
def test_every_campaign_here_can_be_read_and_runs_nothing_twice(name: str) -> None:
    found = jobs(name)
    assert len({job.key for job in found}) == len(found) > 0
    assert Tasks() in read(name, ALL)
    assert all(job.published == Path("folder") and job.timefold == "python" for job in found)
    # The scale of the table: nothing can be told of the others without a start.
    starts = {job.instance for job in found if job.engine == "greedy"}
    assert starts >= {job.instance for job in found if job.instance.startswith("table/")}
    for instance in {job.instance for job in found if job.instance.startswith("made/18")}:
        assert load(instance, None).name == instance


def test_without_folder_and_python_their_runs_are_left_out() -> None:
    found = jobs("hour", Given())
    assert found
    assert not [job for job in found if job.instance.startswith("published/")]
    assert not [job for job in found if job.engine == "timefold"]


def test_a_campaign_is_read_in_its_order_seed_after_seed(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        """
        [[runs]]
        instances = ["table/8x13", "fixtures"]
        engines = ["rettvakt", "highs"]
        seconds = 5
        seeds = [1, 2]
        [[runs]]
        tasks = ["checking"]
        [[runs]]
        instances = ["table/8x13"]
        engines = ["rettvakt"]
        seconds = 5
        seeds = [2, 3]
        """
    )
    found = read(str(file), ALL)
    first, last = found[0], found[-1]
    assert isinstance(first, Job)
    assert isinstance(last, Job)
    assert first.key == ("table/8x13", "rettvakt", 5.0, 1, 2)
    assert last.key == ("table/8x13", "rettvakt", 5.0, 3, 2)
    assert found[-2] == Tasks(("checking",))
    assert len(found) == 2 * 5 * 2 + 2
    other = jobs(str(file), replace(ALL, seeds=(7, 8, 9)))
    assert [job.seed for job in other] == [own + 6 for own in (job.seed for job in jobs(str(file)))]
    assert {job.seed for job in jobs(str(file), replace(ALL, seeds=(7,)))} == {7}
    with pytest.raises(ValueError, match=r"seeds \(1, 2, 3, 4\) must be at most 3"):
        read(str(file), replace(ALL, seeds=(1, 2, 3, 4)))


def test_other_seeds_stand_for_those_of_a_campaign_in_their_order() -> None:
    assert {job.seed for job in jobs("hour", replace(ALL, seeds=(4, 5, 6)))} == {4, 5, 6}


def test_the_hour_measures_what_it_can_say_most_of_first() -> None:
    """Within an hour, by the most that runs can take."""
    seconds, early = 0.0, set()
    for job in jobs("hour"):
        seconds += needs(job)
        if seconds <= 3600:
            early.add((job.instance, job.engine))
    assert {(f"published/{n}", "rettvakt") for n in (1, 2, 3, 4, 5, 7, 9, 11, 15, 17, 19)} <= early
    named = ("table", "districts", "growth")
    assert {own for name in named for own in SUITES[name]} <= {instance for instance, _ in early}
    assert {("published/9", peer) for peer in ("cp-sat-whole", "highs", "timefold")} <= early


RUN = '[[runs]]\ninstances = ["table"]\nengines = ["highs"]\nseconds = 1\nseeds = [1]'


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("runs = [1]", r"runs 1: must be a table"),
        (RUN.replace('["table"]', '"table"'), r"instances \(table\) must be a list of names"),
        (RUN.replace('["table"]', "[1]"), r"instances \(\[1\]\) must be a list of names"),
        (RUN.replace('["table"]', '["tables"]'), r"runs 1: instance \(tables\) must be .* a suite"),
        (RUN.replace('["table"]', '["fixture/x"]'), r"runs 1: name \(x\) must be one of"),
        (RUN.replace('["highs"]', '"highs"'), r"engines \(highs\) must be a list of names"),
        (RUN.replace("[1]", "1"), r"seeds \(1\) must be a list of whole numbers"),
        (RUN.replace("[1]", "[true]"), r"seeds \(\[True\]\) must be a list"),
        (RUN.replace("[1]", "[]"), r"seeds \(\[\]\) must be a list"),
        (RUN.replace("seconds = 1", "seconds = inf"), r"seconds \(inf\) must be above 0"),
        ("[[runs]]\ntasks = [1]", "tasks must stand alone"),
        ("runs = 3", "must be a list"),
        ("[[runs]]\ninstances = []", "must have engines, instances, seconds, seeds"),
        ("[[runs]", "own.toml"),
        ("[[runs]]\ntasks = false", "tasks must stand alone"),
        ('[[runs]]\ntasks = ["none"]', "topics"),
        (
            '[[runs]]\ninstances = ["table"]\nengines = ["x"]\nseconds = 1\nseeds = [1]',
            "engines",
        ),
        (
            '[[runs]]\ninstances = ["table"]\nengines = ["highs"]\nseconds = 0\nseeds = [1]',
            "seconds",
        ),
    ],
)
def test_a_file_that_is_no_campaign_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text)
    with pytest.raises(ValueError, match=fault):
        read(str(file), ALL)


def test_an_unknown_campaign_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"\(week\) must be one of hour, long, night, short"):
        read("week", ALL)


def test_a_run_needs_its_limit_unless_one_like_it_was_proven_before_that() -> None:
    job = Job("published/4", "rettvakt", 600.0)
    assert needs(job) > 600
    assert needs(replace(job, engine="construct")) < 60
    assert needs(replace(job, instance="table/100x52")) > needs(job)
    early = replace(PUBLISHED, seconds=20.0, bounds=PUBLISHED.values)
    assert 20 < needs(job, [early]) < 60
    assert needs(job, [replace(early, engine="highs")]) == needs(job)
    assert needs(job, [replace(early, seconds=60.1)]) == needs(job)  # proven, but not early
    assert needs(job, [replace(early, bounds=(1.0,))]) == needs(job)
