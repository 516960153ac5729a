"""What wishes about a roster have in common: which version of it, and of which plan."""

from dataclasses import dataclass

from api import library
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.plans.tables import PlanVersion
from api.service.rosters import store as rosters
from api.service.rosters.documents import read
from api.service.service import Service
from scheduler.domain.roster import Roster


@dataclass(frozen=True, slots=True)
class Standing:
    """A version of a roster.

    Attributes:
        id: of the version.
        number: of the version.
        plan, plan_version: ids.
        plan_number: of the plan's version.
    """

    id: str
    roster: str
    number: int
    plan: str
    plan_version: str
    plan_number: int
    loaded: library.LoadedPlan
    content: Roster

    @property
    def told(self) -> dict[str, str | int]:
        """What the options of a job say of it."""
        return {
            "plan": self.plan,
            "plan_version": self.plan_number,
            "roster": self.roster,
            "version": self.number,
        }


def standing(service: Service, actor: Actor, roster: str, number: int | None) -> Standing:
    """A version of a roster; the newest if no number is given.

    Raises:
        ForbiddenError, NotFoundError: the actor may not read drafts, or there is no such version.
    """
    actor.need(Right.ROSTERS_READ)
    with service.database.reading() as session:
        found = rosters.roster_of(session, actor, roster)
        version = rosters.version_of(session, actor, found, number)
        of_plan = session.get_one(PlanVersion, version.plan_version_id)
        loaded = service.plans.of(session, version.plan_version_id)
        return Standing(
            version.id,
            found.id,
            version.number,
            found.plan_id,
            of_plan.id,
            of_plan.number,
            loaded,
            read(version.document, loaded.problem),
        )
