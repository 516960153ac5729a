"""The workbook: faults with sheet, row and column."""

from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from scheduler.reading.faults import Fault
from scheduler.reading.shape import parse_plan
from scheduler.reading.write import to_workbook
from tests.reading.plans import small
from tests.reading.workbooks import column, opened, read, saved, told, with_cell

CELLS: list[tuple[str, int, str, object, Fault]] = [
    (
        "Leger", 2, "Født", "31.02.1980",
        Fault(
            "Ark «Leger», rad 2, kolonne «Født»",
            "31.02.1980",
            "Denne datoen finnes ikke i kalenderen.",
            "Skriv datoen som 27.03.2027.",
        ),
    ),
    (
        "Leger", 3, "Tilknytning", "fastansat",
        Fault(
            "Ark «Leger», rad 3, kolonne «Tilknytning»",
            "fastansat",
            "Ordet «fastansat» er ukjent.",
            "Mente du «fast ansatt»? Velg mellom «næringsdrivende», «fast ansatt», «vikar», «LIS1» "
            "og «innleid».",
        ),
    ),
    (
        "Leger", 2, "Spesialist fra", "i fjor",
        Fault(
            "Ark «Leger», rad 2, kolonne «Spesialist fra»",
            "i fjor",
            "Dette er ikke en dato.",
            "Skriv datoen som 27.03.2027.",
        ),
    ),
    (
        "Leger", 2, "Åpningstid", "hele uka",
        Fault(
            "Ark «Leger», rad 2, kolonne «Åpningstid»",
            "hele uka",
            "Åpningstiden «hele uka» kan ikke leses.",
            "Skriv den som «man–tor 08:00–15:30; fre 08:00–14:00».",
        ),
    ),
    (
        "Leger", 2, "Ingen nattevakter", "kanskje",
        Fault(
            "Ark «Leger», rad 2, kolonne «Ingen nattevakter»",
            "kanskje",
            "Her må det stå ja eller nei.",
            "Skriv ja eller nei.",
        ),
    ),
    (
        "Vakttyper", 2, "Sted", None,
        Fault(
            "Ark «Vakttyper», rad 2, kolonne «Sted»",
            "",
            "«Sted» mangler.",
            "Fyll ut feltet. Id til stedet vakten hører til.",
        ),
    ),
    (
        "Vakttyper", 2, "Leger", datetime(2027, 1, 1),
        Fault(
            "Ark «Vakttyper», rad 2, kolonne «Leger»",
            "01.01.2027",
            "Dette er ikke et helt tall.",
            "Skriv et helt tall uten desimaler.",
        ),
    ),
    (
        "Plan", 2, "Tittel", None,
        Fault(
            "Ark «Plan», rad 2, kolonne «Tittel»",
            "",
            "«Tittel» mangler.",
            "Fyll ut feltet. Navnet på planen, for eksempel «Vår 2027».",
        ),
    ),
    (
        "Ønsker", 2, "Lege", "ase",
        Fault(
            "Ark «Ønsker», rad 2, kolonne «Lege»",
            "ase",
            "Id-en finnes ikke under «Leger».",
            "Mente du «åse»? Rett id-en, eller legg den til.",
        ),
    ),
    (
        "Ønsker", 2, "Lege", "Åse Oyen",
        Fault(
            "Ark «Ønsker», rad 2, kolonne «Lege»",
            "Åse Oyen",
            "Dette er ikke en gyldig id.",
            "Skriv id-en i stedet for navnet. «Åse Øyen» har id-en «åse».",
        ),
    ),
    (
        "Ønsker", 2, "Lege", "dr. X",
        Fault(
            "Ark «Ønsker», rad 2, kolonne «Lege»",
            "dr. X",
            "Dette er ikke en gyldig id.",
            "Skriv id-en slik den står under «Leger».",
        ),
    ),
    (
        "Leger", 2, "Id", "Kari Nordmann",
        Fault(
            "Ark «Leger», rad 2, kolonne «Id»",
            "Kari Nordmann",
            "Dette er ikke en gyldig id.",
            "Bruk høyst 60 tegn: bokstaver, tall, bindestrek, understrek og punktum, og begynn "
            "med en bokstav eller et tall.",
        ),
    ),
    (
        "Regler", 2, "Regel", "hviletid",
        Fault(
            "Ark «Regler», rad 2",
            "hviletid",
            "Regelen er ukjent.",
            "Se listen over regler. Rett id-en, eller slett den.",
        ),
    ),
    (
        "Regler", 2, "Verdi", "åtte",
        Fault(
            "Ark «Regler», rad 2",
            "åtte",
            "«Hvile» må være et tall.",
            "Skriv et tall (timer).",
        ),
    ),
    (
        "Regler", 2, "Verdi", 40,
        Fault(
            "Ark «Regler», rad 2",
            "40",
            "«Hvile» må være mellom 8 og 11 timer.",
            "Rett tallet.",
        ),
    ),
    (
        "Vakttyper", 2, "Navn", "#REF!",
        Fault(
            "Ark «Vakttyper», rad 2, kolonne «Navn»",
            "#REF!",
            "Cellen inneholder en formel som har feilet.",
            "Skriv selve verdien.",
        ),
    ),
    (
        "Leger", 2, "Merke", "ferdig",
        Fault(
            "Ark «Leger», rad 2, kolonne «Merke»",
            "ferdig",
            "Her kan bare ordet «eksempel» stå.",
            "Slett det, eller skriv «eksempel» for å hoppe over raden.",
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "row", "title", "value", "expected"),
    CELLS,
    ids=[f"{c[0]} {c[2]} {c[3]}" for c in CELLS],
)
def test_a_fault_names_its_cell(
    sheet: str, row: int, title: str, value: object, expected: Fault
) -> None:
    (fault,) = told(with_cell(sheet, row, title, value))
    assert fault == expected


@pytest.mark.parametrize(
    ("sheet", "title", "value"),
    [
        ("Leger", "Navn", True),
        ("Leger", "Navn", date(2027, 5, 17)),
        ("Leger", "Kan tjenestegjøre ved", date(2027, 5, 17)),
        ("Leger", "Praksisandel", date(2027, 5, 17)),
        ("Leger", "Født", 0.5),
        ("Leger", "Åpningstid", "mxn 08:00–15:30"),
        ("Vakttyper", "Begynner", "kl åtte"),
        ("Vakttyper", "Begynner", True),
        ("Fravær", "Fra", "05.07.2027 25:00"),
        ("Plan", "Versjon", 2),
    ],
)
def test_a_cell_of_the_wrong_kind(sheet: str, title: str, value: Any) -> None:
    faults = told(with_cell(sheet, 2, title, value))
    assert [f.place for f in faults] == [f"Ark «{sheet}», rad 2, kolonne «{title}»"]


def test_no_block_may_be_written_out() -> None:
    assert read(with_cell("Vakttyper", 3, "Tas samlet", "ingen")).patterns[1].block == ()


def test_several_cells_are_told_at_once_and_none_of_them_twice() -> None:
    book = opened()
    book["Leger"].cell(2, column(book, "Leger", "Tilknytning")).value = "x"
    book["Leger"].cell(3, column(book, "Leger", "Født")).value = "x"
    book["Møter"].cell(2, column(book, "Møter", "Slag")).value = None
    assert [fault.place for fault in told(saved(book))] == [
        "Ark «Leger», rad 2, kolonne «Tilknytning»",
        "Ark «Leger», rad 3, kolonne «Født»",
        "Ark «Møter», rad 2, kolonne «Slag»",
    ]


def test_an_unknown_sheet() -> None:
    book = opened()
    book["Leger"].title = "Lege"
    problems = {(f.place, f.problem) for f in told(saved(book))}
    assert ("Ark «Lege»", "Arket er ukjent.") in problems
    assert ("Ark «Leger»", "«Leger» mangler.") in problems


def test_an_unknown_column_and_one_that_is_missing_are_told_once() -> None:
    book = opened()
    book["Leger"].cell(1, column(book, "Leger", "Født")).value = "Fød"
    assert told(saved(book)) == (
        Fault(
            "Ark «Leger», rad 1",
            "Fød",
            "Kolonnen er ukjent.",
            "Mente du «Født»? Rett overskriften, eller slett kolonnen.",
        ),
        Fault("Ark «Leger», rad 1", "", "Kolonnen «Født» mangler.", "Sett den inn. Fødselsdato."),
    )


def test_a_column_twice() -> None:
    book = opened()
    sheet = book["Leger"]
    sheet.cell(1, sheet.max_column + 1).value = "Navn"
    assert told(saved(book))[0].problem == "Kolonnen står to ganger."


def test_two_plans_in_one_workbook() -> None:
    book = opened()
    sheet = book["Plan"]
    for cell in sheet[2]:
        sheet.cell(3, cell.column or 1).value = cell.value
    (fault,) = told(saved(book))
    assert fault.problem == "Arket kan bare ha én utfylt rad."


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (("rest_between_work", "hours", None, 8), "Innstillingen står to ganger."),
        (("weights", "by_class", "1", 2), "Innstillingen står to ganger."),
        (("rest_between_work", "hours", "a", 8), "Innstillingen står to ganger."),
        (("weights", "by_class", None, 8), "Innstillingen står to ganger."),
        (("weights", None, None, 8), "Raden er ikke fullstendig."),
        (("weights", "on", None, None), "Raden er ikke fullstendig."),
        (("weights", "x", None, date(2027, 1, 1)), None),
    ],
)
def test_settings_rows(row: tuple[Any, ...], problem: str | None) -> None:
    book = opened()
    sheet = book["Regler"]
    for number, value in enumerate(row, start=2):
        sheet.cell(8, number).value = value
    (fault,) = told(saved(book))
    assert fault.problem == (
        problem or "Regnearket har gjort om verdien til en dato eller et klokkeslett."
    )


