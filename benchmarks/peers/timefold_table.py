"""The legevakt of the table as a Timefold model, for a Python that has it.

Run by the interpreter that ``--timefold`` names; imports nothing of Rettvakt, reads the district
as JSON on standard input and writes rosters as JSON. A slot for each duty, whose doctor is
chosen among those whom no rule stops; duties that exclude each other, weekly caps, and the same
squares, distances and prices as in the table, all by constraint streams, so that scoring is
incremental. Amounts are in two-thousandths of a squared duty, as in our own model.
"""

import json
import sys
from dataclasses import dataclass, field
from typing import Annotated

from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ProblemFactCollectionProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import (
    Constraint,
    ConstraintCollectors,
    ConstraintFactory,
    HardSoftScore,
    Joiners,
    constraint_provider,
)
from timefold_run import answer


@dataclass
class Doctor:
    """Aims: what the doctor should have, in the measure's unit; `cap` is minutes a week."""

    id: Annotated[str, PlanningId]
    points: float
    nights: float
    weekends: float
    holidays: float
    ordered: float
    ordered_step: float
    ordered_weight: float
    caps: dict[str, int]


@dataclass
class Wish:
    id: str
    doctor: str
    want: bool
    price: int
    units: dict[str, bool]


@dataclass
class Continuity:
    kind: str
    needed: int
    price: int


@planning_entity
@dataclass
class Slot:
    id: Annotated[str, PlanningId]
    unit: str
    points: int
    night: bool
    weekend: int
    holiday: int
    kind: str
    minutes: int
    week: str
    excludes: dict[str, bool]
    candidates: Annotated[list[Doctor], ValueRangeProvider]
    doctor: Annotated[Doctor | None, PlanningVariable] = field(default=None)


@planning_solution
@dataclass
class Roster:
    doctors: Annotated[list[Doctor], ProblemFactCollectionProperty]
    wishes: Annotated[list[Wish], ProblemFactCollectionProperty]
    continuity: Annotated[list[Continuity], ProblemFactCollectionProperty]
    slots: Annotated[list[Slot], PlanningEntityCollectionProperty]
    score: Annotated[HardSoftScore | None, PlanningScore] = field(default=None)


def square(off: float) -> int:
    return int(2000 * off * off)


def over(off: float) -> int:
    return int(2000 * off * off) if off > 0 else 0


