"""What goes over the wire about the rules of a plan and the municipality's values for them."""

from typing import Any, Self

from pydantic import BaseModel, Field

from scheduler.rule import Authority, Confidence, Parameter, Rule


class ParameterOut(BaseModel):
    """A number or choice that a rule takes."""

    name: str
    title: str = Field(description="In bokmål")
    value: Any = Field(description="What holds in this plan")
    default: Any
    own: bool = Field(description="The municipality has set it in this plan")
    unit: str
    low: float | None
    high: float | None
    choices: list[str] = Field(description="Empty for numbers and switches")
    fixed: bool = Field(description="Set by law: shown, and not changed")
    basis: str = Field(description="Id in the rulebook, or «policy»")
    price: bool = Field(description="What a departure costs; 0 turns it off")

    @classmethod
    def of(cls, parameter: Parameter, value: Any, *, own: bool) -> Self:
        """A parameter as it holds."""
        return cls(
            name=parameter.name,
            title=parameter.title,
            value=_plain(value),
            default=_plain(parameter.default),
            own=own,
            unit=parameter.unit,
            low=parameter.low,
            high=parameter.high,
            choices=list(parameter.choices),
            fixed=parameter.fixed,
            basis=parameter.basis,
            price=parameter.price,
        )


class RuleOut(BaseModel):
    """A rule as it holds in a plan."""

    id: str
    title: str = Field(description="In bokmål")
    title_en: str
    active: bool = Field(description="False: it demands nothing of this plan as it is set")
    authority: Authority
    sources: list[str] = Field(description="Where it stands")
    confidence: Confidence = Field(description="How surely the weakest of its sources was read")
    parameters: list[ParameterOut]

    @classmethod
    def of(cls, rule: Rule, settings: dict[str, Any], *, active: bool) -> Self:
        """A rule with the plan's settings in it."""
        values = rule.settings()
        return cls(
            id=rule.id,
            title=rule.title,
            title_en=rule.title_en,
            active=active,
            authority=rule.authority,
            sources=[str(own) for own in rule.citations],
            confidence=rule.confidence,
            parameters=[
                ParameterOut.of(own, values[own.name], own=own.name in settings)
                for own in rule.parameters()
            ],
        )


class RulesOut(BaseModel):
    """The rules of a plan, from law to wish."""

    version: int
    rule_set: str
    items: list[RuleOut]


class RuleChanged(BaseModel):
    """What became of a change of a rule's settings."""

    version: int = Field(description="Of the plan; also the ETag")
    changed: bool
    rule: RuleOut
    remarks: list[str]


def _plain(value: Any) -> Any:
    """Tables by the texts that a file has for their keys."""
    return {str(key): own for key, own in value.items()} if isinstance(value, dict) else value
