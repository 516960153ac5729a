"""The picture of one level: its value and its bound against time, as numbers of an SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 360.0, 150.0  # of the picture, in its own units
LEFT, RIGHT, TOP, BOTTOM = 8.0, 8.0, 22.0, 24.0  # room for words around the curves
_MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class Point:
    """Value and bound of a level at one time; None where there is none yet."""

    seconds: float
    value: float
    bound: float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """A picture of points.

    Attributes:
        value, bound: points of the polylines; a bound far below the picture lies on its floor.
        between: points of the polygon between them; empty without a bound.
        value_end, bound_end: where they end; None without a bound.
        high, low: the numbers at the ceiling and the floor of the picture.
        rows: the points at which something changed, for those who read numbers; the first and
            the last are among them, and of too many the ones between are thinned out.
    """

    value: str
    bound: str
    between: str
    value_end: tuple[float, float]
    bound_end: tuple[float, float] | None
    high: float
    low: float
    rows: tuple[Point, ...]


def curve(points: Sequence[Point]) -> Curve:
    """The picture of at least one point, from the time of the first to that of the last.

    The floor is the newest bound, or the lowest value where there is none or it lies higher.
    """
    values = [own.value for own in points]
    bounds = [own.bound for own in points if own.bound is not None]
    low, high = min([*values, *bounds[-1:]]), max(values)
    first, last = points[0].seconds, points[-1].seconds
    across, up = max(last - first, 1e-9), max(high - low, 1e-9)

    def at(seconds: float, number: float) -> tuple[float, float]:
        x = LEFT + (WIDTH - LEFT - RIGHT) * (seconds - first) / across
        share = (min(max(number, low), high) - low) / up
        return round(x, 1), round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share, 1)

    value = _steps([at(own.seconds, own.value) for own in points])
    bound = _steps([at(own.seconds, own.bound) for own in points if own.bound is not None])
    since = bound[0][0] if bound else 0.0
    above = [own for own in value if own[0] >= since]
    return Curve(
        value=_text(value),
        bound=_text(bound),
        between=_text([*bound, *reversed(above)]) if bound else "",
        value_end=value[-1],
        bound_end=bound[-1] if bound else None,
        high=high,
        low=low,
        rows=_rows(points),
    )


def _steps(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """A line that stays until the next point: nothing was known in between."""
    found: list[tuple[float, float]] = []
    for x, y in points:
        if found and found[-1][1] != y:
            found.append((x, found[-1][1]))
        found.append((x, y))
    return found


def _text(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def _rows(points: Sequence[Point]) -> tuple[Point, ...]:
    changed = [
        own
        for n, own in enumerate(points)
        if n == 0 or (own.value, own.bound) != (points[n - 1].value, points[n - 1].bound)
    ]
    if len(changed) <= _MOST_ROWS:
        return tuple(changed)
    step = (len(changed) - 1) / (_MOST_ROWS - 1)
    return tuple(changed[round(n * step)] for n in range(_MOST_ROWS))
