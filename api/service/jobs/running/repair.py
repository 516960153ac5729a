"""A repair as a job: the options are its result, and one of them can be chosen afterwards."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api import library
from api.library import LoadedPlan
from api.repair_events import event_of
from api.service.jobs.running.rosters import subject
from api.service.jobs.task import Finished, Task
from api.service.plans.tables import PlanVersion
from api.service.understood import UnderstoodPlans
from scheduler.domain.problem import Problem
from scheduler.reading.faults import Fault, PlanError
from scheduler.repairing.asking import Limits
from scheduler.repairing.events import Event
from scheduler.writing.repair_file import to_document, to_xlsx

FILE = "reparasjon.xlsx"
NOW = "plan_now"
"""The option that has the number of the plan's newest version when a repair was asked for."""


def run(task: Task) -> Finished:
    """The smallest lawful changes after what happened."""
    loaded, roster = subject(task)
    options = task.options
    with task.database.reading() as session:
        current = plan_now(UnderstoodPlans(1), session, options)
    moment = datetime.fromisoformat(options["at"])
    task.reporter.progress("Leter etter løsninger", {})
    repaired = library.repair(
        loaded,
        roster,
        events_of(options["events"], loaded.problem, moment),
        moment=moment,
        frozen_hours=options["frozen_hours"],
        limits=Limits(
            seconds=options["seconds"],
            people=options["people"],
            options=options["options"],
            workers=task.settings.workers_per_job or 1,
            seed=options["seed"],
        ),
        stop=task.stop,
        current=current,
    )
    document = to_document(repaired.found, task.id) | {
        "nothing_open": repaired.found.nothing_open,
        "remarks": list(repaired.remarks),
    }
    return Finished(document=document, files={FILE: to_xlsx(repaired.found)})


def plan_now(plans: UnderstoodPlans, session: Session, options: Mapping[str, Any]) -> LoadedPlan:
    """The plan as it was when the repair was asked for: absences may have come since the roster."""
    number = options.get(NOW, options["plan_version"])  # before, only the roster's own was known
    found = session.scalars(
        select(PlanVersion).where(
            PlanVersion.plan_id == options["plan"], PlanVersion.number == number
        )
    ).one()
    return plans.of(session, found.id)


def events_of(
    items: Sequence[Mapping[str, Any]], problem: Problem, moment: datetime
) -> tuple[Event, ...]:
    """What happened, in the plan's own words.

    Raises:
        PlanError: with every fault.
    """
    found: list[Event] = []
    faults: list[Fault] = []
    for number, item in enumerate(items):
        try:
            found.append(event_of(item, f"events[{number}]", problem, moment))
        except PlanError as error:
            faults += error.faults
    if faults:
        raise PlanError(faults)
    return tuple(found)
