"""An option of a repair becomes the next version of the roster, and what happened of the plan."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from api import library
from api.repair import Repaired, taken
from api.service.accounts.actor import Actor
from api.service.audit.store import log
from api.service.errors import NotFoundError, StaleError, StateError
from api.service.jobs import kept, store
from api.service.jobs.asking.repair import REPAIR
from api.service.jobs.running.repair import NOW, events_of, plan_now
from api.service.jobs.tables import Job
from api.service.plans import store as plans
from api.service.plans.tables import PlanVersion
from api.service.rosters import store as rosters
from api.service.rosters.documents import read
from api.service.rosters.tables import RosterVersion, StoredRoster
from api.service.service import Service
from scheduler.changes.move import Move
from scheduler.checking import Report
from scheduler.domain.roster import Roster


@dataclass(frozen=True, slots=True)
class Chosen:
    """An option, judged again.

    Attributes:
        loaded: the plan with what happened.
        content: the roster of the option.
        number: of the option.
        note: what changes hands.
    """

    number: int
    loaded: library.LoadedPlan
    content: Roster
    report: Report
    note: str


def chosen(service: Service, actor: Actor, job: str, number: int) -> tuple[Job, Chosen]:
    """An option of a repair that is done, judged by the checkers anew; nothing is stored.

    Raises:
        NotFoundError: there is no such job or option.
        StateError: the job is not done.
    """
    with service.database.reading() as session:
        found = store.job_of(session, actor, job)
        if found.kind != REPAIR.name:
            raise NotFoundError
        result = kept.document_of(session, found)
        if result is None:
            raise StateError("job", found.state)
        if not 1 <= number <= len(result["options"]):
            raise NotFoundError
        option = result["options"][number - 1]
        version = session.get_one(RosterVersion, found.subject_id)
        loaded = service.plans.of(session, version.plan_version_id)
        current = plan_now(service.plans, session, found.options)
    roster = read(version.document, loaded.problem)
    moment = datetime.fromisoformat(found.options["at"])
    move = Move(_hands(option["off"]), _hands(option["on"]))
    repaired: Repaired = taken(
        loaded,
        roster,
        events_of(found.options["events"], loaded.problem, moment),
        move,
        moment=moment,
        frozen_hours=found.options["frozen_hours"],
        current=current,
    )
    made = repaired.roster(1)
    report = library.check(repaired.loaded, made)
    note = f"Reparasjon, forslag {number}: {made.provenance.history[-1]}"
    return found, Chosen(number, repaired.loaded, made, report, note[:1000])


def save(session: Session, actor: Actor, job: Job, own: Chosen, found: StoredRoster) -> int:
    """Store the plan with what happened, and the roster; gives the number of the plan's version.

    Both rows are locked by the caller, the plan first.

    Raises:
        StaleError: the roster or the plan moved on since the repair was asked for.
    """
    version = session.get_one(RosterVersion, job.subject_id)
    if found.version != version.number:
        raise StaleError(version=found.version)
    before = session.get_one(PlanVersion, version.plan_version_id)
    plan = plans.plan_of(session, actor, found.plan_id, to_change=True)
    if plan.version != job.options.get(NOW, before.number):
        raise StaleError(version=plan.version)  # what was changed there would be undone
    of_plan = plans.add_version(
        session, actor, plan, own.loaded, file_name=before.file_name, note=own.note
    )
    rosters.add_version(session, actor, found, of_plan, own.content, own.report, note=own.note)
    log(session, actor, "job.option-chosen", f"job/{job.id}", number=own.number, roster=found.id)
    return of_plan.number


def _hands(pairs: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((doctor, unit) for doctor, unit in pairs)
