"""A repair that is asked for: what happened to a roster."""

from datetime import UTC
from typing import Annotated

from pydantic import Field

from api.service.accounts.actor import Actor
from api.service.jobs.asking.events import EventIn
from api.service.jobs.asking.rosters import Standing, standing
from api.service.jobs.asking.solve import Number, Seconds, Seed
from api.service.jobs.kind import Kind, Placed
from api.service.jobs.running.repair import NOW, events_of
from api.service.plans import store as plans
from api.service.service import Service
from api.service.shapes import Id, Moment, Shape, Whole
from scheduler.domain.time import local
from scheduler.reading.faults import PlanError
from scheduler.reading.scalars import FIRST_YEAR, LAST_YEAR


class RepairIn(Shape):
    """What happened to a roster, and how far to look for ways out."""

    roster: Id
    version: Number | None = Field(
        None, description="Number of the roster's version; the newest if not given"
    )
    at: Moment = Field(
        description="Nothing that began before it changes", examples=["2027-03-10T12:00:00+01:00"]
    )
    events: Annotated[
        list[EventIn],
        Field(
            min_length=1,
            max_length=50,
            examples=[[{"sick": "kari", "from": "2027-03-10", "to": "2027-03-12"}]],
        ),
    ]
    frozen_hours: Annotated[
        float,
        Field(ge=0, le=8784, description="What begins so soon changes only if it lacks its doctor"),
    ] = 24.0
    seconds: Seconds = 20.0
    people: Annotated[Whole, Field(ge=1, le=5, description="So many others are touched")] = 3
    options: Annotated[Whole, Field(ge=1, le=10, description="For each number of people")] = 3
    seed: Seed = 1


def place(service: Service, actor: Actor, wanted: RepairIn) -> Placed:
    """The roster that stands, and events that fit its plan."""
    stands = standing(service, actor, wanted.roster, wanted.version)
    problem = stands.loaded.problem
    if not FIRST_YEAR < wanted.at.year < LAST_YEAR:
        raise PlanError.of(
            "at",
            f"Året må ligge mellom {FIRST_YEAR} og {LAST_YEAR}.",
            "Rett tidspunktet.",
            wanted.at.year,
        )
    moment = wanted.at.astimezone(UTC)
    if moment >= problem.period.end:
        raise PlanError.of(
            "at",
            "Perioden er over på dette tidspunktet, så ingenting kan endres.",
            "Rett tidspunktet.",
            f"{local(moment):%d.%m.%Y kl. %H:%M}",
        )
    current = _current(service, actor, stands)
    items = [own.item() for own in wanted.events]
    events_of(items, problem, moment)
    seconds = min(wanted.seconds, service.settings.job_seconds)
    return Placed(
        stands.id,
        {
            **stands.told,
            NOW: current,
            "at": moment.isoformat(),
            "events": items,
            "frozen_hours": wanted.frozen_hours,
            "seconds": seconds,
            "people": wanted.people,
            "options": wanted.options,
            "seed": wanted.seed,
        },
        seconds,
    )


def _current(service: Service, actor: Actor, stands: Standing) -> int:
    """Number of the plan's newest version, whose absences and exemptions count.

    Raises:
        PlanError: it lacks doctors who have duties in the roster.
    """
    with service.database.reading() as session:
        newest = plans.version_of(session, plans.plan_of(session, actor, stands.plan))
        known = service.plans.of(session, newest.id).problem.doctor_by_id
    gone = {own.doctor for own in stands.content.assignments} - set(known)
    if gone:
        names = sorted(stands.loaded.problem.doctor_by_id[own].name for own in gone)
        raise PlanError.of(
            "roster",
            "Vaktplanen gir vakter til leger som ikke lenger står i planen.",
            "Legg dem tilbake i planen, og før at de slutter, eller lag en ny vaktplan.",
            ", ".join(names),
        )
    return newest.number


REPAIR = Kind(
    "repair",
    RepairIn,
    place,
    # Who is ill, and who claims what, is for those alone who see grounds.
    private=frozenset({"events"}),
    private_result=True,
)
