"""Files of a roster, each as much as its reader may know."""

from collections.abc import Mapping
from datetime import UTC
from enum import StrEnum

from api import library
from api.outputs import export_one, report_files
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.plans.redaction import Naming
from api.service.rosters.masks import masked
from api.service.rosters.store import PUBLISHED
from api.service.rosters.tables import RosterVersion, StoredRoster
from scheduler.domain.roster import Timetable
from scheduler.writing.ical import Feed, staff_entries
from scheduler.writing.ical_format import to_calendar
from scheduler.writing.table_csv import to_csv
from scheduler.writing.wall_pdf import to_wall_pdf
from scheduler.writing.workbook import to_workbook


class Kind(StrEnum):
    """What a roster can be exported as."""

    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"
    ICS = "ics"
    JSON = "json"
    REPORT_HTML = "report.html"
    REPORT_PDF = "report.pdf"


MEDIA: Mapping[Kind, str] = {
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.CSV: "text/csv; charset=utf-8",
    Kind.PDF: "application/pdf",
    Kind.ICS: "text/calendar; charset=utf-8",
    Kind.JSON: "application/json",
    Kind.REPORT_HTML: "text/html; charset=utf-8",
    Kind.REPORT_PDF: "application/pdf",
}
_KEEPERS = (Kind.JSON, Kind.REPORT_HTML, Kind.REPORT_PDF)


def file_of(
    loaded: library.LoadedPlan,
    timetable: Timetable,
    kind: Kind,
    *,
    stored: StoredRoster,
    version: RosterVersion,
    actor: Actor,
    naming: Naming,
) -> bytes:
    """One file.

    Args:
        loaded: the plan that the version was made for.
        timetable: the version.
        kind: of file. The package and the reports are for those who keep the plan.
        stored: the roster.
        version: of it.
        actor: who asks: who does not see all names gets pseudonyms, and only those who see drafts
            get everybody's fair share in the workbook.
        naming: how doctors are called where the actor reads.

    Raises:
        ForbiddenError: the actor may have no file of this kind.
    """
    if kind in _KEEPERS:
        actor.need_all(frozenset({Right.ROSTERS_WRITE, Right.PLANS_WRITE}))
        if kind is Kind.JSON:
            return export_one(loaded, timetable.roster, kind.value)
        report = library.check(loaded, timetable.roster)
        files = report_files(loaded, timetable.roster, report)
        return files[kind.value.replace("report", "rapport")]
    if kind is Kind.XLSX and Right.ROSTERS_READ in actor.rights:
        return export_one(loaded, timetable.roster, kind.value)
    shown = timetable if actor.sees_names else masked(timetable, naming)
    if kind is Kind.ICS:
        return calendar_of(shown, stored, version)
    writers = {Kind.XLSX: to_workbook, Kind.CSV: to_csv, Kind.PDF: to_wall_pdf}
    return writers[kind](shown)


def calendar_of(timetable: Timetable, stored: StoredRoster, version: RosterVersion) -> bytes:
    """Every duty with who has it; tentative until the roster is published."""
    feed = Feed(
        stamp=version.created_at.astimezone(UTC).replace(microsecond=0),
        namespace=f"{stored.cooperation_id}/{stored.id}/export",
        draft=stored.state != PUBLISHED,
    )
    return to_calendar(f"Vaktplan – {stored.title}", staff_entries(timetable, feed))
