"""What is wrong with a file of a roster is told with its place; files that mean harm do none."""

import datetime as dt
import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from scheduler.domain.roster import Assignment, Roster
from scheduler.reading.faults import PlanError
from scheduler.reading.meaning import to_problem
from scheduler.reading.roster import read_package, read_roster
from scheduler.reading.roster_grids import MAX_ROWS
from scheduler.reading.shape import parse_plan
from scheduler.writing.roster_json import to_document, to_json
from scheduler.writing.table_csv import to_csv
from tests.reading.plans import small
from tests.reading.rosters import PROBLEM, faults, pairs, sheet, table
from tests.writing.sample import SPRING, sample


def test_every_fault_is_told_at_once_with_place_value_and_remedy() -> None:
    found = faults(
        table(
            "Dato;Vakt;Fra;Lege",
            "31.02.2027;Natt;;Kari",
            "27.03.2027;Nat;;Kari",
            "27.03.2027;Natt;;Karri",
            "27.03.2028;Natt;;Kari",
            "28.03.2027;Natt;;Kari",
            "27.03.2027;Natt;22:00;Kari",
            "27.03.2027;Natt;sent;Kari",
            ";;;Kari",
        )
    )
    assert [(fault.place.removeprefix("vakter, "), fault.problem) for fault in found] == [
        ("rad 2, kolonne «Dato»", "Dette er ikke en dato."),
        ("rad 3, kolonne «Vakt»", "Planen har ingen slik vakt."),
        (
            "rad 4, kolonne «Lege»",
            "Planen har ingen lege med dette navnet eller denne id-en.",
        ),
        ("rad 5, kolonne «Dato»", "Dagen ligger utenfor planens periode."),
        ("rad 6, kolonne «Vakt»", "Det er ingen slik vakt denne dagen."),
        ("rad 7, kolonne «Fra»", "Vakten begynner «23:00»."),
        ("rad 8, kolonne «Fra»", "Dette er ikke et klokkeslett."),
        ("rad 9, kolonne «Dato»", "Datoen mangler."),
        ("rad 9, kolonne «Vakt»", "Vakten mangler."),
    ]
    assert found[0].value == "31.02.2027"
    assert found[1].remedy.startswith("Mente du «Natt»?")
    assert found[3].remedy == "Perioden er 22.03.2027–31.10.2027."
    assert "«Hjemmevakt» og «Bakvakt»" in found[4].remedy


def test_the_place_in_a_workbook_is_sheet_row_and_column() -> None:
    content = sheet(("Dato", "Vakt", "Lege"), (dt.date(2027, 3, 27), "Natt", "Ukjent"), title="Vår")
    assert faults(content)[0].place == "Ark «Vår», rad 2, kolonne «Lege»"


def test_a_duty_id_alone_suffices_and_must_be_known() -> None:
    assert pairs(read_roster(table("Vakt-ID;Lege-ID", f"{SPRING.id};kari"), PROBLEM)) == [
        (SPRING.id, "kari")
    ]
    found = faults(table("Vakt-ID;Lege", "natt/2027-03-27T22:00;Kari"))
    assert found[0].place == "vakter, rad 2, kolonne «Vakt-ID»"
    assert found[0].remedy.startswith("Mente du «natt/2027-03-27T23:00»?")


def test_the_same_row_twice_is_a_fault() -> None:
    row = "27.03.2027;Natt;Kari"
    found = faults(table("Dato;Vakt;Lege", row, row))
    assert found[0].problem == "Legen har allerede denne vakten (vakter, rad 2)."


def test_a_table_without_the_columns_says_what_it_found() -> None:
    found = faults(table("Dag;Person", "27.03.2027;Kari"))
    assert found[0].problem == "Fant ingen tabell med vakter."
    assert "«Dag» og «Person»" in found[0].remedy


def test_faults_of_json_have_their_paths() -> None:
    document = to_document(sample().roster)
    document["assignments"][0]["duty"] = "natt/2027-03-27T22:00"
    document["assignments"][1] = {"duty": SPRING.id, "doctor": None}
    document["assignments"][2] = "kari"
    document["assignments"].append(document["assignments"][3])
    document["provenance"]["seed"] = "sju"
    del document["problem_hash"]
    found = faults(json.dumps(document).encode())
    assert [fault.place for fault in found] == [
        "assignments[0].duty",
        "assignments[1].doctor",
        "assignments[2]",
        "assignments[6]",
        "problem_hash",
        "provenance.seed",
    ]
    assert found[0].remedy.startswith("Mente du «natt/2027-03-27T23:00»?")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"format": "rettvakt-plan"}, "vakter, format"),
        ({"version": 2}, "vakter, version"),
        ({"assignments": {}}, "assignments"),
        ({"provenance": {"levels": [3]}}, "provenance.levels.0"),
        ({"provenance": 3}, "provenance"),
    ],
)
def test_json_that_is_something_else(change: dict[str, object], place: str) -> None:
    document = to_document(sample().roster) | change
    assert faults(json.dumps(document).encode())[0].place == place


