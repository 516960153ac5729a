"""`rettvakt export`: a finished roster in another format."""

from pathlib import Path

from rich.markup import escape

from api.cli.console import BAD_INPUT, OK, err, guarded, out
from api.library import LoadedPlan
from api.outputs import calendars, export_one, file_name, read_package, save, save_all
from scheduler.domain.doctor import Doctor
from scheduler.domain.roster import Roster


@guarded
def run(roster_file: Path, kind: str, target: Path | None, doctor: str | None) -> int:
    """Write one format; gives the exit code."""
    loaded, roster = read_package(roster_file)
    if kind == "ics":
        return _calendars(loaded, roster, target or roster_file.parent / "kalender", doctor)
    target = target or roster_file.with_suffix(f".{kind}")
    if target.resolve() == roster_file.resolve():
        err.print("[bold red]Filen ville ha skrevet over vaktplanen selv.[/] Velg en annen --out.")
        return BAD_INPUT
    save(target, export_one(loaded, roster, kind))
    out.print(f"Skrevet: [bold]{escape(str(target))}[/]")
    return OK


def _calendars(loaded: LoadedPlan, roster: Roster, target: Path, wanted: str | None) -> int:
    """One calendar a doctor into a folder, or one doctor's calendar into a file."""
    if wanted is None:
        written = save_all(target, calendars(loaded, roster))
        out.print(f"Skrevet {len(written)} kalendere til [bold]{escape(str(target))}[/]")
        return OK
    doctor = _find(loaded, wanted)
    if doctor is None:
        names = ", ".join(d.name for d in loaded.problem.doctors)
        err.print(
            f"[bold red]Fant ingen lege som heter {escape(wanted)}.[/] Legene er {escape(names)}."
        )
        return BAD_INPUT
    name = file_name(doctor, "ics")
    file = target if target.suffix == ".ics" else target / name
    save(file, calendars(loaded, roster)[name])
    out.print(f"Skrevet: [bold]{escape(str(file))}[/]")
    return OK


def _find(loaded: LoadedPlan, wanted: str) -> Doctor | None:
    key = wanted.strip().casefold()
    return next(
        (d for d in loaded.problem.doctors if key in (d.id.casefold(), d.name.casefold())), None
    )
