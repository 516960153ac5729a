"""Campaigns: their order, what is left out, and how long a run is taken to be."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.campaign import Given, Tasks, names, needs, read
from benchmarks.instances import load
from benchmarks.running import Job
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
    assert first.key == ("table/8x13", "rettvakt", 5.0, 1)
    assert last.key == ("table/8x13", "rettvakt", 5.0, 3)
    assert found[-2] == Tasks(("checking",))
    assert len(found) == 2 * 5 * 2 + 2
    other = jobs(str(file), replace(ALL, seeds=(7, 8, 9)))
    assert {job.seed for job in other} == {7, 8}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
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
    with pytest.raises(ValueError, match=r"campaign \(week\) must be one of hour, night, short"):
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
