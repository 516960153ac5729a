"""Rosters that come back: our own files, tables made by hand, and files that mean harm."""

import datetime as dt
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from scheduler.domain.roster import Assignment, Provenance, Roster
from scheduler.reading.faults import Fault, PlanError
from scheduler.reading.meaning import to_problem
from scheduler.reading.roster import read_package, read_roster
from scheduler.reading.roster_cells import clock_in, day_in
from scheduler.reading.roster_grids import MAX_ROWS
from scheduler.reading.shape import parse_plan
from scheduler.writing.roster_json import to_document, to_json
from scheduler.writing.table_csv import to_csv
from scheduler.writing.workbook import to_workbook
from tests.reading.plans import small
from tests.support import NURSING_HOME, doctor, duty, problem
from tests.writing.sample import KARI, SPRING, nobody, sample

PROBLEM = sample().problem


def faults(source: bytes | Path, name: str = "vakter") -> tuple[Fault, ...]:
    with pytest.raises(PlanError) as error:
        read_roster(source, PROBLEM, name=name)
    return error.value.faults


def pairs(found: Roster) -> list[tuple[str, str]]:
    return [(a.duty, a.doctor) for a in found.assignments]


def table(*rows: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(rows).encode(encoding)


def sheet(*rows: Sequence[Any], title: str = "Ark1") -> bytes:
    book = Workbook()
    own = book.worksheets[0]
    own.title = title
    for row in rows:
        own.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


# ---- our own files ---------------------------------------------------------------------------


def test_json_comes_back_with_provenance() -> None:
    own = sample().roster
    assert read_roster(to_json(own).encode(), PROBLEM) == own


def test_csv_and_workbook_come_back_with_the_same_assignments() -> None:
    own = Roster.of(PROBLEM, sample().roster.assignments)
    assert read_roster(to_csv(sample()), PROBLEM) == own
    assert read_roster(to_workbook(sample()), PROBLEM) == own


def test_an_empty_roster_comes_back_empty() -> None:
    for content in (
        to_csv(nobody()),
        to_workbook(nobody()),
        to_json(nobody().roster).encode(),
    ):
        assert read_roster(content, PROBLEM).assignments == ()


def test_a_roster_of_another_problem_keeps_its_hash_but_no_proofs() -> None:
    other = replace(sample().roster, problem_hash="0" * 64)
    found = read_roster(to_json(other).encode(), PROBLEM)
    assert found.problem_hash == "0" * 64
    assert found.provenance == Provenance()


def test_a_file_on_disk_is_read_and_named(tmp_path: Path) -> None:
    file = tmp_path / "vaktplan.csv"
    file.write_bytes(to_csv(sample()))
    assert len(read_roster(file, PROBLEM).assignments) == 6
    file.write_bytes(b"Dato;Vakt;Lege\r\n27.03.2027;Natt;Ingen\r\n")
    with pytest.raises(PlanError) as error:
        read_roster(file, PROBLEM)
    assert error.value.faults[0].place == "vaktplan.csv, rad 2, kolonne «Lege»"


def _can_be_seen(name: str) -> bool:
    """A name of soft hyphens and their like alone is an empty cell to whoever looks at it."""
    return any(sign.isprintable() and not sign.isspace() for sign in name)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(_can_be_seen))
@example("\u00adKari")
@example("-")  # also a word for «nobody»
@example("Ledig")
def test_any_printable_name_survives_csv(name: str) -> None:
    who = replace(doctor("d"), name=name)
    own = replace(PROBLEM, doctors=(who,))
    timetable = replace(
        sample(), problem=own, roster=Roster.of(own, [Assignment(SPRING.id, who.id)])
    )
    assert pairs(read_roster(to_csv(timetable), own)) == [(SPRING.id, "d")]


def test_a_doctor_changed_by_hand_in_our_table_must_have_the_right_id_or_none() -> None:
    text = to_csv(sample()).decode("utf-8-sig")
    changed = text.replace("Kari Ødegård", "Tom", 1)
    found = faults(changed.encode())
    assert [fault.place for fault in found] == ["vakter, rad 2, kolonne «Lege»"]
    assert "Lege-ID «kari»" in found[0].problem
    without = changed.replace(";natt/2027-03-27T23:00;kari", ";natt/2027-03-27T23:00;")
    assert (SPRING.id, "tom") in pairs(read_roster(without.encode(), PROBLEM))


