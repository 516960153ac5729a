"""An explanation as a job."""

from collections.abc import Callable, Mapping
from typing import Any

from api import library
from api.explaining import Effort, Why
from api.service.jobs.running.rosters import subject
from api.service.jobs.task import Finished, Task
from api.service.understood import UnderstoodPlans
from scheduler.domain.roster import Roster, Timetable

HOLES, HOLE, ASSIGNMENT, NOT_THIS, DOCTOR, IMPOSSIBLE = (
    "holes",
    "hole",
    "assignment",
    "not-this-doctor",
    "doctor",
    "impossible",
)

Found = list[dict[str, Any]]


def run(task: Task) -> Finished:
    """Explain what was asked; the sentences are for the coordinator alone."""
    about = task.options["about"]
    found = _plan(task) if about == IMPOSSIBLE else _ANSWERS[about](task, *subject(task))
    return Finished(document={"about": about, "stopped": task.stop.is_set(), "answers": found})


def _plan(task: Task) -> Found:
    with task.database.reading() as session:
        loaded = UnderstoodPlans(1).of(session, task.subject)
    task.reporter.progress("Leter etter det som strider mot hverandre", {})
    found = library.why_impossible(loaded, seconds=task.options["seconds"], stop=task.stop)
    return [found.as_plain()]


def _holes(task: Task, loaded: library.LoadedPlan, roster: Roster) -> Found:
    """Every hole, each block once; a stop keeps those that are explained."""
    options = task.options
    effort = Effort(
        options["seconds"], options["seed"], task.settings.workers_per_job, stop=task.stop
    )
    why = Why(loaded.problem, loaded.rules, effort)
    holes = Timetable(loaded.problem, roster).holes
    firsts = {duty.unit: duty for duty in reversed(holes)}
    duties = [duty for duty in holes if firsts[duty.unit] is duty]
    found: Found = []
    for duty in duties:
        if task.stop.is_set():
            break
        task.reporter.counted("Forklarer vakter uten lege", len(found), len(duties))
        found.append(why.hole(roster, duty).as_plain())
    return found


def _hole(task: Task, loaded: library.LoadedPlan, roster: Roster) -> Found:
    task.reporter.progress("Forklarer hvorfor vakten står uten lege", {})
    options = task.options
    found = library.why_hole(
        loaded, roster, options["duty"], seconds=options["seconds"], stop=task.stop
    )
    return [found.as_plain()]


def _not_this(task: Task, loaded: library.LoadedPlan, roster: Roster) -> Found:
    task.reporter.progress("Forklarer hva som står i veien", {})
    options = task.options
    found = library.why_not(
        loaded,
        roster,
        options["duty"],
        options["doctor"],
        seconds=options["seconds"],
        stop=task.stop,
    )
    return [found.as_plain()]


def _assignment(task: Task, loaded: library.LoadedPlan, roster: Roster) -> Found:
    task.reporter.progress("Prøver andre leger på vakten", {})
    options = task.options
    on_duty = Timetable(loaded.problem, roster).doctors_on(options["duty"])
    asked = options["doctor"]
    found = library.why_assignment(
        loaded,
        roster,
        options["duty"],
        None if asked in on_duty else asked,
        holder=asked if asked in on_duty else None,
        seconds=options["seconds"],
        seed=options["seed"],
        workers=task.settings.workers_per_job,
        stop=task.stop,
    )
    return [found.as_plain()]


def _doctor(task: Task, loaded: library.LoadedPlan, roster: Roster) -> Found:
    return [library.why_doctor(loaded, roster, task.options["doctor"]).as_plain()]


_ANSWERS: Mapping[str, Callable[[Task, library.LoadedPlan, Roster], Found]] = {
    HOLES: _holes,
    HOLE: _hole,
    NOT_THIS: _not_this,
    ASSIGNMENT: _assignment,
    DOCTOR: _doctor,
}
