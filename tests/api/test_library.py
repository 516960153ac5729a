"""What the library refuses and tells when it reads a plan."""

import os
from pathlib import Path

import pytest

from api import library
from scheduler.reading.faults import PlanError
from scheduler.reading.shape import parse_plan
from tests.reading.plans import small


def test_a_key_that_gives_nobody_a_part_is_a_fault() -> None:
    plan = small() | {"settings": {"fair_share": {"key": "custom"}}}
    with pytest.raises(PlanError) as raised:
        library.understand(parse_plan(plan))
    [fault] = raised.value.faults
    assert fault.place == "Regler: fair_share.key"
    assert fault.problem == "Fordelingsnøkkelen gir ingen av kommunene noen del."
    plan["municipalities"][0]["key"] = "100 %"
    assert library.understand(parse_plan(plan)).problem.municipalities[0].key == 1


def test_time_that_no_pattern_covers_is_told_with_the_interval() -> None:
    remarks = library.understand(parse_plan(small() | {"settings": {}})).remarks
    assert any(remark.startswith("Vakttyper: ingen lege dekker ") for remark in remarks)


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    pipe = tmp_path / "plan.yaml"
    os.mkfifo(pipe)
    with pytest.raises(PlanError, match="Dette er ikke en vanlig fil"):
        library.read(pipe)
