"""The sheet «Kalender»: days downwards, kinds of duty across, names in the cells."""

from collections.abc import Sequence
from datetime import date

from xlsxwriter.worksheet import Worksheet

from scheduler.calendar_words import WEEKDAYS
from scheduler.domain.calendar import day_name
from scheduler.domain.duty import Duty, MunicipalDuty, ShiftPattern
from scheduler.domain.roster import Timetable
from scheduler.domain.time import MONDAY, IsoWeek, days_between
from scheduler.writing.sheets.look import A3, DAY_FORMAT, HEADER, TEXT, Look, height, page, put
from scheduler.writing.wording import PRESENCES, ROLES, UNCOVERED, clock, period

FIRST = 4  # the first column of duties, after week, date, weekday and name of the day
TOP = 3  # the first row of days
NARROW, WIDE = 13, 32
DAY_NAMES = 24
LEGEND = (
    "Grått: lørdag og søndag. Rødt: helligdag. Gult: aften. "
    f"{UNCOVERED}: vakten eller økten mangler lege."
)


def write(sheet: Worksheet, timetable: Timetable, look: Look, foot: str) -> None:
    """Fill the sheet; a kind of duty without duties in the period has no column."""
    problem = timetable.problem
    used = {duty.type.id for duty in problem.duties}
    kinds = [kind for kind in problem.types if kind.id in used]
    kinds.sort(key=lambda kind: isinstance(kind, MunicipalDuty))
    duties: dict[tuple[date, str], list[Duty]] = {}
    for duty in problem.duties:
        duties.setdefault((duty.day, duty.type.id), []).append(duty)
    holes = {duty.id for duty in timetable.holes}
    same_clock = {kind.id: _same_clock(problem.duties, kind) for kind in kinds}

    put(sheet, 0, 0, f"Vaktplan – {problem.title}", look.title)
    sheet.set_row(0, 24)
    put(sheet, 1, 0, f"{period(problem.first_day, problem.last_day)}. {LEGEND}", look.note)
    for column, name in enumerate(("Uke", "Dato", "Dag", "Merkedag")):
        put(sheet, TOP - 1, column, name, look.header(**TEXT))
    for column, kind in enumerate(kinds, FIRST):
        put(
            sheet,
            TOP - 1,
            column,
            _heading(timetable, kind, same_clock[kind.id]),
            look.header(**TEXT),
        )

    widths = [NARROW] * len(kinds)
    texts: dict[tuple[date, int], tuple[str, bool]] = {}
    for day in days_between(problem.first_day, problem.last_day):
        for index, kind in enumerate(kinds):
            own = duties.get((day, kind.id), [])
            lines = [
                line
                for duty in own
                for line in _lines(timetable, duty, holes, same_clock[kind.id] is None)
            ]
            texts[day, index] = "\n".join(lines), any(duty.id in holes for duty in own)
            widths[index] = min(WIDE, max(widths[index], *(len(x) + 3 for x in lines or [""])))

    for row, day in enumerate(days_between(problem.first_day, problem.last_day), TOP):
        # A new week begins under a thicker line.
        edge = {"top": 2, "top_color": HEADER} if day.weekday() == MONDAY else {}
        shown = day.weekday() == MONDAY or day == problem.first_day
        week = IsoWeek.of(day).number if shown else ""
        plain = look.on(day, **TEXT, **edge)
        put(sheet, row, 0, week, look.of(align="center", font_color="#4A5A63", **edge))
        put(sheet, row, 1, day, look.on(day, num_format=DAY_FORMAT, **TEXT, **edge))
        put(sheet, row, 2, WEEKDAYS[day.weekday()], plain)
        put(sheet, row, 3, day_name(day) or "", look.on(day, italic=True, **TEXT, **edge))
        cells = [(day_name(day) or "", DAY_NAMES)]
        for index in range(len(kinds)):
            text, hole = texts[day, index]
            form = (
                look.hole(**TEXT, **edge) if hole else look.on(day, text_wrap=True, **TEXT, **edge)
            )
            put(sheet, row, FIRST + index, text, form)
            cells.append((text, widths[index]))
        sheet.set_row(row, height(*cells))

    for column, width in enumerate((5, 12, 10, DAY_NAMES, *widths)):
        sheet.set_column(column, column, width)
    sheet.set_row(TOP - 1, height(("\n\n", WIDE)))
    sheet.freeze_panes(TOP, FIRST)
    sheet.repeat_rows(TOP - 1)
    page(sheet, foot, paper=A3)


def _same_clock(duties: Sequence[Duty], kind: ShiftPattern | MunicipalDuty) -> str | None:
    """«23–08» where all duties of the kind have it, so that cells need not repeat it."""
    clocks = {_clocks(duty) for duty in duties if duty.type.id == kind.id}
    return clocks.pop() if len(clocks) == 1 else None


def _clocks(duty: Duty) -> str:
    """«23–08», or «15:30–23:00» where minutes matter."""
    start, end = clock(duty.start), clock(duty.end)
    if start.endswith(":00") and end.endswith(":00"):
        start, end = start[:2], end[:2]
    return f"{start}–{end}"


def _heading(
    timetable: Timetable, kind: ShiftPattern | MunicipalDuty, same_clock: str | None
) -> str:
    """Name, place or role, and the clock times if they are always the same."""
    places = {place.id: place.name for place in timetable.problem.places}
    if isinstance(kind, ShiftPattern):
        second = f"{ROLES[kind.role]}, {PRESENCES[kind.presence]}"
    else:
        second = places.get(kind.place, kind.place)
    return "\n".join(line for line in (kind.name, second, same_clock) if line)


def _lines(timetable: Timetable, duty: Duty, holes: set[str], with_clock: bool) -> list[str]:
    """A line for each doctor and for what lacks; the clock first where it varies."""
    problem = timetable.problem
    lines = [problem.doctor_by_id[doctor].name for doctor in timetable.doctors_on(duty.id)]
    if duty.id in holes:
        lacking = timetable.missing(duty)
        lines.append(UNCOVERED if lacking == 1 else f"{UNCOVERED} ({lacking})")
    return [f"{_clocks(duty)} {line}" for line in lines] if with_clock else lines
