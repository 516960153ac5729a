"""Citations have one printed form; dated values know what held on a day, and what was known."""

from datetime import date

import pytest

from constraints.law import POLICY, Act, Dated, Entry, LawRef, Source
from scheduler.rule import Confidence

ADOPTED_2012, ADOPTED_2025 = date(2012, 8, 29), date(2025, 12, 2)
LAST_AGE = Dated(
    {
        date(2026, 1, 1): Entry(80, known=ADOPTED_2025),
        date(2013, 1, 1): Entry(75, known=ADOPTED_2012),
    }
)


@pytest.mark.parametrize(
    ("citation", "printed"),
    [
        (LawRef(Act.FF, "12"), "fastlegeforskriften § 12"),
        (LawRef(Act.FF, "12", section=3), "fastlegeforskriften § 12 tredje ledd"),
        (LawRef(Act.AMF, "6", letter="c"), "akuttmedisinforskriften § 6 bokstav c"),
        (
            LawRef(Act.FF, "33", section=4, letter="a"),
            "fastlegeforskriften § 33 fjerde ledd bokstav a",
        ),
        (
            LawRef(Act.FF, "32", section=1, remark=True),
            "merknad til fastlegeforskriften § 32 første ledd",
        ),
        (LawRef(Act.AML, "10-6", section=8), "arbeidsmiljøloven § 10-6 åttende ledd"),
        (Source("SFS 2305", "pkt. 7.4"), "SFS 2305 pkt. 7.4"),
        (Source("SFS 2305"), "SFS 2305"),
        (POLICY, "kommunens egen innstilling"),
    ],
)
def test_printed_form(citation: LawRef | Source, printed: str) -> None:
    assert str(citation) == printed


def test_paragraph_at_lovdata() -> None:
    assert LawRef(Act.FF, "33").url == "https://lovdata.no/forskrift/2025-12-02-2405/§33"
    assert LawRef(Act.AML, "10-8").url == "https://lovdata.no/lov/2005-06-17-62/§10-8"


def test_what_is_no_act_has_no_address() -> None:
    assert Source("SFS 2305").url is None


def test_law_is_read_in_the_text_and_other_sources_are_not_unless_said() -> None:
    assert LawRef(Act.FF, "33").confidence is Confidence.TEXT
    assert Source("SFS 2305").confidence is Confidence.SECONDARY
    assert POLICY.confidence is Confidence.POLICY


def test_equal_citations_are_equal_values() -> None:
    assert LawRef(Act.FF, "33", 1) == LawRef(Act.FF, "33", section=1)
    assert LawRef(Act.FF, "33", 1) != LawRef(Act.FF, "33", 1, confidence=Confidence.DERIVED)


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2013, 1, 1), 75),
        (date(2025, 12, 31), 75),
        (date(2026, 1, 1), 80),
        (date(2050, 1, 1), 80),
    ],
)
def test_value_changes_on_the_day_it_comes_into_force(day: date, age: int) -> None:
    assert LAST_AGE.on(day, known=date(2026, 11, 21)) == age


def test_value_is_unknown_until_the_day_it_is_adopted() -> None:
    assert LAST_AGE.on(date(2026, 6, 1), known=date(2025, 12, 1)) == 75
    assert LAST_AGE.on(date(2026, 6, 1), known=ADOPTED_2025) == 80


@pytest.mark.parametrize(
    ("day", "known"),
    [(date(2012, 12, 31), ADOPTED_2025), (date(2026, 1, 1), date(2012, 8, 28))],
)
def test_nothing_in_force_or_known_is_an_error_that_says_from_when(day: date, known: date) -> None:
    with pytest.raises(
        ValueError, match=rf"day \({day}\), as known on {known}, must not be before"
    ):
        LAST_AGE.on(day, known=known)


def test_spans_join_without_gaps_in_order_of_time() -> None:
    assert list(LAST_AGE.spans(known=ADOPTED_2025)) == [
        (date(2013, 1, 1), date(2025, 12, 31), 75),
        (date(2026, 1, 1), None, 80),
    ]


def test_spans_leave_out_what_was_not_yet_known() -> None:
    assert list(LAST_AGE.spans(known=date(2025, 12, 1))) == [(date(2013, 1, 1), None, 75)]
    assert not list(LAST_AGE.spans(known=date(2012, 1, 1)))


def test_dated_value_needs_an_entry() -> None:
    with pytest.raises(ValueError, match="entries must hold at least one value"):
        Dated({})
