"""Moves of the local search: a few decisions to flip together, known only by doctor, unit and day.

Each writes into `picked` and returns how many decisions it would flip; 0 is no move. The words
are those of the nurse rostering literature: reassign, swap, move, swap or set of whole runs, and
shift of a run in time. What evicts for want of room is known as an ejection chain.
"""

from scheduler.solving.grid import Grid
from scheduler.solving.jit import compiled
from scheduler.solving.packed import Numbers

KINDS = 9
"""How many kinds of move `propose` knows."""

EMPTY = 2
"""The kind that gives all of an occasion away."""

LONGEST = 96
"""Room in `picked`; a move of more flips is no move."""

_LONGEST_SWAP = 14  # days
_LONGEST_RUN = 6  # days
_LONGEST_SHIFT = 7  # days
_LONGEST_CHAIN = 24  # flips


@compiled
def below(chance: Numbers, limit: int) -> int:
    """A random number from 0 to below the limit (xorshift; `chance` holds its state)."""
    x = chance[0]
    x ^= x << 13
    x ^= (x >> 7) & 0x01FFFFFFFFFFFFFF  # a shift to the right that brings no sign along
    x ^= x << 17
    chance[0] = x
    return int((x & 0x7FFFFFFFFFFFFFFF) % limit)


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
        return _empty(held, g, chance, picked)
    return _move(held, g, chance, picked)


@compiled
def _reassign(held: int, g: Grid, chance: Numbers, picked: Numbers) -> int:
    """Give a duty to somebody else."""
    low, high = g.unit_at[g.unit_of[held]], g.unit_at[g.unit_of[held] + 1]
    taker = g.unit_decisions[low + below(chance, high - low)]
    if g.place[taker] >= 0:
        return 0
    picked[0] = held
    picked[1] = taker
    return 2


@compiled
def _empty(held: int, g: Grid, chance: Numbers, picked: Numbers) -> int:
    """All that a doctor has of one occasion goes to one or two others who have a part in it."""
    parts = g.part_at[held + 1] - g.part_at[held]
    if parts == 0:
        return 0
    occasion = g.part_of[g.part_at[held] + below(chance, parts)]
    giver = g.doctor_of[held]
    one = _present(occasion, giver, giver, g, chance)
    other = _present(occasion, giver, one, g, chance)
    if one < 0:
        return 0
    count = 0
    for n in range(g.occasion_at[occasion], g.occasion_at[occasion + 1]):
        own = g.occasion_decisions[n]
        if g.place[own] < 0:
            continue
        unit = g.unit_of[own]
        there = g.cells[one, unit] if unit >= 0 else 0
        if other >= 0 and unit >= 0 and not _is_free(there, g):
            second = g.cells[other, unit]
            if _is_free(second, g) or there == 0 or g.place[there] >= 0:
                there = second
        if there == 0 or g.place[there] >= 0 or count + 2 > _LONGEST_CHAIN:
            return 0
        picked[count] = own
        picked[count + 1] = there
        count += 2
    count = _evict(one, other, g, picked, count)
    if count > 0 and below(chance, 4) > 0:
        return _repay(giver, occasion, g, chance, picked, count)
    return count


@compiled
def _repay(giver: int, occasion: int, g: Grid, chance: Numbers, picked: Numbers, count: int) -> int:
    """For each duty that a doctor gave, one from whoever took it, that is no part of the occasion."""
    for pair in range(0, count, 2):
        if g.doctor_of[picked[pair]] != giver:
            continue
        taker = g.doctor_of[picked[pair + 1]]
        begin, length = g.doctor_at[taker], g.doctor_at[taker + 1] - g.doctor_at[taker]
        start = below(chance, length)
        for n in range(length):
            own = g.doctor_decisions[begin + (start + n) % length]
            if g.place[own] < 0 or g.unit_of[own] < 0 or _is_in(picked, count, own):
                continue
            there = g.cells[giver, g.unit_of[own]]
            if (
                not _is_free(there, g)
                or _is_part(there, occasion, g)
                or _is_in(picked, count, there)
            ):
                continue
            if count + 2 > LONGEST:
                return 0
            picked[count] = own
            picked[count + 1] = there
            count += 2
            break
    return count


@compiled
def _is_part(decision: int, occasion: int, g: Grid) -> bool:
    """Whether a decision is one of an occasion's."""
    for n in range(g.part_at[decision], g.part_at[decision + 1]):
        if g.part_of[n] == occasion:
            return True
    return False


@compiled
def _present(occasion: int, first: int, second: int, g: Grid, chance: Numbers) -> int:
    """A doctor beside these two who has one of an occasion's units; -1 where none is met."""
    begin = g.occasion_at[occasion]
    length = g.occasion_at[occasion + 1] - begin
    start = below(chance, length)
    for n in range(length):
        unit = g.unit_of[g.occasion_decisions[begin + (start + n) % length]]
        if unit < 0:
            continue
        for m in range(g.unit_at[unit], g.unit_at[unit + 1]):
            own = g.unit_decisions[m]
            doctor = g.doctor_of[own]
            if g.place[own] >= 0 and doctor >= 0 and doctor != first and doctor != second:
                return int(doctor)
    return -1


@compiled
def _is_free(decision: int, g: Grid) -> bool:
    """Whether a doctor could have a unit beside all that she has."""
    if decision == 0 or g.place[decision] >= 0:
        return False
    for n in range(g.rival_at[decision], g.rival_at[decision + 1]):
        if g.place[g.rivals[n]] >= 0:
            return False
    return True


@compiled
def _evict(one: int, other: int, g: Grid, picked: Numbers, count: int) -> int:
    """What excludes a duty that one of two doctors is given goes to the other, and so on.

    `picked` holds pairs of a duty that is given away and where it goes; gives how many there are
    then, or 0 where it comes to no end.
    """
    done = 1
    while done < count:
        new = picked[done]
        done += 2
        to = other if g.doctor_of[new] == one else one
        for n in range(g.rival_at[new], g.rival_at[new + 1]):
            rival = g.rivals[n]
            if g.place[rival] < 0 or _is_in(picked, count, rival):
                continue
            if to < 0 or g.unit_of[rival] < 0 or count + 2 > _LONGEST_CHAIN:
                return 0
            there = g.cells[to, g.unit_of[rival]]
            if there == 0 or g.place[there] >= 0:
                return 0
            picked[count] = rival
            picked[count + 1] = there
            count += 2
    return count


@compiled
def _is_in(picked: Numbers, count: int, decision: int) -> bool:
    """Whether the decision is one of the first that are picked."""
    for n in range(count):
        if picked[n] == decision:
            return True
    return False


@compiled
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


@compiled
def _move(held: int, g: Grid, chance: Numbers, picked: Numbers) -> int:
    """A doctor has another duty instead."""
    there = g.cells[g.doctor_of[held], _near(g.unit_of[held], g, chance)]
    if there == 0 or g.place[there] >= 0:
        return 0
    picked[0] = held
    picked[1] = there
    return 2


@compiled
def _toggle(g: Grid, chance: Numbers, picked: Numbers) -> int:
    """A doctor has one duty more, or one less."""
    if g.held[0] > 0 and below(chance, 2) == 0:
        picked[0] = g.chosen[below(chance, g.held[0])]
    else:
        picked[0] = 2 + below(chance, len(g.place) - 2)
    return 1


@compiled
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


@compiled
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


@compiled
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


@compiled
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


@compiled
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


@compiled
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
