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
        number = self._numbers.item(self._seek(key))
        return number if number >= 0 else None

    def add(self, key: int, number: int) -> None:
        """One more, unless it has been met."""
        self._make_room(1)
        place = self._seek(key)
        if self._numbers.item(place) < 0:
            self._keys[place], self._numbers[place] = key, number
            self._count += 1

    def _seek(self, key: int) -> int:
        """Where a hash stands, or the free place where it would."""
        mask = len(self._keys) - 1
        place = key & mask
        while self._numbers.item(place) >= 0 and self._keys.item(place) != key:
            place = (place + 1) & mask
        return place

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
        self._make_room(len(new))
        self._place(keys[new], first + new)
        self._count += len(new)

    def _make_room(self, more: int) -> None:
        """See that half the places stay free when so many have come."""
        if 2 * (self._count + more) > len(self._keys):
            taken = self._numbers >= 0
            keys, numbers = self._keys[taken], self._numbers[taken].astype(np.int64)
            self._lay(1 << (4 * (self._count + more) - 1).bit_length() - 1)
            self._place(keys, numbers)

    def _lay(self, size: int) -> None:
        """So many free places."""
        self._keys: Hashes = np.zeros(size, dtype=np.uint64)
        self._numbers: NDArray[np.int32] = np.full(size, -1, dtype=np.int32)

    def _place(self, keys: Hashes, numbers: Numbers) -> None:
        """Enter hashes none of which has been met."""
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
