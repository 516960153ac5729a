"""Who stands in for whom at a practice: the doctors of an office, or of a shared list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.domain.doctor import Doctor
from scheduler.domain.problem import Problem
from scheduler.domain.time import DAY, Interval, days_between, local_day


@dataclass(frozen=True, slots=True)
class PracticeGroup:
    """Doctors who stand in for one another.

    Attributes:
        name: of their office or shared list, as people call it.
        doctors: two or more, in the order of the problem.
    """

    name: str
    doctors: tuple[Doctor, ...]


def practice_groups(problem: Problem) -> tuple[PracticeGroup, ...]:
    """Offices and shared lists with two doctors or more; the same doctors only once."""
    places = {place.id: place.name for place in problem.places}
    found: dict[tuple[str, str], list[Doctor]] = {}
    for doctor in problem.doctors:
        if doctor.office:
            found.setdefault(("office", doctor.office), []).append(doctor)
        if doctor.shared_list:
            found.setdefault(("list", doctor.shared_list), []).append(doctor)
    groups: dict[tuple[str, ...], PracticeGroup] = {}
    for (kind, key), doctors in sorted(
        found.items(), key=lambda item: (item[0][0] == "list", item)
    ):
        name = places.get(key, key) if kind == "office" else f"fellesliste {key}"
        if len(doctors) > 1:
            groups.setdefault(tuple([d.id for d in doctors]), PracticeGroup(name, tuple(doctors)))
    return tuple(groups.values())


def days_judged(problem: Problem) -> Iterator[date]:
    """The days of the period, and those after it that its duties and closures touch."""
    last_end = max((duty.end for duty in problem.duties), default=problem.period.end)
    last = max(problem.last_day, local_day(last_end) + DAY)  # either way: then nothing is closed
    yield from days_between(problem.first_day, last)


def surely_away(problem: Problem, doctor: str) -> Iterator[Interval]:
    """When the doctor is away whatever the roster."""
    for absence in problem.absences_of.get(doctor, ()):
        yield absence.interval
    for meeting in problem.meetings_of.get(doctor, ()):
        yield meeting.interval