def test_a_name_deleted_beside_an_id_is_asked_about() -> None:
    text = to_csv(sample()).decode("utf-8-sig").replace("Kari Ødegård", "", 1)
    assert faults(text.encode())[0].problem == "Legen mangler, men Lege-ID er utfylt."


def test_a_date_changed_by_hand_must_agree_with_the_duty_id() -> None:
    text = to_csv(sample()).decode("utf-8-sig").replace("27.03.2027", "28.03.2027", 1)
    found = faults(text.encode())
    assert found[0].place == "vakter, rad 2, kolonne «Dato»"
    assert found[0].problem == "Vakt-ID på samme rad gjelder Natt 27.03.2027 kl. 23:00."


# ---- tables made by hand ---------------------------------------------------------------------


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_separator_and_character_set(separator: str, encoding: str) -> None:
    content = table(
        separator.join(("Dato", "Vakttype", "Lege")),
        separator.join(("27.03.2027", "natt", "Kari Ødegård")),
        encoding=encoding,
    )
    assert pairs(read_roster(content, PROBLEM)) == [(SPRING.id, "kari")]


def test_latin_1_with_letters_that_windows_has_not() -> None:
    content = table("Dato;Vakt;Lege", "27.03.2027;Natt;Kari Ødegård", "\x81;;", encoding="latin-1")
    assert faults(content)[0].place == "vakter, rad 3, kolonne «Dato»"


@pytest.mark.parametrize("kind", ["Natt", "  nATT ", "natt"])
@pytest.mark.parametrize("who", ["kari", "KARI  ødegård ", "Kari\u00a0Ødegård", "Kari Ødegård"])
def test_capitals_and_spaces_do_not_matter(kind: str, who: str) -> None:
    content = table("dato ;VAKT; Lege", f"27.03.2027;{kind};{who}")
    assert pairs(read_roster(content, PROBLEM)) == [(SPRING.id, "kari")]


def test_decomposed_letters_are_the_same_letters() -> None:
    who = replace(KARI, name="Åse")
    own = replace(PROBLEM, doctors=(who,))
    content = table("Dato;Vakt;Lege", "27.03.2027;Natt;A\u030ase")
    assert pairs(read_roster(content, own)) == [(SPRING.id, "kari")]


def test_headings_may_stand_below_a_title_and_other_columns_are_left_alone() -> None:
    content = table(
        "Vaktplan påsken;;;", ";;;", "Notat;Lege;Dato;Vakt", "ring først;Kari;27.03.2027;Natt"
    )
    assert pairs(read_roster(content, PROBLEM)) == [(SPRING.id, "kari")]


def test_rows_without_doctor_are_holes_and_empty_rows_nothing() -> None:
    content = table(
        "Dato;Vakt;Lege",
        "27.03.2027;Natt;",
        ";;",
        "28.03.2027;Bakvakt;UDEKKET",
        "30.10.2027;Natt;Kari",
    )
    assert pairs(read_roster(content, PROBLEM)) == [("natt/2027-10-30T23:00", "kari")]


@pytest.mark.parametrize(
    "day",
    [
        "27.03.2027",
        "27.3.2027",
        dt.date(2027, 3, 27),
        dt.datetime(2027, 3, 27),
        46473,
        "lørdag 27. mars 2027",
        "2027-03-27",
    ],
)
def test_excel_dates_of_all_kinds(day: object) -> None:
    content = sheet(("Dato", "Vakt", "Lege"), (day, "Natt", "Kari Ødegård"))
    assert pairs(read_roster(content, PROBLEM)) == [(SPRING.id, "kari")]


