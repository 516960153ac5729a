"""`rettvakt check`: the independent checkers on any roster."""

from pathlib import Path

from api import library
from api.cli.console import FINDINGS, OK, err, out, plain, tell_remarks
from api.cli.guard import InputError, reading
from api.cli.verdict import tell_saved, tell_verdict
from api.library import LoadedPlan
from api.outputs import package_in, write_report
from api.saving import check_folder
from scheduler.domain.roster import Roster
from scheduler.reading.roster import read_roster

_FOREIGN = 20  # so many unknown duties and doctors are no slips of the pen


def run(plan: Path, roster_file: Path, report_folder: Path | None) -> int:
    """Check a roster; gives the exit code."""
    if report_folder:
        check_folder(report_folder)
    with reading(plan):
        loaded = library.read(plan)
    roster = read_made(roster_file, loaded)
    tell_remarks(loaded.remarks)
    if roster.problem_hash != loaded.problem.content_hash:
        err.print(
            f"[yellow]Merk:[/] {plain(roster_file.name)} er laget av en annen utgave av planen. "
            f"Her er den kontrollert mot {plain(plan.name)} slik den er nå."
        )
    report = library.check(loaded, roster)
    tell_verdict(report, roster)
    if report_folder:
        tell_saved(write_report(loaded, roster, report, report_folder), report_folder)
    else:
        out.print("Med --report MAPPE får du hele lovlighetsrapporten.")
    return OK if report.lawful and report.complete else FINDINGS


def read_made(given: Path, loaded: LoadedPlan) -> Roster:
    """A roster that somebody made, from a file or the folder that it lies in.

    Raises:
        InputError: it cannot be read, or is of another plan.
    """
    file = package_in(given)
    try:
        with reading(file):
            return read_roster(file, loaded.problem)
    except InputError as found:
        faults = found.error.faults
        foreign = sum(fault.problem.startswith("Planen har ingen") for fault in faults)
        if foreign >= _FOREIGN:
            found.hint = (
                "Så mange ukjente vakter og leger tyder på at vaktplanen hører til en annen plan "
                f"enn «{loaded.problem.title}»."
            )
        raise
