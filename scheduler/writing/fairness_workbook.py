"""`fordeling.xlsx`: the fairness report as a workbook, one sheet a part, to sort and reckon on.

Equal input gives equal bytes: the file is dated with the day on which the plan was judged.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from scheduler.writing.fairness.content import Content
from scheduler.writing.fairness.targets import MeasurePart
from scheduler.writing.rows import Cell
from scheduler.writing.sheets.look import (
    A4,
    HEADER,
    NUMBER,
    NUMBER_FORMAT,
    TEXT,
    Look,
    height,
    page,
    put,
)

SIGNED = "+#,##0.0#;−#,##0.0#;0.0"
SIGNED_COLUMNS = {"Fra saldo", "Avvik", "Saldo før", "Endring", "Saldo etter"}
PALE = "#E7EDF1"
OFF_SCALE = {
    "type": "3_color_scale",
    "mid_type": "num",
    "mid_value": 0,
    "min_color": "#A9C6D1",
    "mid_color": "#FFFFFF",
    "max_color": "#F2C879",
}
TOP = 4
NAME_WIDTH = 28


def to_workbook(content: Content, made: date) -> bytes:
    """The workbook.

    Args:
        content: the report.
        made: the day that the file says it was made.
    """
    out = BytesIO()
    book = Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties(
        {"title": f"Fordelingsrapport – {content.title}"[:200], "created": _midnight(made)}
    )
    pen = _Pen(book, Look(book), content)
    pen.overview()
    for part in content.measures:
        pen.measure(part)
    for wanted, write in (
        (content.calculations, pen.calculations),
        (content.weeks, pen.weeks),
        (content.gaps, pen.gaps),
        (content.years, pen.years),
        (content.wishes and content.wishes.lines, pen.wishes),
    ):
        if wanted:
            write()
    pen.towns()
    book.close()
    return out.getvalue()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


class _Pen:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Workbook, look: Look, content: Content) -> None:
        self._book = book
        self._look = look
        self._content = content
        self._foot = f"{content.title[:40]} · {content.foot}"

    def overview(self) -> None:
        """The statement and the facts."""
        told = self._content.statement
        sheet = self._book.add_worksheet("Oversikt")
        put(sheet, 0, 0, f"Fordelingsrapport – {self._content.title}", self._look.title)
        sheet.set_row(0, 24)
        put(sheet, 1, 0, self._content.period, self._look.note)
        lines = [(told.sign, told.sentence), *(("", more) for more in told.more)]
        lines += [(fact.label, fact.value) for fact in told.facts]
        lines += [("Bygger på", own) for own in self._content.made]
        for row, (name, value) in enumerate(lines, 3):
            put(sheet, row, 0, name, self._look.of(bold=True, text_wrap=True, **TEXT))
            put(sheet, row, 1, value, self._look.of(text_wrap=True, **TEXT))
            sheet.set_row(row, height((value, 90), (name, 36)))
        sheet.set_column(0, 0, 38)
        sheet.set_column(1, 1, 92)
        page(sheet, self._foot, paper=A4)

    def measure(self, part: MeasurePart) -> None:
        """What everybody has beside the aim, with bars of both."""
        columns = (*self._content.columns, "Over eller under målet")
        rows: list[tuple[Cell, ...]] = [
            (line.doctor, *line.values, _side(line.values[4])) for line in part.lines
        ]
        sheet = self._table(part.title, f"{part.title}: mål og resultat", part.told, columns, rows)
        last = TOP + len(rows) - 1
        off = 1 + self._content.columns.index("Avvik")
        sheet.conditional_format(TOP, off, last, off, OFF_SCALE)
        aim = 1 + self._content.columns.index("Mål")
        sheet.insert_chart(TOP - 1, len(columns) + 2, self._bars(part.title, (1, aim), last))

    def calculations(self) -> None:
        """The pocket calculation, a row for each line."""
        rows = [
            (own.doctor, measure.title, line)
            for own in self._content.calculations
            for measure in own.measures
            for line in measure.lines
        ]
        note = (
            "Vekt 1 er en full, lik andel. Dager legen ikke skylder vakt, teller ikke med. Tallene "
            "vises avrundet; siste siffer i et svar kan derfor avvike."
        )
        self._table("Utregning", "Slik er andelene regnet ut", note, ("Hva", "Regnestykke"), rows)

    def weeks(self) -> None:
        """The heat map on one sheet; the letters stand behind the number."""
        pages = self._content.weeks
        heads = [week for own in pages for week in own.weeks]
        sheet = self._book.add_worksheet("Uker")
        self._heading(sheet, "Uke for uke", self._content.weeks_legend)
        titles = ["\n".join(filter(None, (w.number, w.monday, w.holidays))) for w in heads]
        for column, title in enumerate(("Lege", *titles, "I alt")):
            put(sheet, TOP - 1, column, title, self._look.header(align="center"))
        sheet.set_row(TOP - 1, 64)
        for row, line in enumerate(pages[0].rows, TOP):
            put(sheet, row, 0, line.doctor, self._look.of(**TEXT))
            cells = [cell for own in pages for cell in own.rows[row - TOP].cells]
            for column, cell in enumerate(cells, 1):
                shown = f'0.0" {cell.letters}"' if cell.letters else "0.0"
                form = self._look.of(num_format=shown, align="center", font_size=9)
                put(sheet, row, column, cell.value if cell.shade else "", form)
            total = sum(cell.value for cell in cells)
            form = self._look.of(bold=True, num_format=NUMBER_FORMAT, **NUMBER)
            put(sheet, row, len(heads) + 1, total, form)
        last = TOP + len(pages[0].rows) - 1
        scale = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#A9C6D1"}
        sheet.conditional_format(TOP, 1, last, len(heads), scale)
        sheet.set_column(0, 0, NAME_WIDTH)
        sheet.set_column(1, len(heads), 8.5)
        self._finish(sheet)

    def gaps(self) -> None:
        """How far apart duties are."""
        for part in self._content.gaps:
            rows = [
                (line.doctor, int(line.shortest), line.median, int(line.longest))
                for line in part.lines
            ]
            columns = ("Korteste", "Median", "Lengste")
            self._table(f"Avstand {part.slug}", part.title, part.axis, columns, rows)

    def years(self) -> None:
        """The year so far, and the memory of great holidays."""
        own = self._content.years
        if own is None:
            return
        rows: list[tuple[Cell, ...]]
        if own.lines:
            rows = [(line.doctor, *line.cells) for line in own.lines]
            note = "I parentes: mer (+) eller mindre (−) enn legens rettferdige andel."
            self._table("Hittil i år", f"Hittil i {own.year}", note, own.columns, rows)
        if own.holidays:
            rows = [(line.doctor, *line.cells) for line in own.holidays]
            note = "* i denne vaktplanen"
            title = "Hvem har hatt hvilken høytid, og når"
            self._table("Høytider før", title, note, own.holiday_columns, rows)

    def wishes(self) -> None:
        """The answers, a row for each."""
        own = self._content.wishes
        if own is None:
            return
        rows = [
            (line.doctor, receipt.sign, " ".join((receipt.sentence, *receipt.reasons)))
            for line in own.lines
            for receipt in line.receipts
        ]
        self._table("Ønsker", "Ønskene", own.told, ("Svar", "Hva som ble ønsket og gitt"), rows)

    def towns(self) -> None:
        """One row a municipality, with bars of part and burden."""
        own = self._content.towns
        rows: list[tuple[Cell, ...]] = [
            (line.name, *("" if value is None else value for value in line.values))
            for line in own.lines
        ]
        sheet = self._table("Kommuner", "Kommunene", own.told, own.columns, rows, first="Kommune")
        last = TOP + len(rows) - 1
        for row, sentence in enumerate(own.orphans, last + 2):
            put(sheet, row, 0, sentence, self._look.of(border=0))
        chart = self._bars("Kommuner", (3, 2), last)
        sheet.insert_chart(last + len(own.orphans) + 3, 0, chart)

    def _table(
        self,
        name: str,
        title: str,
        note: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        *,
        first: str = "Lege",
    ) -> Worksheet:
        """A sheet with a heading, a table with filters, and its print set-up."""
        sheet = self._book.add_worksheet(name)
        self._heading(sheet, title, note)
        for column, heading in enumerate((first, *columns)):
            numeric = column > 0 and any(isinstance(row[column], int | float) for row in rows)
            aside = NUMBER if numeric else TEXT
            put(sheet, TOP - 1, column, heading, self._look.header(**aside))
            texts = [row[column] for row in rows if isinstance(row[column], str)]
            widest = max([len(heading) + 3, *(len(str(text)) + 2 for text in texts)])
            sheet.set_column(column, column, min(100, widest) if column else NAME_WIDTH)
        sheet.set_row(TOP - 1, 32)
        for number, row in enumerate(rows, TOP):
            for column, value in enumerate(row):
                text = isinstance(value, str)
                signed = column and columns[column - 1] in SIGNED_COLUMNS
                shown = "0" if isinstance(value, int) else SIGNED if signed else NUMBER_FORMAT
                aside = {"text_wrap": True, **TEXT} if text else {"num_format": shown, **NUMBER}
                put(sheet, number, column, value, self._look.of(**aside))
            sheet.set_row(number, height(*((str(v), 98.0) for v in row if isinstance(v, str))))
        if rows:
            sheet.autofilter(TOP - 1, 0, TOP + len(rows) - 1, len(columns))
        self._finish(sheet)
        return sheet

    def _heading(self, sheet: Worksheet, title: str, note: str) -> None:
        put(sheet, 0, 0, f"{title} – {self._content.title}", self._look.title)
        sheet.set_row(0, 24)
        put(sheet, 1, 0, note, self._look.note)

    def _finish(self, sheet: Worksheet) -> None:
        sheet.freeze_panes(TOP, 1)
        sheet.repeat_rows(TOP - 1)
        page(sheet, self._foot, paper=A4)

    def _bars(self, sheet: str, columns: tuple[int, int], last: int) -> object:
        """Bars of two columns for every row: dark and pale with a dark edge, named at the side."""
        chart = self._book.add_chart({"type": "bar"})
        looks = ({"color": HEADER}, {"color": PALE})
        for column, fill in zip(columns, looks, strict=True):
            chart.add_series(
                {
                    "name": [sheet, TOP - 1, column],
                    "categories": [sheet, TOP, 0, last, 0],
                    "values": [sheet, TOP, column, last, column],
                    "fill": fill,
                    "border": {"color": HEADER},
                    "gap": 60,
                }
            )
        chart.set_title({"name": sheet, "overlay": False})
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": "#C9D3D9"}}})
        chart.set_legend({"position": "top"})
        chart.set_size({"width": 620, "height": max(220, 110 + 28 * (last - TOP + 1))})
        return chart


def _side(off: float) -> str:
    return "over" if off > 0 else "under" if off < 0 else "på målet"
