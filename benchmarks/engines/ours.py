"""Our own engine, as a user runs it."""

from benchmarks.engines.found import Effort, Found, Track
from benchmarks.instances import Loaded
from benchmarks.record import Point
from scheduler.engine import Options, Update, solve


def run(loaded: Loaded, effort: Effort) -> Found:
    """Solve in the child process that every user gets, checkers included."""
    track = Track()
    build: list[float] = []
    early: list[Point] = []

    def tell(update: Update) -> None:
        values = [level.value for level in update.levels]
        if values and not build and not early:
            early.append(Point(round(track.elapsed, 3), tuple(values)))
            return
        if not build:
            build.append(track.elapsed)
        if values:
            track.note(values)

    outcome = solve(
        loaded.problem,
        loaded.rules,
        Options(effort.seconds, effort.workers, effort.seed),
        tell=tell,
    )
    if outcome.roster is None:
        return Found(build[0] if build else 0.0, (), None, (), (), ())
    levels = outcome.roster.provenance.levels
    track.note([level.value for level in levels])  # a quick solve tells of nothing on the way
    return Found(
        build[0] if build else 0.0,
        tuple(level.level for level in levels),
        outcome.roster.assignments,
        tuple(level.value for level in levels),
        tuple(level.bound for level in levels),
        tuple(track.points),
        early[0] if early else None,
    )
