"""Collects what is said of a plan: faults that block, remarks that do not."""

from dataclasses import dataclass, field

from scheduler.reading.faults import Fault, Path, Remark, shown
from scheduler.reading.places import Places


@dataclass
class Findings:
    """All that was found so far, each with its place in the user's own file."""

    places: Places
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def fault(self, path: Path, value: object, problem: str, remedy: str) -> None:
        """Something must be put right."""
        self.faults.append(Fault(self.places.name(path), shown(value), problem, remedy))

    def remark(self, path: Path, text: str) -> None:
        """Something a person should know."""
        self.remarks.append(Remark(self.places.name(path), text))


def no(day: object) -> str:
    """A date as Norwegians write it: «27.03.2027»."""
    return f"{day:%d.%m.%Y}"
