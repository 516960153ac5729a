"""What a repair offers: options, and what each of them does to whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.changes.move import Move
from scheduler.changes.stops import Stop
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Attitude, Problem
from scheduler.domain.roster import Timetable
from scheduler.repairing.situation import Situation


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a doctor stands in a roster.

    Attributes:
        points: burden points of the period, ordered work included.
        aim: what the doctor should have, earlier periods considered; None if nothing is owed.
        ordered: hours of ordered municipal work.
    """

    points: float
    aim: float | None
    ordered: float

    @property
    def over(self) -> float:
        """Points over the aim; without an aim everything is over it."""
        return self.points - (self.aim or 0.0)


@dataclass(frozen=True, slots=True)
class Person:
    """One doctor in an option.

    Attributes:
        takes, gives: units.
        rest: hours free before or after what is taken, the shorter; None if there is no other work.
        against: the doctor has asked to be spared something that is taken.
        wanted: the doctor has asked for something that is taken.
    """

    doctor: str
    takes: tuple[str, ...]
    gives: tuple[str, ...]
    before: Standing
    after: Standing
    rest: float | None
    against: bool
    wanted: bool

    @property
    def changes(self) -> int:
        """How many units it concerns the doctor with."""
        return len(self.takes) + len(self.gives)

    @property
    def ordered(self) -> float:
        """Hours of ordered work that come to it."""
        return self.after.ordered - self.before.ordered


@dataclass(frozen=True, slots=True)
class LevelChange:
    """One step of the objective: as it was in the published roster, and in the option."""

    key: str
    title: str
    unit: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Option:
    """A lawful repair.

    Attributes:
        move: what changes hands in what is left of the roster.
        people: those who are touched, in the order in which to ring them.
        fallen: those whom something happened to, where they take or give something.
        changes: how many units change hands.
        levels: what it costs, in the order of the objective.
        score: the same in the model's integers, to compare options by.
        departures: departures from main rules that it brings.
        missing: units or choices that still lack doctors, with how many.
        fewest: it is proven that fewer people, or as few with fewer changes, do not suffice.
        best: it is proven that no option of so few people and changes is better on the levels.
    """

    move: Move
    people: tuple[Person, ...]
    fallen: tuple[Person, ...]
    changes: int
    levels: tuple[LevelChange, ...]
    score: tuple[int, ...]
    departures: tuple[Stop, ...]
    missing: Mapping[str, int]
    fewest: bool = False
    best: bool = False

    @property
    def full(self) -> bool:
        """Nothing that is wanted lacks a doctor."""
        return not self.missing

    @property
    def rank(self) -> tuple[object, ...]:
        """What is better comes first."""
        return (
            sum(self.missing.values()),
            len(self.people),
            self.changes,
            self.score,
            self.move.on,
        )


class Proof(StrEnum):
    """How it is known whether so few people suffice."""

    TRIED = "tried"  # everybody was tried by the checkers
    SOLVER = "solver"  # CP-SAT found one, or proved that there is none
    OPEN = "open"  # time ran out


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether so many people suffice.

    Attributes:
        people: how many are touched; None: whatever their number.
        exists: True or False; None where it is not known.
        changes: how many units change hands at the least, where there is a repair.
        fewest: it is proven that fewer changes do not suffice.
    """

    people: int | None
    exists: bool | None
    proof: Proof
    changes: int | None = None
    fewest: bool = False


@dataclass(frozen=True)
class Repair:
    """Everything that was found.

    Attributes:
        options: the best first. Partial ones only where nothing fills all of it.
        findings: for one person, two, three, and whatever their number, as far as asked.
        refused: for each doctor who cannot take all of it alone, what stops it.
    """

    situation: Situation
    options: tuple[Option, ...]
    findings: tuple[Finding, ...]
    refused: tuple[tuple[str, Stop], ...]

    @property
    def nothing_open(self) -> bool:
        """Whether what happened leaves nothing to repair."""
        return not self.situation.gaps and not self.findings

    @property
    def calls(self) -> tuple[tuple[Person, int], ...]:
        """Whom to ring, first to last, with the number of the option: the ones with one person."""
        alone = [
            (option.people[0], number)
            for number, option in enumerate(self.options, start=1)
            if option.full and len(option.people) == 1
        ]
        return tuple(sorted(alone, key=lambda call: call_key(self.situation.problem, call[0])))


def call_key(problem: Problem, person: Person) -> tuple[object, ...]:
    """Fewest changes, most under the fair share, no wish against it, most rest.

    How far under is counted in whole duties of what is taken: half a point decides nothing.
    """
    taken = [duty for unit in person.takes for duty in problem.units[unit]]
    step = max((duty.burden / 100 for duty in taken), default=0.0) or 1.0
    rest = person.rest if person.rest is not None else float("inf")
    under = round(person.before.over / step)
    return (person.changes, under, person.against, not person.wanted, -rest, person.doctor)


def wished(problem: Problem, doctor: str, taken: Sequence[Duty]) -> tuple[bool, bool]:
    """Whether the doctor has asked to be spared any of the duties, and whether for any of them."""
    against = wanted = False
    for wish in problem.wishes_of.get(doctor, ()):
        if any(wish.means(duty) for duty in taken):
            wanted = wanted or wish.attitude is Attitude.WANT
            against = against or wish.attitude is not Attitude.WANT
    return against, wanted


def rest_around(timetable: Timetable, doctor: str, taken: Sequence[Duty]) -> float | None:
    """Hours between what is taken and the doctor's other work, the shortest."""
    own = {duty.id for duty in taken}
    others = [duty for duty in timetable.work_of(doctor) if duty.id not in own]
    gaps = [
        max((duty.start - other.end), (other.start - duty.end)).total_seconds() / 3600
        for duty in taken
        for other in others
    ]
    return max(0.0, min(gaps)) if gaps else None
