"""What is said of differences."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from api.pages.scenarios.texts import TEXTS
from scheduler.writing.comparison.document import document
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
    cut_off,
    in_short,
    means,
)
from scheduler.writing.comparison.workbook import to_workbook
from tests.whatif.comparing import cells_of, comparison_of, made, text_of


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


def test_of_which_alternatives_the_search_was_cut_off_is_told_as_on_the_pages() -> None:
    own = comparison_of(made("Base", (1, 1)), made("Annet", (1, 1)), made("Tredje", (1, 1)))
    assert cut_off(own) == ""
    assert not any("svarte ikke" in line for line in assumptions(own))
    last = [replace(a, cut_off=True) for a in own.others]
    hung = replace(own, alternatives=(own.base, *last))
    told = cut_off(hung)
    assert told.startswith("For «Annet» og «Tredje» svarte ikke søket da det skulle avsluttes,")
    page = TEXTS["cut_off"].nb
    assert isinstance(page, str)
    assert told.partition(" svarte ")[2] == page.partition(" svarte ")[2]
    assert assumptions(hung)[1] == told
    assert told in text_of(to_memo(hung))
    assert told in cells_of(to_workbook(hung))
    assert [a["cut_off"] for a in document(hung)["alternatives"]] == [False, True, True]


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
