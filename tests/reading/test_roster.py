"""Rosters that come back: our own files, and tables made by hand."""

import datetime as dt
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from scheduler.domain.roster import Assignment, Provenance, Roster
from scheduler.reading.faults import PlanError
from scheduler.reading.roster import read_roster
from scheduler.writing.roster_json import to_json
from scheduler.writing.table_csv import to_csv
from scheduler.writing.workbook import to_workbook
from tests.reading.rosters import PROBLEM, faults, pairs, sheet, table
from tests.support import NURSING_HOME, doctor, duty, problem
from tests.writing.sample import KARI, SPRING, nobody, sample

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
