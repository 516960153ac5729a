"""Reads a roster that was given beside a plan, and says what does not fit."""

from pathlib import Path

from api.cli.console import err, plain
from api.cli.guard import InputError, reading
from api.library import LoadedPlan
from scheduler.domain.roster import Roster
from scheduler.reading.roster import read_roster

_FOREIGN = 20  # so many unknown duties and doctors are no slips of the pen


def read_rows(file: Path, loaded: LoadedPlan) -> Roster:
    """The roster in a package or a table.

    Raises:
        InputError: it cannot be used; with a hint if it belongs to another plan.
    """
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


def tell_other_plan(roster: Roster, loaded: LoadedPlan, file: Path, plan: Path) -> None:
    """Say so if the roster was made of another version of the plan."""
    if roster.problem_hash != loaded.problem.content_hash:
        err.print(
            f"[yellow]Merk:[/] {plain(file.name)} er laget av en annen utgave av planen. "
            f"Her er den kontrollert mot {plain(plan.name)} slik den er nå."
        )
