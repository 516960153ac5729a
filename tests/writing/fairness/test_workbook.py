from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from scheduler.writing.fairness.content import content
from scheduler.writing.fairness.source import Earlier, FairnessReport, Receipt
from scheduler.writing.fairness_workbook import to_workbook
from tests.writing.fairness.scene import plan, report


def xlsx(own: FairnessReport) -> bytes:
    return to_workbook(content(own), own.problem.judged_on)


def whole(*, anonymous: bool = False) -> bytes:
    receipts = (Receipt("kari", False, "=Kari ønsket fri.", ("@grunn",)),)
    return xlsx(report(receipts=receipts, earlier=Earlier(2027, {}, {}), anonymous=anonymous))


def read(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def test_each_part_has_a_sheet_ready_for_reading_and_printing() -> None:
    book = read(whole())
    assert book.sheetnames == [
        "Oversikt",
        "Belastningspoeng",
        "Netter",
        "Helger",
        "Store høytider",
        "Utregning",
        "Uker",
        "Avstand vakter",
        "Avstand netter",
        "Avstand helger",
        "Hittil i år",
        "Høytider før",
        "Ønsker",
        "Kommuner",
    ]
    for name in book.sheetnames[1:]:
        sheet = book[name]
        assert sheet.freeze_panes == "B5"
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0


def test_numbers_are_numbers_beside_words() -> None:
    sheet = read(whole())["Belastningspoeng"]
    heads = [cell.value for cell in sheet[4]]
    assert heads[:3] == ["Lege", "Har", "Rettferdig andel"]
    assert heads[-1] == "Over eller under målet"
    first = [cell.value for cell in sheet[5]]
    assert first[1:6] == pytest.approx([5, 2.67, 1, 3.67, 1.33])
    assert [sheet.cell(row, len(heads)).value for row in (5, 6, 7)] == ["over", "over", "under"]


def test_there_are_native_charts_and_conditional_formats() -> None:
    with ZipFile(BytesIO(whole())) as package:
        charts = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
        sheets = [package.read(n).decode() for n in package.namelist() if "worksheets/sheet" in n]
    assert len(charts) == 5
    assert sum("colorScale" in sheet for sheet in sheets) == 4 + 1


def test_weeks_keep_the_number_and_show_the_letters() -> None:
    sheet = read(whole())["Uker"]
    row = next(row for row in sheet.iter_rows(min_row=5) if str(row[0].value).startswith("=1+1"))
    assert [cell.value for cell in row[1:]] == [3, 2, None, 5]
    assert row[1].number_format == '0.0" NH"'


def test_no_text_is_a_formula() -> None:
    book = read(whole())
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(cell.value == "=Kari ønsket fri. @grunn" for cell in cells)
    assert all(cell.hyperlink is None for cell in cells)


def test_equal_reports_give_equal_bytes() -> None:
    assert whole() == whole()


def test_an_anonymous_workbook_has_neither_names_nor_personal_sheets() -> None:
    book = read(whole(anonymous=True))
    assert "Uker" not in book.sheetnames
    assert "Ønsker" not in book.sheetnames
    assert "Utregning" not in book.sheetnames
    with ZipFile(BytesIO(whole(anonymous=True))) as package:
        text = "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    for word in ("Kari", "«Ola»", "Ødegård"):
        assert word not in text
    assert "Lege A" in text


def test_an_empty_period_has_a_workbook() -> None:
    book = read(xlsx(report({}, plan(duties=(), ledger=()))))
    assert book.sheetnames == ["Oversikt", "Uker", "Kommuner"]
