"""Doctors, units and days of a model as arrays: where the moves of the local search come from."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from scheduler.solving.jit import compiled
from scheduler.solving.packed import Numbers, Packed


class Grid(NamedTuple):
    """Who could have what, and who has it.

    Attributes:
        doctor_of, unit_of: of each decision; -1 for a decision of no group.
        cells: the decision of (doctor, unit), 0 where there is none.
        unit_at, unit_decisions: the decisions of each unit, unit after unit in order of time.
        doctor_at, doctor_decisions: the decisions of each doctor, in order of time.
        day_at: the first unit of each day; units are numbered in order of time.
        day_of: of each unit.
        chosen: the decisions that are true, in any order; the first `held[0]` hold.
        place: where a decision stands in `chosen`, -1 if it is false.
        held: how many are true.
    """

    doctor_of: Numbers
    unit_of: Numbers
    cells: Numbers
    unit_at: Numbers
    unit_decisions: Numbers
    doctor_at: Numbers
    doctor_decisions: Numbers
    day_at: Numbers
    day_of: Numbers
    chosen: Numbers
    place: Numbers
    held: Numbers


def grid(packed: Packed) -> Grid:
    """The grid of a model, with nobody at work.

    Where the model does not say which units begin on one day, each is a day of its own.
    """
    room = packed.decisions + 2
    doctors, units = packed.groups["doctors"], packed.groups["units"]
    doctor_of = np.full(room, -1, dtype=np.int64)
    unit_of = np.full(room, -1, dtype=np.int64)
    doctor_of[doctors.variables] = doctors.owners
    unit_of[units.variables] = units.owners
    count_doctors, count_units = len(doctors.begins) - 1, len(units.begins) - 1
    cells = np.zeros((count_doctors, count_units), dtype=np.int64)
    both = np.flatnonzero((doctor_of >= 0) & (unit_of >= 0))
    cells[doctor_of[both], unit_of[both]] = both
    day_of = np.arange(count_units)
    if "days" in packed.groups:
        days = packed.groups["days"]
        day_of[days.variables] = days.owners
    day_at = np.flatnonzero(np.diff(day_of, prepend=-1, append=count_units))
    in_time = [
        sorted(own, key=lambda v: int(unit_of[v]))
        for low, high in pairwise(doctors.begins.tolist())
        if (own := doctors.variables[low:high].tolist())
    ]
    return Grid(
        doctor_of=doctor_of,
        unit_of=unit_of,
        cells=cells,
        unit_at=units.begins.astype(np.int64),
        unit_decisions=units.variables.astype(np.int64),
        doctor_at=doctors.begins.astype(np.int64),
        doctor_decisions=np.array([v for own in in_time for v in own], dtype=np.int64),
        day_at=day_at,
        day_of=np.searchsorted(day_at, np.arange(count_units), side="right") - 1,
        chosen=np.zeros(room, dtype=np.int64),
        place=np.full(room, -1, dtype=np.int64),
        held=np.zeros(1, dtype=np.int64),
    )


def filled(own: Grid, decided: Numbers) -> Grid:
    """The same grid with these decisions true."""
    chosen, place = np.zeros_like(own.chosen), np.full_like(own.place, -1)
    chosen[: len(decided)] = decided
    place[decided] = np.arange(len(decided))
    return own._replace(chosen=chosen, place=place, held=np.array([len(decided)], dtype=np.int64))


@compiled
def enter(g: Grid, decision: int) -> None:
    """A decision was flipped: the grid follows."""
    place = g.place[decision]
    if place >= 0:
        g.held[0] -= 1
        last = g.chosen[g.held[0]]
        g.chosen[place] = last
        g.place[last] = place
        g.place[decision] = -1
    else:
        g.place[decision] = g.held[0]
        g.chosen[g.held[0]] = decision
        g.held[0] += 1
