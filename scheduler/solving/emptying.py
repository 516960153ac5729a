"""A move that empties an occasion: a doctor's part in a weekend, a holiday or one kind of work.

Counts of occasions fall only when the last duty of one is gone, and giving its duties away one by
one leads over rosters that are dearer on every other account. So all go at once, to those who
have a part in it already, and as many come back from elsewhere.

What an occasion is, is read off the model: decisions of one doctor of which it asks whether any is
true. What a duty excludes at its taker is passed on, which is known as an ejection chain.
"""

from scheduler.solving.chance import below
from scheduler.solving.grid import LONGEST, Grid
from scheduler.solving.jit import compiled, compiled_within
from scheduler.solving.packed import Numbers

_LONGEST_CHAIN = 24  # flips, without what is given back
_GIFTS = 4  # one move of so many asks nothing back


@compiled
def empty(held: int, g: Grid, chance: Numbers, picked: Numbers) -> int:
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
    if count > 0 and below(chance, _GIFTS) > 0:
        return _repay(giver, occasion, g, chance, picked, count)
    return count


@compiled_within
def _repay(giver: int, occasion: int, g: Grid, chance: Numbers, picked: Numbers, count: int) -> int:
    """For each duty that a doctor gave one from whoever took it, no part of the occasion."""
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


@compiled_within
def _is_part(decision: int, occasion: int, g: Grid) -> bool:
    """Whether a decision is one of an occasion's."""
    for n in range(g.part_at[decision], g.part_at[decision + 1]):
        if g.part_of[n] == occasion:
            return True
    return False


@compiled_within
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


@compiled_within
def _is_free(decision: int, g: Grid) -> bool:
    """Whether a doctor could have a unit beside all that she has."""
    if decision == 0 or g.place[decision] >= 0:
        return False
    for n in range(g.rival_at[decision], g.rival_at[decision + 1]):
        if g.place[g.rivals[n]] >= 0:
            return False
    return True


@compiled_within
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
            if there == 0 or g.place[there] >= 0 or _is_in(picked, count, there):
                return 0
            picked[count] = rival
            picked[count + 1] = there
            count += 2
    return count


@compiled_within
def _is_in(picked: Numbers, count: int, decision: int) -> bool:
    """Whether the decision is one of the first that are picked."""
    found = False
    for own in picked[:count]:
        found |= own == decision
    return found
