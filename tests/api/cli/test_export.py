"""A roster that was kept leaves in every form."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from api import library, outputs
from api.saving import EARLIER
from scheduler.domain.roster import Roster
from tests.api.cli.said import Said
from tests.api.plans import Document, plan_file, rettvakt


@pytest.mark.parametrize("kind", ["xlsx", "csv", "pdf", "json"])
def test_export_gives_what_solve_gave(holes: Path, tmp_path: Path, kind: str, capsys: Said) -> None:
    target = tmp_path / f"min.{kind}"
    assert rettvakt("export", holes / "ut", "-f", kind, "-o", target) == 0
    assert target.read_bytes() == (holes / "ut" / f"vaktplan.{kind}").read_bytes()
    assert ("skal ikke deles" in capsys.readouterr().out) == (kind == "json")


def test_export_of_calendars(holes: Path, tmp_path: Path, capsys: Said) -> None:
    package = holes / "ut" / "vaktplan.json"
    assert rettvakt("export", package, "-f", "ics", "-o", tmp_path / "k") == 0
    assert len(list((tmp_path / "k").glob("*.ics"))) == 3
    for who, target in (("siv  åsen", tmp_path / "siv.ics"), ("SIV", tmp_path / "s")):
        assert rettvakt("export", package, "-f", "ics", "-o", target, "--doctor", who) == 0
    assert (tmp_path / "siv.ics").read_bytes() == (tmp_path / "s" / "siv.ics").read_bytes()
    capsys.readouterr()
    assert rettvakt("export", package, "-f", "ics", "-o", tmp_path / "x", "--doctor", "Siv") == 0
    assert rettvakt("export", package, "-f", "ics", "-o", tmp_path / "x", "--doctor", "Liv") == 2
    assert "Fant ingen lege som heter «Liv»." in capsys.readouterr().err


def test_export_goes_into_a_folder_and_keeps_what_was_there(holes: Path, tmp_path: Path) -> None:
    (tmp_path / "vaktplan.csv").write_bytes(b"mine")
    assert rettvakt("export", holes / "ut", "-f", "csv", "-o", tmp_path) == 0
    assert [p.read_bytes() for p in (tmp_path / EARLIER).rglob("*.csv")] == [b"mine"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-f", "json"], "skrevet over vaktplanen selv"),
        (["-f", "csv", "-o", "x.pdf"], "slutter ikke på .csv"),
        (["-f", "csv", "--doctor", "siv"], "gjelder bare --format ics"),
        (["-f", "ics", "-o", "alle.ics"], "én kalender for hver lege"),
    ],
)
def test_export_refuses_what_cannot_be_meant(
    holes: Path, arguments: Sequence[str], told: str, capsys: Said
) -> None:
    before = (holes / "ut" / "vaktplan.json").read_bytes()
    assert rettvakt("export", holes / "ut" / "vaktplan.json", *arguments) == 2
    assert told in capsys.readouterr().err
    assert (holes / "ut" / "vaktplan.json").read_bytes() == before


def test_export_of_something_else_is_told(holes: Path, tmp_path: Path, capsys: Said) -> None:
    for file in (holes / "ut" / "vaktplan.xlsx", holes / "plan.json", tmp_path):
        assert rettvakt("export", file, "-f", "csv", "-o", tmp_path / "x.csv") == 2
        assert "Ingenting er skrevet." in capsys.readouterr().err


def test_two_doctors_of_one_name_are_told_apart_by_id(tmp_path: Path, capsys: Said) -> None:
    def alike(document: Document) -> None:
        document["doctors"][1]["name"] = "Kari Nordmann"

    loaded = library.read(plan_file(tmp_path, alike))
    package = outputs.export_one(loaded, Roster.of(loaded.problem, ()), "json")
    (tmp_path / "vaktplan.json").write_bytes(package)
    asked = ("export", tmp_path, "-f", "ics", "-o", tmp_path / "k", "--doctor")
    assert rettvakt(*asked, "Kari Nordmann") == 2
    assert "Skriv id-en: «kari» og «ola»." in capsys.readouterr().err
    assert rettvakt(*asked, "ola") == 0
