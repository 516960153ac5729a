"""The way in: a plan from a file."""

from pathlib import Path

from scheduler.reading.load import load
from scheduler.reading.plan import Plan
from scheduler.reading.shape import plan_of


def read_plan(path: Path) -> Plan:
    """The plan in a YAML, JSON or Excel file.

    Raises:
        PlanError: with all faults of the file, each with its place.
    """
    return plan_of(load(path))
