"""Findings of a roster, as its page groups them."""

from api.pages.rosters.history import MOST, grouped
from api.service.rosters.shapes import Finding
from scheduler.rule import Outcome


def _found(rule: str, outcome: Outcome) -> Finding:
    return Finding(rule=rule, outcome=outcome, doctor=None, duties=[], sentence=rule)


def test_what_is_a_matter_of_quality_is_told_apart_from_exceptions_of_a_main_rule() -> None:
    found = grouped(
        [
            _found("spacing", Outcome.NOTICE),
            *[_found("spacing", Outcome.EXCEPTION)] * (MOST + 1),
            _found("weekly_rest", Outcome.EXCEPTION),
            _found("cover", Outcome.HOLE),
            _found("spacing", Outcome.BREACH),
        ],
        {"spacing"},
    )
    assert [(own.kind, own.many, len(own.findings)) for own in found] == [
        ("breach", 1, 1),
        ("hole", 1, 1),
        ("exception", 1, 1),
        ("departure", MOST + 1, MOST),
        ("notice", 1, 1),
    ]
    assert found[2].findings[0].rule == "weekly_rest"
    assert grouped([], set()) == []
