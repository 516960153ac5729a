"""The greedy start as an engine, so that it is run, judged and kept like the others."""

from benchmarks.engines.found import Effort, Found, Track
from benchmarks.instances import Loaded
from benchmarks.judge import Scorer
from benchmarks.record import Point
from benchmarks.table.greedy import greedy


def run(loaded: Loaded, effort: Effort) -> Found:
    """Construct once; the time is what it takes."""
    track = Track()
    assignments = greedy(loaded.problem, loaded.rules)
    seconds = track.elapsed
    scorer = Scorer(loaded)
    titles, reached = scorer.keys, scorer.values(assignments)
    return Found(
        0.0,
        titles,
        assignments,
        reached,
        (None,) * len(titles),
        (Point(round(seconds, 3), reached),),
    )
