"""The engine's front: a problem and a list of rules in, a checked roster out.

`solve` builds the draft, searches in a child process, and lets the independent checkers
judge what comes back. A roster that they refuse is an internal error and never handed out.
"""

import importlib.metadata
import os
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from scheduler.checking import Report, check
from scheduler.domain.problem import Assignment, Problem
from scheduler.domain.roster import LevelResult, Provenance, Roster, Timetable
from scheduler.rule import Level, Rule
from scheduler.rule import Outcome as Judgement
from scheduler.solving.draft import Draft
from scheduler.solving.model import Step
from scheduler.solving.process import FIRST, Budget, SearchProcess
from scheduler.solving.result import Ending, Progress, StepResult

LARGE = 10_000
"""Pairs of doctor and unit: from here on demands go to the search before the rest is posted."""

_PLACES = ("", "to ", "tre ", "fire ", "fem ", "seks ", "sju ", "åtte ", "ni ", "ti ")


class DisagreementError(RuntimeError):
    """The checkers refuse a roster that the model admitted: a fault of ours, told as such."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a solve ended.

    Attributes:
        ending: solved, impossible (proven) or out of time; never mixed.
        roster: the best lawful roster, with holes if it has any; None unless solved.
        report: the checkers' judgement of the roster; None unless solved.
        conflicts: for an impossible problem, sentences about pins that break a rule.
        stopped: someone ended the search early.
        cut_off: the search did not answer in time and was ended; the roster is the last it had.
    """

    ending: Ending
    roster: Roster | None = None
    report: Report | None = None
    conflicts: tuple[str, ...] = ()
    stopped: bool = False
    cut_off: bool = False


@dataclass(frozen=True, slots=True)
class Update:
    """Progress in the words of the objective's levels.

    Attributes:
        step: what is being worked on.
        levels: value and bound so far, empty before the first roster.
        doing: "construct", "improve" or "prove".
    """

    seconds: float
    step: str
    levels: tuple[LevelResult, ...]
    doing: str


@dataclass(frozen=True, slots=True)
class Options:
    """How to search.

    Attributes:
        seconds: wall time of building the model and searching; checking comes after.
        workers: solver threads; None means the cores that the process may use.
        seed: of every random choice.
        start: assignments of a former roster to begin with, unless a new one is better at once.
    """

    seconds: float = 60.0
    workers: int | None = None
    seed: int = 1
    start: tuple[Assignment, ...] = field(default=())


