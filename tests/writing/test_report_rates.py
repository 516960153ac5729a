"""The table of burden points in the report: whose a rate is, and how a duty gets its points."""

from dataclasses import replace
from datetime import date

import pytest

from constraints.facts.points import RATE_BASIS
from scheduler.checking import check
from scheduler.domain.duty import Duty, MunicipalDuty, ShiftPattern
from scheduler.domain.points import DEFAULT_RATES, NUMBER, HourClass, Rates
from scheduler.reading.words import WORDS
from scheduler.rule import Confidence
from scheduler.writing.legality import LegalityReport
from scheduler.writing.report.rates import RateRow, RatesPart, Reckoning, calculation, rates
from scheduler.writing.report_html import to_html
from scheduler.writing.wording import HOUR_CLASSES
from tests.support import BACKUP, EVENING, HOME, NIGHT, NURSING_HOME, doctor, duty, problem, roster

BY_HOUR = replace(NIGHT, burden=None)


def with_rate(column: str, hours: HourClass, rate: int, base: Rates = DEFAULT_RATES) -> Rates:
    """Rates with one of them changed."""
    changed = [*getattr(base, column)]
    changed[NUMBER[hours]] = rate
    return replace(base, **{column: tuple(changed)})


def report(*duties: Duty, rates: Rates = DEFAULT_RATES) -> LegalityReport:
    """A report of these duties, all uncovered."""
    timetable = roster(problem([doctor()], duties, rates=rates), {})
    return LegalityReport(check(timetable, ()), rate_basis=RATE_BASIS)


def part(*duties: Duty, **more: Rates) -> RatesPart:
    """The part of the report about rates."""
    return rates(report(*duties, **more))


def night(kind: ShiftPattern | MunicipalDuty = BY_HOUR, day: int = 2) -> Duty:
    """A night in February 2027."""
    return duty(f"2027-02-{day:02} 23:00", f"2027-02-{day + 1:02} 08:00", kind)


def test_the_default_table_says_that_it_is_the_default() -> None:
    rows = part(night()).rows
    assert len(rows) == len(HourClass)
    assert {row.set_by for row in rows} == {"standard"}
    assert rows[0] == RateRow("dag", "07–16", "", "1", "0,25", "0,14", "standard")
    assert rows[6].hours == "høytid"


def test_the_municipalitys_own_rates_are_told_beside_the_default() -> None:
    own = with_rate("home", HourClass.NIGHT, 80, with_rate("on_site", HourClass.NIGHT, 250))
    rows = part(night(replace(BY_HOUR, rates=own)), rates=own).rows
    assert len(rows) == len(HourClass)  # the pattern follows the general rates
    assert rows[2] == RateRow(
        "natt",
        "23–07",
        "",
        "2,5",
        "0,8",
        "0,29",
        "kommunens egen innstilling; standarden er 2 for tilstedevakt og 0,5 for hjemmevakt",
    )
    assert rows[1].set_by == "standard"


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        (BY_HOUR, ("9,99", "–", "–")),
        (replace(HOME, burden=None), ("–", "9,99", "–")),
        (replace(BACKUP, burden=None), ("–", "–", "9,99")),
    ],
    ids=["on site", "home", "backup"],
)
def test_a_pattern_with_rates_of_its_own_has_a_row(
    kind: ShiftPattern, cells: tuple[str, str, str]
) -> None:
    own = with_rate(kind.column_name, HourClass.EVENING, 999)
    *general, row = part(night(replace(kind, rates=own))).rows
    assert len(general) == len(HourClass)
    usual = {"on_site": "1,25", "home": "0,31", "backup": "0,18"}[kind.column_name]
    assert (row.hours, row.pattern) == ("kveld", kind.name)
    assert (row.on_site, row.home, row.backup) == cells
    assert row.set_by == f"kommunens egen innstilling; ellers {usual}"


