"""What is said of differences."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from scheduler.writing.comparison.measures import (
    amount,
    by_key,
    signed,
    verdict,
)
from scheduler.writing.comparison.memo import to_memo
from scheduler.writing.comparison.sentences import (
    assumptions,
    certain,
    in_short,
    means,
)
from tests.whatif.comparing import comparison_of, made


def test_a_difference_inside_the_gap_is_told_to_mean_nothing() -> None:
    own = comparison_of(made("Base", (12, 5)), made("Uklar", (10, 6)), made("Klar", (4, 4)))
    words = dict(certain(own))
    assert "mindre enn det som gjenstår å bevise" in words["Uten betydning (≈)"]
    assert "(«Uklar»)" in words["Uten betydning (≈)"]
    assert "(«Klar»)" in words["Sikkert (✓)"]
    assert any("fordelt, skiller ikke «Uklar» fra dagens ordning" in s for s in in_short(own))
    base, unclear = own.base.figures, own.others[0].figures
    assert base
    assert unclear
    assert verdict(by_key("worst"), base, unclear) == "within"
    assert verdict(by_key("most_nights"), base, unclear) is None


def test_a_search_that_was_stopped_is_told_not_to_be_equal() -> None:
    own = comparison_of(made("Base", (1, 1)), made("Annet", (1, 1)))
    assert "like lang tid (høyst 60 s hver)" in assumptions(own)[0]
    assert "ikke hatt like lang tid" in assumptions(replace(own, stopped=True))[0]


def test_holes_and_missing_rosters_are_told_first() -> None:
    lost = replace(made("Tapt", (1, 1)), figures=None, trouble="Ingen plan.")
    own = comparison_of(made("Base", (1, 1)), made("Hull", (1, 1), holes=2), lost)
    first, second, *_ = in_short(own)
    assert "For «Tapt» ble det ikke funnet" in first
    assert "«Hull» (2 udekte vakter)" in second
    assert means(lost, own.base.figures) == (("Ikke løst", "Ingen plan."),)
    assert "2 vakter er udekket (16 timer)" in means(own.others[0], own.base.figures)[0][1]
    assert len(PdfReader(BytesIO(to_memo(own))).pages) == 2


@pytest.mark.parametrize(
    ("value", "decimals", "text", "with_sign"),
    [
        (12345.6, 0, "12\u00a0346", "+12\u00a0346"),
        (7.25, 1, "7,2", "+7,2"),
        (7.0, 1, "7", "+7"),
        (-3.5, 1, "−3,5", "−3,5"),
        (-0.01, 1, "0", "±0"),
    ],
)
def test_numbers_are_written_as_norwegians_do(
    value: float, decimals: int, text: str, with_sign: str
) -> None:
    assert amount(value, decimals) == text
    assert signed(value, decimals) == with_sign
