"""Settings that are tables, written as lines."""

import pytest

from api import library
from api.pages.rules.tabled import LineError, lines, table
from scheduler.reading.faults import PlanError
from scheduler.reading.shape import parse_plan
from tests.api.plans import tiny

NAMES = {"kari": "Kari Nordmann", "natt": "Natt", "fjell": "Fjell"}


def test_what_is_written_is_read_again() -> None:
    value = {"kari/natt": 3, "kari/kveld": None, "*/natt": 4.5}
    text = lines(value, NAMES)
    assert text == "Kari Nordmann; Natt; 3\nKari Nordmann; kveld; ikke satt\nalle; Natt; 4,5"
    assert table(text, NAMES) == value
    assert lines(None, NAMES) == lines({}, NAMES) == ""


def test_rows_of_a_spreadsheet_and_yes_and_no() -> None:
    assert table("kari nordmann\tja\n\nfjell\tNei\n", NAMES) == {"kari": True, "fjell": False}


@pytest.mark.parametrize(
    ("text", "number"),
    [("Natt", 1), ("Natt; 3\nKveld;", 2), ("a; 1\na; 2", 2), ("; 3", 1)],
)
def test_a_line_without_key_or_value_or_twice_is_refused(text: str, number: int) -> None:
    with pytest.raises(LineError) as caught:
        table(text, NAMES)
    assert caught.value.number == number


def test_a_word_where_a_number_belongs_is_a_fault_of_the_plan_with_its_place() -> None:
    document = tiny()
    document["settings"] = {"pattern_maximum": {"maxima": {"kari/kveld": "mye"}}}
    with pytest.raises(PlanError) as caught:
        library.understand(parse_plan(document))
    [fault] = caught.value.faults
    assert (fault.place, fault.value) == ("settings.pattern_maximum.maxima", "mye")
    assert "maxima.kari/kveld" in fault.problem
