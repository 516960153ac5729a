"""What a job works on, by the name that people know it by."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.service.jobs.tables import Job
from api.service.plans.tables import PlanVersion, StoredPlan
from api.service.rosters.tables import RosterVersion, StoredRoster


def titles(session: Session, jobs: Iterable[Job]) -> Mapping[str, str]:
    """The title of the plan or roster that each job works on, by id of the job.

    A job whose plan or roster is gone is left out.
    """
    by_subject = {job.id: job.subject_id for job in jobs}
    wanted = set(by_subject.values())
    of_plans = select(PlanVersion.id, StoredPlan.title).join(
        StoredPlan, StoredPlan.id == PlanVersion.plan_id
    )
    of_rosters = select(RosterVersion.id, StoredRoster.title).join(
        StoredRoster, StoredRoster.id == RosterVersion.roster_id
    )
    found: dict[str, str] = {}
    for query, own in ((of_plans, PlanVersion.id), (of_rosters, RosterVersion.id)):
        rows = session.execute(query.where(own.in_(wanted)))
        found |= {row.id: row.title for row in rows}
    return {job: found[subject] for job, subject in by_subject.items() if subject in found}
