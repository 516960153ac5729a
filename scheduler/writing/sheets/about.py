"""The sheet «Om planen»: from what, by what and how well the roster was made."""

from math import isfinite

from xlsxwriter.worksheet import Worksheet

from scheduler.domain.roster import LevelResult, Timetable
from scheduler.writing.rows import Cell
from scheduler.writing.sheets.look import (
    A4,
    NUMBER,
    NUMBER_FORMAT,
    TEXT,
    Look,
    height,
    page,
    put,
)
from scheduler.writing.wording import number, on_day, period, short_day

COLUMNS = ("Nivå", "Verdi", "Enhet", "Nedre grense", "Bevist best")
WIDE = 70  # characters of the joined cells beside a name
EXPLAINED = (
    "Nivåene står i den rekkefølgen de gjelder; lavere verdi er bedre. Nedre grense: ingen "
    "lovlig plan som er like god på nivåene over, har lavere verdi."
)


def write(sheet: Worksheet, timetable: Timetable, look: Look, foot: str) -> None:
    """Fill the sheet; a line that is not known is left out."""
    problem, made = timetable.problem, timetable.roster.provenance
    put(sheet, 0, 0, "Om planen", look.title)
    sheet.set_row(0, 24)
    holes = sum(timetable.missing(duty) for duty in timetable.holes)
    facts = (
        ("Tittel", problem.title),
        ("Periode", period(problem.first_day, problem.last_day)),
        ("Regler og opplysninger per", on_day(problem.judged_on)),
        ("Leger", str(len(problem.doctors))),
        ("Vakter og økter", str(len(problem.duties))),
        ("Udekket", str(holes) if holes else "ingen"),
        ("Planens kontrollsum", timetable.roster.problem_hash),
        ("Regelsett", made.rule_set),
        ("Løser", made.solver),
        ("Startverdi", "" if made.seed is None else str(made.seed)),
        ("Tråder", "" if made.workers is None else str(made.workers)),
        ("Tidsgrense", "" if made.time_limit is None else f"{number(made.time_limit)} sekunder"),
        ("Tid brukt", "" if made.seconds is None else f"{number(made.seconds)} sekunder"),
        ("Endret siden", "\n".join(made.history)),
    )
    row = 2
    for name, value in facts:
        if value:
            put(sheet, row, 0, name, look.of(bold=True, **TEXT))
            sheet.merge_range(row, 1, row, 4, "", look.of(text_wrap=True, **TEXT))
            put(sheet, row, 1, value, look.of(text_wrap=True, **TEXT))
            if "\n" in value or len(value) > WIDE:
                sheet.set_row(row, height((value, WIDE)))
            row += 1
    if made.levels:
        row += 1
        for column, title in enumerate(COLUMNS):
            aside = NUMBER if title in ("Verdi", "Nedre grense") else TEXT
            put(sheet, row, column, title, look.header(**aside))
        for line, level in enumerate(made.levels, row + 1):
            for column, cell in enumerate(_cells(level)):
                aside = NUMBER if column in (1, 3) else TEXT
                put(sheet, line, column, cell, look.of(num_format=NUMBER_FORMAT, **aside))
        row += len(made.levels)
        sheet.merge_range(row + 2, 0, row + 2, 4, "", look.of(border=0))
        put(sheet, row + 2, 0, EXPLAINED, look.of(font_size=9, border=0, text_wrap=True))
        sheet.set_row(row + 2, 28)
    for column, width in enumerate((46, 22, 18, 16, 16)):
        sheet.set_column(column, column, width)
    page(sheet, foot, paper=A4)


def footer(timetable: Timetable) -> str:
    """«Vinter 2027 · kontrollsum 3f2a91bc44d0 · 21.11.2026», for the foot of every page."""
    problem = timetable.problem
    short = timetable.roster.problem_hash[:12]
    return f"{problem.title[:40]} · kontrollsum {short} · {short_day(problem.judged_on)}"


def _cells(level: LevelResult) -> tuple[Cell, ...]:
    return (
        level.title,
        level.value if isfinite(level.value) else "ikke kjent",
        level.unit,
        level.bound if isfinite(level.bound) else "ikke kjent",
        "ja" if level.proven else "nei",
    )
