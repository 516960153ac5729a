"""Ranked takers of one duty, the check of one swap, and the rings among twenty offers.

The roster is loaded and every doctor's own work has been judged once, as it is at a desk where
the roster is on the screen. Each run asks about other duties, so that nothing is answered twice.
"""

import random
import time
from collections.abc import Callable, Iterator

from api.library import solve
from api.swaps import judge_of, swap_of, takers_of
from benchmarks.districts import district
from benchmarks.tasks.timing import Timing
from scheduler.changes.move import Hand
from scheduler.swaps.judge import Judge, Swap
from scheduler.swaps.rings import Rings, SwapOffer, rings
from scheduler.swaps.takers import Takers

DOCTORS, WEEKS, SEARCH = 40, 26, 5.0
DUTIES, SWAPS, OFFERS = 24, 60, 20


def measure() -> Iterator[Timing]:
    """Takers, swaps and rings in a district of the size that the targets name."""
    loaded = district(DOCTORS, WEEKS)
    roster = solve(loaded, seconds=SEARCH, workers=1).roster
    if roster is None:
        raise RuntimeError(f"no roster of {DOCTORS}x{WEEKS} was found in {SEARCH} s")
    judge = judge_of(loaded, roster)
    judge.prepare()
    yield _takers(judge)
    yield _swaps(judge)
    yield _rings(judge)


def _takers(judge: Judge) -> Timing:
    shifts = [duty for duty in judge.timetable.problem.duties if duty.is_shift]
    units = [duty.unit for duty in random.Random(1).sample(shifts, DUTIES)]
    found: list[Takers] = []
    return _each(
        "ranked takers of one duty",
        [lambda: found.append(takers_of(judge, units[len(found)]))] * len(units),
        lambda: f"{sum(len(own.takers) for own in found) // len(found)} doctors judged",
    )


def _swaps(judge: Judge) -> Timing:
    chance = random.Random(2)
    pairs: list[tuple[Hand, Hand]] = []
    held = _held(judge)
    while len(pairs) < SWAPS:
        one, other = chance.sample(held, 2)
        crossing = judge.has_some((one[0], other[1])) or judge.has_some((other[0], one[1]))
        if one[0] != other[0] and not crossing:
            pairs.append((one, other))
    found: list[Swap] = []

    def work() -> None:
        give, take = pairs[len(found)]
        found.append(swap_of(judge, give, take=take))

    return _each(
        "one swap",
        [work] * len(pairs),
        lambda: f"{sum(own.lawful for own in found)} of {len(found)} lawful",
    )


def _rings(judge: Judge) -> Timing:
    chance = random.Random(3)
    held = _held(judge)
    by_doctor = {doctor: (doctor, unit) for doctor, unit in chance.sample(held, len(held))}
    chosen = sorted(by_doctor.values())[:OFFERS]
    units = [unit for _, unit in chosen]
    offers = [SwapOffer(who, unit, frozenset(chance.sample(units, 6))) for who, unit in chosen]
    found: list[Rings] = []
    return _each(
        f"rings among {len(offers)} offers",
        [lambda: found.append(rings(judge, offers))],
        lambda: f"{len(found[0].rings)} rings",
    )


def _held(judge: Judge) -> list[Hand]:
    problem = judge.timetable.problem
    hands = ((who, d.unit) for d in problem.duties for who in judge.timetable.doctors_on(d.id))
    return sorted({(who, unit) for who, unit in hands if problem.units[unit][0].is_shift})


def _each(task: str, works: list[Callable[[], None]], note: Callable[[], str]) -> Timing:
    """The mean over pieces of work that are all different."""
    wall, cpu = time.perf_counter(), time.process_time()
    for work in works:
        work()
    count = len(works)
    seconds = (time.perf_counter() - wall) / count
    cpu_seconds = (time.process_time() - cpu) / count
    return Timing(task, f"district/{DOCTORS}x{WEEKS}", seconds, cpu_seconds, count, note())
