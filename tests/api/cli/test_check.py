"""Rosters from elsewhere are judged: our own files, edited by hand, of another plan."""

from pathlib import Path

import openpyxl
import pytest

from api.cli.console import SHOWN
from fixtures.files import PLANS
from tests.api.cli.said import Said
from tests.api.plans import plan_file, rettvakt


@pytest.mark.parametrize("name", ["vaktplan.json", "vaktplan.csv", "vaktplan.xlsx", ""])
def test_our_own_files_get_the_same_verdict(holes: Path, name: str, capsys: Said) -> None:
    assert rettvakt("check", holes / "plan.json", holes / "ut" / name) == 1
    said = capsys.readouterr().out
    assert "men 3 vakter er udekket" in said
    assert said.count("Udekket: Hjemmevakt") == 3


def test_a_workbook_edited_by_hand_is_judged_as_it_stands(
    holes: Path, tmp_path: Path, capsys: Said
) -> None:
    book = openpyxl.load_workbook(holes / "ut" / "vaktplan.xlsx")
    sheet = book["Rader"]
    heads = {str(cell.value): number for number, cell in enumerate(sheet[1], 1)}
    for row in range(2, sheet.max_row + 1):
        if not sheet.cell(row, heads["Lege"]).value:
            sheet.cell(row, heads["Lege"]).value = "Siv Åsen"
            sheet.cell(row, heads["Lege-ID"]).value = None
    book.save(tmp_path / "min.xlsx")
    assert rettvakt("check", holes / "plan.json", tmp_path / "min.xlsx") == 1
    said = capsys.readouterr().out
    assert said.count("Brudd: Siv Åsen") == 3
    assert "Udekket: Hjemmevakt" not in said
    sheet.cell(2, heads["Lege"]).value = "Siv Aasen"
    sheet.cell(2, heads["Lege-ID"]).value = None
    book.save(tmp_path / "min.xlsx")
    assert rettvakt("check", holes / "plan.json", tmp_path / "min.xlsx") == 2
    said = capsys.readouterr().err
    assert "rad 2, kolonne «Lege»" in said
    assert "Mente du «Siv Åsen»?" in said


def test_a_roster_of_another_version_of_the_plan_is_told(
    holes: Path, tmp_path: Path, capsys: Said
) -> None:
    plan = plan_file(tmp_path)  # nobody is away
    assert rettvakt("check", plan, holes / "ut") == 1
    assert "laget av en annen utgave av planen" in capsys.readouterr().err


def test_a_roster_of_another_plan_is_told_in_short(holes: Path, capsys: Said) -> None:
    for name in ("vaktplan.json", "vaktplan.csv"):
        assert rettvakt("check", PLANS / "oy.yaml", holes / "ut" / name) == 2
        said = capsys.readouterr().err
        assert "hører til en annen plan" in said
        assert len(said.splitlines()) < 5 * SHOWN


def test_the_report_can_be_written(holes: Path, tmp_path: Path, capsys: Said) -> None:
    arguments = ("check", holes / "plan.json", holes / "ut", "--report", tmp_path / "r")
    assert rettvakt(*arguments) == 1
    assert {p.name for p in (tmp_path / "r").iterdir()} == {"rapport.html", "rapport.pdf"}
    assert "rapport.html" in capsys.readouterr().out