@constraint_provider
def demands(f: ConstraintFactory) -> list[Constraint]:
    return [
        f.for_each_unique_pair(Slot, Joiners.equal(lambda slot: slot.doctor.id))
        .filter(lambda one, other: other.unit in one.excludes)
        .penalize(HardSoftScore.ONE_HARD)
        .as_constraint("one place at a time, and rest"),
        f.for_each(Slot)
        .filter(lambda slot: slot.minutes > 0)
        .group_by(
            lambda slot: slot.doctor,
            lambda slot: slot.week,
            ConstraintCollectors.sum(lambda slot: slot.minutes),
        )
        .filter(lambda doctor, week, minutes: week in doctor.caps and minutes > doctor.caps[week])
        .penalize(HardSoftScore.ONE_HARD)
        .as_constraint("cap on orders"),
        f.for_each(Slot)
        .group_by(lambda slot: slot.doctor, ConstraintCollectors.sum(lambda slot: slot.points))
        .complement(Doctor, lambda doctor: 0)
        .penalize(
            HardSoftScore.ONE_SOFT,
            lambda doctor, points: square((points - doctor.points) / 1000),
        )
        .as_constraint("points"),
        f.for_each(Slot)
        .filter(lambda slot: slot.night)
        .group_by(lambda slot: slot.doctor, ConstraintCollectors.count())
        .complement(Doctor, lambda doctor: 0)
        .penalize(HardSoftScore.ONE_SOFT, lambda doctor, count: square(count - doctor.nights))
        .as_constraint("nights"),
        f.for_each(Slot)
        .filter(lambda slot: slot.weekend >= 0)
        .group_by(
            lambda slot: slot.doctor, ConstraintCollectors.count_distinct(lambda slot: slot.weekend)
        )
        .penalize(HardSoftScore.ONE_SOFT, lambda doctor, count: over(count - doctor.weekends))
        .as_constraint("weekends"),
        f.for_each(Slot)
        .filter(lambda slot: slot.holiday >= 0)
        .group_by(
            lambda slot: slot.doctor, ConstraintCollectors.count_distinct(lambda slot: slot.holiday)
        )
        .penalize(HardSoftScore.ONE_SOFT, lambda doctor, count: 2 * over(count - doctor.holidays))
        .as_constraint("great holidays"),
        f.for_each(Slot)
        .filter(lambda slot: slot.minutes > 0)
        .group_by(lambda slot: slot.doctor, ConstraintCollectors.sum(lambda slot: slot.minutes))
        .penalize(
            HardSoftScore.ONE_SOFT,
            lambda doctor, minutes: int(
                doctor.ordered_weight * over((minutes - doctor.ordered) / doctor.ordered_step)
            ),
        )
        .as_constraint("ordered work"),
        f.for_each(Slot)
        .filter(lambda slot: slot.weekend >= 0)
        .join(
            Slot,
            Joiners.equal(lambda slot: slot.doctor.id),
            Joiners.filtering(lambda one, other: one.weekend < other.weekend <= one.weekend + 2),
        )
        .group_by(
            lambda one, other: one.doctor,
            lambda one, other: one.weekend,
            lambda one, other: other.weekend,
        )
        .penalize(
            HardSoftScore.ONE_SOFT,
            lambda doctor, first, second: 8000 if second - first == 1 else 2000,
        )
        .as_constraint("weekend spacing"),
        f.for_each(Slot)
        .filter(lambda slot: slot.minutes > 0)
        .group_by(
            lambda slot: slot.kind, ConstraintCollectors.count_distinct(lambda slot: slot.doctor.id)
        )
        .join(Continuity, Joiners.equal(lambda kind, count: kind, lambda own: own.kind))
        .filter(lambda kind, count, own: count > own.needed)
        .penalize(HardSoftScore.ONE_SOFT, lambda kind, count, own: own.price * (count - own.needed))
        .as_constraint("continuity"),
        f.for_each(Wish)
        .filter(lambda wish: not wish.want)
        .if_exists(
            Slot,
            Joiners.equal(lambda wish: wish.doctor, lambda slot: slot.doctor.id),
            Joiners.filtering(lambda wish, slot: slot.unit in wish.units),
        )
        .penalize(HardSoftScore.ONE_SOFT, lambda wish: wish.price)
        .as_constraint("rather not"),
        f.for_each(Wish)
        .filter(lambda wish: wish.want)
        .if_not_exists(
            Slot,
            Joiners.equal(lambda wish: wish.doctor, lambda slot: slot.doctor.id),
            Joiners.filtering(lambda wish, slot: slot.unit in wish.units),
        )
        .penalize(HardSoftScore.ONE_SOFT, lambda wish: wish.price)
        .as_constraint("wanted"),
    ]


def main() -> None:
    """Solve what standard input says and write who has what."""
    task = json.loads(sys.stdin.readline())
    doctors = {own["id"]: Doctor(**own) for own in task["doctors"]}
    slots = [
        Slot(**own | {"candidates": [doctors[who] for who in own["candidates"]]})
        for own in task["slots"]
    ]
    problem = Roster(
        list(doctors.values()),
        [Wish(**own) for own in task["wishes"]],
        [Continuity(**own) for own in task["continuity"]],
        slots,
    )
    answer(
        task,
        problem,
        solution=Roster,
        entity=Slot,
        constraints=demands,
        roster_of=lambda found: {own.id: own.doctor.id for own in found.slots if own.doctor},
    )


if __name__ == "__main__":
    main()
