"""The roster version that a job works on."""

from api import library
from api.service.jobs.task import Task
from api.service.rosters.documents import read
from api.service.rosters.tables import RosterVersion
from api.service.understood import UnderstoodPlans
from scheduler.domain.roster import Roster


def subject(task: Task) -> tuple[library.LoadedPlan, Roster]:
    """The plan and the roster; only read, since to understand a large plan takes a while."""
    with task.database.reading() as session:
        version = session.get_one(RosterVersion, task.subject)
        loaded = UnderstoodPlans(1).of(session, version.plan_version_id)
    return loaded, read(version.document, loaded.problem)
