"""`rettvakt validate`: a plan is read and judged as a plan, nothing is solved."""

from pathlib import Path

from api import library
from api.cli.console import OK, counted, out, plain, tell_remarks
from api.cli.guard import reading
from api.library import LoadedPlan


def run(plan: Path) -> int:
    """Tell faults, remarks and size; gives the exit code."""
    with reading(plan):
        loaded = library.read(plan)
    tell_remarks(loaded.remarks, most=None)
    out.print(size(loaded))
    hard = sum(rule.hard for rule in loaded.rules)
    remarks = len(loaded.remarks)
    noted = f" og {counted(remarks, 'merknad', 'merknader')}" if remarks else ""
    out.print(f"{len(loaded.rules)} regler er i bruk; {hard} av dem er krav.")
    out.print(f"[bold green]Planen kan brukes.[/] Ingen feil{noted}.")
    out.print(f"Neste steg: [bold]rettvakt solve {plain(plan)} --out ut[/]")
    return OK


def size(loaded: LoadedPlan) -> str:
    """«Vår 2027: 26 leger, 900 vakter og 40 økter, 01.01.2027–30.06.2027.»"""
    problem = loaded.problem
    shifts = sum(duty.is_shift for duty in problem.duties)
    sessions = len(problem.duties) - shifts
    work = counted(shifts, "vakt", "vakter")
    if sessions:
        work += f" og {counted(sessions, 'økt', 'økter')} med kommunale oppgaver"
    return (
        f"[bold]{plain(problem.title)}[/]: {counted(len(problem.doctors), 'lege', 'leger')}, "
        f"{work}, {problem.first_day:%d.%m.%Y}–{problem.last_day:%d.%m.%Y}."
    )
