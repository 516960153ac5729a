"""Writing results: every file whole or not at all, a folder's files all or none."""

import os
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path

from api import library
from scheduler.checking import Report
from scheduler.domain.doctor import Doctor
from scheduler.domain.roster import Roster, Timetable

_UNSAFE = set('<>:"/\\|?*\0')


def check_folder(folder: Path) -> bool:
    """Whether the folder is there or can be made, and can be written to."""
    if folder.exists():
        return folder.is_dir() and os.access(folder, os.W_OK)
    parent = next((p for p in folder.absolute().parents if p.exists()), None)
    return parent is not None and parent.is_dir() and os.access(parent, os.W_OK)


def save(file: Path, content: bytes) -> None:
    """Write a file so that it is never seen half-written."""
    save_all(file.parent, {file.name: content})


def save_all(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Write files into a folder: all are written aside first, then put in place.

    Args:
        folder: made if it is not there.
        files: path inside the folder -> content.

    Returns:
        The names, in order.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".rettvakt-", dir=folder) as aside:
        for number, content in enumerate(files.values()):
            (Path(aside) / str(number)).write_bytes(content)
        for number, name in enumerate(files):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (Path(aside) / str(number)).replace(target)
    return list(files)


def write_all(
    loaded: library.LoadedPlan, roster: Roster, report: Report, folder: Path
) -> list[str]:
    """Everything that a coordinator needs, into one folder; gives the names to tell."""
    files = {
        f"vaktplan.{kind}": export_one(loaded, roster, kind)
        for kind in ("json", "xlsx", "csv", "pdf")
    }
    files |= report_files(loaded, roster, report)
    feeds = {f"kalender/{name}": content for name, content in calendars(loaded, roster).items()}
    save_all(folder, files | feeds)
    return [*files, f"kalender/ ({len(feeds)} kalendere)"]


def write_report(
    loaded: library.LoadedPlan, roster: Roster, report: Report, folder: Path
) -> list[str]:
    """The legality report alone."""
    return save_all(folder, report_files(loaded, roster, report))


def export_one(loaded: library.LoadedPlan, roster: Roster, kind: str) -> bytes:
    """The roster in one format: json, xlsx, csv or pdf.

    Raises:
        ValueError: there is no such format.
    """
    timetable = Timetable(loaded.problem, roster)
    if kind == "json":
        from scheduler.writing.roster_json import to_json

        return to_json(roster, loaded.plan.to_document()).encode()
    if kind == "csv":
        from scheduler.writing.table_csv import to_csv

        return to_csv(timetable)
    if kind == "xlsx":
        from scheduler.writing.workbook import to_workbook

        return to_workbook(timetable)
    if kind == "pdf":
        from scheduler.writing.wall_pdf import to_wall_pdf

        return to_wall_pdf(timetable)
    raise ValueError(f"kind ({kind}) must be json, xlsx, csv or pdf")


def report_files(loaded: library.LoadedPlan, roster: Roster, report: Report) -> dict[str, bytes]:
    """rapport.html and rapport.pdf."""
    from scheduler.writing.report_html import to_html
    from scheduler.writing.report_pdf import to_pdf

    from api.legality import legality

    content = legality(loaded, roster, report)
    return {"rapport.html": to_html(content).encode(), "rapport.pdf": to_pdf(content)}


def calendars(loaded: library.LoadedPlan, roster: Roster) -> dict[str, bytes]:
    """One iCalendar file a doctor, by file name."""
    from scheduler.writing.ical import Feed, feeds

    problem = loaded.problem
    stamp = datetime.combine(problem.judged_on, time(12), tzinfo=UTC)
    made = feeds(Timetable(problem, roster), [d.id for d in problem.doctors], Feed(stamp=stamp))
    names = {doctor.id: file_name(doctor, "ics") for doctor in problem.doctors}
    return {names[doctor]: content for doctor, content in made.items()}


def file_name(doctor: Doctor, ending: str) -> str:
    """A file name from the doctor's id that every system takes."""
    safe = "".join("_" if c in _UNSAFE or not c.isprintable() else c for c in doctor.id)
    return f"{safe.strip('. ') or 'lege'}.{ending}"


def read_package(file: Path) -> tuple[library.LoadedPlan, Roster]:
    """A vaktplan.json with the plan inside it.

    Raises:
        scheduler.reading.faults.PlanError: it is not one, or holds no plan.
    """
    from scheduler.reading.roster import read_package as _read

    plan, read_roster = _read(file)
    loaded = library.understand(plan)
    return loaded, read_roster(loaded.problem)
