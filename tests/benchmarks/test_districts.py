"""Invented districts of any size, and the names of instances."""

from pathlib import Path

import pytest

from benchmarks.districts import district, document
from benchmarks.instances import load


@pytest.mark.parametrize(("doctors", "weeks"), [(5, 1), (8, 4), (41, 2), (200, 1)])
def test_a_district_has_its_size_and_reads_without_fault(doctors: int, weeks: int) -> None:
    loaded = district(doctors, weeks)
    assert len(loaded.problem.doctors) == doctors
    assert (loaded.problem.last_day - loaded.problem.first_day).days + 1 == 7 * weeks
    assert {duty.day for duty in loaded.problem.duties if duty.is_night} == {
        duty.day for duty in loaded.problem.duties if duty.is_shift
    }


def test_the_same_size_and_seed_are_the_same_district() -> None:
    assert document(12, 4) == document(12, 4)
    assert document(12, 4) != document(12, 4, seed=2)


@pytest.mark.parametrize(("doctors", "weeks"), [(4, 4), (201, 4), (8, 0), (8, 53)])
def test_sizes_outside_the_range_are_refused(doctors: int, weeks: int) -> None:
    with pytest.raises(ValueError, match=r"must be within 5–200 doctors and 1–52 weeks"):
        district(doctors, weeks)


@pytest.mark.parametrize("name", ["published/1", "district/8", "district/axb", "other/1"])
def test_an_unknown_instance_is_refused_by_name(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        load(name, None)


def test_a_published_instance_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"Instance7\.txt is not"):
        load("published/7", tmp_path)
