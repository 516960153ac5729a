"""What a search says: its progress, and what it ended with.

In a file of its own so that the parent of the child process need not load any solver.
"""

from dataclasses import dataclass
from enum import StrEnum


class Ending(StrEnum):
    """The three outcomes, never mixed."""

    SOLVED = "solved"
    IMPOSSIBLE = "impossible"
    OUT_OF_TIME = "out_of_time"


@dataclass(frozen=True, slots=True)
class StepResult:
    """Value and bound of one step, in the model's integers."""

    value: int
    bound: int
    proven: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What a search ended with.

    Attributes:
        chosen: the decisions that are true, None without a roster.
        steps: one result for each step of the objective.
        stopped: the search was told to stop before its time.
        cut_off: the search did not answer in time and was ended; this is the last that it told.
    """

    ending: Ending
    chosen: tuple[int, ...] | None
    steps: tuple[StepResult, ...]
    stopped: bool = False
    cut_off: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """Something to tell while the search runs.

    Attributes:
        step: number of the step that is worked on.
        values: the values of all steps, None before the first roster.
        bounds: what is known of each step's smallest value.
        doing: "construct", "improve" or "prove".
    """

    seconds: float
    step: int
    values: tuple[int, ...] | None
    bounds: tuple[int, ...]
    doing: str
