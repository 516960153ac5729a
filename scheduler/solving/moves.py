"""Moves of the local search: a few decisions to flip together, known only by doctor, unit and day.

Each writes into `picked` and returns how many decisions it would flip; 0 is no move. The words
are those of the nurse rostering literature: reassign, swap, move, swap or set of whole runs, and
shift of a run in time.
"""

from scheduler.solving.chance import below
from scheduler.solving.emptying import empty
from scheduler.solving.grid import LONGEST, Grid
from scheduler.solving.jit import compiled, compiled_within
from scheduler.solving.packed import Numbers

KINDS = 9
"""How many kinds of move `propose` knows."""

EMPTY = 2
"""The kind that gives all of an occasion away."""

_LONGEST_SWAP = 14  # days
_LONGEST_RUN = 6  # days
_LONGEST_SHIFT = 7  # days


@compiled
def propose(kind: int, g: Grid, chance: Numbers, picked: Numbers) -> int:
    """Draw a move of a kind."""
    if kind == 4:
        return _toggle(g, chance, picked)
    if kind == 5:
        return _swap_runs(g, chance, picked)
    if kind == 6:
        return _set_run(g, chance, picked)
    if kind == 7:
        return _shift_run(g, chance, picked)
    if kind == 8:
        return _trade_runs(g, chance, picked)
    if g.held[0] == 0:
        return 0
    held = g.chosen[below(chance, g.held[0])]
    if g.unit_of[held] < 0 or g.doctor_of[held] < 0:
        return 0
    if kind == 0:
        return _reassign(held, g, chance, picked)
    if kind == 1:
        return _swap(held, g, chance, picked)
    if kind == EMPTY:
        return empty(held, g, chance, picked)
    return _move(held, g, chance, picked)


@compiled_within
def _reassign(held: int, g: Grid, chance: Numbers, picked: Numbers) -> int:
    """Give a duty to somebody else."""
    low, high = g.unit_at[g.unit_of[held]], g.unit_at[g.unit_of[held] + 1]
    taker = g.unit_decisions[low + below(chance, high - low)]
    if g.place[taker] >= 0:
        return 0
    picked[0] = held
    picked[1] = taker
    return 2


@compiled_within
def _swap(held: int, g: Grid, chance: Numbers, picked: Numbers) -> int:
    """Two doctors exchange two duties."""
    unit = g.unit_of[held]
    other_unit = _near(unit, g, chance)
    low, high = g.unit_at[other_unit], g.unit_at[other_unit + 1]
    first = below(chance, high - low)
    for step in range(high - low):
        other = g.unit_decisions[low + (first + step) % (high - low)]
        if g.place[other] < 0 or g.doctor_of[other] == g.doctor_of[held]:
            continue
        there = g.cells[g.doctor_of[held], other_unit]
        here = g.cells[g.doctor_of[other], unit]
        if there == 0 or here == 0 or g.place[there] >= 0 or g.place[here] >= 0:
            return 0
        picked[0] = held
        picked[1] = other
        picked[2] = there
        picked[3] = here
        return 4
    return 0


@compiled_within
def _move(held: int, g: Grid, chance: Numbers, picked: Numbers) -> int:
    """A doctor has another duty instead."""
    there = g.cells[g.doctor_of[held], _near(g.unit_of[held], g, chance)]
    if there == 0 or g.place[there] >= 0:
        return 0
    picked[0] = held
    picked[1] = there
    return 2


@compiled_within
def _toggle(g: Grid, chance: Numbers, picked: Numbers) -> int:
    """A doctor has one duty more, or one less."""
    if g.held[0] > 0 and below(chance, 2) == 0:
        picked[0] = g.chosen[below(chance, g.held[0])]
    else:
        picked[0] = 2 + below(chance, len(g.place) - 2)
    return 1


