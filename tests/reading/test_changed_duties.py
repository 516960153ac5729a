"""Single duties that are dropped, added, moved or freed from their block."""

from datetime import date
from typing import Any

import pytest

from scheduler.domain.duty import Duty
from scheduler.reading.faults import PlanError
from scheduler.reading.meaning import to_problem
from scheduler.reading.shape import parse_plan, plan_of
from scheduler.reading.workbook import read_workbook
from scheduler.reading.write import to_workbook
from tests.reading.plans import Document, small
from tests.support import span


def document(**more: Any) -> Document:
    return small(lambda plan: plan.update(more))


def duties(*changes: dict[str, Any]) -> dict[str, Duty]:
    plan = parse_plan(document(changed_duties=list(changes)))
    return dict(to_problem(plan).problem.duty_by_id)


def faults(*changes: dict[str, Any]) -> str:
    with pytest.raises(PlanError) as told:
        duties(*changes)
    return str(told.value)


def test_a_duty_is_dropped() -> None:
    plain, now = duties(), duties({"pattern": "natt", "date": "2027-03-10", "needed": 0})
    assert set(plain) - set(now) == {"natt/2027-03-10"}
    assert set(now) <= set(plain)


def test_a_duty_is_moved_and_keeps_its_id() -> None:
    now = duties({"pattern": "natt", "date": "2027-03-10", "start": "22:00", "end": "07:30"})
    assert now["natt/2027-03-10"].interval == span("2027-03-10 22:00", "2027-03-11 07:30")


def test_one_end_alone_can_be_moved() -> None:
    now = duties({"pattern": "natt", "date": "2027-03-10", "end": "09:00"})
    assert now["natt/2027-03-10"].interval == span("2027-03-10 23:00", "2027-03-11 09:00")


def test_a_second_doctor_comes_in_addition() -> None:
    assert (
        duties({"pattern": "natt", "date": "2027-03-10", "needed": 2})["natt/2027-03-10"].needed
        == 2
    )


def test_a_day_that_the_pattern_does_not_have_is_added() -> None:
    assert "bak/2027-03-10" not in duties()
    own = duties({"pattern": "bak", "date": "2027-03-10"})["bak/2027-03-10"]
    assert own.interval == span("2027-03-10 08:00", "2027-03-11 08:00")
    assert (own.needed, own.block) == (1, None)


def test_a_duty_alone_leaves_its_block_and_what_is_left_alone_does_too() -> None:
    assert duties()["bak/2027-03-13"].block == duties()["bak/2027-03-14"].block is not None
    now = duties({"pattern": "bak", "date": "2027-03-14", "alone": True})
    assert now["bak/2027-03-13"].block is now["bak/2027-03-14"].block is None


def test_sessions_are_named_by_their_day() -> None:
    day = "2027-03-09"
    assert f"sykehjem/{day}/12:00" not in duties({"pattern": "sykehjem", "date": day, "needed": 0})
    moved = duties({"pattern": "sykehjem", "date": day, "start": "13:00"})
    assert moved[f"sykehjem/{day}/12:00"].interval == span(f"{day} 13:00", "15:00")
    extra = duties({"pattern": "sykehjem", "date": "2027-03-10", "start": "09:00", "end": "11:00"})
    assert extra["sykehjem/2027-03-10/09:00"].minutes == 120


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"pattern": "bak", "date": "2027-03-10", "needed": 0}, "har ingen vakt eller økt"),
        ({"pattern": "natt", "date": "2028-03-10"}, "utenfor perioden"),
        ({"pattern": "dag", "date": "2027-03-10"}, "finnes ikke under"),
        ({"pattern": "sykehjem", "date": "2027-03-10", "needed": 1}, "har ingen vakt eller økt"),
        ({"pattern": "sykehjem", "date": "2027-03-10", "start": "09:00"}, "når «Sykehjemmet»"),
        ({"pattern": "sykehjem", "date": "2027-03-09", "start": "16:00"}, "slutter før den"),
    ],
)
def test_a_change_of_nothing_is_refused(change: dict[str, Any], told: str) -> None:
    assert told in faults(change)


def test_the_same_duty_is_changed_once() -> None:
    change = {"pattern": "natt", "date": "2027-03-10", "needed": 0}
    assert "endret to ganger" in faults(change, change | {"needed": 2})


def test_a_pin_on_a_dropped_duty_is_told() -> None:
    assert "har ingen vakt" in faults({"pattern": "natt", "date": "2027-03-02", "needed": 0})


def test_changes_survive_the_workbook() -> None:
    plan = parse_plan(
        document(changed_duties=[{"pattern": "natt", "date": "2027-03-10", "start": "22:00"}])
    )
    again = plan_of(read_workbook(to_workbook(plan), "plan.xlsx"))
    assert again == plan
    assert again.changed_duties[0].date == date(2027, 3, 10)
