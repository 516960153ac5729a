"""Our engine held against each other one at equal time, on the same instance."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.record import Run
from benchmarks.report.closing import scales, total
from benchmarks.report.figures import NONE, STARVED, grouped, number, rows
from benchmarks.report.published import score
from benchmarks.suites import PEERS

OURS = "rettvakt"
_NEAR = 1e-6
TEXT = """\
Each other engine against ours at the same limit, medians over seeds: of the sum on the table, else
of the published objective. *Times nearer* is its distance to the bound over ours, on the table. An
engine without a lawful roster (on the table: a full one) is infinitely far away.
"""


@dataclass(frozen=True, slots=True)
class Duel:
    """Two engines with the same time on the same instance.

    Attributes:
        people: on the instance.
        ours, theirs: medians; infinite where most seeds came to nothing.
        bound: no roster is better; None where the instance has no scale.
        seeds: the fewer of the two.
        starved: one of the runs had too little processor.
    """

    instance: str
    people: int
    limit: float
    peer: str
    ours: float
    theirs: float
    bound: float | None
    seeds: int
    starved: bool

    @property
    def worse(self) -> bool:
        """Whether the other one has the better roster."""
        return _less(self.theirs, self.ours)

    @property
    def better(self) -> bool:
        """Whether ours has the better roster."""
        return _less(self.ours, self.theirs)

    @property
    def nearer(self) -> float | None:
        """How many times nearer to the bound ours is; 0 without a roster; None without a bound."""
        if self.bound is None:
            return None
        if math.isinf(self.ours):
            return 0.0
        near, far = self.ours - self.bound, self.theirs - self.bound
        return far / near if near > 0 else math.inf


def duels(runs: Sequence[Run]) -> list[Duel]:
    """All that can be compared, in the order of the runs."""
    known = scales(runs)
    groups = grouped(runs)
    found = []
    for (instance, engine, limit), theirs in groups.items():
        ours = groups.get((instance, OURS, limit))
        value = _value(instance)
        if engine not in PEERS or ours is None or value is None:
            continue
        scale = known.get(instance)
        found.append(
            Duel(
                instance,
                ours[0].people,
                limit,
                engine,
                median(map(value, ours)),
                median(map(value, theirs)),
                scale.bound if scale else None,
                min(len(ours), len(theirs)),
                any(run.starved for run in (*ours, *theirs)),
            )
        )
    return found


def _value(instance: str) -> Callable[[Run], float] | None:
    """What is compared on an instance; None where levels would have to be."""
    if instance.startswith("table/"):
        return _sum
    return score if instance.startswith(("published/", "made/")) else None


def _sum(run: Run) -> float:
    value = total(run)
    return math.inf if value is None else value


def section(runs: Sequence[Run]) -> str:
    """A row for each comparison; empty without one."""
    found = duels(runs)
    if not found:
        return ""
    body = [
        (
            own.instance,
            str(own.people),
            f"{own.limit:g} s",
            str(own.seeds),
            own.peer,
            _shown(own.theirs),
            _shown(own.ours),
            "**worse**" if own.worse else "better" if own.better else "equal",
            _times(own.nearer) + (f" {STARVED}" if own.starved else ""),
        )
        for own in found
    ]
    head = ("Instance", "People", "Limit", "Seeds", "Other", "Reached", "Ours", "Ours is")
    return "\n".join(
        ["## Others at equal time\n", TEXT, rows((*head, "Times nearer"), "lrrrlrrlr", body)]
    )


def _less(one: float, other: float) -> bool:
    return one < other and not math.isclose(one, other, rel_tol=_NEAR, abs_tol=_NEAR)


def _shown(value: float) -> str:
    return "no roster" if math.isinf(value) else number(value, 1)


def _times(nearer: float | None) -> str:
    if nearer is None:
        return NONE
    return "∞" if math.isinf(nearer) else f"{nearer:.1f} ×"
