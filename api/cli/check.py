"""`rettvakt check`: the independent checkers on any roster."""

from pathlib import Path

from api import library
from api.cli.console import FINDINGS, OK, out, tell_remarks
from api.cli.guard import reading
from api.cli.rosters import roster_for
from api.cli.verdict import tell_saved, tell_verdict
from api.outputs import write_report
from api.saving import check_folder


def run(plan: Path, roster_file: Path, report_folder: Path | None) -> int:
    """Check a roster; gives the exit code."""
    if report_folder:
        check_folder(report_folder)
    with reading(plan):
        loaded = library.read(plan)
    tell_remarks(loaded.remarks)
    roster = roster_for(plan, loaded, roster_file, "kontrollert mot")
    report = library.check(loaded, roster)
    tell_verdict(report, roster)
    if report_folder:
        tell_saved(write_report(loaded, roster, report, report_folder), report_folder)
    else:
        out.print("Med --report MAPPE får du hele lovlighetsrapporten.")
    return OK if report.lawful and report.complete else FINDINGS
