"""Rows of whole numbers, each kept once."""

import numpy as np
from numpy.typing import NDArray

from scheduler.solving.jit import compiled, compiled_within
from scheduler.solving.packed import Numbers

Small = NDArray[np.int32]

_FIRST = 64
_SPACE = 4  # places of the table for each row
_PRIME = 0x100000001B3


class Distinct:
    """Rows by what they hold, numbered in the order in which they came.

    Attributes:
        rows: what they hold, by number; there is room for more after the last.
    """

    def __init__(self, width: int) -> None:
        """No row of so many numbers yet."""
        self.rows: Small = np.zeros((_FIRST, width), dtype=np.int32)
        self._table = np.full(_SPACE * _FIRST, -1, dtype=np.int64)
        self._count = 0

    def __len__(self) -> int:
        """How many there are."""
        return self._count

    def numbers(self, rows: Small) -> Numbers:
        """The number of each of these rows; new ones are kept."""
        needed = self._count + len(rows)
        if needed > len(self.rows):
            larger = np.zeros((1 << (needed - 1).bit_length(), self.rows.shape[1]), dtype=np.int32)
            larger[: self._count] = self.rows[: self._count]
            self.rows = larger
            self._table = np.full(_SPACE * len(larger), -1, dtype=np.int64)
            _enter(larger, self._count, self._table)
        found = np.zeros(len(rows), dtype=np.int64)
        self._count = _number(self.rows, self._count, self._table, rows, found)
        return found


@compiled
def _enter(rows: Small, count: int, table: Numbers) -> None:
    """Enter rows that differ in an empty table."""
    for number in range(count):
        table[_place(rows, table, rows[number])] = number


@compiled
def _number(rows: Small, count: int, table: Numbers, fresh: Small, found: Numbers) -> int:
    """Note the number of each fresh row, a new one where it is new; how many there are now."""
    for n in range(len(fresh)):
        at = _place(rows, table, fresh[n])
        if table[at] < 0:
            table[at] = count
            rows[count] = fresh[n]
            count += 1
        found[n] = table[at]
    return count


@compiled_within
def _place(rows: Small, table: Numbers, row: Small) -> int:
    """Where in the table a row stands, or could stand."""
    near = _PRIME
    for value in row:
        near = (near ^ value) * _PRIME
        near ^= (near >> 29) & 0x7FFFFFFFF
    at = (near >> 3) & (len(table) - 1)
    while table[at] >= 0:
        other = rows[table[at]]
        same = True
        for n in range(len(row)):
            if other[n] != row[n]:
                same = False
                break
        if same:
            break
        at = (at + 1) & (len(table) - 1)
    return at
