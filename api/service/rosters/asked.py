"""The roster that a request is about: the version asked for, its plan, and its assignments."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Path, Query
from sqlalchemy.orm import Session

from api.library import LoadedPlan
from api.service.accounts.actor import Actor
from api.service.rosters import store
from api.service.rosters.documents import read
from api.service.rosters.tables import RosterVersion, StoredRoster
from api.service.service import Service
from api.service.shapes import Id
from scheduler.domain.roster import Roster, Timetable

LARGEST = 2_000_000_000

RosterId = Annotated[Id, Path(description="Id of the roster")]
NumberDep = Annotated[
    int | None,
    Query(ge=1, le=LARGEST, description="Number of the version; the newest if not given"),
]


@dataclass(frozen=True, slots=True)
class Asked:
    """A version of a roster, understood.

    Attributes:
        found: the roster.
        own: the version of it.
        loaded: the plan that the version was made for.
        timetable: its assignments laid out on their problem.
    """

    found: StoredRoster
    own: RosterVersion
    loaded: LoadedPlan
    timetable: Timetable

    @property
    def content(self) -> Roster:
        """The assignments of the version."""
        return self.timetable.roster


def version_asked(
    service: Service, session: Session, actor: Actor, roster: str, number: int | None
) -> Asked:
    """The version asked for, of those that the actor may read; the newest if none is named.

    Raises:
        NotFoundError: there is none, or it is not for the actor.
    """
    found = store.roster_of(session, actor, roster)
    own = store.version_of(session, actor, found, number)
    loaded = service.plans.of(session, own.plan_version_id)
    problem = loaded.problem

    def laid_out() -> Timetable:
        return Timetable(problem, read(own.document, problem))

    # The digest tells of an erasure, and the hash of one in the plan.
    key = (own.id, own.digest, problem.content_hash)
    return Asked(found, own, loaded, service.timetables.get(key, laid_out))
