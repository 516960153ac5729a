"""Finds the doctor whom the user names."""

from collections.abc import Sequence

from api.cli.console import err, plain
from scheduler.domain.doctor import Doctor
from scheduler.reading.faults import listed, meant


def find_doctor(doctors: Sequence[Doctor], wanted: str) -> Doctor | None:
    """The doctor with this id or name; None, and what to do is told, if it is not exactly one."""
    key = " ".join(wanted.split()).casefold()
    found = [own for own in doctors if own.id.casefold() == key]
    found = found or [own for own in doctors if " ".join(own.name.split()).casefold() == key]
    if len(found) == 1:
        return found[0]
    if found:
        told = f"Flere leger heter {wanted}."
        hint = f"Skriv id-en: {listed(own.id for own in found)}."
    else:
        names = [own.name for own in doctors]
        told = f"Fant ingen lege som heter {wanted}."
        hint = meant(wanted, names) or f"Legene er {listed(names, most=40)}."
    err.print(f"[bold red]{plain(told)}[/] {plain(hint)}")
    return None
