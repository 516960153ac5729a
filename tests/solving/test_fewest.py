"""Two kinds of occasions that share duties: against enumeration of every roster."""

import random
from itertools import product

import numpy as np
import pytest

from scheduler.solving import fewest, within_held
from scheduler.solving.fewest import Joined, joined
from scheduler.solving.model import Model
from scheduler.solving.packed import Numbers
from scheduler.solving.sharing import tally_bound
from scheduler.solving.state import Index
from scheduler.solving.tallies import Row, Tally
from scheduler.solving.weighing import Weighing
from tests.solving.posted import lawful
from tests.solving.test_held_sharing import held, occasions_by_chance
from tests.solving.test_weighing import loosen
from tests.support import few


def by_chance(seed: int) -> Model:
    """Weekends and health, with one or two holidays that lie across them, and nights."""
    chance = random.Random(f"two kinds {seed}")
    own, health = occasions_by_chance(seed)
    units = range(len(own.has[0]))
    for unit in units:
        if chance.random() < 0.2:
            loosen(own.model, unit, chance.randint(1, 2), chance.choice((2, 3, None)))
    first, size = chance.randrange(len(units) - 1), chance.randint(1, 4)
    holidays = [list(units[first : first + size])]
    if chance.random() < 0.5:
        rest = [u for u in units if u not in holidays[0]]
        holidays += [chance.sample(rest, min(len(rest), chance.randint(1, 3)))]
    slopes = [chance.randint(1, 9) for _ in range(chance.randint(1, 2))]
    aim = chance.choice((0, 0, 0, 1))
    for has in own.has:
        if chance.random() < 0.9:
            counted = [own.any_of([has[u] for u in each]) for each in holidays if each]
            own.price([(1, some) for some in counted], aim, slopes)
            if chance.random() < 0.2:
                own.price([(-1, some) for some in counted], -1, [chance.randint(1, 4)])
        if chance.random() < 0.3:
            own.price([(1, has[u]) for u in units if u % 2], 0, [chance.randint(1, 4)])
        if chance.random() < 0.4:
            own.demand(tuple(chance.sample(has, 2)), None, 1)
    return held(own, health, chance.randint(-2, 2))


@pytest.mark.parametrize("seed", few(range(200), 25))
def test_no_roster_as_good_as_held_is_below_the_bound(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(within_held, "_FEW", 0)
    if seed % 4 == 0:
        monkeypatch.setattr(fewest, "_LOOKS", seed % 3)
    model = by_chance(seed)
    rosters = lawful(model)
    for holes in sorted({cover for cover, *_ in rosters})[:1]:
        scores = sorted({health for cover, health, _ in rosters if cover <= holes})
        for score in scores[:3]:
            bound = tally_bound(Index(model), 2, (holes, score, 0))
            best = min(t for cover, health, t in rosters if cover <= holes and health <= score)
            assert bound is None or bound <= best


@pytest.mark.parametrize("seed", [159, 167, 224, 388])
def test_both_together_raise_the_bound(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bound that is true and says nothing more would pass the test above."""
    monkeypatch.setattr(within_held, "_FEW", 0)
    model = by_chance(seed)
    rosters = lawful(model)
    least = min((cover, health) for cover, health, _ in rosters)
    best = min(total for *held_at, total in rosters if tuple(held_at) == least)
    now = tally_bound(Index(model), 2, (*least, 0))
    monkeypatch.setattr(Weighing, "beside", lambda *_: None)
    before = tally_bound(Index(model), 2, (*least, 0))
    assert now is not None
    assert before is not None
    assert before < now <= best


def whole(atom: int, decisions: tuple[int, ...]) -> Tally:
    """One doctor's one occasion."""
    pairs = [number for own in decisions for number in (own, atom)]
    return Tally(1, (), np.array([atom], np.int32).tobytes(), np.array(pairs, np.int32).tobytes())


def every_way(limit: int) -> fewest.WaysOf:
    def found(decisions: object) -> Numbers:
        size = len(list(decisions))  # type: ignore[call-overload]
        own = [way for way in product((0, 1), repeat=size) if sum(way) <= limit]
        return np.array(own, dtype=np.int64)

    return found


def doctors(count: int) -> tuple[list[Tally], list[Tally], list[Row]]:
    """A weekend of four duties; the last two of them and two more are a holiday."""
    has = [[10 * d + u for u in range(6)] for d in range(1, count + 1)]
    weekends = [whole(1_000 + own[0], tuple(own[:4])) for own in has]
    holidays = [whole(2_000 + own[0], tuple(own[2:])) for own in has]
    return weekends, holidays, [Row(tuple(own[u] for own in has), 1, 1) for u in range(6)]


@pytest.mark.parametrize(
    ("limit", "due", "both"),
    # one has all; or the weekend, and one more the rest of the holiday; two and two; four and four
    [(6, 1, 2), (4, 1, 3), (3, 2, 4), (2, 2, 4), (1, 4, 8)],
)
def test_parts_of_two_kinds_are_counted_together(limit: int, due: int, both: int) -> None:
    weekends, holidays, rows = doctors(8)
    families = [(rows[:4], 1)], [(rows[2:], 1)]
    found = joined((weekends, holidays), families, every_way(limit), lambda: False)
    assert found == [Joined((0,), due, both, follows=False)]


def test_who_has_the_weekend_has_the_holiday_around_it() -> None:
    weekends, _, rows = doctors(3)
    around = [whole(2_000 + n, tuple(range(own, own + 6))) for n, own in enumerate((10, 20, 30))]
    families = [(rows[:4], 1)], [(rows, 1)]
    found = joined((weekends, around), families, every_way(3), lambda: False)
    assert found == [Joined((0,), 2, 4, follows=True)]


@pytest.mark.parametrize("reason", ["time", "ways", "rows"])
def test_what_is_not_looked_at_takes_what_each_takes(
    reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    weekends, holidays, rows = doctors(8)
    families = [(rows[:4], 1)], [(rows[2:], 2)]
    ways = (lambda _: None) if reason == "ways" else every_way(1)
    if reason == "rows":
        monkeypatch.setattr(fewest, "_ROWS", 5)
    found = joined((weekends, holidays), families, ways, lambda: reason == "time")
    assert found == [Joined((0,), 2, 3, follows=False)]