def test_rates_of_another_column_say_nothing_of_the_pattern() -> None:
    own = with_rate("home", HourClass.EVENING, 999)
    assert len(part(night(replace(BY_HOUR, rates=own))).rows) == len(HourClass)


def test_rates_beside_agreed_points_are_not_shown() -> None:
    own = with_rate("on_site", HourClass.NIGHT, 999)
    assert len(part(night(replace(NIGHT, rates=own))).rows) == len(HourClass)


def test_the_example_is_a_calculation_that_gives_the_points() -> None:
    assert part(night()).examples == (
        Reckoning(
            "Natt", "tirsdag 2. februar 2027 kl. 23:00–08:00", "1 t dag × 1 + 8 t natt × 2", "17"
        ),
    )


def test_agreed_points_are_told_as_agreed() -> None:
    (example,) = part(night(replace(NIGHT, burden=1250))).examples
    assert (example.sum, example.points) == ("avtalt for hele vakten", "12,5")


def test_each_pattern_has_an_ordinary_example_where_there_is_one() -> None:
    christmas = duty("2027-12-24 15:30", "23:00", replace(EVENING, burden=None))
    spring = duty("2026-03-28 23:00", "2026-03-29 08:00", BY_HOUR)
    plan = (spring, night(), night(day=3), christmas)
    examples = {example.pattern: example for example in part(*plan).examples}
    assert examples["Natt"].duty == "tirsdag 2. februar 2027 kl. 23:00–08:00"
    assert examples["Kveld"].sum == "7,5 t høytid × 3"


def test_a_weekend_is_ordinary_too() -> None:
    saturday = duty("2027-02-06 08:00", "15:00", BY_HOUR)
    assert part(saturday, night(day=8)).examples[0].sum == "7 t helg × 1,5"


def test_patterns_without_duties_and_municipal_duties_have_no_example() -> None:
    timetable = roster(problem([doctor()], [night(NURSING_HOME)], types=[BY_HOUR]), {})
    assert rates(LegalityReport(check(timetable, ()))).examples == ()


@pytest.mark.parametrize(
    ("end", "told"),
    [
        ("09:20", "1 t 20 min dag × 1"),
        ("08:20", "20 min dag × 1"),
        ("08:30", "0,5 t dag × 1"),
        ("08:03", "0,05 t dag × 1"),
    ],
)
def test_lengths_that_two_decimals_do_not_hold_are_told_in_minutes(end: str, told: str) -> None:
    assert calculation(duty("2027-02-02 08:00", end, BY_HOUR)) == told


def test_what_the_defaults_lean_on_is_told_with_its_confidence() -> None:
    policy, home, backup = part(night()).basis
    assert policy[1] is None
    assert "Ingen lov eller avtale fastsetter belastningspoeng" in policy[0]
    for (claim, source), number in ((home, "S-13"), (backup, "W-07")):
        assert number in claim
        assert source is not None
        assert source.confidence == "gjengitt i annen kilde; må bekreftes av kommunen"
    assert all(c is None or c.confidence is Confidence.SECONDARY for _, c in RATE_BASIS)


def test_the_page_has_the_tables() -> None:
    page = to_html(report(night(replace(BY_HOUR, name="Natt <1>"))))
    assert "Satsene som gjaldt, i poeng per time" in page
    assert "1 t dag × 1 + 8 t natt × 2" in page
    assert "Natt &lt;1&gt;" in page


def test_a_plan_without_shifts_has_the_table_and_no_examples() -> None:
    page = to_html(report(duty("2027-02-02 12:00", "15:00", NURSING_HOME)))
    assert "Satsene som gjaldt, i poeng per time" in page
    assert "ett eksempel per vakttype" not in page


def test_classes_are_called_the_same_in_the_plan_and_in_the_report() -> None:
    assert WORDS[HourClass] == HOUR_CLASSES


def test_the_period_of_the_tests_has_the_days_it_is_said_to_have() -> None:
    assert (date(2027, 2, 2).weekday(), date(2027, 2, 6).weekday()) == (1, 5)
