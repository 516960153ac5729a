"""Folders that results are written into."""

import json
from pathlib import Path

import pytest

from api.saving import EARLIER
from tests.api.cli.said import Said
from tests.api.plans import QUICK, plan_file, rettvakt


@pytest.mark.slow
def test_a_second_run_keeps_what_it_replaces(tmp_path: Path, capsys: Said) -> None:
    plan, folder = plan_file(tmp_path), tmp_path / "ut"
    assert rettvakt("solve", plan, "--out", folder, *QUICK) == 0
    (folder / "vaktplan.xlsx").write_bytes(b"edited by hand")
    (folder / "kalender" / "gammel.ics").write_bytes(b"left")
    capsys.readouterr()
    assert rettvakt("solve", folder / "vaktplan.json", "--out", folder, *QUICK) == 0
    said = capsys.readouterr().out
    assert "Det som ble erstattet, ligger i" in said
    assert "leger utenfor planen: gammel.ics" in said
    kept = [p.read_bytes() for p in (folder / EARLIER).rglob("vaktplan.xlsx")]
    assert kept == [b"edited by hand"]


def test_a_folder_that_is_a_file_is_told_before_the_search(tmp_path: Path, capsys: Said) -> None:
    plan = plan_file(tmp_path)
    for folder in (plan, plan / "ut"):
        assert rettvakt("solve", plan, "--out", folder) == 2
        assert "en fil, ikke en mappe" in capsys.readouterr().err
    assert rettvakt("check", plan, plan, "--report", plan) == 2
    assert json.loads(plan.read_text(encoding="utf-8"))["title"] == "Fjell, mars 2027"


def test_a_plan_that_is_a_folder_or_missing_is_told(tmp_path: Path, capsys: Said) -> None:
    assert rettvakt("solve", tmp_path) == 2
    assert "Dette er en mappe, ikke en fil." in capsys.readouterr().err
    assert rettvakt("validate", tmp_path / "finnes.xlsx") == 2
    assert "Filen finnes ikke." in capsys.readouterr().err
