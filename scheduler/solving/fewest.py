"""How many parts occasions of one kind take at least, and together with those of another kind.

Whoever has a duty of Easter Saturday has part in a weekend and in a great holiday. The few who can
cover the weekend are not the few who can cover the holiday, so one of the two takes more. How many
parts cover all rows at least is found by looking at one row after the other; who has which part is
left open, and so no solver is asked.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from scheduler.solving.jit import compiled
from scheduler.solving.occasions import largest
from scheduler.solving.packed import Numbers
from scheduler.solving.tallies import Row, Tally

_ROWS = 62  # that share duties, at most: each is a bit of a number
_LOOKS = 1_000_000  # at rows, for each that are asked for

_T = TypeVar("_T", bound=Hashable)

Families = Sequence[tuple[Sequence[Row], int]]
"""Rows that hang together, and how many occasions they take at least."""

_Parts = Mapping[int, frozenset[tuple[int, int]]]
"""Of each decision the parts that it is of: (kind, atom)."""

WaysOf = Callable[[Sequence[int]], Numbers | None]
"""A row for each way to have decisions of one doctor; None where there are too many."""


@dataclass(frozen=True)
class Joined:
    """Families of one kind, and those of another that share duties with them.

    Attributes:
        ones: of the other kind, by number; there may be none.
        due: how many occasions the first take at least.
        both: how many occasions of both kinds they take at least.
        follows: whoever has parts of the other kind has no fewer of the first.
    """

    ones: tuple[int, ...]
    due: int
    both: int
    follows: bool


def joined(
    kinds: tuple[Sequence[Tally], Sequence[Tally]],
    families: tuple[Families, Families],
    ways: WaysOf,
    over: Callable[[], bool],
) -> list[Joined]:
    """All families of the second kind, each once, with those of the first that share duties.

    Args:
        kinds: two kinds of counts.
        families: of each.
        ways: to have decisions.
        over: asked now and then; what is known by then is told of all.
    """
    found = []
    for ones, others in _sharing(families):
        chosen = [families[0][n] for n in ones], [families[1][n] for n in others]
        due, beside = (sum(own for _, own in each) for each in reversed(chosen))
        found.append(Joined(ones, due, due + beside, False))
        rows = {row.decisions: row for each in chosen for own, _ in each for row in own}
        needed = [row for row in rows.values() if row.needed > 0]
        parts = _parts(kinds, (_inside(chosen[0]), _inside(chosen[1])))
        told = _told(needed, parts, ways, over)
        if told is not None:
            masks, ones_had, others_had = told.T
            second = np.flatnonzero(
                [not _inside(chosen[1]).isdisjoint(r.decisions) for r in needed]
            )
            asked = int((1 << second).sum())
            due = max(due, covered(masks & asked, others_had, over))
            both = max(due + beside, covered(masks, ones_had + others_had, over))
            found[-1] = Joined(ones, due, both, bool((ones_had <= others_had).all()))
    return found


def _sharing(families: tuple[Families, Families]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Which families hang together where those of both kinds are taken; the second has some."""
    of: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for kind, own in enumerate(families):
        for number, (rows, _) in enumerate(own):
            for decision in {v for row in rows for v in row.decisions}:
                of[decision].append((kind, number))
    return [
        (
            tuple(sorted(number for kind, number in group if kind == 0)),
            tuple(sorted(number for kind, number in group if kind == 1)),
        )
        for group in _groups(of.values())
        if any(kind == 1 for kind, _ in group)
    ]


def _groups(links: Iterable[Sequence[_T]]) -> list[list[_T]]:
    """What hangs together, where each link ties all that it names."""
    group_of: dict[_T, list[_T]] = {}
    for link in links:
        known = {id(group_of[each]): group_of[each] for each in link if each in group_of}
        new = [each for group in known.values() for each in group]
        new += [each for each in dict.fromkeys(link) if each not in group_of]
        group_of.update(dict.fromkeys(new, new))
    return list({id(group): group for group in group_of.values()}.values())


def _inside(families: Families) -> set[int]:
    return {v for rows, _ in families for row in rows for v in row.decisions}


def _parts(
    kinds: tuple[Sequence[Tally], Sequence[Tally]], inside: tuple[set[int], set[int]]
) -> _Parts:
    """The parts of each decision; only what its own kind demands is told for a part."""
    found: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for kind, (tallies, own) in enumerate(zip(kinds, inside, strict=True)):
        for tally in tallies:
            for decision, atom in tally.atom_of.items():
                if decision in own:
                    found[decision].add((kind, atom))
    return {decision: frozenset(parts) for decision, parts in found.items()}


