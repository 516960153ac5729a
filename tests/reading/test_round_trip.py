"""A plan to each format and back is the same plan."""

import string
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from scheduler.reading.faults import PlanError
from scheduler.reading.fields import Described, described, sheets
from scheduler.reading.plan import Plan
from scheduler.reading.read import read_plan
from scheduler.reading.shape import parse_plan
from scheduler.reading.write import to_json, to_workbook, to_yaml, write_plan
from tests.reading.plans import plan_in, small

FORMATS = {
    "plan.yaml": lambda plan: to_yaml(plan).encode(),
    "plan.json": lambda plan: to_json(plan).encode(),
    "plan.xlsx": to_workbook,
}

TEXTS = st.one_of(
    st.sampled_from(["=1+1", "ja", "null", "15:30", "2027-01-01", "1", "-", "# x", "'a'", "a: b"]),
    st.sampled_from(
        ["_x0041_", "http://x", "80 %", "æøå ÆØÅ", "😀", "{x}", "@SUM(A1)", "~", "1e3"]
    ),
    st.text(min_size=1, max_size=20).filter(lambda t: bool("".join(t.split())) and t.isprintable()),
)
IDS = st.text(string.ascii_letters + string.digits + "æøåÆØÅ", min_size=1, max_size=8).map(
    lambda text: text + "x"
)
DAYS = st.dates(min_value=date(1900, 1, 1)).filter(lambda d: d.year < 2200)
CLOCKS = st.times().map(lambda t: f"{t:%H:%M}")
MOMENTS = st.one_of(DAYS.map(str), st.tuples(DAYS, CLOCKS).map(lambda m: f"{m[0]}T{m[1]}"))


def _decimals(low: int, high: int) -> SearchStrategy[object]:
    return st.one_of(
        st.integers(low * 1000, high * 1000).map(lambda n: n / 1000), st.sampled_from([0, 1])
    )


def value_of(field: Described) -> SearchStrategy[Any]:
    if field.words:
        one = st.sampled_from([word.value for word in field.words])
        return st.lists(one, min_size=1, max_size=4) if field.many else one
    if field.kind == "openings":
        opening = {
            "weekdays": st.lists(st.sampled_from(["mon", "wed", "thu", "fri"]), min_size=1),
            "start": CLOCKS,
            "end": CLOCKS,
        }
        return st.lists(st.fixed_dictionaries(opening), min_size=1, max_size=2)
    if field.model:
        return part(field.model)
    if field.many:
        return st.lists(IDS, min_size=1, max_size=3)
    if field.name == "from_week":
        return st.just("2027-W02")
    if field.name in ("id", "doctor", "duty", "pattern", "municipality", "place", "district") or (
        field.refers
    ):
        return IDS
    if field.name == "block_group":
        return IDS
    numbers = {"share": (0, 1), "number": (0, 100)}
    if field.kind in numbers:
        return _decimals(*numbers[field.kind])
    if field.kind == "whole":
        top = {"duty_class": 4, "ends_after_days": 7}.get(field.name, 10)
        return (
            st.integers(1990, 2199) if field.description.startswith("Sist") else st.integers(1, top)
        )
    return {
        "date": DAYS.map(str),
        "clock": CLOCKS,
        "moment": MOMENTS,
        "flag": st.booleans(),
        "text": TEXTS,
    }[field.kind]


def part(model: Any) -> SearchStrategy[dict[str, Any]]:
    fields = described(model)
    return st.fixed_dictionaries(
        {field.name: value_of(field) for field in fields if field.required},
        optional={field.name: value_of(field) for field in fields if not field.required},
    )


_SIMPLE = st.one_of(
    st.booleans(),
    st.none(),
    st.integers(-(10**9), 10**9),
    _decimals(-1000, 1000),
    st.just("class 1"),
)
SETTINGS = st.dictionaries(
    IDS,
    st.dictionaries(IDS, st.one_of(_SIMPLE, st.dictionaries(IDS, _SIMPLE, max_size=2)), max_size=2),
    max_size=2,
)
REQUIRED_LISTS = ("municipalities", "places", "doctors")


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    document: dict[str, Any] = {
        "title": draw(TEXTS),
        "first_day": str(draw(DAYS)),
        "last_day": str(draw(DAYS)),
        "judged_on": str(draw(DAYS)),
        "settings": draw(SETTINGS),
    }
    for sheet in sheets():
        size = int(sheet.name in REQUIRED_LISTS)
        document[sheet.name] = draw(st.lists(part(sheet.model), min_size=size, max_size=2))
    return parse_plan(document)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=plans())
def test_any_plan_comes_back_as_it_was(name: str, plan: Plan) -> None:
    assert plan_in(FORMATS[name](plan), name) == plan


@pytest.mark.parametrize("name", ["plan.yaml", "plan.yml", "plan.json", "plan.xlsx", "PLAN.XLSX"])
def test_a_plan_is_written_to_and_read_from_a_file(name: str, tmp_path: Path) -> None:
    plan = parse_plan(small())
    write_plan(plan, tmp_path / name)
    assert read_plan(tmp_path / name) == plan


def test_file_to_workbook_to_file_gives_the_same_bytes(tmp_path: Path) -> None:
    text = to_yaml(parse_plan(small()))
    book = to_workbook(plan_in(text.encode(), "a.yaml"))
    assert to_yaml(plan_in(book, "a.xlsx")) == text


def test_equal_plans_give_equal_workbooks() -> None:
    assert to_workbook(parse_plan(small())) == to_workbook(parse_plan(small()))


def test_the_yaml_is_made_for_people() -> None:
    text = to_yaml(parse_plan(small()))
    assert "- id: åse\n  name: Åse Øyen\n" in text
    assert "\n\ndoctors:\n- id: kari\n" in text
    assert "  not_weekdays: [wed]\n" in text.replace("    ", "  ")
    assert "start: '08:00'\n" in text
    assert "first_day: '2027-03-01'\n" in text


def test_a_plan_is_not_written_to_an_unknown_kind_of_file(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"Filtypen er ukjent\."):
        write_plan(parse_plan(small()), tmp_path / "plan.ods")


def test_a_plan_that_cannot_be_written_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"Filen kan ikke skrives\."):
        write_plan(parse_plan(small()), tmp_path / "missing" / "plan.yaml")
