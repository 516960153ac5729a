"""A comparison that is asked for: a plan as it is, and alternatives to it."""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator
from sqlalchemy.orm import Session

from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right
from api.service.errors import NotFoundError
from api.service.jobs.asking.solve import Number, Seconds, Seed
from api.service.jobs.kind import Kind, Placed
from api.service.jobs.running.compare import understood
from api.service.plans import store as plans
from api.service.plans.tables import StoredPlan
from api.service.scenarios import store as scenarios_store
from api.service.service import Service
from api.service.shapes import Id, Shape, YesNo
from scheduler.reading.faults import PlanError
from scheduler.reading.plan import Plan


def _storable(document: dict[str, Any]) -> dict[str, Any]:
    """Numbers and texts that every program takes: no infinity, no half a character."""
    json.dumps(document, ensure_ascii=False, allow_nan=False).encode()
    return document


class CompareIn(Shape):
    """A plan, and what might be otherwise."""

    plan: Id
    version: Number | None = Field(
        None, description="Number of the plan's version; the newest if not given"
    )
    scenarios: Annotated[dict[str, Any], AfterValidator(_storable)] | None = Field(
        None,
        description="As in a scenario file: title, question, hourly_cost, scenarios. A change that "
        "names another plan gives the id of one of the cooperation's own. Either these or "
        "`scenario_set`.",
        examples=[
            {
                "title": "Flere leger",
                "scenarios": [
                    {
                        "id": "en-til",
                        "name": "Én lege til",
                        "changes": [{"change": "doctors_join", "municipality": "fjell"}],
                    }
                ],
            }
        ],
    )
    scenario_set: Id | None = Field(
        None, description="Id of a stored set of the plan, as it stands now"
    )
    seconds: Seconds = Field(60.0, description="Of each plan; they are solved one after the other")
    seed: Seed = 1
    anonymous: YesNo = Field(False, description="Doctors have pseudonyms in the workbook too")

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.scenarios is None) == (self.scenario_set is None):
            raise ValueError("either `scenarios` or `scenario_set`")
        return self


def place(service: Service, actor: Actor, wanted: CompareIn) -> Placed:
    """The version of the plan, and scenarios that fit it."""
    actor.need(Right.PLANS_READ)
    named: dict[str, str] = {}
    with service.database.reading() as session:
        plan = plans.plan_of(session, actor, wanted.plan)
        version = plans.version_of(session, plan, wanted.version)
        loaded = service.plans.of(session, version.id)

        def other(name: str) -> Plan:
            try:
                found = plans.version_of(session, plans.plan_of(session, actor, name))
            except NotFoundError as error:
                raise PlanError.of(
                    "plan",
                    "Samarbeidet har ingen plan med denne id-en.",
                    "Last opp planen først, og bruk id-en den får.",
                    name,
                ) from error
            named[name] = found.id
            return Plan.model_validate(json.loads(found.document))

        asked = _asked(session, actor, plan, wanted)
        scenarios = understood(asked, loaded, other)
    number = len(scenarios.plans)
    seconds = min(wanted.seconds, service.settings.job_seconds / number)
    return Placed(
        version.id,
        {
            "plan": plan.id,
            "version": version.number,
            "scenarios": asked,
            "scenario_set": wanted.scenario_set,
            "plans": named,
            "seconds": seconds,
            "seed": wanted.seed,
            "anonymous": wanted.anonymous,
        },
        seconds * number,
    )


def _asked(
    session: Session, actor: Actor, plan: StoredPlan, wanted: CompareIn
) -> Mapping[str, Any]:
    """The scenarios as they were sent, or as they are stored.

    Raises:
        NotFoundError: there is no such set, or the actor does not see it.
        PlanError: it is about another plan.
    """
    if wanted.scenario_set is None:
        return wanted.scenarios or {}
    own = scenarios_store.set_of(session, actor, wanted.scenario_set)
    if own.plan_id != plan.id:
        raise PlanError.of(
            "scenario_set",
            "Scenariene hører til en annen plan.",
            "Velg scenarier som er laget for denne planen.",
            own.title,
        )
    document: dict[str, Any] = json.loads(own.document)
    return {key: value for key, value in document.items() if key != "plan"}


COMPARE = Kind(
    "compare",
    CompareIn,
    place,
    private=frozenset({"scenarios"}),  # may say who claims or leaves
    private_result=True,
)
