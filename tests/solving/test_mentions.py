"""Which rows speak of a variable: against looking through all of them."""

import random

from scheduler.solving.mentions import Mentions


def test_mentions_are_what_a_look_through_all_rows_finds() -> None:
    chance = random.Random(1)
    for _ in range(50):
        size = chance.randint(1, 12)
        rows = {
            number: chance.sample(range(size), chance.randint(0, size))
            for number in sorted(chance.sample(range(100), chance.randint(0, 8)))
        }
        mentions = Mentions(size, rows.items())
        for var in range(size):
            expected = [number for number, own in rows.items() if var in own]
            assert mentions.of(var) == expected
            assert (var in mentions) == bool(expected)
