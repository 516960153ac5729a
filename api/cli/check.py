"""`rettvakt check`: the independent checkers on any roster."""

from pathlib import Path

from rich.markup import escape
from scheduler.reading.roster import read_roster

from api import library
from api.cli.console import FINDINGS, OK, guarded, out, tell_remarks
from api.cli.verdict import tell_verdict
from api.outputs import write_report


@guarded
def run(plan: Path, roster_file: Path, report_folder: Path | None) -> int:
    """Check a roster; gives the exit code."""
    loaded = library.read(plan)
    roster = read_roster(roster_file, loaded.problem)
    tell_remarks(loaded.remarks)
    if roster.problem_hash != loaded.problem.content_hash:
        tell_remarks(["Vaktplanen er laget for en annen utgave av planen enn den du ga inn."])
    report = library.check(loaded, roster)
    tell_verdict(report, roster)
    if report_folder:
        written = write_report(loaded, roster, report, report_folder)
        out.print(f"Skrevet til [bold]{escape(str(report_folder))}[/]: {', '.join(written)}")
    return OK if report.lawful and report.complete else FINDINGS
