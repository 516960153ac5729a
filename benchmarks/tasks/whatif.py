"""What a person waits for in what-if: reading scenarios, judging a roster, the memo.

The solves themselves have the time that they are given; they are measured elsewhere.
"""

from collections.abc import Iterator
from pathlib import Path

from api import library, whatif, whatif_comparing
from api.whatif_judging import figures
from api.whatif_solving import Search, Solved
from benchmarks.tasks.timing import Timing, timed
from fixtures.files import HERE
from scheduler.reading.places import TextPlaces
from scheduler.solving.result import Ending
from scheduler.whatif.scenarios import Scenarios
from scheduler.writing.comparison.memo import to_memo

_SECONDS = 20.0
_CHANGES = (
    [{"change": "doctors_join", "municipality": "skarvdal", "number": 2}],
    [{"change": "municipality_leaves", "municipality": "tindvatn"}],
    [{"change": "all_claim_exemption"}],
    [{"change": "pattern", "pattern": "natt", "presence": "on_site"}],
    [{"change": "key", "key": "half"}],
    [{"change": "other_year", "year": 2028}],
)


def measure() -> Iterator[Timing]:
    """Time the parts of `rettvakt compare` that come before and after the solves."""
    yield _reading_region()
    file, instance = _fjell(), "fixture/fjell"
    base = library.read(HERE / "plans" / "fjell.yaml")
    own = whatif.understand(file, folder=Path(), places=TextPlaces(), base=base)
    yield timed(
        "scenarios understood",
        instance,
        lambda: whatif.understand(file, folder=Path(), places=TextPlaces(), base=base),
        note=f"{len(own.scenarios)} scenarios",
    )
    roster = library.solve(base, seconds=_SECONDS, workers=1).roster
    if roster is None:
        raise RuntimeError("no roster to judge")
    judged = figures(base, roster, (), base)
    yield timed(
        "figures of one alternative",
        instance,
        lambda: figures(base, roster, (), base),
        note=f"{judged.holes} holes, {judged.ordered_hours:g} ordered hours",
    )
    solved = dict.fromkeys(own.plans, Solved(Ending.OUT_OF_TIME, None))
    solved[whatif.BASE] = Solved(Ending.SOLVED, roster)
    comparison = whatif_comparing.compare(own, solved, Search(_SECONDS))
    memo = to_memo(comparison)
    yield timed(
        "memo for the council", instance, lambda: to_memo(comparison), note=f"{len(memo)} B"
    )


def _reading_region() -> Timing:
    path = HERE / "region_scenarios.yaml"
    read = whatif.read(path)
    return timed(
        "scenario file read",
        "fixture/region",
        lambda: whatif.read(path),
        runs=1,
        note=f"{len(read.scenarios)} scenarios",
    )


def _fjell() -> Scenarios:
    return Scenarios.model_validate(
        {
            "title": "Fjell",
            "plan": "fjell.yaml",
            "scenarios": [
                {"id": f"s{n}", "name": f"Scenario {n}", "changes": changes}
                for n, changes in enumerate(_CHANGES)
            ],
        }
    )
