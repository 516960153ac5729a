"""`sammenligning.xlsx`: the comparison to sort and reckon on, one sheet a part.

Equal input gives equal bytes: the file is dated with the day on which the plan was judged.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from scheduler.whatif.gap import differences
from scheduler.writing.comparison.measures import Measure, told, verdict
from scheduler.writing.comparison.sentences import assumptions, certain, in_short
from scheduler.writing.comparison.source import Alternative, Comparison, DoctorFigures
from scheduler.writing.comparison.towns import COLUMNS, rows
from scheduler.writing.rows import Cell
from scheduler.writing.sheets.look import A4, NUMBER, TEXT, Look, height, page, put

_FORMATS = {0: "#,##0", 1: "#,##0.0"}
_TOP = 3
_LONGEST_HEAD = 60


def to_workbook(comparison: Comparison) -> bytes:
    """The workbook."""
    out = BytesIO()
    book = Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    created = datetime.combine(comparison.judged_on, time())
    book.set_properties({"title": f"Sammenligning – {comparison.title}"[:200], "created": created})
    pen = _Pen(book, comparison)
    pen.overview()
    pen.alternatives()
    pen.levels()
    pen.doctors()
    pen.towns()
    pen.exceptions()
    pen.changes()
    book.close()
    return out.getvalue()


class _Pen:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Workbook, comparison: Comparison) -> None:
        self._book = book
        self._look = Look(book)
        self._own = comparison
        self._heads = [own.name[:_LONGEST_HEAD] for own in comparison.alternatives]

    def overview(self) -> None:
        """The question, the answer and what they rest on."""
        sheet = self._sheet("Oversikt", self._own.title, self._own.plan_title)
        lines = [("Spørsmål", self._own.question)] if self._own.question else []
        lines += [("Kort sagt", own) for own in in_short(self._own)]
        lines += list(certain(self._own))
        lines += [("Forutsetning", own) for own in assumptions(self._own)]
        for row, (head, text) in enumerate(lines, _TOP):
            put(sheet, row, 0, head, self._look.of(bold=True, text_wrap=True, **TEXT))
            put(sheet, row, 1, text, self._look.of(text_wrap=True, **TEXT))
            sheet.set_row(row, height((text, 95), (head, 28)))
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 100)

    def alternatives(self) -> None:
        """A row for each figure, and what its difference from today is worth."""
        found = self._own.alternatives
        base = self._own.base.figures
        measures = told(found)
        sheet = self._sheet(
            "Alternativer",
            "Alternativene side om side",
            "Under hvert alternativ: tallet, forskjellen fra i dag, og hva forskjellen er verdt.",
        )
        heads = ["Mål", "Enhet"]
        for place, name in enumerate(self._heads):
            heads += [name] if not place else [name, "Fra i dag", "Forskjellen"]
        self._headings(sheet, heads)
        for row, measure in enumerate(measures, _TOP + 1):
            put(sheet, row, 0, measure.title, self._look.of(bold=True, **TEXT))
            put(sheet, row, 1, measure.unit, self._look.of(**TEXT))
            column = 2
            for place, own in enumerate(found):
                value = measure.value(own.figures) if own.figures else None
                self._number(sheet, row, column, value, measure.decimals)
                column += 1
                if place:
                    before = measure.value(base) if base else None
                    change = None if value is None or before is None else value - before
                    self._number(sheet, row, column, change, measure.decimals, signed=True)
                    put(sheet, row, column + 1, self._worth(measure, own), self._wrapped())
                    column += 2
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 9)
        sheet.set_column(2, 1 + len(heads), 16)
        sheet.freeze_panes(_TOP + 1, 2)

    def levels(self) -> None:
        """What was found and what is proven, level by level."""
        sheet = self._sheet(
            "Trinn",
            "Trinn for trinn: funnet og bevist",
            "Det viktigste først, og mindre er bedre. Ingen lovlig plan som er like god på "
            "trinnene over, kommer under den nedre grensen.",
        )
        heads = [
            "Alternativ",
            "Trinn",
            "Funnet",
            "Nedre grense",
            "Enhet",
            "Bevist",
            "Forskjellen fra i dag",
        ]
        self._headings(sheet, heads)
        row = _TOP + 1
        base = self._own.base.figures
        for own in self._own.alternatives:
            if own.figures is None:
                continue
            worth = {}
            if base is not None and own.figures is not base:
                worth = {
                    d.before.level: d.verdict.sentence
                    for d in differences(base.levels, own.figures.levels)
                }
            for level in own.figures.levels:
                put(sheet, row, 0, own.name, self._look.of(**TEXT))
                put(sheet, row, 1, level.title, self._look.of(**TEXT))
                self._number(sheet, row, 2, level.value, 1)
                self._number(sheet, row, 3, level.bound, 1)
                put(sheet, row, 4, level.unit, self._look.of(**TEXT))
                put(sheet, row, 5, "ja" if level.proven else "nei", self._look.of(**TEXT))
                put(sheet, row, 6, worth.get(level.level, ""), self._look.of(**TEXT))
                row += 1
        for column, width in enumerate((30, 52, 12, 14, 18, 9, 70)):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(_TOP + 1, 1)

    def doctors(self) -> None:
        """A row a doctor, the alternatives side by side."""
        note = (
            "Med pseudonymer, de samme i alle alternativene."
            if self._own.anonymous
            else "Med navn: for vaktplanleggeren, ikke til å dele. Bruk --anonymous for andre."
        )
        sheet = self._sheet("Leger", "Lege for lege", note)
        parts: Sequence[tuple[str, int]] = (
            ("Poeng", 1),
            ("Rettferdig andel", 1),
            ("Netter", 0),
            ("Helger", 0),
            ("Høytider", 0),
            ("Vakttimer", 0),
            ("Pålagte timer", 1),
            ("Tapt kontortid", 1),
        )
        known = sorted(self._ids(), key=lambda own: self._sorted(self._own.names[own]))
        heads = ["Lege", *(f"{title}\n{name}" for title, _ in parts for name in self._heads)]
        self._headings(sheet, heads, tall=True)
        for row, doctor in enumerate(known, _TOP + 1):
            put(sheet, row, 0, self._own.names[doctor], self._look.of(**TEXT))
            column = 1
            for part, (_, decimals) in enumerate(parts):
                for own in self._own.alternatives:
                    line = own.figures.doctors.get(doctor) if own.figures else None
                    value = _values(line)[part] if line else None
                    self._number(sheet, row, column, value, decimals)
                    column += 1
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, len(heads), 12)
        sheet.freeze_panes(_TOP + 1, 1)

    def towns(self) -> None:
        """A row a municipality, the alternatives side by side."""
        sheet = self._sheet(
            "Kommuner",
            "Kommune for kommune",
            "Det kommunens egne leger bærer."
            + (" Små kommuner er slått sammen." if self._own.anonymous else ""),
        )
        heads = [
            "Kommune",
            *(f"{title}\n{name}" for title, _, _ in COLUMNS for name in self._heads),
        ]
        self._headings(sheet, heads, tall=True)
        for row, own in enumerate(rows(self._own, discreet=self._own.anonymous), _TOP + 1):
            put(sheet, row, 0, own.name, self._look.of(**TEXT))
            column = 1
            for _, decimals, value in COLUMNS:
                for figures in own.figures:
                    found = value(figures) if figures else None
                    self._number(sheet, row, column, found, decimals)
                    column += 1
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, len(heads), 12)
        sheet.freeze_panes(_TOP + 1, 1)

    def exceptions(self) -> None:
        """How often each alternative departs from each main rule."""
        sheet = self._sheet("Unntak", "Unntak fra hovedregler", "Slik reglene selv åpner for det.")
        self._headings(sheet, ["Regel", *self._heads])
        titles: dict[str, str] = {}
        for own in self._own.alternatives:
            for count in own.figures.exceptions if own.figures else ():
                titles.setdefault(count.rule, count.title)
        for row, (rule, title) in enumerate(titles.items(), _TOP + 1):
            put(sheet, row, 0, title, self._look.of(**TEXT))
            for column, own in enumerate(self._own.alternatives, 1):
                counts = {c.rule: c.count for c in own.figures.exceptions} if own.figures else None
                value = None if counts is None else counts.get(rule, 0)
                self._number(sheet, row, column, value, 0)
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, len(self._heads), 16)

    def changes(self) -> None:
        """What each alternative changes."""
        sheet = self._sheet("Endringer", "Hva hvert alternativ endrer", "")
        self._headings(sheet, ["Alternativ", "Bygger på", "Endring"])
        for row, (own, change) in enumerate(self._changes(), _TOP + 1):
            put(sheet, row, 0, own.name, self._look.of(**TEXT))
            put(sheet, row, 1, own.builds_on, self._look.of(**TEXT))
            put(sheet, row, 2, change, self._look.of(text_wrap=True, **TEXT))
            sheet.set_row(row, height((change, 95)))
        sheet.set_column(0, 1, 32)
        sheet.set_column(2, 2, 100)

    def _changes(self) -> Iterator[tuple[Alternative, str]]:
        for own in self._own.others:
            for change in own.changes if self._own.anonymous else own.own_changes:
                yield own, change

    def _ids(self) -> set[str]:
        return {
            doctor
            for own in self._own.alternatives
            if own.figures
            for doctor in own.figures.doctors
        }

    @staticmethod
    def _sorted(name: str) -> tuple[int, str]:
        """«Lege B» before «Lege AA»; names by the letter."""
        return (len(name) if name.startswith("Lege ") else 0, name.casefold())

    def _worth(self, measure: Measure, own: Alternative) -> str:
        base = self._own.base.figures
        if base is None or own.figures is None:
            return ""
        worth = verdict(measure, base, own.figures)
        return worth.sentence if worth else "talt opp i planene som ble funnet"

    def _sheet(self, name: str, title: str, note: str) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        put(sheet, 0, 0, title, self._look.title)
        sheet.set_row(0, 24)
        put(sheet, 1, 0, note, self._look.note)
        page(sheet, self._own.title, paper=A4)
        return sheet

    def _headings(self, sheet: Worksheet, heads: Sequence[str], *, tall: bool = False) -> None:
        for column, head in enumerate(heads):
            put(sheet, _TOP, column, head, self._look.header(valign="top"))
        sheet.set_row(_TOP, 78 if tall else 48)
        sheet.repeat_rows(_TOP)

    def _number(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        value: float | None,
        decimals: int,
        *,
        signed: bool = False,
    ) -> None:
        shown = _FORMATS[decimals]
        if signed:
            shown = f"+{shown};−{shown};0"
        cell: Cell = "" if value is None else round(value, 4)
        put(sheet, row, column, cell, self._look.of(num_format=shown, **NUMBER))

    def _wrapped(self) -> Format:
        return self._look.of(text_wrap=True, font_size=9, **TEXT)


def _values(own: DoctorFigures) -> tuple[float | None, ...]:
    return (
        own.points,
        own.aim,
        own.nights,
        own.weekends,
        own.holidays,
        own.duty_hours,
        own.ordered_hours,
        own.lost_hours,
    )