def test_a_package_has_its_plan_and_its_roster() -> None:
    written = parse_plan(small())
    of_plan = to_problem(written).problem
    own = Roster.of(of_plan, [Assignment(of_plan.duties[0].id, of_plan.doctors[0].id)])
    plan, read = read_package(to_json(own, written.to_document()).encode())
    assert plan == written
    assert read(of_plan) == own
    with pytest.raises(PlanError):
        read(PROBLEM)


def test_a_package_without_a_plan_says_so() -> None:
    with pytest.raises(PlanError) as error:
        read_package(to_json(sample().roster).encode(), name="vaktplan.json")
    assert error.value.faults[0].place == "vaktplan.json, plan"


def test_faults_of_the_plan_inside_say_where() -> None:
    document = to_document(sample().roster, {"title": "Vår", "wrong": 1})
    with pytest.raises(PlanError) as error:
        read_package(json.dumps(document).encode())
    assert all(fault.place.startswith("plan") for fault in error.value.faults)
    assert "plan.wrong" in {fault.place for fault in error.value.faults}


def test_a_csv_is_no_package() -> None:
    with pytest.raises(PlanError, match=r"ikke en vaktplan\.json"):
        read_package(to_csv(sample()))


# ---- files that are broken or mean harm ------------------------------------------------------


def test_missing_files_and_folders(tmp_path: Path) -> None:
    assert faults(tmp_path / "ingen.csv")[0].problem == "Filen finnes ikke."
    assert faults(tmp_path)[0].problem == "Dette er en mappe, ikke en fil."


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xef\xbb\xbf \r\n",
        b"\x00\x01\x02\x03" * 50,
        b"PK\x03\x04 and nothing more",
        b"\xd0\xcf\x11\xe0" + b"\x00" * 600,
        b"{" * 100_000,
        b'{"format": "rettvakt-roster", "version": 1',
        b'{"a": ' * 5_000 + b"1" + b"}" * 5_000,
        b"[1, 2]",
        b'{"format": NaN}',
        b"\xff\xfe\x00\xd8",
        b'Dato;Vakt;Lege\r\n"27.03.2027;Natt;' + b"x" * 200_000,
        b'{"format": "\xff"}',
    ],
)
def test_broken_files_give_faults_in_words(content: bytes) -> None:
    for fault in faults(content):
        assert fault.place
        assert fault.problem.endswith(".")
        assert fault.remedy.endswith(".")


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_crash(content: bytes) -> None:
    try:
        read_roster(content, PROBLEM)
    except PlanError:
        return


def test_a_file_that_is_too_large_is_not_read() -> None:
    assert faults(b" " * 20_000_001)[0].problem == "Filen er større enn 20 MB."


def test_a_table_that_is_too_long_is_left() -> None:
    rows = ["Dato;Vakt;Lege", *["27.03.2027;Natt;Kari"] * MAX_ROWS]
    assert faults(table(*rows))[0].problem == f"Tabellen har flere enn {MAX_ROWS} rader."


def test_a_zip_bomb_is_not_unpacked() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    assert "altfor stor" in faults(out.getvalue())[0].problem


def test_a_workbook_with_entities_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><workbook>&a;</workbook>'
    source, out = BytesIO(sheet(("Dato",))), BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = bomb if entry.filename == "xl/workbook.xml" else old.read(entry)
            new.writestr(entry.filename, content)
    assert "XML-deklarasjoner" in faults(out.getvalue())[0].problem


def test_a_sheet_that_claims_a_last_row_far_down_is_read_quickly() -> None:
    book = Workbook()
    own = book.worksheets[0]
    own.append(("Dato", "Vakt", "Lege"))
    own.append((dt.date(2027, 3, 27), "Natt", "Kari"))
    own.cell(1_048_576, 1).value = " "
    out = BytesIO()
    book.save(out)
    assert pairs(read_roster(out.getvalue(), PROBLEM)) == [(SPRING.id, "kari")]


def test_formulas_in_cells_are_not_run() -> None:
    content = sheet(("Dato", "Vakt", "Lege"), (dt.date(2027, 3, 27), "Natt", '="Kari"'))
    assert read_roster(content, PROBLEM).assignments == ()  # no value was ever computed
