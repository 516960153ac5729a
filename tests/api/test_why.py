"""`rettvakt why` as a coordinator uses it."""

import json
from collections.abc import Container
from pathlib import Path

import pytest

from tests.api.plans import Document, everybody_away, plan_file, rettvakt

Said = pytest.CaptureFixture[str]
HOLE = "Hjemmevakt hverdag onsdag 3. mars 2027 kl. 15:30–08:00"


def _roster(folder: Path, but: Container[int] = ()) -> Path:
    """Kari, Ola and Siv in turn, with nobody on some days of March."""
    rows = ["Dato;Vakt;Lege"]
    for day in range(1, 15):
        kind = "Hjemmevakt helg" if day % 7 in (6, 0) else "Hjemmevakt hverdag"
        who = ("Siv Åsen", "Ola Bråten", "Kari Nordmann")[(day + 1) % 3]
        rows.append(f"{day:02}.03.2027;{kind};{'' if day in but else who}")
    file = folder / "vaktplan.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def away(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan and its roster, in which everybody is away on the third of March."""
    folder = tmp_path_factory.mktemp("away")
    plan_file(folder, everybody_away)
    _roster(folder, but=(2, 3, 4))
    return folder


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan and its roster, which is full; Kari is pinned on a day on which Siv cannot."""

    def cannot(document: Document) -> None:
        document["wishes"] = [
            {"id": "ø", "doctor": "siv", "attitude": "cannot", "start": "2027-03-04"}
        ]
        document["pins"] = [{"doctor": "kari", "pattern": "kveld", "date": "2027-03-04"}]

    folder = tmp_path_factory.mktemp("full")
    plan = plan_file(folder, cannot)
    roster = _roster(folder)
    assert rettvakt("check", plan, roster) == 0
    return folder


def _pinned_away(document: Document) -> None:
    everybody_away(document)
    document["pins"] = [{"doctor": "kari", "pattern": "kveld", "date": "2027-03-03"}]


def test_a_hole_is_explained_with_its_ways_out(away: Path, capsys: Said) -> None:
    assert rettvakt("why", away / "plan.json", away / "vaktplan.csv") == 1
    said = capsys.readouterr().out
    assert f"\n{HOLE} kan ikke dekkes, hvordan resten av planen enn legges.\n" in said
    assert said.count("Utveier, den beste først:") == 3
    assert "3 av 3 leger kan ta slike vakter i perioden" in said
    assert "– Kari Nordmann, Ola Bråten og Siv Åsen er borte fra onsdag 3. mars 2027" in said
    assert "1. Skaff én lege til for Hjemmevakt hverdag onsdag 3. mars" in said
    assert "kontrollert mot alle regler" in said
    assert "skal ikke deles med andre" in said


def test_one_hole_is_named_as_people_say_it(away: Path, capsys: Said) -> None:
    plan = away / "plan.json"
    for name in ("kveld/2027-03-03", "hjemmevakt hverdag 3. mars", "Kveld 03.03.2027"):
        assert rettvakt("why", plan, away / "vaktplan.csv", "--duty", name) == 1
        assert capsys.readouterr().out.startswith(f"{HOLE} kan ikke dekkes")


def test_a_program_gets_the_same(away: Path, capsys: Said) -> None:
    assert rettvakt("why", away / "plan.json", away / "vaktplan.csv", "--json") == 1
    [_, hole, _] = json.loads(capsys.readouterr().out)
    assert hole["duties"] == ["kveld/2027-03-03"]
    assert hole["finding"] == "alone"
    assert hole["blames"][0]["doctors"] == ["kari", "ola", "siv"]
    assert hole["blames"][0]["rules"] == ["absence"]
    assert [way["kinds"] for way in hole["ways"]] == [["locum"]]
    assert hole["ways"][0]["assignments"] == [["kveld/2027-03-03", "vikar"]]


def test_why_one_doctor_does_not_fill_a_hole(away: Path, capsys: Said) -> None:
    plan = away / "plan.json"
    words = ("--duty", "kveld/2027-03-03", "--doctor", "Ola Bråten")
    assert rettvakt("why", plan, away / "vaktplan.csv", *words) == 1
    said = capsys.readouterr().out
    assert said.startswith(f"Ola Bråten kan ikke ha {HOLE}, hvordan resten av planen")
    assert "– Ola Bråten er borte " in said
    assert "Kari" not in said


def test_a_plan_without_a_roster_is_explained(tmp_path: Path, capsys: Said) -> None:
    plan = plan_file(tmp_path, _pinned_away)
    assert rettvakt("why", plan) == 1
    said = capsys.readouterr().out
    assert said.startswith("Ingen vaktplan kan følge alle reglene")
    assert f"Kari Nordmann skal ha {HOLE} (låst av vaktplanleggeren)." in said
    assert "Kari Nordmann er borte fra onsdag 3. mars 2027" in said
    assert f"1. Fjern låsen som holder Kari Nordmann på {HOLE}." in said
    assert "3 vakter står da uten lege" in said
    assert rettvakt("why", plan, "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert {rule for blame in found["blames"] for rule in blame["rules"]} == {"absence", "pins"}


def test_a_plan_that_has_a_roster_is_told_so(full: Path, capsys: Said) -> None:
    assert rettvakt("why", full / "plan.json") == 0
    assert "Planen motsier ikke seg selv" in capsys.readouterr().out
    assert rettvakt("why", full / "plan.json", full / "vaktplan.csv") == 0
    assert "Alle vakter har lege." in capsys.readouterr().out


def test_why_this_doctor(full: Path, capsys: Said) -> None:
    plan = full / "plan.json"
    words = ("--duty", "kveld 05.03.2027", "--time-limit", "1", "--workers", "1")
    assert rettvakt("why", plan, full / "vaktplan.csv", *words) == 0
    said = capsys.readouterr().out
    assert said.startswith("Siv Åsen har Hjemmevakt hverdag fredag 5. mars 2027")
    assert "2 andre leger kan ta det ved et direkte bytte.\n" in said
    assert "Kan ta det lovlig, den beste først:" in said
    assert "Byttet alene: " in said


def test_a_search_with_the_change_fixed_is_labelled(full: Path, capsys: Said) -> None:
    plan = full / "plan.json"
    words = ("--duty", "kveld 05.03.2027", "--doctor", "ola", "--time-limit", "2")
    assert rettvakt("why", plan, full / "vaktplan.csv", *words) == 0
    said = capsys.readouterr().out
    assert "– Ola Bråten kan ta det" in said
    assert "Kari" not in said
    assert "Hele planen lagt om (bevist)" in said or "Hele planen lagt om (anslag)" in said
    assert "«Bevist»: ingen lovlig plan med denne endringen er bedre." in said


def test_why_not_that_one(full: Path, capsys: Said) -> None:
    plan = full / "plan.json"
    words = ("--duty", "kveld/2027-03-04", "--doctor")
    assert rettvakt("why", plan, full / "vaktplan.csv", *words, "siv", "--json") == 0
    [other] = json.loads(capsys.readouterr().out)["others"]
    assert other["able"] is False
    assert other["verdict"].startswith("Siv Åsen har meldt «kan ikke» fra torsdag 4. mars 2027")
    assert rettvakt("why", plan, full / "vaktplan.csv", *words, "ola") == 0
    said = capsys.readouterr().out
    assert "Kan ikke ta det:" in said
    assert "Ola Bråten kan ikke ha Hjemmevakt hverdag torsdag 4. mars" in said
    assert "Kari Nordmann skal ha" in said
    assert "låst av vaktplanleggeren" in said


def test_what_drives_a_total(full: Path, capsys: Said) -> None:
    plan = full / "plan.json"
    assert rettvakt("why", plan, full / "vaktplan.csv", "--doctor", "Kari Nordmann") == 0
    said = capsys.readouterr().out
    assert said.startswith("Kari Nordmann har ")
    assert "Hva poengene kommer av\n" in said
    assert "Hjemmevakt hverdag: " in said
    assert "Legevakt: " in said
    assert "1 av " in said  # Siv could not on the day that is pinned to Kari
    assert rettvakt("why", plan, full / "vaktplan.csv", "--doctor", "kari", "--json") == 0
    assert json.loads(capsys.readouterr().out)["doctor"] == "kari"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("vaktplan.csv", "--duty", "morgen 03.03.2027"),
            "Den dagen er det «Hjemmevakt hverdag onsdag",
        ),
        (("vaktplan.csv", "--duty", "kveld 01.08.2027"), "Planen gjelder "),
        (("vaktplan.csv", "--duty", "kveld"), "Skriv vakttype og dato"),
        (("vaktplan.csv", "--duty", "kveld/2027-03-99"), "finnes ikke i kalenderen"),
        (("vaktplan.csv", "--duty", "kveldd"), "Skriv vakttype og dato"),
        (("vaktplan.csv", "--doctor", "Per"), "Fant ingen lege som heter «Per»."),
        (("--duty", "kveld/2027-03-03"), "Uten vaktplan er det ingen vakter å forklare."),
    ],
    ids=lambda own: own if isinstance(own, str) else own[-1],
)
def test_what_cannot_be_meant_is_told(
    full: Path, words: tuple[str, ...], told: str, capsys: Said
) -> None:
    arguments = [full / word if word == "vaktplan.csv" else word for word in words]
    assert rettvakt("why", full / "plan.json", *arguments) == 2
    assert told in capsys.readouterr().err
