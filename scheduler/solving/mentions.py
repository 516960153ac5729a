"""Which rows of a model speak of a variable, as two arrays.

A set or a list for each variable of a large plan takes a hundred megabytes, and few are asked for.
"""

from array import array
from collections.abc import Collection, Iterable

import numpy as np

from scheduler.solving.packed import Numbers


class Mentions:
    """The numbers of the rows that speak of each variable, in ascending order.

    Args:
        size: variables have numbers below it.
        rows: number of each row that counts, ascending, and the variables that it speaks of.
    """

    def __init__(self, size: int, rows: Iterable[tuple[int, Collection[int]]]) -> None:
        """Look through the rows once; none of them is kept."""
        variables, numbers = array("i"), array("i")
        for number, own in rows:
            variables.extend(own)
            numbers.extend([number] * len(own))
        spoken_of = np.array(variables, dtype=np.int32)
        self._at: Numbers = np.zeros(size + 1, dtype=np.int64)
        np.cumsum(np.bincount(spoken_of, minlength=size), out=self._at[1:])
        self._rows = np.array(numbers, dtype=np.int32)[np.argsort(spoken_of, kind="stable")]

    def of(self, var: int) -> list[int]:
        """The numbers of the rows that speak of a variable."""
        found: list[int] = self._rows[self._at[var] : self._at[var + 1]].tolist()
        return found

    def __contains__(self, var: int) -> bool:
        """Whether any row speaks of a variable."""
        return bool(self._at[var] < self._at[var + 1])
