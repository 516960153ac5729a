"""Reads a roster that the user gives beside its plan."""

from pathlib import Path

from api.cli.console import err, plain
from api.cli.guard import InputError, reading
from api.library import LoadedPlan
from api.outputs import package_in
from scheduler.domain.roster import Roster
from scheduler.reading.roster import read_roster

_FOREIGN = 20  # so many unknown duties and doctors are no slips of the pen


def read_given(given: Path, loaded: LoadedPlan) -> Roster:
    """The roster in a file, or in the package of a folder.

    Raises:
        InputError: it cannot be read, with a hint if it is of another plan.
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


def roster_for(plan: Path, loaded: LoadedPlan, given: Path, done: str) -> Roster:
    """The roster; if it was made of another edition of the plan, that is told.

    Args:
        plan: the file of the plan.
        loaded: the plan.
        given: the roster's file, or a folder with its package.
        done: what is done with it, in bokmål: «kontrollert mot».
    """
    roster = read_given(given, loaded)
    if roster.problem_hash != loaded.problem.content_hash:
        err.print(
            f"[yellow]Merk:[/] {plain(package_in(given).name)} er laget av en annen utgave av "
            f"planen. Her er den {done} {plain(plan.name)} slik den er nå."
        )
    return roster
