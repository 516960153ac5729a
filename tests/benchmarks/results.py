"""Runs to make results of in tests."""

from benchmarks.record import Point, Run

PUBLISHED = Run(
    instance="published/4",
    people=10,
    days=28,
    duties=56,
    engine="rettvakt",
    seed=1,
    workers=2,
    limit=60,
    seconds=60.1,
    build=0.2,
    first=0.5,
    full=None,
    titles=("cover",),
    values=(28.7,),
    bounds=(28.6,),
    score=1722,
    broken=(),
    peak_mb=200,
    curve=(Point(0.5, (40.0,)), Point(3.0, (28.7,))),
    cpu=118.0,
)


def on_table(engine: str, value: float, bound: float | None = None, **more: object) -> Run:
    """A run on the table that ends at a value, half-way of which it was after three seconds."""
    fields = {
        "instance": "table/20x26",
        "engine": engine,
        "people": 20,
        "days": 182,
        "limit": 10.0,
        "titles": ("cover", "fairness"),
        "values": (0.0, value),
        "bounds": (0.0, bound),
        "score": None,
        "full": 1.0,
        "curve": (Point(1.0, (2.0, 50.0)), Point(3.0, (0.0, 2 * value)), Point(8.0, (0.0, value))),
    }
    plain = {name: getattr(PUBLISHED, name) for name in PUBLISHED.__slots__}
    return Run(**(plain | fields | more))
