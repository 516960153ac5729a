import datetime as dt
from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from scheduler.domain.roster import Timetable
from scheduler.writing.rows import COLUMNS
from scheduler.writing.sheets.names import LONGEST, codes, sheet_names
from scheduler.writing.workbook import MOST_VIEWS, to_workbook
from tests.support import EVENING, HOME, NIGHT, doctor, duty, problem, roster
from tests.writing.sample import AUTUMN, KARI, OLA, SPRING, alone, nobody, sample


def book(timetable: Timetable, **more: Any) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(to_workbook(timetable, **more)))


def row_of(sheet: Any, column: int, value: object) -> list[Any]:
    """The values of the first row that has the value in a column."""
    return next(list(row) for row in sheet.iter_rows(values_only=True) if row[column - 1] == value)


def texts(sheet: Any) -> set[str]:
    return {c for row in sheet.iter_rows(values_only=True) for c in row if isinstance(c, str)}


def test_the_sheets_stand_in_reading_order() -> None:
    assert book(sample()).sheetnames == [
        "Kalender",
        "Leger",
        "Summer",
        "Kari Ødegård",
        "=1+1; «Ola» O'Brien",
        "Tom",
        "Rader",
        "Om planen",
    ]


def test_the_calendar_has_a_row_a_day_with_weekday_and_red_day() -> None:
    sheet = book(sample())["Kalender"]
    days = [row[1] for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert days[0] == dt.datetime(2027, 3, 22)
    assert days[-1] == dt.datetime(2027, 10, 31)
    assert len(days) == 224
    easter = row_of(sheet, 2, dt.datetime(2027, 3, 28))
    assert easter[2:4] == ["søndag", "Første påskedag"]
    assert row_of(sheet, 2, dt.datetime(2027, 3, 27))[3] == "Påskeaften"
    assert row_of(sheet, 2, dt.datetime(2027, 3, 29))[0] == 13  # the week, on its Monday


def test_the_calendar_has_a_column_a_pattern_with_names_in_the_cells() -> None:
    sheet = book(sample())["Kalender"]
    head = [cell.value for cell in sheet[3]]
    night = next(i for i, title in enumerate(head) if str(title).startswith("Natt\n"))
    assert head[night] == "Natt\nforvakt, tilstedevakt\n23–08"
    assert str(head[-1]).startswith("Sykehjem\nSykehjemmet")  # municipal work comes last
    assert row_of(sheet, 2, dt.datetime(2027, 3, 27))[night] == "Kari Ødegård"


def test_a_hole_is_told_in_words_and_colour() -> None:
    sheet = book(sample())["Kalender"]
    hole = next(c for row in sheet.iter_rows() for c in row if "UDEKKET" in str(c.value)[-8:])
    assert hole.value == "=1+1; «Ola»\nO'Brien\nUDEKKET"
    assert hole.fill.start_color.rgb == "FFB3261E"
    assert hole.font.color.rgb == "FFFFFFFF"


def test_several_doctors_lacking_are_counted() -> None:
    sheet = book(nobody())["Kalender"]
    assert "UDEKKET (2)" in texts(sheet)
    assert "UDEKKET" in texts(sheet)


def test_weekends_red_days_and_eves_are_shaded() -> None:
    sheet = book(sample())["Kalender"]

    def shade(day: dt.date) -> Any:
        row = (day - dt.date(2027, 3, 22)).days + 4
        return sheet.cell(row, 2).fill.start_color.rgb

    assert shade(dt.date(2027, 4, 10)) == "FFE7EDF1"
    assert shade(dt.date(2027, 5, 17)) == "FFF9DDDA"
    assert shade(dt.date(2027, 3, 27)) == "FFFFF1D0"
    assert shade(dt.date(2027, 4, 6)) == "00000000"


def test_clock_times_stand_in_the_cell_where_they_vary() -> None:
    own = alone(doctor(), duty("2027-01-04 16:00", "23:00"), duty("2027-01-05 15:30", "23:00"))
    assert {"16–23 Kari", "15:30–23:00 Kari"} <= texts(book(own)["Kalender"])


def test_pages_are_a3_with_repeated_headings_and_footer() -> None:
    for name in ("Kalender", "Leger"):
        sheet: Any = book(sample())[name]
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
        assert sheet.print_title_rows
        assert "Side &P av &N" in str(sheet.oddFooter.right.text)
        assert sheet.freeze_panes
    assert book(sample())["Kalender"].freeze_panes == "E4"


def test_the_matrix_has_codes_and_sums() -> None:
    sheet = book(sample())["Leger"]
    kari = row_of(sheet, 1, "Kari Ødegård")
    assert kari[2 + 5] == "N"  # 27 March is the sixth day
    assert kari[-7:] == [2, 18.0, 2, 2, 1, 3.0, 7.5]
    ola = row_of(sheet, 1, OLA.name)
    assert ola[2 + 6] == "H+B"
    assert row_of(sheet, 1, "UDEKKET")[2 + 10] == 1
    assert {"N = Natt", "H = Hjemmevakt", "B = Bakvakt", "S = Sykehjem"} <= texts(sheet)


def test_a_doctor_sees_the_own_duties_only() -> None:
    sheet = book(sample())["Kari Ødegård"]
    dates = [row[0] for row in sheet.iter_rows(min_row=5, values_only=True)]
    assert dates == [
        dt.datetime(2027, 3, 27),
        dt.datetime(2027, 3, 31),
        dt.datetime(2027, 10, 30),
        "Sum",
    ]
    night = row_of(sheet, 1, dt.datetime(2027, 3, 27))
    assert night[1:] == [
        "lørdag",
        "Påskeaften",
        "23:00–08:00",
        "Natt",
        "forvakt, tilstedevakt",
        "Legevakta",
        8,
        1.33,
    ]
    assert row_of(sheet, 1, "Sum")[7:] == [25.5, 3]
    assert not any("Ola" in text for text in texts(sheet))


def test_a_doctor_without_duties_is_told_so() -> None:
    assert "Ingen vakter i perioden." in texts(book(sample())["Tom"])


def test_what_is_ordered_is_part_of_the_points_as_in_the_reports() -> None:
    found = book(sample(), targets={"kari": 5.0}, ordered={"kari": 1.5})
    summed = row_of(found["Summer"], 1, KARI.name)
    points = dict(zip(row_of(found["Summer"], 1, "Lege"), summed, strict=True))
    assert (points["Poeng"], points["Mål, poeng"], points["Avvik fra mål"]) == (4.5, 5.0, -0.5)
    assert 4.5 in row_of(found["Leger"], 1, KARI.name)


def test_sums_have_targets_only_when_given() -> None:
    without = book(sample())["Summer"]
    assert "Mål, poeng" not in texts(without)
    sheet = book(sample(), targets={"kari": 2.5})["Summer"]
    kari = row_of(sheet, 1, "Kari Ødegård")
    assert kari == ["Kari Ødegård", "Fjell", 2, 18, 18, 0, 0, 2, 2, 1, "påske", 7.5, 3, 2.5, 0.5]
    assert row_of(sheet, 1, "Tom")[-2:] == [None, None]
    assert row_of(sheet, 1, "Sum")[2] == 5


def test_the_plain_table_has_typed_cells_and_a_row_for_each_hole() -> None:
    sheet = book(sample())["Rader"]
    found = list(sheet.iter_rows(values_only=True))
    assert found[0] == COLUMNS
    assert len(found) == 1 + 7
    first = dict(zip(COLUMNS, found[1], strict=True))
    assert first["Dato"] == dt.datetime(2027, 3, 27)
    assert (first["Fra"], first["Til"]) == (dt.time(23), dt.time(8))
    assert (first["Timer"], first["Poeng"], first["Vakt-ID"]) == (8, 1.33, SPRING.id)
    assert dict(zip(COLUMNS, found[-1], strict=True))["Timer"] == 10
    hole = next(row for row in found if row[11] is None)
    assert hole[17] == "kveld/2027-04-01T16:00"


def test_about_the_plan_tells_how_it_was_made() -> None:
    sheet = book(sample())["Om planen"]
    facts = {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if row[0]}
    assert facts["Planens kontrollsum"] == sample().problem.content_hash
    assert (facts["Regelsett"], facts["Løser"], facts["Startverdi"]) == (
        "2026-11",
        "CP-SAT 9.15",
        "7",
    )
    assert facts["Tid brukt"] == "41,25 sekunder"
    assert facts["Udekket"] == "1"
    assert row_of(sheet, 1, "Udekket tid") == ["Udekket tid", 24, "vektede timer", 24, "ja"]
    assert row_of(sheet, 1, "Ønsker") == ["Ønsker", 3.5, "poeng", "ikke kjent", "nei"]


def test_no_text_becomes_a_formula_or_a_link() -> None:
    who = replace(doctor("Kari"), name="=HYPERLINK(A1)")
    place = replace(EVENING, name="https://example.org", id="kveld")
    found = book(alone(who, duty("2027-01-04 16:00", "23:00", place)))
    cells = [c for sheet in found for row in sheet.iter_rows() for c in row]
    assert not any(c.data_type == "f" or c.hyperlink for c in cells)
    assert "=HYPERLINK(A1)" in texts(found["Leger"])


def test_long_names_survive_in_cells_and_are_cut_in_tabs() -> None:
    long = "Ødegård-" * 60
    found = book(alone(replace(KARI, name=long), SPRING))
    assert long in texts(found["Kalender"])
    assert found.sheetnames[3] == long[:LONGEST]


def test_equal_input_gives_equal_bytes() -> None:
    assert to_workbook(sample()) == to_workbook(sample())


def test_empty_rosters_problems_without_duties_and_one_doctor_can_be_written() -> None:
    assert "Ingen vakter i perioden." in texts(book(nobody())["Kari Ødegård"])
    bare = book(roster(problem([], []), {}))
    assert bare.sheetnames == ["Kalender", "Leger", "Summer", "Rader", "Om planen"]
    assert len(book(alone(doctor(), AUTUMN)).sheetnames) == 6


def test_a_single_day_can_be_written() -> None:
    evening = duty("2027-01-04 16:00", "23:00")
    one = dt.date(2027, 1, 4)
    own = roster(problem([KARI], [evening], first_day=one, last_day=one), {"kari": [evening]})
    assert "Kari Ødegård" in texts(book(own)["Kalender"])


def test_many_doctors_have_no_sheets_of_their_own() -> None:
    many = [replace(doctor(f"Lege{n}"), id=f"d{n}") for n in range(MOST_VIEWS + 1)]
    assert len(book(roster(problem(many, []), {})).sheetnames) == 5
    assert len(book(roster(problem(many[:-1], []), {})).sheetnames) == 5 + MOST_VIEWS


@pytest.mark.parametrize(
    ("name", "sheet"),
    [
        ("Kari [x] a/b:c*d?", "Kari -x- a-b-c-d-"),
        ("'O'Brien'", "O'Brien"),
        ("", "Lege"),
        ("Kalender", "Kalender (2)"),
        ("history", "history (2)"),
        ("Åse\nÆrlig\t Å", "Åse Ærlig Å"),
        ("x" * 40, "x" * 31),
        ("😀" * 20, "😀" * 15),
    ],
)
def test_sheet_names_are_what_excel_allows(name: str, sheet: str) -> None:
    assert sheet_names({"a": name}) == {"a": sheet}


def test_sheet_names_differ_also_after_they_were_cut() -> None:
    found = sheet_names({"a": "x" * 35, "b": "X" * 35, "c": "x" * 31})
    assert list(found.values()) == ["x" * 31, "X" * 27 + " (2)", "x" * 27 + " (3)"]


def test_codes_differ_and_follow_the_names() -> None:
    kinds = [
        replace(NIGHT, id=str(n), name=name)
        for n, name in enumerate(["Natt", "Natt", "Natt", "Nord", "N", "(–)", HOME.name])
    ]
    assert list(codes(kinds).values()) == ["N", "Na", "Nt", "No", "N2", "V", "H"]
