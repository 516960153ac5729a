"""What goes over the wire about rules."""

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import Field

from api.rules import AUTHORITY, CONFIDENCE, described, levels, sentence, to_confirm
from api.service.shapes import Shape
from scheduler.rule import Authority, Confidence, Rule


class CitationOut(Shape):
    """Where a rule stands."""

    text: str
    confidence: Confidence
    url: str | None


class ParameterOut(Shape):
    """A number or a choice that a rule takes."""

    name: str
    title: str
    type: Literal["number", "whole", "switch", "choice", "table"]
    unit: str
    value: Any = Field(description="In force; null: not set")
    default: Any = Field(description="Where the plan says nothing; null: not set")
    own: bool = Field(description="The municipality has set it in this plan")
    low: float | None
    high: float | None
    choices: list[str]
    fixed: bool = Field(description="Set by law: shown, but not changed")
    price: bool = Field(description="What a departure costs; 0 turns it off")
    basis: str = Field(description="Number in the rulebook, or «policy»")


class LevelOut(Shape):
    """A level of the objective on which a rule weighs."""

    level: Literal["cover", "ordered", "health", "fairness", "wishes"]
    title: str


class RuleOut(Shape):
    """A rule with its settings."""

    id: str
    title: str
    title_en: str
    sentence: str = Field(description="What it demands with its settings, in bokmål")
    authority: Authority
    authority_title: str
    hard: bool = Field(description="Breaking it makes a roster unlawful, with these settings")
    levels: list[LevelOut] = Field(description="Where it weighs; empty: it only binds or informs")
    rulebook: list[str] = Field(description="Numbers of the rulebook that it carries out")
    citations: list[CitationOut]
    confidence: Confidence = Field(description="The weakest of the citations")
    confidence_title: str
    to_confirm: bool = Field(
        description="Was not read in the text itself: the municipality must confirm it"
    )
    not_in_oslo: bool
    silent_until_set: bool = Field(description="Does nothing until a plan gives it a value")
    active: bool = Field(description="False: it demands nothing of this plan as it is set")
    parameters: list[ParameterOut]

    @classmethod
    def of(
        cls, rule: Rule, settings: Mapping[str, Any] | None = None, *, active: bool = True
    ) -> Self:
        """A rule as it is told.

        Args:
            rule: with its values.
            settings: what the plan itself says.
            active: whether it demands anything of the plan.
        """
        plain = described(rule)
        return cls(
            id=rule.id,
            title=rule.title,
            title_en=rule.title_en,
            sentence=sentence(rule),
            authority=rule.authority,
            authority_title=AUTHORITY[rule.authority],
            hard=rule.binds,
            levels=[LevelOut(level=own.name.lower(), title=own.title) for own in levels(rule)],
            rulebook=list(rule.rulebook),
            citations=[CitationOut(**own) for own in plain["citations"]],
            confidence=rule.confidence,
            confidence_title=CONFIDENCE[rule.confidence],
            to_confirm=to_confirm(rule),
            not_in_oslo=rule.sfs_only,
            silent_until_set=plain["silent_until_set"],
            active=active,
            parameters=[
                ParameterOut(
                    **{k: v for k, v in own.items() if k != "value"},
                    value=own["value"],
                    type=_type(own),
                    own=own["name"] in (settings or {}),
                    price=next(p.price for p in rule.parameters() if p.name == own["name"]),
                )
                for own in plain["settings"]
            ],
        )

    def without_tables(self) -> Self:
        """For those who do not keep the plan: a table may be by doctor, and then it is a wish."""
        shown = [
            own.model_copy(update={"value": None}) if own.type == "table" else own
            for own in self.parameters
        ]
        hidden = any(own.type == "table" and own.value for own in self.parameters)
        sentence = self.title if hidden else self.sentence
        return self.model_copy(update={"parameters": shown, "sentence": sentence})


class RulesOut(Shape):
    """The rules of a plan, from law to wish."""

    version: int
    rule_set: str
    items: list[RuleOut]


class RuleChanged(Shape):
    """What became of a change of a rule's settings."""

    version: int = Field(description="Of the plan; also the ETag")
    changed: bool
    rule: RuleOut
    remarks: list[str]


def _type(setting: dict[str, Any]) -> Literal["number", "whole", "switch", "choice", "table"]:
    default = setting["default"]
    if setting["choices"]:
        return "choice"
    if isinstance(default, bool):
        return "switch"
    if isinstance(default, dict):
        return "table"
    return "number" if isinstance(default, float) else "whole"
