"""The guard: what the hot paths do, counted and not timed, held against committed ceilings.

`counts` measures, `ceilings` keeps and compares. A count does not depend on how busy a machine
is, so the fast tests can ask for it; the seconds are for `python -m benchmarks run`.
"""
