"""The scenario file, version 1: a base plan, a question, and named scenarios of typed changes."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from scheduler.domain.points import HourClass
from scheduler.reading.parts.part import Part
from scheduler.reading.plan import SCHEMA_DIALECT
from scheduler.reading.scalars import Id, Kroner, Text, tidy, wrong
from scheduler.whatif.changes import AnyChange, Change

FORMAT = "rettvakt-scenarios"
MOST_SCENARIOS = 12
LONGEST_NOTE = 600


def _note(value: object) -> str:
    if not isinstance(value, str) or not tidy(value):
        raise wrong("Her må det stå tekst.", "Skriv noen ord, eller slett feltet.")
    if len(tidy(value)) > LONGEST_NOTE:
        raise wrong(f"Teksten er lengre enn {LONGEST_NOTE} tegn.", "Kort den ned.")
    return tidy(value)


Note = Annotated[str, BeforeValidator(_note), Field(min_length=1, max_length=LONGEST_NOTE)]


class CostRate(Part):
    """What an hour of duty costs the municipalities in one class of hours, in kroner."""

    hours: HourClass = Field(
        title="Tid", description="Dag, kveld, natt, helg, rød dag, aften eller høytid."
    )
    on_site: Kroner | None = Field(
        None, title="Tilstedevakt", description="Kroner per time på tilstedevakt."
    )
    home: Kroner | None = Field(
        None, title="Hjemmevakt", description="Kroner per time på hjemmevakt."
    )
    backup: Kroner | None = Field(None, title="Bakvakt", description="Kroner per time på bakvakt.")


class Scenario(Part):
    """One alternative: what it is called, what it builds on, and what it changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: Id = Field(title="Id", description="Kort og entydig navn, for eksempel «felles-natt».")
    name: Text = Field(title="Navn", description="Navnet slik det skal stå i notatet.")
    about: Note | None = Field(
        None, title="Om", description="Hva alternativet går ut på, med egne ord."
    )
    builds_on: Id | None = Field(
        None,
        alias="from",
        title="Bygger på",
        description="Id til scenariet dette bygger videre på. Tomt: dagens plan.",
    )
    changes: tuple[AnyChange, ...] = Field((), title="Endringer", description="Endringene.")


class Scenarios(Part):
    """A question, the plan as it is, and the alternatives."""

    format: Literal["rettvakt-scenarios"] = Field(
        "rettvakt-scenarios", title="Format", description="Alltid rettvakt-scenarios."
    )
    version: Literal[1] = Field(1, title="Versjon", description="Formatets versjon.")
    title: Text = Field(title="Tittel", description="Hva saken gjelder.")
    question: Note | None = Field(
        None, title="Spørsmål", description="Det kommunestyret har bedt om å få vite."
    )
    plan: Text = Field(title="Plan", description="Planfilen, sett fra scenariofilen.")
    base_name: Text = Field(
        "Dagens ordning", title="Dagens ordning", description="Det planen uendret skal kalles."
    )
    hourly_cost: tuple[CostRate, ...] = Field(
        (),
        title="Kostnad per time",
        description="Kommunenes egne satser. Tomt: det regnes ikke på kostnader ved vaktene.",
    )
    scenarios: tuple[Scenario, ...] = Field(
        title="Scenarier", description="Alternativene.", min_length=1, max_length=MOST_SCENARIOS
    )

    def to_document(self) -> dict[str, Any]:
        """The file as plain values, defaults left out; validating it gives an equal value."""
        document: dict[str, Any] = {"format": self.format, "version": self.version}
        return document | self.model_dump(mode="json", exclude_defaults=True, by_alias=True)

    def by_id(self, scenario: str) -> Scenario:
        """The scenario with the id.

        Raises:
            KeyError: there is none.
        """
        for own in self.scenarios:
            if own.id == scenario:
                return own
        raise KeyError(scenario)

    def chain(self, scenario: Scenario) -> tuple[Scenario, ...]:
        """The scenario and all that it builds on, the first one first.

        Raises:
            KeyError: it builds on one that does not exist.
            ValueError: it builds on itself.
        """
        found = [scenario]
        while found[0].builds_on is not None:
            above = self.by_id(found[0].builds_on)
            if above in found:
                raise ValueError(f"scenario ({scenario.id}) must not build on itself")
            found.insert(0, above)
        return tuple(found)

    def changes_of(self, scenario: Scenario) -> Iterator[tuple[tuple[str | int, ...], Change]]:
        """All changes of a scenario in order, with their places in the file."""
        for own in self.chain(scenario):
            number = self.scenarios.index(own)
            for place, change in enumerate(own.changes):
                yield ("scenarios", number, "changes", place), change


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a scenario file."""
    return {
        "$schema": SCHEMA_DIALECT,
        "$id": f"urn:{FORMAT}:1",
    } | Scenarios.model_json_schema(by_alias=True)
