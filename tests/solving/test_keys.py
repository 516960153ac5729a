"""The table of hashes is a dictionary that keeps what came first."""

import random

import numpy as np

from scheduler.solving.keys import Keys


def test_it_answers_as_a_dictionary_does() -> None:
    chance = random.Random(1)
    keys, known = Keys(), dict[int, int]()
    for turn in range(60):
        first = 100 * turn
        # Few different low bits, so that many want the same place.
        batch = [chance.randrange(40) << 58 | chance.randrange(300) for _ in range(90)]
        if turn % 3:
            keys.extend(np.array(batch, dtype=np.uint64), first)
            for number, key in enumerate(batch, start=first):
                known.setdefault(key, number)
        else:
            keys.add(batch[0], first)
            known.setdefault(batch[0], first)
    asked = [*known, *(key + 1_000 for key in known)]
    expected = [known.get(key, -1) for key in asked]
    assert keys.find(np.array(asked, dtype=np.uint64)).tolist() == expected
    assert [keys.get(key) for key in asked] == [known.get(key) for key in asked]
    assert len(known) > 1_024


def test_nothing_is_asked_of_an_empty_table() -> None:
    keys = Keys()
    keys.extend(np.empty(0, dtype=np.uint64), 7)
    assert keys.find(np.empty(0, dtype=np.uint64)).tolist() == []
    assert keys.get(1 << 63) is None
