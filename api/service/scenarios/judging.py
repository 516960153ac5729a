"""Scenarios judged against their plan before they are stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api import library, whatif
from api.service.accounts.actor import Actor
from api.service.plans import store as plans
from api.service.plans.tables import PlanVersion, StoredPlan
from api.service.scenarios.naming import with_ids
from api.service.service import Service
from scheduler.reading.faults import PlanError
from scheduler.reading.places import Source
from scheduler.reading.plan import Plan
from scheduler.whatif.reading import scenarios_of
from scheduler.whatif.scenarios import Scenarios


@dataclass(frozen=True, slots=True)
class Judged:
    """Scenarios that can be made of a plan.

    Attributes:
        plan_version: number of the version that they were made of.
        remarks: what a person should know before they are shared.
        changes, own_changes: id of a scenario -> its changes in words, without and with the names
            of doctors.
    """

    file: Scenarios
    plan_version: int
    remarks: tuple[str, ...]
    changes: Mapping[str, tuple[str, ...]]
    own_changes: Mapping[str, tuple[str, ...]]


def judged(service: Service, actor: Actor, plan: str, source: Source) -> Judged:
    """Read scenarios and make each of them, as `rettvakt compare` does before it solves.

    Args:
        service: where the plans are.
        actor: who asks; only plans of the own cooperation can be named.
        plan: id of the base plan; what the document says of it does not matter.
        source: the document.

    Raises:
        NotFoundError: there is no such plan.
        PlanError: with every fault.
    """
    with service.database.reading() as session:
        found = plans.plan_of(session, actor, plan)
        base = service.plans.of(session, plans.version_of(session, found).id)
        titles = _titles(session, actor)
        data = source.data
        if isinstance(data, dict):
            data = {**with_ids(data, base.plan, titles), "plan": plan}
        file, places = scenarios_of(Source(data, source.places, source.unread, source.faults))
        others = _named(service, session, actor, file)
    loaded = whatif.understand(
        file, folder=Path(), places=places, base=base, other=lambda name: _other(others, name)
    )
    return Judged(
        file,
        found.version,
        loaded.remarks,
        {own.scenario.id: own.changes for own in loaded.scenarios},
        {own.scenario.id: own.own_changes for own in loaded.scenarios},
    )


def _titles(session: Session, actor: Actor) -> dict[str, str]:
    """Title -> id of the cooperation's plans; titles that several have mean none of them."""
    rows = session.execute(
        select(StoredPlan.id, StoredPlan.title).where(
            StoredPlan.cooperation_id == actor.cooperation
        )
    ).all()
    folded = [" ".join(row.title.split()).casefold() for row in rows]
    return {
        title: row.id for row, title in zip(rows, folded, strict=True) if folded.count(title) == 1
    }


def _named(
    service: Service, session: Session, actor: Actor, file: Scenarios
) -> dict[str, library.LoadedPlan]:
    """The other plans that changes name, by id."""
    names = {
        change.plan
        for scenario in file.scenarios
        for change in scenario.changes
        if change.change == "municipality_joins" and change.plan
    }
    found = session.execute(
        select(StoredPlan.id, PlanVersion.id)
        .join(PlanVersion, PlanVersion.plan_id == StoredPlan.id)
        .where(
            StoredPlan.cooperation_id == actor.cooperation,
            StoredPlan.id.in_(names),
            PlanVersion.number == StoredPlan.version,
        )
    )
    return {plan: service.plans.of(session, version) for plan, version in found}


def _other(others: Mapping[str, library.LoadedPlan], name: str) -> Plan:
    if name not in others:
        raise PlanError.of(
            "plan",
            "Planen som kommunen skal hentes fra, finnes ikke i samarbeidet.",
            "Oppgi planens id, eller tittelen hvis bare én plan har den.",
            name,
        )
    return others[name].plan


def document_of(written: Mapping[str, Any]) -> Source:
    """Scenarios that were sent as JSON, as a document of the scenario file."""
    return Source({"format": "rettvakt-scenarios", "version": 1, **written})