def _told(
    rows: Sequence[Row], parts: _Parts, ways: WaysOf, over: Callable[[], bool]
) -> Numbers | None:
    """Of each way which rows it covers, as bits, and how many parts of each kind it has.

    None where there are too many rows or ways, or time is out.
    """
    if len(rows) > _ROWS:
        return None
    bits: dict[int, int] = defaultdict(int)
    for number, row in enumerate(rows):
        for decision in row.decisions:
            bits[decision] |= 1 << number
    by_part: dict[tuple[int, int], list[int]] = defaultdict(list)
    for decision, own in parts.items():
        for part in own:
            by_part[part].append(decision)
    told: list[Numbers] = [np.empty((0, 3), dtype=np.int64)]
    for group in _groups(by_part.values()):
        found = None if over() else ways(sorted(group))
        if found is None:
            return None
        told.append(_ways(sorted(group), found, bits, parts))
    return distinct_rows(np.concatenate(told))


def _ways(
    decisions: Sequence[int], ways: Numbers, bits: Mapping[int, int], parts: _Parts
) -> Numbers:
    told = np.zeros((len(ways), 3), dtype=np.int64)
    for own, way in zip(decisions, ways.T, strict=True):
        told[:, 0] |= way * bits[own]
    for kind, atom in {part for own in decisions for part in parts[own]}:
        named = [(kind, atom) in parts[own] for own in decisions]
        told[:, 1 + kind] += ways[:, named].any(axis=1)
    return distinct_rows(told)


def distinct_rows(rows: Numbers) -> Numbers:
    """Each row once, in rising order; numpy's own way compares rows byte by byte, and is slow."""
    rows = rows[np.lexsort(rows.T[::-1])]
    new = np.ones(len(rows), dtype=np.bool_)
    new[1:] = (rows[1:] != rows[:-1]).any(axis=1)
    return rows[new]


def covered(masks: Numbers, costs: Numbers, over: Callable[[], bool]) -> int:
    """What ways cost at least that cover all that any of them does; 0 where nothing is told.

    Args:
        masks: of each way which bits it covers.
        costs: of each way; it may be taken any number of times.
        over: nothing is told once it says so.
    """
    some = masks > 0
    every = int(np.bitwise_or.reduce(masks, initial=0))
    if over() or not every or (costs[some] <= 0).any():
        return 0
    own = distinct_rows(np.stack((masks[some], costs[some]), axis=1))
    own = own[largest(own[:, 0], own[:, 1])]
    masks, costs = np.ascontiguousarray(own.T)
    return int(_fewest(masks, costs, every, _LOOKS))


@compiled
def _fewest(masks: Numbers, costs: Numbers, every: int, looks: int) -> int:
    """What ways that cover all bits cost at least; each may be taken any number of times."""
    rows = 62
    counts = np.zeros(rows, dtype=np.int64)
    for way in range(len(masks)):
        for row in range(rows):
            counts[row] += masks[way] >> row & 1
    most = costs.max()
    limit = 0
    while True:
        limit += 1
        covered, spent, at, asked = np.zeros((4, limit + 2), dtype=np.int64)
        gains = np.zeros(limit + 1, dtype=np.int64)
        best = np.zeros(most + 1, dtype=np.int64)
        depth, fresh = 0, True
        while depth >= 0:
            if fresh:
                open_rows = every & ~covered[depth]
                if open_rows == 0:
                    return limit
                looks -= 1
                if looks < 0:
                    return limit
                # So many rows can be covered at most by what is left to spend.
                best[:] = 0
                for way in range(len(masks)):
                    best[costs[way]] = max(best[costs[way]], _bits(masks[way] & open_rows))
                left = limit - spent[depth]
                for amount in range(1, left + 1):
                    gains[amount] = 0
                    for cost in range(1, min(amount, most) + 1):
                        gains[amount] = max(gains[amount], gains[amount - cost] + best[cost])
                asked[depth] = -1
                for row in range(rows):
                    if open_rows >> row & 1 and (
                        asked[depth] < 0 or counts[row] < counts[asked[depth]]
                    ):
                        asked[depth] = row
                at[depth] = 0
                fresh = False
                if gains[left] < _bits(open_rows):
                    depth -= 1
                    continue
            way = at[depth]
            while way < len(masks) and (
                not masks[way] >> asked[depth] & 1 or spent[depth] + costs[way] > limit
            ):
                way += 1
            at[depth] = way + 1
            if way >= len(masks):
                depth -= 1
                continue
            covered[depth + 1] = covered[depth] | masks[way]
            spent[depth + 1] = spent[depth] + costs[way]
            depth += 1
            fresh = True


@compiled
def _bits(number: int) -> int:
    count = 0
    while number:
        number &= number - 1
        count += 1
    return count
