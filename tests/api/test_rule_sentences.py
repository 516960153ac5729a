"""What a rule demands, as a coordinator reads it: no word of the file format, nothing unset."""

import re

import pytest

from api.rules import sentence
from constraints.catalogue import ALL_RULES
from constraints.decided_exemption import DecidedExemption
from scheduler.rule import Rule

_RAW = re.compile(
    r"\b(any|off|all|soft|hard|equal|none|class \d|[a-z]+_[a-z]+)\b|[\[\]{}|]|\bTrue\b|\bFalse\b"
)


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda own: own.id)
def test_a_rule_is_told_without_the_words_of_the_file(rule: type[Rule]) -> None:
    told = sentence(rule())
    assert _RAW.findall(told) == []
    assert told.startswith(rule.title)


def test_a_choice_stands_where_its_title_lists_the_choices() -> None:
    told = sentence(DecidedExemption())
    assert "Vakt som bare delvis ligger i fritaket: hvert minutt teller." in told
