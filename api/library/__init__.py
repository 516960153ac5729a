"""Rettvakt as a Python library: read a plan, solve it, check it, look at it as pandas frames.

    from api import library

    plan = library.read("plan.yaml")
    outcome = library.solve(plan, seconds=30)
    frames = library.frames(outcome.roster, plan)
    print(frames.burdens)

`docs/examples/solve_and_check.py` is a whole program.
"""

from api.library.asking import why_assignment, why_doctor, why_hole, why_impossible, why_not
from api.library.changes import close_period, open_accounts, repair
from api.library.plans import LoadedPlan, read, read_bytes, read_plan, understand
from api.library.proving import certify, prices
from api.library.rosters import Frames, check, frames, receipts, solve
from api.library.scenarios import compare, sweep

__all__ = [
    "Frames",
    "LoadedPlan",
    "certify",
    "check",
    "close_period",
    "compare",
    "frames",
    "open_accounts",
    "prices",
    "read",
    "read_bytes",
    "read_plan",
    "receipts",
    "repair",
    "solve",
    "sweep",
    "understand",
    "why_assignment",
    "why_doctor",
    "why_hole",
    "why_impossible",
    "why_not",
]
