"""One thing turned over several values: doctors, staffing, a setting."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from api import library
from api.cli import sweep as sweeping
from api.cli.sweep import read_values
from api.library import LoadedPlan
from api.whatif import BASE
from api.whatif_sweep import doctors, scenarios, setting, staffing
from scheduler.domain.roster import LevelResult
from scheduler.reading.faults import PlanError
from scheduler.writing.comparison.measures import by_key
from scheduler.writing.comparison.source import Alternative, Cost, Figures
from scheduler.writing.comparison.sweep import UNCOVERED, Sweep, curve, in_short, rows
from tests.api.plans import plan_file, rettvakt
from tests.whatif.comparing import cells_of, comparison_of, made


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> LoadedPlan:
    return library.read(plan_file(tmp_path_factory.mktemp("plan")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1..4", [1, 2, 3, 4]),
        ("0..100..50", [0, 50, 100]),
        ("3, 8 ;11", [3, 8, 11]),
        ("ja,nei,ikke satt", [True, False, None]),
        ("posts,half", ["posts", "half"]),
        ("0.5..1.5..0.5", [0.5, 1, 1.5]),
    ],
)
def test_values_are_read_as_people_write_them(text: str, expected: list[object]) -> None:
    assert read_values(text) == expected


@pytest.mark.parametrize("text", ["", " , ", "5..1", "1..1000", "1..9..0"])
def test_values_that_are_none_are_told(text: str) -> None:
    with pytest.raises(PlanError) as told:
        read_values(text)
    assert "--values" in str(told.value)


def test_each_value_is_the_plan_with_one_thing_changed(loaded: LoadedPlan) -> None:
    made = scenarios(loaded, doctors(loaded, "fjell"), [2, 3, 5])
    assert {own: len(p.problem.doctors) for own, p in made.plans.items()} == {
        BASE: 3,
        "verdi-1": 2,
        "verdi-2": 5,
    }
    nights = scenarios(loaded, staffing(loaded, "helg"), [1, 2])
    assert nights.plans["verdi-1"].plan.patterns[1].needed == 2
    rest = scenarios(loaded, setting(loaded, "target_rest.target_rest"), [8, 9])
    for own, hours in (("verdi-1", 8), ("verdi-2", 9)):
        assert rest.plans[own].plan.settings["target_rest"]["target_rest"] == hours
    table = scenarios(loaded, setting(loaded, "rota_size.min_doctors_in_rota.1"), [2])
    settings = table.plans["verdi-1"].plan.settings
    assert settings["rota_size"]["min_doctors_in_rota"] == {"1": 2}


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("target_rst.target_rest", "target_rest"),
        ("target_rest.target_rset", "target_rest"),
        ("rota_size.min_doctors_in_rota", "flere verdier"),
    ],
)
def test_an_unknown_setting_suggests_a_near_one(loaded: LoadedPlan, name: str, near: str) -> None:
    with pytest.raises(PlanError) as told:
        setting(loaded, name)
    assert near in str(told.value)


def test_values_that_cannot_be_had_are_told(loaded: LoadedPlan) -> None:
    dial = doctors(loaded, "fjell")
    for values in ([3], [1.5], ["mange"], [0], list(range(1, 40))):
        with pytest.raises(PlanError):
            scenarios(loaded, dial, values)
    with pytest.raises(PlanError, match="Mente du «fjell»"):
        doctors(loaded, "fjel")
    with pytest.raises(PlanError, match="Mente du «kveld»"):
        staffing(loaded, "kvel")


def test_the_command_says_of_which_value_the_search_was_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = comparison_of(made("1 (i dag)", (1, 1)), replace(made("3", (1, 1)), cut_off=True))
    made_up = Sweep("Plan", "Leger på «Helg»", (1, 3), ("1", "3"), own.alternatives, 0)
    monkeypatch.setattr(sweeping, "sweep", lambda *_, **__: (made_up, own))
    out = tmp_path / "ut"
    given = ("--staffing", "helg", "--values", "3", "--out", out)
    assert rettvakt("sweep", plan_file(tmp_path), *given) == 0
    said = " ".join(capsys.readouterr().out.split())
    told = "For «3» svarte ikke søket da det skulle avsluttes, og ble avbrutt."
    assert told in said
    assert told in cells_of((out / "folsomhet.xlsx").read_bytes())
    document = json.loads((out / "folsomhet.json").read_text(encoding="utf-8"))
    assert [alternative["cut_off"] for alternative in document["alternatives"]] == [False, True]


@pytest.mark.slow
def test_the_command_shows_from_where_there_are_too_few_doctors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = plan_file(tmp_path)
    out = tmp_path / "ut"
    code = rettvakt(
        *("sweep", plan, "--staffing", "helg", "--values", "3,4"),
        *("--seconds", 1, "--parallel", 1, "--out", out),
    )
    assert code == 1
    said = capsys.readouterr().out
    assert "1 (i dag)" in said
    assert "Hver vakt er dekket med 1, 3." in said
    assert "Med 4 er 4 vakter udekket" in said
    assert {p.name for p in out.iterdir()} == {
        "folsomhet.svg",
        "folsomhet.xlsx",
        "folsomhet.json",
    }
    document = json.loads((out / "folsomhet.json").read_text(encoding="utf-8"))
    assert [point["value"] for point in document["points"]] == [1, 3, 4]
    assert document["current"] == 1
    covers = [own["measures"]["holes"]["value"] for own in document["alternatives"]]
    assert covers == [0, 0, 4]
    svg = (out / "folsomhet.svg").read_text(encoding="utf-8")
    assert ElementTree.fromstring(svg.encode()).tag.endswith("svg")
    assert "Udekte timer" in svg


def test_the_command_tells_what_it_cannot_turn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = plan_file(tmp_path)
    assert rettvakt("sweep", plan, "--values", "1") == 2
    assert "nøyaktig én ting" in capsys.readouterr().err
    assert rettvakt("sweep", plan, "--doctors", "fjell", "--values", "x") == 2
    assert "helt tall" in capsys.readouterr().err


def _level(value: float, bound: float) -> LevelResult:
    return LevelResult("fairness_worst_1", "Mest over", value, bound, proven=value == bound)


def _point(value: int, worst: tuple[float, float], holes: int) -> Alternative:
    figures = Figures(
        doctors={},
        towns={},
        needed_hours=100,
        covered_hours=100 - 8 * holes,
        holes=holes,
        lawful=True,
        exceptions=(),
        departures=0,
        cost=Cost(None, None),
        levels=(_level(*worst),),
    )
    day = date(2027, 1, 1)
    return Alternative(str(value), str(value), "", (), (), "", day, day, figures)


def test_the_curve_has_a_band_where_something_is_left_to_prove() -> None:
    points = (_point(1, (9, 4), 2), _point(2, (5, 5), 0), _point(3, (2, 2), 0))
    own = Sweep("Plan", "Leger", (1, 2, 3), ("1", "2", "3"), points, 1)
    band = [(row["funnet"], row["grense"]) for row in rows(own, by_key("worst"))]
    assert band == [(9, 4), (5, 5), (2, 2)]
    assert [row["funnet"] for row in rows(own, UNCOVERED)] == [16, 0, 0]
    told = " ".join(in_short(own))
    assert "sikkert annerledes med 3: 2." in told
    assert "ikke avgjort med 1." in told
    words = Sweep("Plan", "Nøkkel", ("a", "b", "c"), ("a", "b", "c"), points, 1)
    assert "Nøkkel" in curve(words).svg
