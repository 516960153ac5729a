"""Rosters: made, judged, and shown as frames."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.library.plans import LoadedPlan
from scheduler.checking import Report
from scheduler.checking import check as _check
from scheduler.domain.roster import Roster, Timetable

if TYPE_CHECKING:
    import pandas as pd

    from scheduler.engine import Outcome, Update
    from scheduler.writing.receipts import Receipt


@dataclass(frozen=True)
class Frames:
    """A roster as tidy frames.

    Attributes:
        assignments: one row an assignment.
        burdens: one row a doctor.
        rules: one row a rule, with how often it was checked and what was found.
        cases: one row a breach, hole, exception or notice, with its sentence.
    """

    assignments: pd.DataFrame
    burdens: pd.DataFrame
    rules: pd.DataFrame
    cases: pd.DataFrame


def solve(
    loaded: LoadedPlan,
    *,
    seconds: float = 60.0,
    seed: int = 1,
    workers: int | None = None,
    start: Roster | None = None,
    tell: Callable[[Update], None] = lambda _: None,
    keep: Callable[[Roster], None] = lambda _: None,
    stop: threading.Event | None = None,
) -> Outcome:
    """Make the best lawful roster that the time allows, checked by the independent checkers.

    Args:
        loaded: the plan.
        seconds: wall time of the search at most.
        seed: of every random choice.
        workers: solver threads; None means the cores that the process may use.
        start: a former roster to begin with.
        tell: called with progress.
        keep: called with improved rosters that are not yet checked.
        stop: set it to end early and keep the best.
    """
    from scheduler.engine import Options
    from scheduler.engine import solve as _solve

    options = Options(seconds, workers, seed, start.assignments if start else ())
    return _solve(
        loaded.problem,
        loaded.rules,
        options,
        rule_set=loaded.rule_set,
        tell=tell,
        keep=keep,
        stop=stop,
    )


def check(loaded: LoadedPlan, roster: Roster) -> Report:
    """Let every rule judge a roster, whoever made it."""
    return _check(Timetable(loaded.problem, roster), loaded.rules)


def frames(loaded: LoadedPlan, roster: Roster, report: Report | None = None) -> Frames:
    """The roster and its judgement as pandas frames.

    Args:
        loaded: the plan.
        roster: any roster of it.
        report: its judgement, made here if not given.
    """
    from scheduler.writing.frames import (
        assignments_frame,
        burdens_frame,
        cases_frame,
        rules_frame,
    )

    timetable = Timetable(loaded.problem, roster)
    report = report or check(loaded, roster)
    return Frames(
        assignments_frame(timetable),
        burdens_frame(timetable),
        rules_frame(report),
        cases_frame(report),
    )


def receipts(loaded: LoadedPlan, roster: Roster, doctor: str | None = None) -> tuple[Receipt, ...]:
    """What became of each wish, and what stood against those that were refused.

    Args:
        loaded: the plan.
        roster: any roster of it.
        doctor: id of the one doctor whose receipts are wanted; None for all.
    """
    from api.wishes import receipts as _receipts

    return _receipts(Timetable(loaded.problem, roster), loaded.rules, doctor)
