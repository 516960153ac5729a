"""Doctors as they are named on the command line."""

from collections.abc import Sequence

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


def named(doctors: Sequence[Doctor], wanted: str) -> Doctor:
    """The doctor with this id, or else with this name, whatever the case of the letters.

    Raises:
        NotOneDoctorError: there is none, or there are several.
    """
    key = " ".join(wanted.split()).casefold()
    found = [d for d in doctors if d.id.casefold() == key]
    found = found or [d for d in doctors if d.name.casefold() == key]
    if not found:
        names = [d.name for d in doctors]
        hint = meant(wanted, names) or f"Legene er {listed(names, most=40)}."
        raise NotOneDoctorError(f"Fant ingen lege som heter {wanted}.", hint)
    if len(found) > 1:
        raise NotOneDoctorError(
            f"Flere leger heter {wanted}.", f"Skriv id-en: {listed(d.id for d in found)}."
        )
    return found[0]
