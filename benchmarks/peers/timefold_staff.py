"""A published staff-scheduling instance as a plain Timefold model, for a Python that has it.

Timefold needs Java 17 and is no dependency of ours: this file is run by the interpreter that
``--timefold`` names, imports nothing of Rettvakt, reads the instance as JSON on standard input
and writes rosters as JSON. A cell for each person and day, as its quick start teaches; days off
are pinned, every demand is a constraint stream, so that scoring is incremental, and too much or
too little counts by how much, so that the search has a slope.
"""

import json
import sys
from dataclasses import dataclass, field
from typing import Annotated

from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningPin,
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
class Shift:
    id: str
    minutes: int
    not_before: list[str]


@dataclass
class Person:
    id: str
    most: dict[str, int]
    max_minutes: int
    min_minutes: int
    max_run: int
    min_run: int
    min_off: int
    max_weekends: int
    last_day: int


@dataclass
class Cover:
    key: str
    needed: int
    under: int
    over: int


@planning_entity
@dataclass
class Cell:
    id: Annotated[str, PlanningId]
    person: Person
    day: int
    off: Annotated[bool, PlanningPin]
    wanted: dict[str, int]
    unwanted: dict[str, int]
    shift: Annotated[Shift | None, PlanningVariable(allows_unassigned=True)] = field(default=None)


@planning_solution
@dataclass
class Roster:
    shifts: Annotated[list[Shift], ProblemFactCollectionProperty, ValueRangeProvider]
    people: Annotated[list[Person], ProblemFactCollectionProperty]
    covers: Annotated[list[Cover], ProblemFactCollectionProperty]
    cells: Annotated[list[Cell], PlanningEntityCollectionProperty]
    score: Annotated[HardSoftScore | None, PlanningScore] = field(default=None)


def wish(cell: Cell) -> int:
    total = 0
    for wanted in cell.wanted:
        if cell.shift is None or cell.shift.id != wanted:
            total += cell.wanted[wanted]
    if cell.shift is not None and cell.shift.id in cell.unwanted:
        total += cell.unwanted[cell.shift.id]
    return total


