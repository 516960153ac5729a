"""Doctors as they are named on the command line."""

from collections.abc import Mapping, Sequence

from scheduler.domain.doctor import Doctor
from scheduler.reading.faults import listed, meant


class NotOneDoctorError(Exception):
    """A name that means no doctor, or several.

    Attributes:
        problem, remedy: bokmål.
    """

    def __init__(self, problem: str, remedy: str) -> None:
        """Keep both."""
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem} {remedy}")


def id_named(names: Mapping[str, str], wanted: str) -> str:
    """The id that is meant, by itself or by the name behind it, whatever the case of the letters.

    A part of the name, such as «Kari», is enough where only one has it.

    Raises:
        NotOneDoctorError: there is none, or there are several.
    """
    key = " ".join(wanted.split()).casefold()
    found = [own for own in names if own.casefold() == key]
    found = found or [own for own, name in names.items() if name.casefold() == key]
    if not found and key:
        words = set(key.split())
        found = [own for own, name in names.items() if words <= set(name.casefold().split())]
    if not found:
        known = list(names.values())
        hint = meant(wanted, [*known, *names]) or f"Legene er {listed(known, most=40)}."
        raise NotOneDoctorError(f"Fant ingen lege som heter «{wanted}».", hint)
    if len(found) > 1:
        full = {names[own] for own in found}
        remedy = f"Skriv id-en: {listed(found)}."
        if len(full) == len(found):
            remedy = f"Skriv hele navnet: {listed(sorted(full))}."
        raise NotOneDoctorError(f"Flere leger heter «{wanted}».", remedy)
    return found[0]


def named(doctors: Sequence[Doctor], wanted: str) -> Doctor:
    """The doctor with this id, or else with this name.

    Raises:
        NotOneDoctorError: there is none, or there are several.
    """
    by_id = {doctor.id: doctor for doctor in doctors}
    return by_id[id_named({own.id: own.name for own in doctors}, wanted)]