def test_all_sheets_with_the_headings_are_read() -> None:
    book = Workbook()
    for title, row in (
        ("Mars", (dt.date(2027, 3, 27), "Natt", "Kari")),
        ("Oktober", (dt.date(2027, 10, 30), "Natt", "Tom")),
    ):
        own = book.create_sheet(title)
        own.append(("Dato", "Vakt", "Lege"))
        own.append(row)
    out = BytesIO()
    book.save(out)
    assert len(read_roster(out.getvalue(), PROBLEM).assignments) == 2


def test_beside_our_own_sheet_the_notes_of_others_are_left_alone() -> None:
    book = load_workbook(BytesIO(to_workbook(nobody())))
    notes = book.create_sheet("Ønsker")
    notes.append(("Dato", "Vakt", "Lege"))
    notes.append((dt.date(2027, 3, 27), "Natt", "Kari"))
    out = BytesIO()
    book.save(out)
    assert read_roster(out.getvalue(), PROBLEM).assignments == ()


def test_two_sessions_of_a_day_are_told_apart_by_the_clock() -> None:
    early, late = (
        duty("2027-03-31 08:00", "11:00", NURSING_HOME),
        duty("2027-03-31 12:00", "15:00", NURSING_HOME),
    )
    own = problem([KARI], [early, late])
    with pytest.raises(PlanError) as error:
        read_roster(table("Dato;Vakt;Lege", "31.03.2027;Sykehjem;Kari"), own, name="x")
    assert error.value.faults[0].problem == "Det er 2 slike vakter denne dagen."
    for clock in ("12:00", "12.00", "1200", "kl. 12", "12"):
        content = table("Dato;Vakt;Fra;Lege", f"31.03.2027;Sykehjem;{clock};Kari")
        assert pairs(read_roster(content, own)) == [(late.id, "kari")]
    content = sheet(
        ("Dato", "Vakt", "Fra", "Lege"), (dt.date(2027, 3, 31), "Sykehjem", dt.time(12), "Kari")
    )
    assert pairs(read_roster(content, own)) == [(late.id, "kari")]


def test_two_doctors_of_one_name_are_told_apart_by_their_ids() -> None:
    own = replace(
        PROBLEM, doctors=(replace(KARI, id="a", name="Kari"), replace(KARI, id="b", name="kari"))
    )
    with pytest.raises(PlanError) as error:
        read_roster(table("Dato;Vakt;Lege", "27.03.2027;Natt;Kari"), own, name="x")
    assert error.value.faults[0].remedy == "Skriv id-en i stedet: «a» og «b»."
    assert pairs(read_roster(table("Dato;Vakt;Lege", "27.03.2027;Natt;b"), own)) == [
        (SPRING.id, "b")
    ]
    both = table("Dato;Vakt;Lege;Lege-ID", "27.03.2027;Natt;Kari;a")
    assert pairs(read_roster(both, own)) == [(SPRING.id, "a")]


# ---- faults ----------------------------------------------------------------------------------


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


# ---- days and clock times --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("27/3/27", dt.date(2027, 3, 27)),
        ("lør. 27.03.2027", dt.date(2027, 3, 27)),
        ("17. mai 2027", dt.date(2027, 5, 17)),
        ("2027-05-17T00:00:00", dt.date(2027, 5, 17)),
        (dt.datetime(2027, 5, 16, 23, 59, 59, 999_999), dt.date(2027, 5, 17)),
        ("31.04.2027", None),
        ("i morgen", None),
        (12, None),
        (True, None),
        (float("nan"), None),
        (None, None),
    ],
)
def test_days(written: object, day: dt.date | None) -> None:
    assert day_in(written) == day


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("08:00", dt.time(8)),
        ("8.30", dt.time(8, 30)),
        ("kl 23", dt.time(23)),
        ("0730", dt.time(7, 30)),
        ("24:00", dt.time(0)),
        ("23:00:00", dt.time(23)),
        (0.9583333333333334, dt.time(23)),
        (8, dt.time(8)),
        (8.0, dt.time(8)),
        (1530, dt.time(15, 30)),
        (dt.datetime(1899, 12, 30, 8), dt.time(8)),
        ("25:00", None),
        ("8:75", None),
        ("natt", None),
        (True, None),
        (None, None),
    ],
)
def test_clock_times(written: object, clock: dt.time | None) -> None:
    assert clock_in(written) == clock