def test_a_sheet_has_ten_thousand_rows_at_most() -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Leger")
    sheet.append(["Id", "Navn"])
    for number in range(12_000):
        sheet.append([f"d{number}", "x"])
    faults = told(saved(book))
    assert any(f.problem == "Arket har flere enn 10000 rader." for f in faults)


def test_a_cell_in_the_very_last_row_is_not_overlooked() -> None:
    book = opened()
    book["Leger"]["A1048576"] = "x"
    (fault,) = told(saved(book))
    assert fault.problem == "Arket har flere enn 10000 rader."


def test_what_stands_in_a_column_without_a_header_is_told_once() -> None:
    book = opened()
    sheet = book["Leger"]
    for row in (2, 3):
        sheet.cell(row, sheet.max_column + (row == 2)).value = "x"
    (fault,) = told(saved(book))
    assert fault.place.startswith("Ark «Leger», rad 2, kolonne A")
    assert fault.problem == "Kolonnen har ingen overskrift."


def test_a_workbook_without_any_sheet_of_ours() -> None:
    book = Workbook()
    book.active.title = "Ark1"  # type: ignore[union-attr]
    book.create_sheet("Uke 12").append(["mandag", "Kari"])
    (fault,) = told(saved(book))
    assert "«Ark1» og «Uke 12»" in fault.problem
    assert "malen" in fault.remedy


def test_a_workbook_whose_only_sheet_is_hardly_misspelt_is_read_on() -> None:
    book = Workbook()
    book.active.title = "Lege"  # type: ignore[union-attr]
    first = told(saved(book))[0]
    assert (first.place, first.problem) == ("Ark «Lege»", "Arket er ukjent.")
    assert "Mente du «Leger»?" in first.remedy


def test_a_formula_gives_its_last_value_and_text_stays_text() -> None:
    plan = parse_plan(small(lambda d: d["doctors"][1].update(name="=1+1")))
    assert read(to_workbook(plan)).doctors[1].name == "=1+1"
