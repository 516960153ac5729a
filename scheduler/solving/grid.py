"""Doctors, units and days of a model as arrays: where the moves of the local search come from."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.solving.jit import compiled_within
from scheduler.solving.model import TRUE
from scheduler.solving.packed import Numbers, Packed, Sums
from scheduler.solving.store import AT_LEAST_KIND

LONGEST = 96
"""Room for the decisions of one move; what would flip more is no move."""
_MOST_PAIRS = 8_000_000  # in all: plans with more are too large for moves that heed them
_PAIRS = 500_000  # of decisions that exclude each other, laid out at a time; some 90 bytes each


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
        rival_at, rivals: the decisions of the same doctor that each decision excludes, as far
            as sums say so that are no longer than a move.
        occasion_at, occasion_decisions: the decisions of each occasion: several of one doctor, of
            which the model asks whether any is true.
        part_at, part_of: the occasions that each decision is a part of.
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
    rival_at: Numbers
    rivals: NDArray[np.int32]
    occasion_at: Numbers
    occasion_decisions: NDArray[np.int32]
    part_at: Numbers
    part_of: NDArray[np.int32]


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
        own[np.argsort(unit_of[own], kind="stable")]
        for low, high in pairwise(doctors.begins.tolist())
        if len(own := doctors.variables[low:high])
    ]
    rival_at, rivals = _rivals(packed, doctor_of)
    occasion_at, occasion_decisions = _occasions(packed, doctor_of)
    part_at, part_of = _inverse(occasion_at, occasion_decisions, room)
    return Grid(
        doctor_of=doctor_of,
        unit_of=unit_of,
        cells=cells,
        unit_at=units.begins.astype(np.int64),
        unit_decisions=units.variables.astype(np.int64),
        doctor_at=doctors.begins.astype(np.int64),
        doctor_decisions=np.concatenate([np.zeros(0, dtype=np.int64), *in_time]),
        day_at=day_at,
        day_of=np.searchsorted(day_at, np.arange(count_units), side="right") - 1,
        chosen=np.zeros(room, dtype=np.int64),
        place=np.full(room, -1, dtype=np.int64),
        held=np.zeros(1, dtype=np.int64),
        rival_at=rival_at,
        rivals=rivals,
        occasion_at=occasion_at,
        occasion_decisions=occasion_decisions,
        part_at=part_at,
        part_of=part_of,
    )


def _rivals(packed: Packed, doctor_of: Numbers) -> tuple[Numbers, NDArray[np.int32]]:
    """Where the decisions that exclude each one begin, and what they are.

    Read off the sums of one doctor's decisions of which at most one may be true, whatever else is.
    A sum of more than a move may flip (`LONGEST`) is left out: the pairs grow with its square.
    """
    fits = (packed.guards == TRUE) & (packed.highs == 1) & (packed.lows <= 0)
    begins, variables = _of_one_doctor(packed.constraints, fits, doctor_of)
    room, counts = len(doctor_of), np.diff(begins)
    parts = [np.zeros(0, dtype=np.int64)]
    for some in _batches(counts):
        ones, others = _beside(begins[some], counts[some], variables)
        parts.append(_distinct((ones * room + others)[ones != others]))
    pairs = _distinct(np.concatenate(parts))
    rival_at = np.zeros(room + 1, dtype=np.int64)
    np.cumsum(np.bincount(pairs // room, minlength=room), out=rival_at[1:])
    return rival_at, (pairs % room).astype(np.int32)


def _distinct(numbers: Numbers) -> Numbers:
    """The numbers in ascending order, each once; sorted, since hashing millions is far slower."""
    ordered = np.sort(numbers)
    own: Numbers = ordered[np.diff(ordered, prepend=-1) != 0]
    return own


def _batches(counts: Numbers) -> list[Numbers]:
    """The rows that are not too long for a move, so many at a time as memory is no matter.

    None where all together hold too many pairs.
    """
    short = np.flatnonzero(counts <= LONGEST)
    if int((counts[short] ** 2).sum()) > _MOST_PAIRS:
        return []
    batch = np.cumsum(counts[short] ** 2) // _PAIRS
    return np.split(short, np.flatnonzero(np.diff(batch)) + 1)


def _beside(begins: Numbers, counts: Numbers, variables: Numbers) -> tuple[Numbers, Numbers]:
    """Every decision of a row, as often as the row is long, and all of the row beside it."""
    own = np.repeat(begins - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
    each = np.repeat(counts, counts)
    places = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
    begun = np.repeat(np.repeat(begins, counts), each)
    return np.repeat(variables[own], each), variables[begun + places]


def _occasions(packed: Packed, doctor_of: Numbers) -> tuple[Numbers, NDArray[np.int32]]:
    """Where the decisions of each occasion begin, and what they are."""
    fits = (packed.kinds == AT_LEAST_KIND) & (packed.thresholds == 1)
    begins, variables = _of_one_doctor(packed.definitions, fits, doctor_of)
    return begins, variables.astype(np.int32)


def _of_one_doctor(
    sums: Sums, fits: NDArray[np.bool_], doctor_of: Numbers
) -> tuple[Numbers, Numbers]:
    """Of the sums that fit those that count two or more decisions of one doctor, each once."""
    counts = np.diff(sums.begins)
    owners = np.repeat(np.arange(len(counts)), counts)
    variables = sums.variables.astype(np.int64)
    doctors = np.full(len(variables), -1, dtype=np.int64)
    is_open = (variables > TRUE) & (variables < len(doctor_of))
    doctors[is_open] = doctor_of[variables[is_open]]
    first = np.full(len(counts), -1, dtype=np.int64)
    first[owners] = doctors
    wrong = (sums.coefficients != 1) | (doctors < 0) | (doctors != first[owners])
    kept = fits & (counts > 1)
    kept[owners[wrong]] = False
    begins = np.concatenate(([0], np.cumsum(counts[kept]))).astype(np.int64)
    return begins, variables[kept[owners]]


def _inverse(
    begins: Numbers, members: NDArray[np.int32], room: int
) -> tuple[Numbers, NDArray[np.int32]]:
    """For each of so many members the groups that it is in."""
    groups = np.repeat(np.arange(len(begins) - 1, dtype=np.int32), np.diff(begins))
    at = np.zeros(room + 1, dtype=np.int64)
    np.cumsum(np.bincount(members, minlength=room), out=at[1:])
    return at, groups[np.argsort(members, kind="stable")]


def filled(own: Grid, decided: Numbers) -> Grid:
    """The same grid with these decisions true."""
    chosen, place = np.zeros_like(own.chosen), np.full_like(own.place, -1)
    chosen[: len(decided)] = decided
    place[decided] = np.arange(len(decided))
    return own._replace(chosen=chosen, place=place, held=np.array([len(decided)], dtype=np.int64))


@compiled_within
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
