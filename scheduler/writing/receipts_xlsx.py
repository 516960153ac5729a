"""`ønskekvittering.xlsx`: a sheet for each doctor, to be handed out one by one.

Equal input gives equal bytes: the file is dated with the day on which the plan was judged.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from scheduler.domain.problem import Problem
from scheduler.writing.receipts import ANSWERS, BASIS, SIGNS, Reason, Receipt, by_doctor, summary
from scheduler.writing.sheets.look import A4, TEXT, Look, height, page, put
from scheduler.writing.sheets.names import sheet_names
from scheduler.writing.wording import period

COLUMNS = (
    ("Ønske", 28),
    ("Svar", 16),
    ("Det ble", 40),
    ("Vakt", 30),
    ("Hva som sto i veien", 72),
)
TOP = 4
MOST_NAMES = 8


def to_xlsx(problem: Problem, receipts: Sequence[Receipt]) -> bytes:
    """The workbook, in the doctors' order."""
    buffer = BytesIO()
    book = Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    judged = datetime.combine(problem.judged_on, time())
    book.set_properties({"title": f"Ønskekvittering – {problem.title}"[:200], "created": judged})
    look = Look(book)
    pages = by_doctor(receipts)
    names = sheet_names({doctor: own[0].name for doctor, own in pages.items()})
    for doctor, own in pages.items():
        _write(book.add_worksheet(names[doctor]), problem, own, look)
    book.close()
    return buffer.getvalue()


def _write(sheet: Worksheet, problem: Problem, receipts: list[Receipt], look: Look) -> None:
    put(sheet, 0, 0, receipts[0].name, look.title)
    sheet.set_row(0, 24)
    when = period(problem.first_day, problem.last_day)
    put(sheet, 1, 0, f"Ønskekvittering. {problem.title}, {when}. {summary(receipts)}.", look.note)
    put(sheet, 2, 0, BASIS, look.note)
    for column, (title, width) in enumerate(COLUMNS):
        put(sheet, TOP - 1, column, title, look.header(**TEXT))
        sheet.set_column(column, column, width)
    rows = [cells for own in receipts for cells in _rows(own)]
    widths = [width for _, width in COLUMNS]
    for row, cells in enumerate(rows, TOP):
        for column, cell in enumerate(cells):
            put(sheet, row, column, cell, look.of(text_wrap=True, **TEXT | {"valign": "top"}))
        sheet.set_row(row, height(*zip(cells, widths, strict=True)))
    sheet.repeat_rows(TOP - 1)
    page(sheet, f"Ønskekvittering – {receipts[0].name}", paper=A4)


def _rows(own: Receipt) -> Iterator[tuple[str, str, str, str, str]]:
    """A row for each sentence of what stood against; what was asked stands in the first."""
    head = (
        own.asked,
        f"{SIGNS[own.answer]} {ANSWERS[own.answer]}",
        "\n".join((own.sentence, *own.notes)),
    )
    lines = [
        (reason.what if number == 0 else "", sentence)
        for reason in own.reasons
        for number, sentence in enumerate(_sentences(reason))
    ]
    for number, (what, sentence) in enumerate(lines or [("", "")]):
        yield (*(head if number == 0 else ("", "", "")), what, sentence)


def _sentences(reason: Reason) -> list[str]:
    found = [reason.main, *reason.others]
    if reason.unavailable:
        names = ", ".join(reason.unavailable)
        if len(reason.unavailable) > MOST_NAMES:
            names = f"{len(reason.unavailable)} andre leger"
        found.append(f"Ikke tilgjengelig: {names}.")
    return found
