"""A solve as a job: from the plan in the database to a roster there."""

from sqlalchemy.orm import Session

from api import library
from api.service.jobs import store
from api.service.jobs.tables import Job
from api.service.jobs.task import Finished, NoResultError, Task
from api.service.plans.tables import PlanVersion, StoredPlan
from api.service.rosters import store as rosters
from api.service.rosters.documents import read, written
from api.service.rosters.tables import RosterVersion
from api.service.understood import UnderstoodPlans
from scheduler.checking import Report
from scheduler.domain.roster import Roster
from scheduler.solving.process import SearchError
from scheduler.solving.result import Ending

_SAID = {
    Ending.IMPOSSIBLE: "Det finnes ingen lovlig vaktplan.",
    Ending.OUT_OF_TIME: "Ingen lovlig vaktplan ble funnet i tide. Gi jobben mer tid.",
}


def run(task: Task) -> Finished:
    """Solve; the roster becomes a draft.

    Raises:
        NoResultError: there is no lawful roster, or none was found in time.
        SearchError: the search was killed, and not by a limit after it had found something.
    """
    # Only read: to understand a large plan takes a while, and others want to write.
    with task.database.reading() as session:
        loaded = UnderstoodPlans(1).of(session, task.subject)
        start = _start(session, task, loaded)
    found: list[Roster] = []

    def keep(roster: Roster) -> None:
        found[:] = [roster]
        task.reporter.keep_best(written(roster))

    try:
        outcome = library.solve(
            loaded,
            seconds=task.options["seconds"],
            seed=task.options["seed"],
            workers=task.settings.workers_per_job,
            start=start,
            tell=task.reporter.update,
            keep=keep,
            stop=task.stop,
        )
    except SearchError:
        best = found[0] if found else start
        if not task.over or best is None:
            raise
        judged = library.check(loaded, best)
        return Finished(save=lambda session, job: add_draft(session, job, best, judged))
    if outcome.roster is None or outcome.report is None:
        state = store.CANCELLED if outcome.stopped else store.FAILED
        raise NoResultError(_SAID[outcome.ending], state, details=" ".join(outcome.conflicts))
    roster, report = outcome.roster, outcome.report
    return Finished(
        save=lambda session, job: add_draft(session, job, roster, report),
        cut_off=outcome.cut_off,
    )


def add_draft(
    session: Session, job: Job, roster: Roster, report: Report, *, title: str = ""
) -> str:
    """Store a roster of the plan version that a job works on; gives its id."""
    version = session.get_one(PlanVersion, job.subject_id)
    made, _ = rosters.add_roster(
        session,
        store.author_of(session, job),
        session.get_one(StoredPlan, version.plan_id),
        version,
        roster,
        report,
        title=title,
        note="Laget av en beregning",
    )
    return made.id


def _start(session: Session, task: Task, loaded: library.LoadedPlan) -> Roster | None:
    """The best so far of an earlier attempt, or the roster that was asked to begin with."""
    if task.best is not None:
        return read(task.best, loaded.problem)
    version = task.options.get("start")
    found = session.get(RosterVersion, version) if version else None
    return read(found.document, loaded.problem) if found else None
