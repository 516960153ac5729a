"""What was filled in, and what is wrong with it, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError


@dataclass(frozen=True)
class Form:
    """A form as it is shown.

    Attributes:
        values: what was filled in, by field; never a password.
        faults: what to put right, by field, in the language of the page.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """What the field holds."""
        return self.values.get(name, "")

    def fault(self, name: str) -> str:
        """What is wrong with the field; empty if nothing is."""
        return self.faults.get(name, "")


def wrong_fields(error: ValidationError) -> list[str]:
    """The fields that a shape refuses, in its order and each once."""
    return list(dict.fromkeys(str(own["loc"][0]) for own in error.errors() if own["loc"]))
