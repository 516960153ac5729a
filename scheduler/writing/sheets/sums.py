"""The sheet «Summer»: what each doctor has, beside the target if there is one."""

from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from scheduler.domain.roster import Timetable
from scheduler.tallies import Tally
from scheduler.writing.rows import Cell, municipality_name
from scheduler.writing.sheets.look import (
    A4,
    HOURS_FORMAT,
    NUMBER,
    NUMBER_FORMAT,
    TEXT,
    Look,
    height,
    page,
    put,
)
from scheduler.writing.wording import period

COLUMNS = (
    ("Lege", 28, ""),
    ("Kommune", 16, ""),
    ("Vakter", 10, "0"),
    ("Vakttimer", 12, HOURS_FORMAT),
    ("Timer tilstede", 10, HOURS_FORMAT),
    ("Timer hjemme", 10, HOURS_FORMAT),
    ("Timer bakvakt", 10, HOURS_FORMAT),
    ("Netter", 10, "0"),
    ("Helger", 10, "0"),
    ("Høytider", 11, "0"),
    ("Hvilke høytider", 30, ""),
    ("Kommunale timer", 12, HOURS_FORMAT),
    ("Poeng", 9, NUMBER_FORMAT),
)
TARGETS = (("Mål, poeng", 9, NUMBER_FORMAT), ("Avvik fra mål", 11, "+#,##0.0#;-#,##0.0#;0.0"))
TOP = 4


def write(
    sheet: Worksheet,
    timetable: Timetable,
    tallies: Sequence[Tally],
    targets: Mapping[str, float] | None,
    look: Look,
    foot: str,
) -> None:
    """Fill the sheet; the last row sums the columns of numbers.

    Args:
        sheet: the sheet.
        timetable: the roster.
        tallies: one a doctor, in the problem's order.
        targets: burden points that are the doctor's fair share, by id; None: no such column.
        look: the formats.
        foot: left part of the footer.
    """
    problem = timetable.problem
    columns = COLUMNS + (TARGETS if targets is not None else ())
    put(sheet, 0, 0, f"Summer – {problem.title}", look.title)
    sheet.set_row(0, 24)
    put(
        sheet,
        1,
        0,
        f"{period(problem.first_day, problem.last_day)}. Timer er virkelig tid, også når klokka "
        "stilles. Netter, helger og høytider gjelder legevakt. Poeng er for vakter og pålegg.",
        look.note,
    )
    for column, (title, width, shown) in enumerate(columns):
        put(sheet, TOP - 1, column, title, look.header(**(NUMBER if shown else TEXT)))
        sheet.set_column(column, column, width)
    sheet.set_row(TOP - 1, 32)
    lines = [_cells(timetable, own, targets) for own in tallies]
    for row, line in enumerate(lines, TOP):
        for column, value in enumerate(line):
            shown = columns[column][2]
            aside = NUMBER if shown else {"text_wrap": True, **TEXT}
            put(sheet, row, column, value, look.of(num_format=shown, **aside))
        texts = zip(line, columns, strict=True)
        sheet.set_row(
            row, height(*((c, width) for c, (_, width, _) in texts if isinstance(c, str)))
        )
    if lines:
        for column, (_, _, shown) in enumerate(columns):
            values = [line[column] for line in lines]
            numbers = [value for value in values if isinstance(value, int | float)]
            total: Cell = sum(numbers) if shown else "" if column else "Sum"
            form = look.of(bold=True, num_format=shown, top=2, **(NUMBER if shown else TEXT))
            put(sheet, TOP + len(lines), column, total, form)
    sheet.freeze_panes(TOP, 1)
    sheet.repeat_rows(TOP - 1)
    page(sheet, foot, paper=A4)


def _cells(
    timetable: Timetable, own: Tally, targets: Mapping[str, float] | None
) -> tuple[Cell, ...]:
    """The doctor's row; a doctor without a target has empty cells for it."""
    doctor = timetable.problem.doctor_by_id[own.doctor]
    cells: tuple[Cell, ...] = (
        doctor.name,
        municipality_name(timetable, doctor),
        own.shifts,
        own.shift_minutes / 60,
        own.on_site_minutes / 60,
        own.home_minutes / 60,
        own.backup_minutes / 60,
        own.nights,
        len(own.weekends),
        own.holiday_count,
        ", ".join(own.great_holidays),
        own.municipal_minutes / 60,
        own.points,
    )
    if targets is None:
        return cells
    target = targets.get(own.doctor)
    return (*cells, "", "") if target is None else (*cells, target, own.points - target)
