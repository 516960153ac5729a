"""`rettvakt wishes` as a coordinator uses it."""

from pathlib import Path

import openpyxl
import pytest

from tests.api.plans import QUICK, Document, plan_file, rettvakt

Said = pytest.CaptureFixture[str]


def _everybody_wants_the_wednesday_off(document: Document) -> None:
    document["wishes"] = [
        {"id": f"ø{n}", "doctor": who, "attitude": "rather_not", "start": "2027-03-03"}
        for n, who in enumerate(("kari", "ola", "siv"))
    ] + [{"id": "ø4", "doctor": "kari", "attitude": "want", "start": "2027-03-10"}]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a plan and its roster; one of three wishes had to be refused."""
    folder = tmp_path_factory.mktemp("wishes")
    plan = plan_file(folder, _everybody_wants_the_wednesday_off)
    assert rettvakt("solve", plan, "--out", folder / "ut", *QUICK) == 0
    return folder


def test_the_receipts_are_told_with_what_stood_against(made: Path, capsys: Said) -> None:
    assert rettvakt("wishes", made / "plan.json", made / "ut") == 0
    said = capsys.readouterr().out
    assert "✗ Ikke oppfylt: Helst ikke 03.03.2027" in said
    assert said.count("✓ Oppfylt: Helst ikke 03.03.2027") >= 1
    assert "4 ønsker: " in said
    assert "direkte bytter" in said
    assert "Med --out FIL" in said


def test_one_doctor_sees_the_own_only(made: Path, capsys: Said) -> None:
    plan = made / "plan.json"
    assert rettvakt("wishes", plan, made / "ut", "--doctor", " kari  nordmann ") == 0
    said = capsys.readouterr().out
    assert said.startswith("Kari Nordmann\n")
    assert "\nOla Bråten\n" not in said
    assert "2 ønsker: " in said


def test_a_page_and_a_sheet_for_each_doctor(made: Path, tmp_path: Path, capsys: Said) -> None:
    plan = made / "plan.json"
    assert rettvakt("wishes", plan, made / "ut", "--out", tmp_path / "svar.xlsx") == 0
    book = openpyxl.load_workbook(tmp_path / "svar.xlsx")
    assert book.sheetnames == ["Kari Nordmann", "Ola Bråten", "Siv Åsen"]
    sheet = book["Kari Nordmann"]
    assert [cell.value for cell in sheet[4]] == [
        "Ønske",
        "Svar",
        "Det ble",
        "Vakt",
        "Hva som sto i veien",
    ]
    asked = {cell.value for cell in sheet["A"][4:]} - {None}
    assert asked == {"Helst ikke 03.03.2027", "Vil gjerne 10.03.2027"}
    assert rettvakt("wishes", plan, made / "ut", "--out", tmp_path) == 0
    page = (tmp_path / "ønskekvittering.html").read_text(encoding="utf-8")
    assert page.count('<article class="page">') == 3
    assert "Gi hver lege bare sin egen." in capsys.readouterr().out


def test_equal_input_gives_equal_files(made: Path, tmp_path: Path) -> None:
    for kind in ("html", "xlsx"):
        for name in ("a", "b"):
            file = tmp_path / f"{name}.{kind}"
            assert rettvakt("wishes", made / "plan.json", made / "ut", "--out", file) == 0
        assert (tmp_path / f"a.{kind}").read_bytes() == (tmp_path / f"b.{kind}").read_bytes()


def test_what_cannot_be_meant_is_told(made: Path, tmp_path: Path, capsys: Said) -> None:
    plan, roster = made / "plan.json", made / "ut"
    for arguments, told in (
        (("--out", tmp_path / "svar.pdf"), "svar.pdf må slutte på .html eller .xlsx."),
        (("--doctor", "Kåre"), "Fant ingen lege som heter «Kåre»."),
    ):
        assert rettvakt("wishes", plan, roster, *arguments) == 2
        assert told in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
    assert rettvakt("wishes", plan, made / "borte.json") == 2


def test_a_plan_without_wishes_says_so(tmp_path: Path, capsys: Said) -> None:
    plan = plan_file(tmp_path)
    roster = tmp_path / "vaktplan.csv"
    roster.write_text("Dato;Vakt;Lege\n01.03.2027;Hjemmevakt hverdag;Kari Nordmann\n", "utf-8")
    assert rettvakt("wishes", plan, roster) == 0
    assert "Planen har ingen ønsker." in capsys.readouterr().out
    assert rettvakt("wishes", plan, roster, "--doctor", "siv") == 0
    assert "Siv Åsen har ingen ønsker." in capsys.readouterr().out
