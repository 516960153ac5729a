"""The ways in: a plan from a file, or from its bytes."""

from pathlib import Path

from scheduler.reading.load import load, load_bytes
from scheduler.reading.plan import Plan
from scheduler.reading.shape import plan_of


def read_plan(path: Path) -> Plan:
    """The plan in a YAML, JSON or Excel file.

    Raises:
        PlanError: with all faults of the file, each with its place.
    """
    return plan_of(load(path))


def read_plan_bytes(content: bytes, name: str) -> Plan:
    """The plan in the content of a file; the ending of the name says the format.

    Raises:
        PlanError: with all faults of the content, each with its place.
    """
    return plan_of(load_bytes(content, name))
