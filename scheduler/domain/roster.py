"""The roster: who has which duty, and how it came about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from scheduler.domain.duty import Duty
from scheduler.domain.problem import Assignment, Problem

__all__ = ["Assignment", "LevelResult", "Provenance", "Roster", "Timetable"]


@dataclass(frozen=True, slots=True)
class LevelResult:
    """What the search reached on one level of the objective.

    Attributes:
        value: the roster's value (smaller is better), in `unit`.
        bound: no lawful roster that is as good on the levels before has a smaller value.
        proven: value and bound meet.
    """

    level: str
    title: str
    value: float
    bound: float
    proven: bool
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is needed to make the same roster again.

    Attributes:
        history: what was changed in it since, one sentence a change in bokmål, oldest first.
    """

    rule_set: str = ""
    solver: str = ""
    seed: int | None = None
    workers: int | None = None
    time_limit: float | None = None
    seconds: float | None = None
    levels: tuple[LevelResult, ...] = ()
    history: tuple[str, ...] = ()


@dataclass(frozen=True)
class Roster:
    """Assignments for one problem, named by its content hash."""

    problem_hash: str
    assignments: tuple[Assignment, ...]
    provenance: Provenance = field(default_factory=Provenance)

    @classmethod
    def of(
        cls,
        problem: Problem,
        assignments: Iterable[Assignment],
        provenance: Provenance | None = None,
    ) -> "Roster":
        """A roster for this problem with its assignments sorted and without repeats."""
        return cls(
            problem.content_hash, tuple(sorted(set(assignments))), provenance or Provenance()
        )


@dataclass(frozen=True)
class Timetable:
    """A roster laid out for reading: who works what, in order of time.

    Assignments that name a doctor or a duty the problem does not have are left out here
    and listed in `unknown`.
    """

    problem: Problem
    roster: Roster

    @cached_property
    def unknown(self) -> tuple[Assignment, ...]:
        """Assignments that name a doctor or a duty that is not in the problem."""
        return tuple(
            a
            for a in self.roster.assignments
            if a.doctor not in self.problem.doctor_by_id or a.duty not in self.problem.duty_by_id
        )

    @cached_property
    def _of_doctor(self) -> Mapping[str, tuple[Duty, ...]]:
        found: dict[str, list[Duty]] = {doctor.id: [] for doctor in self.problem.doctors}
        for a in self.roster.assignments:
            if a.doctor in found and a.duty in self.problem.duty_by_id:
                found[a.doctor].append(self.problem.duty_by_id[a.duty])
        return {
            doctor: tuple(sorted(duties, key=lambda duty: (duty.start, duty.end, duty.id)))
            for doctor, duties in found.items()
        }

    @cached_property
    def _on_duty(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {duty.id: [] for duty in self.problem.duties}
        for a in self.roster.assignments:
            if a.duty in found and a.doctor in self.problem.doctor_by_id:
                found[a.duty].append(a.doctor)
        return {duty: tuple(doctors) for duty, doctors in found.items()}

    def duties_of(self, doctor: str) -> tuple[Duty, ...]:
        """The doctor's duties in the period, in order of time."""
        return self._of_doctor[doctor]

    def work_of(self, doctor: str) -> tuple[Duty, ...]:
        """The tail of the former roster, then the duties in the period, in order of time."""
        return self.problem.tail_of[doctor] + self._of_doctor[doctor]

    def doctors_on(self, duty: str) -> tuple[str, ...]:
        """Ids of the doctors who have the duty."""
        return self._on_duty[duty]

    def missing(self, duty: Duty) -> int:
        """How many doctors the duty lacks (a duty of a choice is judged with the others)."""
        if duty.choice is None:
            return max(0, duty.needed - len(self.doctors_on(duty.id)))
        placed = sum(len(self.doctors_on(other.id)) for other in self.choices[duty.choice])
        return max(0, duty.needed - placed)

    @cached_property
    def choices(self) -> Mapping[str, tuple[Duty, ...]]:
        """Duties by choice group."""
        found: dict[str, list[Duty]] = {}
        for duty in self.problem.duties:
            if duty.choice:
                found.setdefault(duty.choice, []).append(duty)
        return {choice: tuple(duties) for choice, duties in found.items()}

    @cached_property
    def holes(self) -> tuple[Duty, ...]:
        """The duties that lack doctors (of a choice, the first one), in order of time."""
        seen: set[str] = set()
        found = []
        for duty in self.problem.duties:
            key = duty.choice or duty.id
            if key not in seen and self.missing(duty):
                found.append(duty)
            seen.add(key)
        return tuple(found)

    def with_assignment(self, doctor: str, duties: Iterable[str]) -> "Timetable":
        """The same roster with the doctor on these duties as well."""
        extra = (Assignment(duty, doctor) for duty in duties)
        return Timetable(
            self.problem,
            Roster(
                self.roster.problem_hash,
                tuple(sorted({*self.roster.assignments, *extra})),
                self.roster.provenance,
            ),
        )
