"""What a person waits for at a desk: one file a topic, each with `measure`.

`measure()` yields a `Timing` for each task that it measures, on invented districts of the sizes
that the targets name. `python -m benchmarks tasks` runs them.
"""
