"""Which instances and engines are measured together, and the order in which time is spent."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.running import Job

ENGINES = (
    "rettvakt",
    "certify",
    "construct",
    "cp-sat-whole",
    "highs",
    "scip",
    "timefold",
    "greedy",
)
UNLIMITED = ("construct", "greedy")
"""Engines that do one thing and stop, whatever the limit."""

TABLE = ("8x13", "20x26", "40x52", "100x52")
PEERS = {"cp-sat-whole": TABLE, "timefold": TABLE[:3], "highs": TABLE[:2], "scip": TABLE[:2]}
"""Other engines, and the sizes of the table on which they may come to something."""
_TELLING = (4, 9, 11, 13, 15, 17, 19, 7, 5, 1, 2, 3, 21, 23)
"""Published instances, those first that tell engines apart."""
SUITES = {
    "published": [f"published/{n}" for n in (1, 2, 3, 4, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23)],
    "table": [f"table/{size}" for size in TABLE],
    "districts": [
        f"district/{size}" for size in ("8x13", "20x13", "20x26", "40x26", "40x52", "100x52")
    ],
    "growth": [
        f"district/{size}"
        for size in ("10x4", "10x13", "10x52", "40x4", "40x13", "100x4", "100x13", "200x13")
    ],
    "fixtures": [f"fixture/{name}" for name in ("oy", "fjell", "by", "region")],
}
_BESIDE = 6.0  # seconds that a run takes beside its limit: start-up, judging
_LARGE_BESIDE = 20.0


@dataclass(frozen=True, slots=True)
class Budget:
    """How long the runs of one campaign are.

    Attributes:
        usual, long: seconds of a run on most instances, and on the largest of the table.
        seeds: in this order; later ones are for medians.
    """

    usual: float
    long: float
    seeds: tuple[int, ...] = (1, 2, 3)

    @classmethod
    def of(cls, minutes: float) -> "Budget":
        """Limits of which the first seed of the most important runs takes about half the time."""
        for least, usual, long in ((120, 60.0, 120.0), (40, 60.0, 60.0), (15, 30.0, 60.0)):
            if minutes >= least:
                return cls(usual, long)
        return cls(10.0, 20.0)


def campaign(
    budget: Budget, *, published: Path | None = None, timefold: str | None = None
) -> Iterator[Job]:
    """All runs, the most important first: whoever stops half-way has the better half.

    Args:
        budget: how long they are.
        published: folder of the published instances; without it they are left out.
        timefold: a Python that has Timefold; without it that engine is left out.
    """
    peers = [peer for peer in PEERS if peer != "timefold" or timefold]
    # The scale first: without a start and a bound nothing can be told of the others.
    yield from (Job(f"table/{size}", "greedy", budget.usual) for size in TABLE)
    for seed in budget.seeds:
        jobs = list(_round(budget, seed, peers, published is not None))
        for job in jobs:
            yield replace(job, published=published, timefold=timefold)


def _round(budget: Budget, seed: int, peers: Sequence[str], published: bool) -> Iterator[Job]:
    first = seed == budget.seeds[0]
    yield from _table("rettvakt", TABLE, budget, seed)
    if first:
        yield from _table("certify", TABLE, budget, seed)
        yield from _on(SUITES["growth"], ["construct"], budget.usual, seed)
    for peer in (own for own in peers if own != "scip"):
        yield from _table(peer, PEERS[peer], budget, seed)
    if published:
        names = [f"published/{n}" for n in _TELLING]
        yield from _on(names, ["rettvakt"], budget.usual, seed)
    yield from _on([f"district/{s}" for s in ("24x26", "40x26")], ["rettvakt"], budget.usual, seed)
    if published:
        yield from _on([f"published/{n}" for n in (4, 9, 11, 1)], peers, budget.usual, seed)
    if first:
        yield from _table("scip", PEERS["scip"], budget, seed)
        yield from _on(["district/100x52"], ["rettvakt"], budget.long, seed)


def _table(engine: str, sizes: Iterable[str], budget: Budget, seed: int) -> Iterator[Job]:
    for size in sizes:
        seconds = budget.long if size == TABLE[-1] else budget.usual
        yield Job(f"table/{size}", engine, seconds, seed)


def _on(
    instances: Iterable[str], engines: Iterable[str], seconds: float, seed: int
) -> Iterator[Job]:
    for engine in engines:
        for instance in instances:
            yield Job(instance, engine, seconds, seed)


def needs(job: Job) -> float:
    """About how many seconds a job takes: its limit, start-up and judging."""
    large = job.instance.endswith(("100x52", "200x13", "40x52"))
    beside = _LARGE_BESIDE if large else _BESIDE
    return beside + (0.0 if job.engine in UNLIMITED else job.seconds)
