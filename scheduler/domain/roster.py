"""The roster: who has which duty, and how it came about."""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

from scheduler.domain.duty import Duty
from scheduler.domain.problem import Assignment, Problem
from scheduler.domain.time import Interval

__all__ = ["Assignment", "LevelResult", "Provenance", "Roster", "Timetable"]

_Fact = TypeVar("_Fact")
_in_time = attrgetter("start", "end", "id")


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
        doctors, duties = self.problem.doctor_by_id, self.problem.duty_by_id
        return tuple(
            [a for a in self.roster.assignments if a.doctor not in doctors or a.duty not in duties]
        )

    @cached_property
    def _of_doctor(self) -> dict[str, tuple[Duty, ...]]:
        found: dict[str, list[Duty]] = {doctor.id: [] for doctor in self.problem.doctors}
        on_duty = self._on_duty
        for duty in sorted(self.problem.duty_by_id.values(), key=_in_time):
            for doctor in on_duty[duty.id]:
                found[doctor].append(duty)
        return {doctor: tuple(duties) for doctor, duties in found.items()}

    @cached_property
    def _on_duty(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {duty.id: [] for duty in self.problem.duties}
        doctors = self.problem.doctor_by_id
        for a in self.roster.assignments:
            if a.duty in found and a.doctor in doctors:
                found[a.duty].append(a.doctor)
        return {duty: tuple(doctors) for duty, doctors in found.items()}

    @cached_property
    def _facts(self) -> dict[str, dict[Hashable, Any]]:
        return {}

    def remembered(self, doctor: str, key: Hashable, make: Callable[[], _Fact]) -> _Fact:
        """A fact about one doctor's own work, worked out once.

        It is handed on to rosters in which that doctor's work is the same.

        Args:
            doctor: id of whose work it is about, and nobody else's.
            key: names the fact and all that it depends on besides the problem and this work.
            make: works it out.
        """
        own = self._facts.setdefault(doctor, {})
        if key not in own:
            own[key] = make()
        found: _Fact = own[key]
        return found

    @cached_property
    def _session_facts(self) -> dict[str, dict[Hashable, Any]]:
        return {}

    def remembered_of_sessions(
        self, doctor: str, key: Hashable, make: Callable[[], _Fact]
    ) -> _Fact:
        """A fact about one doctor's own work that no shift has a say in; as `remembered`.

        It is handed on to rosters in which only shifts of that doctor are others.

        Args:
            doctor: id of whose municipal sessions it is about, and nobody else's.
            key: names the fact and all that it depends on besides the problem and these sessions.
            make: works it out.
        """
        own = self._session_facts.setdefault(doctor, {})
        if key not in own:
            own[key] = make()
        found: _Fact = own[key]
        return found

    def duties_of(self, doctor: str) -> tuple[Duty, ...]:
        """The doctor's duties in the period, in order of time."""
        return self._of_doctor[doctor]

    def ids_of(self, doctor: str) -> frozenset[str]:
        """Ids of the doctor's duties in the period."""
        known = self._ids_of.get(doctor)
        if known is None:
            known = self._ids_of[doctor] = frozenset([own.id for own in self._of_doctor[doctor]])
        return known

    @cached_property
    def _ids_of(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _work_of(self) -> dict[str, tuple[Duty, ...]]:
        return {}

    def work_of(self, doctor: str) -> tuple[Duty, ...]:
        """The tail of the former roster, then the duties in the period, in order of time."""
        known = self._work_of.get(doctor)
        if known is None:
            known = self.problem.tail_of[doctor] + self._of_doctor[doctor]
            self._work_of[doctor] = known
        return known

    @property
    def crews(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the doctors who have each duty of the problem, by its id."""
        return self._on_duty

    def doctors_on(self, duty: str) -> tuple[str, ...]:
        """Ids of the doctors who have the duty."""
        return self._on_duty[duty]

    def missing(self, duty: Duty) -> int:
        """How many doctors the duty lacks (a duty of a choice is judged with the others)."""
        if duty.choice is None:
            return max(0, duty.needed - len(self._on_duty[duty.id]))
        placed = sum(len(self._on_duty[other.id]) for other in self.choices[duty.choice])
        return max(0, duty.needed - placed)

    @property
    def choices(self) -> Mapping[str, tuple[Duty, ...]]:
        """Duties by choice group."""
        return self.problem.choices

    @cached_property
    def holes(self) -> tuple[Duty, ...]:
        """The duties that lack doctors (of a choice, the first one), in order of time."""
        seen: set[str] = set()
        found = []
        on_duty = self._on_duty
        for duty in self.problem.duties:
            if duty.choice is None:
                if len(on_duty[duty.id]) < duty.needed:
                    found.append(duty)
            elif duty.choice not in seen:
                seen.add(duty.choice)
                if self.missing(duty):
                    found.append(duty)
        return tuple(found)

    def with_changes(
        self, off: Iterable[Assignment] = (), on: Iterable[Assignment] = ()
    ) -> "Timetable":
        """The roster after a change; nobody has found it, so it has no provenance.

        What is known of the doctors and duties that the change does not touch is shared, so that
        trying a change costs no more than what it touches.

        Args:
            off: assignments taken away; those that the roster lacks change nothing.
            on: assignments added afterwards.
        """
        gone, new = set(off), set(on)
        touched = gone | new
        assignments = _changed(self._in_order, sorted(gone), sorted(new))
        found = Timetable(self.problem, Roster(self.roster.problem_hash, assignments))
        doctors, duties = {a.doctor for a in touched}, {a.duty for a in touched}
        of_doctor, on_duty = self._of_doctor.copy(), self._on_duty.copy()
        for duty in duties & on_duty.keys():
            known = (a.doctor for a in _on(assignments, duty))
            on_duty[duty] = tuple(own for own in known if own in of_doctor)
        for doctor in doctors & of_doctor.keys():
            kept = [own for own in of_doctor[doctor] if Assignment(own.id, doctor) not in touched]
            kept += [
                self.problem.duty_by_id[a.duty]
                for a in touched
                if a.doctor == doctor and doctor in on_duty.get(a.duty, ())
            ]
            of_doctor[doctor] = tuple(sorted(kept, key=_in_time))
        known_work = {who: own for who, own in self._work_of.items() if who not in doctors}
        facts = {who: own for who, own in self._facts.items() if who not in doctors}
        duty_of = self.problem.duty_by_id
        others = {a.doctor for a in touched if a.duty in duty_of and not duty_of[a.duty].is_shift}
        sessions = {who: own for who, own in self._session_facts.items() if who not in others}
        found.__dict__.update(
            _in_order=assignments,
            _of_doctor=of_doctor,
            _on_duty=on_duty,
            _work_of=known_work,
            _facts=facts,
            _session_facts=sessions,
        )
        return found

    def near(self, doctor: str, span: Interval) -> "Timetable":
        """The roster with no other duties of one doctor than those that overlap the span.

        `duties_of` and `work_of` read so, the former roster's tail as it is; who has a duty
        (`doctors_on`) is as in the whole. Laid out once for each span.
        """
        key = doctor, span
        if key not in self._excerpts:
            own = tuple(duty for duty in self._of_doctor[doctor] if duty.interval.overlaps(span))
            found = Timetable(self.problem, self.roster)
            found.__dict__.update(
                _of_doctor={**self._of_doctor, doctor: own},
                _on_duty=self._on_duty,
            )
            self._excerpts[key] = found
        return self._excerpts[key]

    @cached_property
    def _excerpts(self) -> dict[tuple[str, Interval], "Timetable"]:
        return {}

    @cached_property
    def _in_order(self) -> tuple[Assignment, ...]:
        return tuple(sorted(set(self.roster.assignments)))


def _on(assignments: Sequence[Assignment], duty: str) -> Sequence[Assignment]:
    """The assignments of the duty among these, which are in order."""
    first = bisect_left(assignments, Assignment(duty, ""))
    last = first
    while last < len(assignments) and assignments[last].duty == duty:
        last += 1
    return assignments[first:last]


def _changed(
    assignments: Sequence[Assignment], off: Sequence[Assignment], on: Sequence[Assignment]
) -> tuple[Assignment, ...]:
    """The assignments, which are in order, after the change."""
    found = list(assignments)
    for own in off:
        place = bisect_left(found, own)
        if place < len(found) and found[place] == own:
            del found[place]
    for own in on:
        place = bisect_left(found, own)
        if place == len(found) or found[place] != own:
            found.insert(place, own)
    return tuple(found)