@constraint_provider
def demands(f: ConstraintFactory) -> list[Constraint]:
    return [
        f.for_each(Cell)
        .join(
            Cell,
            Joiners.equal(lambda cell: cell.person.id),
            Joiners.equal(lambda cell: cell.day + 1, lambda cell: cell.day),
        )
        .filter(lambda first, second: second.shift.id in first.shift.not_before)
        .penalize(HardSoftScore.ONE_HARD)
        .as_constraint("succession"),
        f.for_each(Cell)
        .group_by(
            lambda cell: cell.person, lambda cell: cell.shift.id, ConstraintCollectors.count()
        )
        .filter(lambda person, shift, count: shift in person.most and count > person.most[shift])
        .penalize(HardSoftScore.ONE_HARD, lambda person, shift, count: count - person.most[shift])
        .as_constraint("shifts of a type"),
        f.for_each(Cell)
        .group_by(
            lambda cell: cell.person, ConstraintCollectors.sum(lambda cell: cell.shift.minutes)
        )
        .filter(lambda person, minutes: minutes > person.max_minutes)
        .penalize(
            HardSoftScore.ONE_HARD, lambda person, minutes: 1 + (minutes - person.max_minutes) // 60
        )
        .as_constraint("most minutes"),
        f.for_each_including_unassigned(Cell)
        .group_by(
            lambda cell: cell.person,
            ConstraintCollectors.sum(lambda cell: 0 if cell.shift is None else cell.shift.minutes),
        )
        .filter(lambda person, minutes: minutes < person.min_minutes)
        .penalize(
            HardSoftScore.ONE_HARD, lambda person, minutes: 1 + (person.min_minutes - minutes) // 60
        )
        .as_constraint("least minutes"),
        f.for_each(Cell)
        .filter(lambda cell: cell.day % 7 >= 5)
        .group_by(
            lambda cell: cell.person,
            ConstraintCollectors.count_distinct(lambda cell: cell.day // 7),
        )
        .filter(lambda person, weekends: weekends > person.max_weekends)
        .penalize(HardSoftScore.ONE_HARD, lambda person, weekends: weekends - person.max_weekends)
        .as_constraint("weekends"),
        f.for_each(Cell)
        .group_by(
            lambda cell: cell.person,
            ConstraintCollectors.to_consecutive_sequences(lambda cell: cell.day),
        )
        .flatten_last(lambda runs: runs.getConsecutiveSequences())
        .filter(lambda person, run: run.getCount() > person.max_run)
        .penalize(HardSoftScore.ONE_HARD, lambda person, run: run.getCount() - person.max_run)
        .as_constraint("longest run"),
        f.for_each(Cell)
        .group_by(
            lambda cell: cell.person,
            ConstraintCollectors.to_consecutive_sequences(lambda cell: cell.day),
        )
        .flatten_last(lambda runs: runs.getConsecutiveSequences())
        .filter(
            lambda person, run: (
                run.getCount() < person.min_run
                and run.getFirstItem().day > 0
                and run.getLastItem().day < person.last_day
            )
        )
        .penalize(HardSoftScore.ONE_HARD, lambda person, run: person.min_run - run.getCount())
        .as_constraint("shortest run"),
        f.for_each_including_unassigned(Cell)
        .filter(lambda cell: cell.shift is None)
        .group_by(
            lambda cell: cell.person,
            ConstraintCollectors.to_consecutive_sequences(lambda cell: cell.day),
        )
        .flatten_last(lambda runs: runs.getConsecutiveSequences())
        .filter(
            lambda person, run: (
                run.getCount() < person.min_off
                and run.getFirstItem().day > 0
                and run.getLastItem().day < person.last_day
            )
        )
        .penalize(HardSoftScore.ONE_HARD, lambda person, run: person.min_off - run.getCount())
        .as_constraint("shortest rest"),
        f.for_each_including_unassigned(Cell)
        .filter(lambda cell: wish(cell) > 0)
        .penalize(HardSoftScore.ONE_SOFT, lambda cell: wish(cell))
        .as_constraint("requests"),
        f.for_each(Cover)
        .penalize(HardSoftScore.ONE_SOFT, lambda cover: cover.under * cover.needed)
        .as_constraint("all that is needed"),
        f.for_each(Cell)
        .group_by(lambda cell: str(cell.day) + "/" + cell.shift.id, ConstraintCollectors.count())
        .join(Cover, Joiners.equal(lambda key, count: key, lambda cover: cover.key))
        .reward(
            HardSoftScore.ONE_SOFT,
            lambda key, count, cover: cover.under * min(count, cover.needed),
        )
        .as_constraint("what is there"),
        f.for_each(Cell)
        .group_by(lambda cell: str(cell.day) + "/" + cell.shift.id, ConstraintCollectors.count())
        .join(Cover, Joiners.equal(lambda key, count: key, lambda cover: cover.key))
        .filter(lambda key, count, cover: count > cover.needed)
        .penalize(
            HardSoftScore.ONE_SOFT, lambda key, count, cover: cover.over * (count - cover.needed)
        )
        .as_constraint("too many"),
    ]


def main() -> None:
    """Solve what standard input says and write who works what."""
    task = json.loads(sys.stdin.readline())
    people = {own["id"]: Person(**own, last_day=task["days"] - 1) for own in task["people"]}
    cells = [
        Cell(
            f"{person}/{day}",
            people[person],
            day,
            day in task["off"].get(person, []),
            task["wanted"].get(f"{person}/{day}", {}),
            task["unwanted"].get(f"{person}/{day}", {}),
        )
        for person in people
        for day in range(task["days"])
    ]
    problem = Roster(
        [Shift(**own) for own in task["shifts"]],
        list(people.values()),
        [Cover(**own) for own in task["covers"]],
        cells,
    )
    answer(
        task,
        problem,
        solution=Roster,
        entity=Cell,
        constraints=demands,
        roster_of=lambda found: {own.id: own.shift.id for own in found.cells if own.shift},
    )


if __name__ == "__main__":
    main()
