"""The workbook: cells as people fill them."""

from datetime import date, datetime, time, timedelta

import pytest

from scheduler.reading.shape import parse_plan
from tests.reading.plans import small
from tests.reading.workbooks import column, opened, read, saved, with_cell


@pytest.mark.parametrize(
    "value",
    ["15.01.1975", "15.1.1975", "1975-01-15", date(1975, 1, 15), datetime(1975, 1, 15), 27409],
)
def test_dates(value: object) -> None:
    assert read(with_cell("Leger", 3, "Født", value)).doctors[1].born == date(1975, 1, 15)


@pytest.mark.parametrize(
    "value", ["08:00", "8.00", time(8), 1 / 3, timedelta(hours=8), datetime(1899, 12, 31, 8)]
)
def test_clocks(value: object) -> None:
    assert read(with_cell("Vakttyper", 2, "Slutter", value)).patterns[0].end == time(8)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("03.03.2027 16:30", datetime(2027, 3, 3, 16, 30)),
        ("3.3.2027 kl. 16.30", datetime(2027, 3, 3, 16, 30)),
        (datetime(2027, 3, 3, 16, 30), datetime(2027, 3, 3, 16, 30)),
        (datetime(2027, 3, 4), date(2027, 3, 4)),
        ("04.03.2027", date(2027, 3, 4)),
        ("04.03.2027 24:00", date(2027, 3, 4)),
    ],
)
def test_moments(value: object, expected: date) -> None:
    assert read(with_cell("Fravær", 3, "Til og med", value)).absences[1].end == expected


@pytest.mark.parametrize("value", ["80 %", "0,8", 0.8, "4/5", "80,0%"])
def test_shares(value: object) -> None:
    assert (
        float(read(with_cell("Leger", 2, "Praksisandel", value)).doctors[0].practice_share) == 0.8
    )


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("man–fre", "mon tue wed thu fri"),
        ("Mandag - Fredag", "mon tue wed thu fri"),
        ("fre–man", "mon fri sat sun"),
        ("lør, søn", "sat sun"),
        ("SØN;ons.", "wed sun"),
        ("hver dag", "mon tue wed thu fri sat sun"),
    ],
)
def test_weekdays(value: str, days: str) -> None:
    pattern = read(with_cell("Vakttyper", 2, "Ukedager", value)).patterns[0]
    assert [day.value for day in pattern.weekdays] == days.split()


@pytest.mark.parametrize("value", ["Næringsdrivende", " næringsdrivende ", "NÆRINGSDRIVENDE"])
def test_words_are_tolerant_of_capitals_and_spaces(value: str) -> None:
    assert (
        read(with_cell("Leger", 3, "Tilknytning", value)).doctors[1].employment == "self_employed"
    )


def test_numbers_as_ids_and_thousands_with_spaces() -> None:
    book = opened()
    for sheet, title in (("Kommuner", "Id"), ("Steder", "Kommune"), ("Oppgaver", "Kommune")):
        book[sheet].cell(2, column(book, sheet, title)).value = 4601
    for row in (2, 3):
        book["Leger"].cell(row, column(book, "Leger", "Kommune")).value = "4601"
    book["Kommuner"].cell(2, column(book, "Kommuner", "Innbyggere")).value = "10 000"
    plan = read(saved(book))
    assert (plan.municipalities[0].id, plan.municipalities[0].inhabitants) == ("4601", 10_000)


def test_opening_hours_on_one_line() -> None:
    content = with_cell("Leger", 3, "Åpningstid", "man-tor 8:00-15:30; Fre 08.00–14.00")
    hours = read(content).doctors[1].opening_hours
    assert [len(h.weekdays) for h in hours] == [4, 1]
    assert hours[1].end == time(14)


def test_a_sheet_and_its_columns_may_be_written_in_capitals_and_stand_in_any_order() -> None:
    book = opened()
    doctors = book["Leger"]
    doctors.title = "x"  # openpyxl takes «LEGER» for a second sheet of the same name
    doctors.title = "LEGER"
    book.move_sheet(doctors, -3)
    sheet = book["Kommuner"]
    for cell in sheet[1]:
        cell.value = str(cell.value).upper()
    assert read(saved(book)) == parse_plan(small())


def test_own_notes_are_left_alone() -> None:
    book = opened()
    book.create_sheet("Notater fra møtet")["A1"] = "Husk kaffe"
    assert read(saved(book)) == parse_plan(small())


def test_empty_rows_and_formatted_empty_cells_are_skipped() -> None:
    book = opened()
    sheet = book["Leger"]
    sheet.insert_rows(3, 40)
    sheet["C20"] = "   "
    assert read(saved(book)) == parse_plan(small())
