"""Days and times as people say them."""

from datetime import timedelta

import pytest

from api.library.plans import understand
from api.pages.catalogue import Language
from api.pages.times import Clock
from scheduler.reading.plan import Plan
from tests.api.plans import tiny


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.NB, ["i dag", "i morgen", "om 2 dager", "om 13 dager", "om 2 uker"]),
        (Language.NN, ["i dag", "i morgon", "om 2 dagar", "om 13 dagar", "om 2 veker"]),
        (Language.EN, ["today", "tomorrow", "in 2 days", "in 13 days", "in 2 weeks"]),
    ],
)
def test_how_far_away_a_day_is(language: Language, said: list[str]) -> None:
    clock = Clock(language)
    days = [clock.today + timedelta(days=n) for n in (0, 1, 2, 13, 14)]
    assert [clock.away(day) for day in days] == said


def test_a_day_and_a_night_on_end_are_told_from_a_duty_of_no_time() -> None:
    problem = understand(Plan.model_validate(tiny())).problem
    hours = [Clock(Language.NB).hours(duty) for duty in problem.duties]
    assert hours[0] == "15:30–08:00"
    assert hours[5:7] == ["08:00–08:00 (døgn)"] * 2


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.NB, ["\u22121,5", "\u22121\xa0234,5", "0", "0", "2"]),
        (Language.NN, ["\u22121,5", "\u22121\xa0234,5", "0", "0", "2"]),
        (Language.EN, ["\u22121.5", "\u22121,234.5", "0", "0", "2"]),
    ],
)
def test_a_minus_is_a_minus_and_never_stands_before_nothing(
    language: Language, said: list[str]
) -> None:
    assert [Clock(language).number(x) for x in (-1.5, -1234.5, -0.04, -0.0, 2.0)] == said


def test_a_difference_has_a_sign_unless_it_is_shown_as_nothing() -> None:
    clock = Clock(Language.NB)
    assert [clock.signed(x) for x in (1.5, -0.5, 0.04, -0.04)] == ["+1,5", "\u22120,5", "0", "0"]
    assert [clock.signed(x, 0) for x in (3, -3)] == ["+3", "\u22123"]
