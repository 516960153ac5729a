"""`rettvakt swap`: whether a swap or a give-away is lawful, and what it does to the accounts."""

from pathlib import Path

from api.cli.changing import (
    WrongAskedError,
    check_target,
    hand,
    name_of,
    opened,
    refused,
    tell_swap,
    unit_text,
    write,
)
from api.cli.console import FINDINGS, OK, err, out
from api.cli.duties import NotOneDutyError
from api.cli.people import NotOneDoctorError, named
from api.cli.takers import tell
from api.swaps import swap_of, takers_of
from scheduler.changes.move import Hand
from scheduler.swaps.judge import Judge, Swap


def run(
    plan: Path, roster_file: Path, give: str, take: str | None, to: str | None, target: Path | None
) -> int:
    """Judge the swap, and write the new roster where asked; gives the exit code."""
    try:
        file = check_target(target)
        if take and to:
            raise WrongAskedError(
                "--take og --to kan ikke brukes sammen.",
                "Bruk --take for et bytte, og --to når ingenting gis igjen.",
            )
        loaded, judge = opened(plan, roster_file)
        given = hand(judge, give)
        if take is None and to is None:
            if file:
                raise WrongAskedError(
                    "Det er ikke sagt hvem som skal ta vakten.", "Bruk --take eller --to."
                )
            return tell(judge, takers_of(judge, given[1], given[0]))
        found = _swap(judge, given, take, to)
    except (WrongAskedError, NotOneDutyError, NotOneDoctorError) as error:
        return refused(error)
    if found.lawful:
        out.print("[bold green]Lovlig.[/]")
    else:
        out.print("[bold red]Ikke lovlig.[/] Disse reglene ville blitt brutt:")
    tell_swap(judge, found)
    if not found.lawful:
        if file:
            err.print("Ingenting er skrevet, for byttet er ikke lovlig.")
        return FINDINGS
    if file:
        return write(loaded, judge, found, file)
    out.print("Ingenting er endret. Med --out FIL får du vaktplanen etter byttet.")
    return OK


def _swap(judge: Judge, given: Hand, take: str | None, to: str | None) -> Swap:
    """The swap that is meant.

    Raises:
        WrongAskedError: it changes nothing, or somebody gets what she has.
        NotOneDoctorError: no doctor, or several, is meant.
        NotOneDutyError: no duty, or several, is meant.
    """
    problem = judge.timetable.problem
    back = hand(judge, take) if take else None
    other = back[0] if back else named(problem.doctors, str(to)).id
    if other == given[0]:
        raise WrongAskedError(
            f"{name_of(problem, other)} kan ikke bytte med seg selv.", "Velg en annen lege."
        )
    for who, unit in ((other, given[1]), *(((given[0], back[1]),) if back else ())):
        if judge.has_some((who, unit)):
            raise WrongAskedError(
                f"{name_of(problem, who)} har allerede {unit_text(problem.units[unit])}.",
                "Velg en annen lege eller en annen vakt.",
            )
    return swap_of(judge, given, take=back, to=None if back else other)
