"""`vaktplan.pdf`: the roster to hang on the wall, first by doctor and then week by week.

A3 or A4 on its side. Nothing is told by colour alone: holes say UDEKKET, red days and eves
have signs, kinds of duty have letters. Who is absent or exempt is not shown.
"""

from dataclasses import asdict

from scheduler.domain.roster import Timetable
from scheduler.writing.phrases import uncovered
from scheduler.writing.wall import grid, names, weeks
from scheduler.writing.wall.paper import ROOMS, Paper
from scheduler.writing.wording import period, short_day

__all__ = ["Paper", "contents", "to_wall_pdf"]

SHORT_HASH = 12


def to_wall_pdf(
    timetable: Timetable, *, paper: Paper = Paper.A3, draft: bool | None = None
) -> bytes:
    """The wall roster as PDF/UA-1.

    Args:
        timetable: the roster.
        paper: A3 holds six weeks and 46 doctors a page, A4 four and 24.
        draft: mark every page «UTKAST»; None: where something is uncovered.
    """
    # Imported late: typst takes its time, and only those who print need it.
    from scheduler.writing.typeset import typeset

    return typeset(
        "wall.typ", contents(timetable, paper=paper, draft=draft), timetable.problem.judged_on
    )


def contents(
    timetable: Timetable, *, paper: Paper = Paper.A3, draft: bool | None = None
) -> dict[str, object]:
    """Everything that the wall roster says, as plain values for the template."""
    problem = timetable.problem
    room = ROOMS[paper]
    lacking = uncovered(timetable)
    all_weeks = grid.week_numbers(problem.weeks).lower()
    return {
        "paper": paper.value,
        "text": room.text,
        "name": room.name,
        "total": room.total,
        "title": " ".join(problem.title.split()),
        "district": names.district(problem),
        "when": f"{period(problem.first_day, problem.last_day)} · {all_weeks}",
        "draft": bool(lacking) if draft is None else draft,
        "lacking": bool(lacking),
        "status": _status(timetable, lacking),
        "foot": (
            f"Opplysninger per {short_day(problem.judged_on)} · "
            f"kontrollsum {timetable.roster.problem_hash[:SHORT_HASH]}"
        ),
        "sums": grid.SUMS,
        "pages": [asdict(page) for page in grid.pages(timetable, room)],
        "legend": [asdict(key) for key in grid.legend(timetable)],
        "parts": [asdict(part) for part in weeks.parts(timetable, room)],
    }


def _status(timetable: Timetable, lacking: str) -> str:
    if lacking:
        return f"{lacking} udekket"
    return "Alt er dekket" if timetable.problem.duties else "Planen har ingen vakter"
