"""The statement of all accounts as a table: csv or a workbook."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO, StringIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from scheduler.fairness.measures import Measure
from scheduler.ledger.book import Book
from scheduler.ledger.entry import Event
from scheduler.ledger.overview import measures, row, statement, title
from scheduler.ledger.wording import per_unit, word
from scheduler.writing.rows import Cell
from scheduler.writing.sheets.look import (
    A4,
    DAY_FORMAT,
    NUMBER,
    TEXT,
    Look,
    height,
    page,
    put,
)
from scheduler.writing.table_csv import csv_text

COMMON = "Fellesskapet"
SUM_FORMAT = "#,##0.00"
EVENTS = {
    Event.SETTINGS: "Valg for kontoen",
    Event.CLOSING: "Periode lukket",
    Event.CORRECTION: "Rettelse",
    Event.LEAVING: "Har sluttet",
    Event.REVERSAL: "Reversering",
}
COLUMNS = (
    ("Dato", 12),
    ("Bilag", 8),
    ("Lege", 28),
    ("Lege-ID", 16),
    ("Gjelder", 18),
    ("Linje", 34),
    ("Beløp", 10),
    ("Saldo", 10),
    ("Periode", 34),
    ("Tekst", 60),
)
LINES = COLUMNS[:8]  # in the workbook the texts have a sheet of their own
ENTRIES = (("Bilag", 8), ("Dato", 12), ("Hva", 18), ("Periode", 34), ("Tekst", 70))
BALANCES = (
    ("Lege", 28),
    ("Gjelder", 18),
    ("Inngående", 11),
    ("Arbeidet", 11),
    ("Andel", 11),
    ("Avskrevet", 11),
    ("Rettet", 11),
    ("Utgående", 11),
)
NUMERIC = {"Bilag", "Beløp", "Saldo", *(heading for heading, _ in BALANCES[2:])}


def accounts(book: Book) -> list[tuple[str | None, str]]:
    """Id and name of every account in order of name, the common one last."""
    return [*book.names.items(), (None, COMMON)]


def shown(measure: Measure | None, steps: int) -> float:
    """Steps in what people reckon with: points, nights, hours."""
    return steps / per_unit(measure)


def statement_rows(book: Book) -> Iterator[tuple[Cell, ...]]:
    """Every line of every account, in the order of COLUMNS."""
    for doctor, name in accounts(book):
        for measure in measures(book):
            for own in statement(book, doctor, measure):
                entry = own.entry
                yield (
                    entry.booked_on,
                    entry.number,
                    name,
                    doctor or "",
                    word(measure),
                    title(entry, own.line.kind, is_wish=measure is None),
                    shown(measure, own.line.amount),
                    shown(measure, own.balance),
                    entry.period.title if entry.period else "",
                    entry.text,
                )


def balance_rows(book: Book) -> Iterator[tuple[Cell, ...]]:
    """Every account over the latest closing, in the order of BALANCES."""
    for doctor, name in accounts(book):
        for measure in measures(book):
            if doctor is None and measure is None:
                continue
            own = row(book, doctor, measure)
            sums = (
                own.opening,
                own.worked,
                own.share,
                own.written_off,
                own.corrected,
                own.closing,
            )
            yield (name, word(measure), *(shown(measure, value) for value in sums))


def to_csv(book: Book) -> bytes:
    """The statement as Norwegian Excel opens it by a double click."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([heading for heading, _ in COLUMNS])
    for cells in statement_rows(book):
        writer.writerow([csv_text(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def entry_rows(book: Book) -> Iterator[tuple[Cell, ...]]:
    """Every entry, in the order of ENTRIES."""
    for entry in book.entries:
        yield (
            entry.number,
            entry.booked_on,
            EVENTS[entry.event],
            entry.period.title if entry.period else "",
            entry.text,
        )


def to_workbook(book: Book) -> bytes:
    """A workbook with «Saldoer», «Kontoutskrift» and «Bilag»; equal books, equal bytes."""
    out = BytesIO()
    made = Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    last = book.entries[-1].booked_on if book.entries else date(2000, 1, 1)
    made.set_properties({"title": "Vaktkonto", "created": datetime.combine(last, time())})
    look = Look(made)
    lines = (cells[: len(LINES)] for cells in statement_rows(book))
    sheets = (
        ("Saldoer", BALANCES, balance_rows(book)),
        ("Kontoutskrift", LINES, lines),
        ("Bilag", ENTRIES, entry_rows(book)),
    )
    for name, columns, rows in sheets:
        _sheet(made.add_worksheet(name), columns, rows, look)
    made.close()
    return out.getvalue()


def _sheet(
    sheet: Worksheet,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Cell]],
    look: Look,
) -> None:
    """A heading a column, the rows below; numbers stand to the right, long text is wrapped."""
    for column, (heading, width) in enumerate(columns):
        aside = NUMBER if heading in NUMERIC else TEXT
        put(sheet, 0, column, heading, look.header(**aside))
        sheet.set_column(column, column, width)
    number = 0
    for number, cells in enumerate(rows, 1):
        for column, value in enumerate(cells):
            put(sheet, number, column, value, look.of(**_form(value)))
        widths = (width for _, width in columns)
        texts = [(c, w) for c, w in zip(cells, widths, strict=True) if isinstance(c, str)]
        sheet.set_row(number, height(*texts))
    sheet.autofilter(0, 0, number, len(columns) - 1)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    page(sheet, "Vaktkonto", paper=A4)


def _form(value: Cell) -> dict[str, object]:
    if isinstance(value, date):
        return {"num_format": DAY_FORMAT, **TEXT}
    if isinstance(value, str):
        return {"num_format": "@", "text_wrap": True, **TEXT}
    return {"num_format": "0" if isinstance(value, int) else SUM_FORMAT, **NUMBER}
