"""A repair as a job: the options are its result, and one of them can be chosen afterwards."""

from datetime import datetime

from api import library
from api.service.jobs.asking.repair import events_of
from api.service.jobs.running.rosters import subject
from api.service.jobs.task import Finished, Task
from scheduler.repairing.repairs import Limits
from scheduler.writing.repair_file import to_document, to_xlsx

FILE = "reparasjon.xlsx"


def run(task: Task) -> Finished:
    """The smallest lawful changes after what happened."""
    loaded, roster = subject(task)
    options = task.options
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
    )
    document = to_document(repaired.found, task.id) | {
        "nothing_open": repaired.found.nothing_open,
        "remarks": list(repaired.remarks),
    }
    return Finished(document=document, files={FILE: to_xlsx(repaired.found)})
