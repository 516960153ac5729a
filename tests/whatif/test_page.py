"""What the page for coordinators says is so."""

import re
from pathlib import Path

import pytest

from api import whatif
from api.cli.console import tell_faults
from fixtures.files import HERE
from scheduler.reading.faults import PlanError
from scheduler.whatif.changes import KINDS

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "scenarios.yaml"
PAGE = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")


def test_the_example_of_the_page_is_the_example_file() -> None:
    (block,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert block == EXAMPLE.read_text(encoding="utf-8")


def test_the_example_can_be_understood() -> None:
    own = whatif.read(EXAMPLE)
    assert [s.scenario.id for s in own.scenarios] == [
        "én-lege-til",
        "natt-på-stedet",
        "natt-og-lege",
        "lengre-hvile",
    ]
    assert own.differences("natt-på-stedet", "natt-og-lege") == ("Leger: + Ny lege 1 (Lillevik)",)


def test_every_change_and_field_is_described() -> None:
    for name, kind in KINDS.items():
        row = next(line for line in PAGE.splitlines() if f"`{name}`" in line and "|" in line)
        if name != "pattern":
            for field in set(kind.model_fields) - {"change"}:
                assert f"`{field}`" in row, f"{name}.{field}"


def test_faults_are_told_as_the_page_shows_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    text = text.replace("plan: plan.yaml", f"plan: {EXAMPLE.parent / 'plan.yaml'}")
    text = text.replace("pattern: natt, presence", "pattern: nat, presence")
    file = tmp_path / "scenarier.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PlanError) as told:
        whatif.read(file)
    tell_faults(told.value, file)
    said = capsys.readouterr().err
    assert " ".join(said.split()) in " ".join(PAGE.split())


def test_the_questions_of_the_twelve_municipalities_can_be_understood() -> None:
    own = whatif.read(HERE / "region_scenarios.yaml")
    assert len(own.scenarios) == 6
    assert own.remarks == ()
    by_id = {s.scenario.id: s.loaded for s in own.scenarios}
    night = by_id["felles-natt"].plan
    hours = {p.id: (f"{p.start:%H:%M}", f"{p.end:%H:%M}") for p in night.patterns}
    assert hours["ytre-hverdag"] == ("15:30", "23:00")
    assert hours["ytre-helg"] == ("08:00", "23:00")
    assert len(by_id["kaldvær-ut"].problem.municipalities) == 11
    assert len(by_id["to-nye-leger"].problem.doctors) == len(own.base.problem.doctors) + 2
