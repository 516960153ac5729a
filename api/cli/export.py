"""`rettvakt export`: a finished roster in another format."""

from pathlib import Path

from api.cli.console import BAD_INPUT, OK, counted, err, out, plain
from api.cli.guard import reading
from api.cli.people import NotOneDoctorError, named
from api.cli.verdict import tell_earlier
from api.library import LoadedPlan
from api.outputs import calendar_names, calendars, export_one, package_in, read_package
from api.saving import save, save_all
from scheduler.domain.roster import Roster


def run(given: Path, kind: str, target: Path | None, doctor: str | None) -> int:
    """Write one format; gives the exit code."""
    file = package_in(given)
    with reading(file):
        loaded, roster = read_package(file)
    if kind == "ics":
        return _calendars(loaded, roster, target or file.parent / "kalender", doctor)
    if doctor is not None:
        return _refuse("--doctor gjelder bare --format ics.", "Ta det bort, eller bytt format.")
    target = target or file.with_suffix(f".{kind}")
    if target.is_dir():
        target /= f"{file.stem}.{kind}"
    if target.suffix and target.suffix.lower() != f".{kind}":
        return _refuse(
            f"{target.name} slutter ikke på .{kind}.", "Rett navnet i --out, eller --format."
        )
    if target.resolve() == file.resolve():
        return _refuse(
            f"{target} ville ha skrevet over vaktplanen selv.", "Velg et annet navn med --out."
        )
    saved = save(target, export_one(loaded, roster, kind))
    out.print(f"Skrevet: [bold]{plain(target)}[/]")
    if kind == "json":
        out.print("Filen inneholder hele planen, også fravær og fritak, og skal ikke deles.")
    tell_earlier(saved)
    return OK


def _calendars(loaded: LoadedPlan, roster: Roster, target: Path, wanted: str | None) -> int:
    """One calendar a doctor into a folder, or one doctor's calendar into a file."""
    if wanted is None:
        if target.suffix.lower() == ".ics":
            return _refuse(
                f"{target.name} er én fil, men det er én kalender for hver lege.",
                "Oppgi en mappe med --out, eller én lege med --doctor.",
            )
        saved = save_all(target, calendars(loaded, roster))
        number = counted(len(saved.names), "kalender", "kalendere")
        out.print(f"Skrevet {number} til [bold]{plain(target)}[/]")
        tell_earlier(saved)
        return OK
    try:
        doctor = named(loaded.problem.doctors, wanted)
    except NotOneDoctorError as error:
        return _refuse(error.problem, error.remedy)
    name = calendar_names(loaded.problem.doctors)[doctor.id]
    file = target if target.suffix.lower() == ".ics" else target / name
    saved = save(file, calendars(loaded, roster)[name])
    out.print(f"Skrevet: [bold]{plain(file)}[/]")
    tell_earlier(saved)
    return OK


def _refuse(problem: str, remedy: str) -> int:
    err.print(f"[bold red]{plain(problem)}[/] {plain(remedy)}")
    return BAD_INPUT