@compiled_within
def _swap_runs(g: Grid, chance: Numbers, picked: Numbers) -> int:
    """Two doctors exchange all they have on some days in succession."""
    doctors, days = len(g.cells), len(g.day_at) - 1
    one = below(chance, doctors)
    other = below(chance, doctors)
    first = below(chance, days)
    last = min(days, first + 1 + below(chance, _LONGEST_SWAP))
    if one == other:
        return 0
    count = 0
    for unit in range(g.day_at[first], g.day_at[last]):
        own, theirs = g.cells[one, unit], g.cells[other, unit]
        if (own > 0 and g.place[own] >= 0) == (theirs > 0 and g.place[theirs] >= 0):
            continue
        if own == 0 or theirs == 0 or count + 2 > LONGEST:
            return 0
        picked[count] = own
        picked[count + 1] = theirs
        count += 2
    return count


@compiled_within
def _set_run(g: Grid, chance: Numbers, picked: Numbers) -> int:
    """A doctor is free, or has one and the same place of the day, on some days in succession."""
    days = len(g.day_at) - 1
    doctor = below(chance, len(g.cells))
    first = below(chance, days)
    last = min(days, first + 1 + below(chance, _LONGEST_RUN))
    free = below(chance, 3) == 0
    place = below(chance, g.day_at[first + 1] - g.day_at[first])
    count = 0
    for day in range(first, last):
        wanted = -1
        if not free:
            wanted = g.day_at[day] + place
            if wanted >= g.day_at[day + 1]:
                return 0
        for unit in range(g.day_at[day], g.day_at[day + 1]):
            own = g.cells[doctor, unit]
            if own == 0 and unit == wanted:
                return 0
            if own > 0 and (g.place[own] >= 0) != (unit == wanted):
                if count == LONGEST:
                    return 0
                picked[count] = own
                count += 1
    return count


@compiled_within
def _shift_run(g: Grid, chance: Numbers, picked: Numbers) -> int:
    """What a doctor has on some days in succession comes after what follows it, instead of before.

    So a run of work begins some days earlier or later, and the doctor has as much as before.
    """
    ahead = 1 + below(chance, _LONGEST_SHIFT)
    length = ahead + 1 + below(chance, _LONGEST_SHIFT)
    days = len(g.day_at) - 1
    doctor = below(chance, len(g.cells))
    if length > days:
        return 0
    first = below(chance, days - length + 1)
    count = 0
    for day in range(length):
        count = _copy_day(g, doctor, first + (day + ahead) % length, first + day, picked, count)
        if count < 0:
            return 0
    return count


@compiled_within
def _trade_runs(g: Grid, chance: Numbers, picked: Numbers) -> int:
    """What a doctor has on some days in succession, and on as many other days, changes places."""
    days = len(g.day_at) - 1
    doctor = below(chance, len(g.cells))
    length = 1 + below(chance, _LONGEST_RUN)
    if 2 * length > days:
        return 0
    first = below(chance, days - 2 * length + 1)
    second = first + length + below(chance, days - 2 * length - first + 1)
    count = 0
    for day in range(length):
        count = _copy_day(g, doctor, second + day, first + day, picked, count)
        if count < 0:
            return 0
        count = _copy_day(g, doctor, first + day, second + day, picked, count)
        if count < 0:
            return 0
    return count


@compiled_within
def _copy_day(g: Grid, doctor: int, source: int, day: int, picked: Numbers, count: int) -> int:
    """Pick what makes a day of a doctor's like another one, place by place; -1 if that cannot be.

    `count` is how many have been picked before, and what is returned how many are now.
    """
    low, high = g.day_at[day], g.day_at[day + 1]
    begin, end = g.day_at[source], g.day_at[source + 1]
    for place in range(max(high - low, end - begin)):
        own = g.cells[doctor, low + place] if low + place < high else 0
        model = g.cells[doctor, begin + place] if begin + place < end else 0
        has = own > 0 and g.place[own] >= 0
        wanted = model > 0 and g.place[model] >= 0
        if has == wanted:
            continue
        if own == 0 or count == LONGEST:
            return -1
        picked[count] = own
        count += 1
    return count


@compiled_within
def _near(unit: int, g: Grid, chance: Numbers) -> int:
    """Another place in time: the same day, some days off, or anywhere."""
    days = len(g.day_at) - 1
    how = below(chance, 5)
    if how == 4:
        return below(chance, len(g.day_of))
    day = g.day_of[unit]
    if how >= 2:
        day = min(max(day - 10 + below(chance, 21), 0), days - 1)
    return int(g.day_at[day] + below(chance, g.day_at[day + 1] - g.day_at[day]))
