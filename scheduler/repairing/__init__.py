"""Repair of a published roster: what happened, what it leaves open, and the smallest ways out.

Knows no law: rules and standings are handed in. `events` says what can happen, `amending` writes
it into the plan, `situation` is what is left of the roster, `judging` asks the checkers, `direct`
tries one person at a time, `repairs` puts the options together. The exact search for several
people is `scheduler.solving.smallest_change`. Nothing here writes a file or overwrites a roster.
"""
