"""Where each of many hashes was first met: a dictionary in a quarter of the room."""

import numpy as np
from numpy.typing import NDArray

from scheduler.solving.packed import Numbers

Hashes = NDArray[np.uint64]

_LEAST = 1 << 10
"""Places to begin with; a power of two."""


class Keys:
    """Numbers from 0 up by hashes of 64 bits, in open addressing; half the places stay free.

    A hash keeps the number that it was given first; no two are given the same one.
    """

    def __init__(self) -> None:
        """None yet."""
        self._count = 0
        self._lay(_LEAST)

    def get(self, key: int) -> int | None:
        """The number of a hash, if it has been met."""
        mask = len(self._keys) - 1
        place = key & mask
        while (number := self._numbers.item(place)) >= 0:
            if self._keys.item(place) == key:
                return number
            place = (place + 1) & mask
        return None

    def add(self, key: int, number: int) -> None:
        """One more, unless it has been met."""
        if self.get(key) is None:
            self._extend(np.array([key], dtype=np.uint64), np.array([number], dtype=np.int64))

    def find(self, keys: Hashes) -> Numbers:
        """The numbers of these hashes; -1 where one has not been met."""
        mask = len(self._keys) - 1
        found: Numbers = np.full(len(keys), -1, dtype=np.int64)
        places = (keys & np.uint64(mask)).astype(np.int64)
        left = np.arange(len(keys))
        while len(left):
            at = places[left]
            numbers = self._numbers[at]
            hit = (numbers >= 0) & (self._keys[at] == keys[left])
            found[left[hit]] = numbers[hit]
            left = left[(numbers >= 0) & ~hit]
            places[left] = (places[left] + 1) & mask
        return found

    def extend(self, keys: Hashes, first: int) -> None:
        """Many more, numbered from `first` on; those that have been met are left out."""
        _, firsts = np.unique(keys, return_index=True)
        new = np.sort(firsts[self.find(keys[firsts]) < 0])
        self._extend(keys[new], first + new)

    def _extend(self, keys: Hashes, numbers: Numbers) -> None:
        """Many more, none of which has been met."""
        self._count += len(keys)
        if 2 * self._count > len(self._keys):
            taken = self._numbers >= 0
            keys = np.concatenate((self._keys[taken], keys))
            numbers = np.concatenate((self._numbers[taken].astype(np.int64), numbers))
            self._lay(1 << (4 * self._count - 1).bit_length() - 1)
        self._place(keys, numbers)

    def _lay(self, size: int) -> None:
        """So many free places."""
        self._keys: Hashes = np.zeros(size, dtype=np.uint64)
        self._numbers: NDArray[np.int32] = np.full(size, -1, dtype=np.int32)

    def _place(self, keys: Hashes, numbers: Numbers) -> None:
        mask = len(self._keys) - 1
        places = (keys & np.uint64(mask)).astype(np.int64)
        left = np.arange(len(keys))
        while len(left):
            at = places[left]
            free = self._numbers[at] < 0
            asking, wanted = left[free], at[free]
            # Of several that want one place the last gets it; the others go on.
            self._numbers[wanted] = numbers[asking]
            got = self._numbers[wanted] == numbers[asking]
            self._keys[wanted[got]] = keys[asking[got]]
            left = np.concatenate((left[~free], asking[~got]))
            places[left] = (places[left] + 1) & mask
