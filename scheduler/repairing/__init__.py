"""Repair of a published roster: what happened, what it leaves open, and the smallest ways out.

Knows no law: rules and standings are handed in. `events` says what can happen, `amending` writes
it into the plan, `situation` is what is left of the roster, `judging` asks the checkers, `direct`
tries one person at a time, `asking` asks the exact search for several people
(`scheduler.solving.smallest_change`) on a `ground`, `repairs` says in which order it is all asked,
and `offering` makes `options` of what was found. Nothing here writes a file or overwrites a roster.
"""