def cores() -> int:
    """The number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def solver_name() -> str:
    """The solver with its version, for provenance."""
    return f"OR-Tools {importlib.metadata.version('ortools')}"


def solve(
    problem: Problem,
    rules: Sequence[Rule],
    options: Options | None = None,
    *,
    rule_set: str = "",
    tell: Callable[[Update], None] = lambda _: None,
    keep: Callable[[Roster], None] = lambda _: None,
    stop: threading.Event | None = None,
) -> Outcome:
    """Make the best lawful roster that the time allows.

    Args:
        problem: what is to be rostered.
        rules: in the order in which they are explained.
        options: time, threads, seed, former roster.
        rule_set: version of the rules, for the roster's provenance.
        tell: called with progress from this thread.
        keep: called with improved rosters, seldom; they are not yet checked.
        stop: set it to end early and keep the best.

    Raises:
        DisagreementError: encoder and checker of a rule disagree (a fault in the program).
        scheduler.solving.process.SearchError: the search process died.
    """
    options = options or Options()
    workers = options.workers or cores()
    begun = time.monotonic()
    provenance = Provenance(
        rule_set=rule_set,
        solver=solver_name(),
        seed=options.seed,
        workers=workers,
        time_limit=options.seconds,
    )
    large = not options.start and len(problem.doctors) * len(problem.units) > LARGE
    with SearchProcess(*([FIRST] if large else [])) as process:
        draft = Draft(problem, rules, demands_first=large)
        demands, openings = draft.steps, draft.openings

        def improved(chosen: Iterable[int]) -> None:
            keep(Roster.of(problem, openings.assignments(chosen), provenance))

        def lawful(chosen: Iterable[int], missing: int) -> None:
            tell(_first(demands, missing, time.monotonic() - begun))
            improved(chosen)

        if large:
            process.offer(draft.packed, options.seed, lawful)
            draft.complete(process.listen)
        steps = draft.steps
        start = tuple(sorted(set(draft.decision_indices(options.start))))
        budget = Budget(time_left(options.seconds, begun), workers, options.seed)
        process.hand(draft.packed, budget, start=start, stop=stop)
        del draft  # by far the largest thing here, and the search takes long

        def report(progress: Progress) -> None:
            tell(_update(steps, progress, time.monotonic() - begun))

        result = process.follow(tell=report, keep=improved)
    if result.chosen is None:
        conflicts = pin_conflicts(problem, rules) if result.ending is Ending.IMPOSSIBLE else ()
        return Outcome(result.ending, conflicts=conflicts, stopped=result.stopped)
    levels = tuple(level_result(step, own) for step, own in zip(steps, result.steps, strict=True))
    roster = Roster.of(
        problem,
        openings.assignments(result.chosen),
        replace(provenance, seconds=round(time.monotonic() - begun, 1), levels=levels),
    )
    judged = check(Timetable(problem, roster), rules)
    if not judged.lawful:
        raise DisagreementError(
            "checkers refuse the engine's roster: "
            + "; ".join(judged.sentence(case) for case in judged.breaches[:5])
        )
    return Outcome(Ending.SOLVED, roster, judged, stopped=result.stopped, cut_off=result.cut_off)


def time_left(seconds: float, begun: float) -> float:
    """What building the model has left of the time; a tenth of it at the least."""
    return max(seconds / 10, seconds - (time.monotonic() - begun))


def _update(steps: Sequence[Step], progress: Progress, seconds: float) -> Update:
    """The search's progress in the words of the levels."""
    levels: tuple[LevelResult, ...] = ()
    if progress.values is not None:
        levels = tuple(
            level_result(step, StepResult(value, min(bound, value), value <= bound))
            for step, value, bound in zip(steps, progress.values, progress.bounds, strict=True)
        )
    title = step_title(steps[progress.step]) if steps else ""
    return Update(seconds, title, levels, progress.doing)


def _first(demands: Sequence[Step], missing: int, seconds: float) -> Update:
    """A first roster of the demands alone: what lacks of cover is all that is known of it."""
    if not demands or demands[0].level != Level.COVER:
        return Update(seconds, "", (), "construct")
    covered = level_result(demands[0], StepResult(missing, 0, missing <= 0))
    return Update(seconds, covered.title, (covered,), "construct")


def step_title(step: Step) -> str:
    """The step's name in bokmål: «Mest over», «Mest over (de to øverste samlet)»."""
    if step.worst <= 1:
        return step.title
    many = _PLACES[step.worst - 1] if step.worst <= len(_PLACES) else f"{step.worst} "
    return f"{step.title} (de {many}øverste samlet)"


def level_result(step: Step, result: StepResult) -> LevelResult:
    """The step's integers in the unit that is shown."""
    return LevelResult(
        level=step.key,
        title=step_title(step),
        value=result.value / step.scale,
        bound=result.bound / step.scale,
        proven=result.proven,
        unit=step.unit,
    )


def pin_conflicts(problem: Problem, rules: Sequence[Rule]) -> tuple[str, ...]:
    """Sentences about the rules that the pinned assignments alone break."""
    pinned = Roster.of(problem, (Assignment(p.duty, p.doctor) for p in problem.pins if p.works))
    timetable = Timetable(problem, pinned)
    report = check(timetable, rules, explain_holes=False)
    return tuple(
        dict.fromkeys(
            report.sentence(case) for case in report.breaches if case.outcome is Judgement.BREACH
        )
    )
