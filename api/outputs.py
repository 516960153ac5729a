"""A roster and its judgement as files, and a package back to what it was made of."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time
from pathlib import Path

from api import library
from api.saving import Saved, save_all
from scheduler.certificate import Certificate
from scheduler.checking import Report
from scheduler.domain.doctor import Doctor
from scheduler.domain.roster import Roster, Timetable
from scheduler.prices import PriceList
from scheduler.writing.fairness.source import FairnessReport
from scheduler.writing.receipts import Receipt

PACKAGE = "vaktplan.json"
FEEDS = "kalender"
RECEIPT_KINDS = (".html", ".xlsx")
_UNSAFE = set('<>:"/\\|?*\0')
# Names that Windows keeps for devices, whatever their ending.
_DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(10)
}


def write_all(
    loaded: library.LoadedPlan,
    roster: Roster,
    report: Report,
    folder: Path,
    more: Mapping[str, bytes] | None = None,
) -> Saved:
    """Everything that a coordinator needs, into one folder.

    Args:
        loaded: the plan.
        roster: what was made of it.
        report: its judgement.
        folder: where to.
        more: other files to put beside, by name.

    Raises:
        WriteError: nothing was written.
    """
    from api.fairness import fairness, fairness_files

    files = {
        f"vaktplan.{kind}": export_one(loaded, roster, kind)
        for kind in ("json", "xlsx", "csv", "pdf")
    }
    files |= report_files(loaded, roster, report)
    files |= fairness_files(fairness(loaded, roster))
    files |= {f"{FEEDS}/{name}": feed for name, feed in calendars(loaded, roster).items()}
    return save_all(folder, files | dict(more or {}))


def write_report(loaded: library.LoadedPlan, roster: Roster, report: Report, folder: Path) -> Saved:
    """The legality report alone.

    Raises:
        WriteError: nothing was written.
    """
    return save_all(folder, report_files(loaded, roster, report))


def write_fairness(report: FairnessReport, folder: Path) -> Saved:
    """The fairness report alone.

    Raises:
        WriteError: nothing was written.
    """
    from api.fairness import fairness_files

    return save_all(folder, fairness_files(report))


def certificate_files(
    loaded: library.LoadedPlan, certificate: Certificate, prices: PriceList | None = None
) -> dict[str, bytes]:
    """The certificate for machines, on one page, and who stands where for the coordinator."""
    from scheduler.writing.certificate_page import to_html, to_json, to_names, to_pdf, to_prices

    problem = loaded.problem
    files = {
        "sertifikat.json": to_json(problem, certificate, prices).encode(),
        "sertifikat.html": to_html(problem, certificate).encode(),
        "sertifikat.pdf": to_pdf(problem, certificate),
        "sertifikat-leger.csv": to_names(problem, certificate),
    }
    if prices is not None:
        files["sertifikat-priser.csv"] = to_prices(problem, prices)
    return files


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
        from api.legality import targets
        from scheduler.writing.workbook import to_workbook

        found = targets(timetable, loaded.rules)
        return to_workbook(
            timetable,
            targets={who: own.aim for who, own in found.items() if own.aim is not None},
            ordered={who: own.ordered_points for who, own in found.items()},
        )
    if kind == "pdf":
        from scheduler.writing.wall_pdf import to_wall_pdf

        return to_wall_pdf(timetable)
    raise ValueError(f"kind ({kind}) must be json, xlsx, csv or pdf")


def report_files(loaded: library.LoadedPlan, roster: Roster, report: Report) -> dict[str, bytes]:
    """rapport.html and rapport.pdf."""
    from api.legality import legality
    from scheduler.writing.report_html import to_html
    from scheduler.writing.report_pdf import to_pdf

    content = legality(loaded, roster, report)
    return {"rapport.html": to_html(content).encode(), "rapport.pdf": to_pdf(content)}


def receipt_file(loaded: library.LoadedPlan, receipts: Sequence[Receipt], kind: str) -> bytes:
    """Wish receipts in one file, a page or a sheet for each doctor.

    Args:
        loaded: the plan.
        receipts: what `api.wishes.receipts` gives.
        kind: one of RECEIPT_KINDS.
    """
    if kind == ".xlsx":
        from scheduler.writing.receipts_xlsx import to_xlsx

        return to_xlsx(loaded.problem, receipts)
    from scheduler.writing.receipts_html import to_html

    return to_html(loaded.problem, receipts).encode()


def calendars(loaded: library.LoadedPlan, roster: Roster) -> dict[str, bytes]:
    """One iCalendar file a doctor, by file name."""
    from scheduler.writing.ical import Feed, feeds

    problem = loaded.problem
    stamp = datetime.combine(problem.judged_on, time(12), tzinfo=UTC)
    made = feeds(Timetable(problem, roster), [d.id for d in problem.doctors], Feed(stamp=stamp))
    names = calendar_names(problem.doctors)
    return {names[doctor]: content for doctor, content in made.items()}


def calendar_names(doctors: Iterable[Doctor]) -> dict[str, str]:
    """A file name for each doctor's id that every system takes, no two of them alike."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for doctor in doctors:
        base = _safe(doctor.id)
        name, number = base, 1
        while name.casefold() in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name.casefold())
        found[doctor.id] = f"{name}.ics"
    return found


def _safe(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    safe = "".join("_" if c in _UNSAFE or not c.isprintable() else c for c in composed)
    safe = safe.strip("._ ")[:80] or "lege"
    return f"_{safe}" if safe.split(".")[0].casefold() in _DEVICES else safe


def package_in(given: Path) -> Path:
    """The file itself, or the package inside a folder that was given in its place."""
    return given / PACKAGE if given.is_dir() and (given / PACKAGE).is_file() else given


def read_package(file: Path) -> tuple[library.LoadedPlan, Roster]:
    """A vaktplan.json with the plan inside it.

    Raises:
        scheduler.reading.faults.PlanError: it is not one, or holds no plan.
    """
    from scheduler.reading.roster import read_package as _read

    plan, read_roster = _read(file)
    loaded = library.understand(plan)
    return loaded, read_roster(loaded.problem)
