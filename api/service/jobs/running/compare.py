"""A comparison as a job: one plan after the other, each kept as it gets better."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from api import library, whatif
from api.outputs import export_one
from api.service.documents import canonical
from api.service.jobs.task import Finished, Task
from api.service.plans.tables import PlanVersion
from api.service.rosters.documents import read, written
from api.service.understood import UnderstoodPlans
from api.whatif import BASE, LoadedScenarios
from api.whatif_comparing import compare
from api.whatif_files import comparison_files
from api.whatif_solving import Search, Solved
from scheduler.domain.roster import Roster
from scheduler.engine import Update
from scheduler.reading.places import Source
from scheduler.reading.plan import Plan
from scheduler.solving.process import SearchError
from scheduler.solving.result import Ending
from scheduler.whatif.reading import scenarios_of
from scheduler.whatif.scenarios import FORMAT
from scheduler.writing.comparison.document import document
from scheduler.writing.comparison.sentences import certain, in_short


def run(task: Task) -> Finished:
    """Solve each plan with one worker, one seed and equal time, and lay them side by side."""
    scenarios = _scenarios(task)
    search = Search(task.options["seconds"], task.options["seed"], 1)
    names = {own.scenario.id: own.scenario.name for own in scenarios.scenarios}
    names[BASE] = scenarios.file.base_name
    solved: dict[str, Solved] = {}
    for number, (own, loaded) in enumerate(scenarios.plans.items()):
        about = {"plan": names[own], "done": number, "of": len(scenarios.plans)}
        solved[own] = _solved(task, own, loaded, search, about)
    task.reporter.progress("Kontrollerer og regner ut", {})
    comparison = compare(scenarios, solved, search, anonymous=task.options["anonymous"])
    files = comparison_files(comparison)
    if not comparison.anonymous:
        files |= {
            f"alternativ-{own}.json": export_one(scenarios.plans[own], made.roster, "json")
            for own, made in solved.items()
            if made.roster is not None
        }
    told = document(comparison) | {
        "in_short": list(in_short(comparison)),
        "certain": [f"{head}: {sentence}" for head, sentence in certain(comparison)],
        "remarks": list(scenarios.remarks),
        "conflicts": {own: list(made.conflicts) for own, made in solved.items() if made.conflicts},
    }
    cut_off = any(made.cut_off for made in solved.values())
    return Finished(document=told, files=files, cut_off=cut_off)


def understood(
    document: Mapping[str, Any], base: library.LoadedPlan, other: Callable[[str], Plan]
) -> whatif.LoadedScenarios:
    """The scenarios, each as a whole plan.

    Args:
        document: as in a scenario file.
        base: the plan as it is.
        other: the plan of an id that a change names.

    Raises:
        PlanError: with every fault.
    """
    whole = {"format": FORMAT, "version": 1, "plan": base.plan.title} | dict(document)
    file, places = scenarios_of(Source(whole))
    return whatif.understand(file, folder=Path(), places=places, base=base, other=other)


def _scenarios(task: Task) -> LoadedScenarios:
    with task.database.reading() as session:
        base = UnderstoodPlans(1).of(session, task.subject)

        def other(name: str) -> Plan:
            version = session.get_one(PlanVersion, task.options["plans"][name])
            return Plan.model_validate(json.loads(version.document))

        return understood(task.options["scenarios"], base, other)


def _solved(
    task: Task, own: str, loaded: library.LoadedPlan, search: Search, about: dict[str, Any]
) -> Solved:
    """The roster of one plan: as an earlier attempt left it, or found from there on."""
    kept, done = task.parts.get(own, (None, False))
    former = _read(kept, loaded) if kept is not None else None
    if former is not None and done:
        return former
    if task.stop.is_set():
        return former or Solved(Ending.OUT_OF_TIME, None, stopped=True)

    def tell(update: Update) -> None:
        task.reporter.update(update, **about)

    best = former or Solved(Ending.OUT_OF_TIME, None, stopped=True)

    def keep(roster: Roster) -> None:
        nonlocal best
        best = Solved(Ending.SOLVED, roster, stopped=True)
        task.reporter.keep_part(own, _written(best), done=False)

    try:
        outcome = library.solve(
            loaded,
            seconds=search.seconds,
            seed=search.seed,
            workers=1,
            start=best.roster,
            tell=tell,
            keep=keep,
            stop=task.stop,
        )
    except SearchError:
        if not task.over:
            raise
        return best  # a limit ended it: what was found is compared all the same
    made = Solved.of(outcome)
    task.reporter.keep_part(own, _written(made), done=True)
    return made


def _written(made: Solved) -> str:
    return canonical(
        {
            "ending": made.ending.value,
            "roster": written(made.roster) if made.roster else None,
            "conflicts": list(made.conflicts),
            "stopped": made.stopped,
            "cut_off": made.cut_off,
        }
    )


def _read(text: str, loaded: library.LoadedPlan) -> Solved:
    found = json.loads(text)
    roster = read(found["roster"], loaded.problem) if found["roster"] else None
    return Solved(
        Ending(found["ending"]),
        roster,
        tuple(found["conflicts"]),
        stopped=found["stopped"],
        cut_off=found.get("cut_off", False),  # not in what was kept before it was known
    )
