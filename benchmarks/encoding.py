"""A rule with another `encode`, checkers and parameters as they are."""

from collections.abc import Callable
from dataclasses import fields
from functools import partial
from typing import Any, cast

from scheduler.rule import Rule
from scheduler.solving.draft import Draft

Encode = Callable[[Draft], None]


def encoding(rule: Rule, encode: Callable[[Encode, Draft], None]) -> Rule:
    """The same rule, whose `encode` is what is given here.

    Args:
        rule: any rule.
        encode: is handed the rule's own `encode` and the draft.
    """
    kind: Any = type(rule)

    def instead(self: Rule, draft: Draft) -> None:
        encode(partial(kind.encode, self), draft)

    own = type(kind.__name__, (kind,), {"encode": instead, "__doc__": kind.__doc__})
    return cast(Rule, own(**{f.name: getattr(rule, f.name) for f in fields(kind)}))
