"""What the service answers from a desk: takers with the objective, legality; and its memory.

The first question about a version judges everybody's work and builds the model; each later one
finds both at hand.
"""

import random
import resource
import time
from collections.abc import Callable, Iterator

from api.library import solve
from api.service.advice.answers import takers_told
from api.service.advice.burden import burden_told
from api.service.advice.desks import Desk
from api.service.advice.legality import legality_told
from api.service.advice.readers import Reader
from benchmarks.districts import district
from benchmarks.tasks.timing import Timing

DOCTORS, WEEKS, SEARCH, DUTIES = 40, 26, 5.0, 24
INSTANCE = f"district/{DOCTORS}x{WEEKS}"
KEEPER = Reader(keeper=True)


def measure() -> Iterator[Timing]:
    """One desk, asked as a coordinator asks it."""
    loaded = district(DOCTORS, WEEKS)
    roster = solve(loaded, seconds=SEARCH, workers=1).roster
    if roster is None:
        raise RuntimeError(f"no roster of {DOCTORS}x{WEEKS} was found in {SEARCH} s")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    desk = Desk(loaded, roster)
    shifts = [duty for duty in loaded.problem.duties if duty.is_shift]
    duties = [own.id for own in random.Random(1).sample(shifts, DUTIES)]

    def takers(duty: str) -> int:
        return len(takers_told(desk, KEEPER, duty, None, objective=True).takers)

    yield _once("takers, the first question", lambda: takers(duties[0]))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    wall, cpu = time.perf_counter(), time.process_time()
    judged = sum(takers(duty) for duty in duties[1:])
    many = len(duties) - 1
    yield Timing(
        "takers with the objective",
        INSTANCE,
        (time.perf_counter() - wall) / many,
        (time.process_time() - cpu) / many,
        many,
        f"{judged // many} doctors judged; the desk took {grown:.0f} MB, weight {desk.weight}",
    )

    def rows() -> int:
        return len(legality_told(desk, KEEPER, version=1, digest=None).rows)

    yield _once("legality, the first question", rows)
    yield _once("legality", rows)
    yield _once("burden", lambda: len(burden_told(desk, KEEPER, 1).rows))


def _once(task: str, work: Callable[[], int]) -> Timing:
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    seconds = time.perf_counter() - wall
    return Timing(task, INSTANCE, seconds, time.process_time() - cpu, 1, f"{found} doctors or rows")
