"""What goes over the wire about stored scenarios."""

import json
from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field

from api.service.scenarios.judging import Judged
from api.service.scenarios.tables import ScenarioSet
from api.service.shapes import ForeignId, Line, Shape, YesNo
from scheduler.whatif.scenarios import LONGEST_NOTE, MOST_SCENARIOS, Scenarios

Words = Annotated[str, Field(max_length=LONGEST_NOTE)]


class ScenarioIn(BaseModel):
    """One alternative."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    id: ForeignId = Field(examples=["felles-natt"])
    name: Line
    about: Words | None = None
    builds_on: ForeignId | None = Field(
        None, alias="from", description="Id of the scenario that it builds on; the plan if none"
    )
    changes: Annotated[list[dict[str, Any]], Field(max_length=100)] = Field(
        default_factory=list,
        description="Typed changes, as in `Scenarios`; names of doctors, municipalities, patterns, "
        "places and plans do as well as ids",
        examples=[[{"change": "doctor_leaves", "doctor": "Kari Nordmann"}]],
    )


class ScenarioSetIn(Shape):
    """A question about a plan, and alternatives; what is not said here is as in the plan."""

    title: Line
    question: Words | None = None
    base_name: Line = Field("Dagens ordning", description="What the plan unchanged is called")
    hourly_cost: Annotated[list[dict[str, Any]], Field(max_length=20)] = Field(
        default_factory=list, description="Kroner an hour, as in `Scenarios`"
    )
    scenarios: Annotated[list[ScenarioIn], Field(min_length=1, max_length=MOST_SCENARIOS)]

    def written(self) -> dict[str, Any]:
        """As a document, without what was left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class ScenarioSetChanges(Shape):
    """Whether the managers of the cooperation see it."""

    shared: YesNo


class ScenarioTold(BaseModel):
    """One alternative in words."""

    id: str
    name: str
    about: str | None
    builds_on: str | None
    changes: list[str] = Field(description="In bokmål; no doctor by name unless you keep the plan")


class ScenarioSetLine(BaseModel):
    """A set in a list."""

    id: str
    plan: str
    title: str
    shared: bool
    version: int = Field(description="Also the ETag")
    author: str
    created_at: datetime
    changed_at: datetime

    @classmethod
    def of(cls, own: ScenarioSet) -> Self:
        """A set as it is listed."""
        return cls(
            id=own.id,
            plan=own.plan_id,
            title=own.title,
            shared=own.shared,
            version=own.version,
            author=own.author,
            created_at=own.created_at,
            changed_at=own.changed_at,
        )


class Told(BaseModel):
    """What was said of a set when it was judged; kept beside it.

    Attributes:
        changes, own_changes: id of a scenario -> its changes in words, without and with names.
    """

    remarks: list[str]
    changes: dict[str, list[str]]
    own_changes: dict[str, list[str]]

    @classmethod
    def of(cls, judged: Judged) -> Self:
        """What there is to say."""
        return cls(
            remarks=list(judged.remarks),
            changes={own: list(said) for own, said in judged.changes.items()},
            own_changes={own: list(said) for own, said in judged.own_changes.items()},
        )


class ScenarioSetOut(ScenarioSetLine):
    """A set."""

    question: str | None
    base_name: str
    plan_version: int = Field(description="The plan's version against which it was judged")
    scenarios: list[ScenarioTold]
    remarks: list[str] = Field(description="Worth knowing before it is shared")
    document: Scenarios | None = Field(
        description="In the format of the scenario file; null if you do not keep the plan"
    )

    @classmethod
    def told(cls, own: ScenarioSet, *, whole: bool) -> Self:
        """A set as it is told to those who keep the plan, or to others."""
        file = Scenarios.model_validate(json.loads(own.document))
        said = Told.model_validate_json(own.told)
        words = said.own_changes if whole else said.changes
        return cls(
            **ScenarioSetLine.of(own).model_dump(),
            question=file.question,
            base_name=file.base_name,
            plan_version=own.plan_version,
            scenarios=[
                ScenarioTold(
                    id=one.id,
                    name=one.name,
                    about=one.about,
                    builds_on=one.builds_on,
                    changes=words[one.id],
                )
                for one in file.scenarios
            ],
            remarks=said.remarks if whole else [],
            document=file if whole else None,
        )
