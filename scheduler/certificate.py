"""The certificate: how good a roster is, and how good a lawful roster can be at all.

A certificate speaks of one plan and one roster, both named by their content. Its bounds were
found by whoever made it, from the plan and the roster alone, so anybody can make it again and
compare. Nothing in it names a doctor but `Standing`, which is left out of what is handed on.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from scheduler.domain.problem import Problem
from scheduler.domain.roster import LevelResult, Roster

WORST = "fairness_worst_1"
"""Key of the step that makes the worst-off doctor's load small."""


@dataclass(frozen=True, slots=True)
class StepProof:
    """One step of the objective in the roster, and what is proven of it.

    Attributes:
        level: key of the step.
        value: the roster's, in `unit`; smaller is better.
        bound: no lawful roster that is as good on the steps before has less; None if nothing
            is known.
        method: how the bound was found: "ranges", "tallies", "counted", "linear",
            "whole_duties", "courses", "by_doctor", "combination" or "exhaustion".
        claimed: a better bound that the roster came with and that was not found again.
        better: a smaller value that was met on the way.
    """

    level: str
    title: str
    unit: str
    value: float
    bound: float | None
    proven: bool
    method: str
    claimed: float | None = None
    better: float | None = None

    @property
    def gap(self) -> float | None:
        """Value less bound, in `unit`; None where no bound is known."""
        return None if self.bound is None else max(0.0, self.value - self.bound)

    @property
    def gap_percent(self) -> float | None:
        """The gap in per cent of the value; None where no bound is known or the value is 0."""
        if self.gap is None or not self.value:
            return 0.0 if self.proven else None
        return 100 * self.gap / abs(self.value)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one doctor stands to the fair share, in burden points.

    Attributes:
        doctor: id.
        points: what the roster gives.
        aim: the fair share less the balance of earlier periods.
    """

    doctor: str
    points: float
    aim: float

    @property
    def over(self) -> float:
        """Points over the aim; negative under it."""
        return round(self.points - self.aim, 2)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What is proven of one roster.

    Attributes:
        judged_on: the plan's day of judgement; the clock is not asked.
        seconds: wall time spent; the only thing that differs when it is made again.
        time_limit: wall time allowed.
        standings: of everybody who shares, the heaviest-loaded first.
        other_plan: the roster was made for another edition of the plan.
        stopped: ended by somebody before its time.
    """

    problem_hash: str
    roster_hash: str
    rule_set: str
    solver: str
    seed: int
    workers: int
    time_limit: float
    seconds: float
    judged_on: date
    steps: tuple[StepProof, ...]
    standings: tuple[Standing, ...] = ()
    other_plan: bool = False
    stopped: bool = False

    @property
    def vector(self) -> tuple[float, ...]:
        """Points over the share of everybody, the largest first: what leximin compares."""
        return tuple(standing.over for standing in self.standings)

    @property
    def worst(self) -> StepProof | None:
        """The step of the worst-off doctor, if the plan has one."""
        return next((step for step in self.steps if step.level == WORST), None)

    @property
    def load_gap_percent(self) -> float | None:
        """What is left to prove of the heaviest-loaded doctor, in per cent of her points.

        None where no bound is known or nobody has points.
        """
        worst = self.worst
        if worst is None or worst.gap is None or not self.standings:
            return None
        points = self.standings[0].points
        return 100 * worst.gap / points if points > 0 else None

    @property
    def better_found(self) -> bool:
        """Whether a better roster was met on the way."""
        return any(step.better is not None for step in self.steps)


def roster_hash(problem: Problem, roster: Roster) -> str:
    """SHA-256 of the assignments and of the plan they are for; the same on every machine."""
    own = sorted({(a.duty, a.doctor) for a in roster.assignments})
    text = json.dumps([problem.content_hash, own], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def with_claims(steps: Sequence[StepProof], claims: Sequence[LevelResult]) -> list[StepProof]:
    """The steps beside the bounds that the roster came with, where those say more.

    A claim counts only where the roster claims the same values up to its step: a bound speaks
    of rosters that are as good on the steps before.
    """
    claimed = {own.level: own for own in claims}
    found, same = [], True
    for step in steps:
        claim = claimed.get(step.level)
        same = same and claim is not None and _alike(claim.value, step.value)
        if claim and same and (step.bound is None or claim.bound > step.bound + 1e-9):
            step = replace(step, claimed=claim.bound)
        found.append(step)
    return found


def _alike(one: float, other: float) -> bool:
    return abs(one - other) < 1e-6
