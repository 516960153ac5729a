"""Repairs by one doctor who takes everything that is open: the checkers alone, no model."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

from scheduler.changes.move import Move
from scheduler.changes.stops import Stop
from scheduler.repairing.judging import Judge
from scheduler.repairing.situation import Situation

MOST_WAYS = 64  # ways to place sessions that may be held on one of several days


@dataclass(frozen=True, slots=True)
class Direct:
    """What came of trying everybody.

    Attributes:
        moves: the lawful ones in the view of those whom they touch; the roster as a whole is
            not yet asked.
        refused: for each of the others, what stops the first way.
        all_tried: every way in which one doctor could take all of it was tried.
    """

    moves: tuple[Move, ...]
    refused: tuple[tuple[str, Stop], ...]
    all_tried: bool


def direct(situation: Situation, judge: Judge) -> Direct:
    """Try every doctor on everything that lacks one."""
    if any(lacks > 1 for lacks in situation.gaps.values()):
        return Direct((), (), all_tried=True)  # nobody can be there twice
    ways = list(islice(_ways(situation), MOST_WAYS + 1))
    moves: list[Move] = []
    refused: list[tuple[str, Stop]] = []
    for doctor in situation.problem.doctors:
        if doctor.id in situation.fallen:
            continue
        stops = []
        held = {duty.unit for duty in situation.left.duties_of(doctor.id)}
        for units in ways[:MOST_WAYS]:
            if not held.isdisjoint(units):
                continue  # already there
            move = Move(on=tuple((doctor.id, unit) for unit in units))
            stop = judge.own(move)
            if stop is None:
                moves.append(move)
            else:
                stops.append(stop)
        if stops and all(move.doctors != (doctor.id,) for move in moves):
            refused.append((doctor.id, stops[0]))
    return Direct(tuple(moves), tuple(refused), all_tried=len(ways) <= MOST_WAYS)


def _ways(situation: Situation) -> Iterator[tuple[str, ...]]:
    """For each open unit itself, or another day on which its work can be done."""
    places = []
    for key in situation.gaps:
        own = [unit for unit in situation.groups[key] if unit in situation.fillable]
        lost = {unit for _, unit in situation.lost}
        places.append(sorted(own, key=lambda unit: (unit not in lost, unit)))
    yield from product(*places)
