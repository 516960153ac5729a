"""Times, names and numbers as a Norwegian writes them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from constraints.law import POLICY, Act, LawRef, Source
from constraints.wording import (
    at,
    clock,
    counted,
    days,
    duty_named,
    from_to,
    hours,
    kroner,
    listed,
    name,
    number,
    on_day,
    short_day,
    source,
)
from scheduler.domain.time import Interval, whole_days
from scheduler.rule import Citation, Confidence
from tests.support import NIGHT, doctor, duty, problem, span, utc

KARI = doctor("Kari")
OLA = doctor("Ola")


def test_days_and_clocks() -> None:
    assert on_day(date(2027, 3, 27)) == "lørdag 27. mars 2027"
    assert short_day(date(2027, 3, 7)) == "07.03.2027"
    assert clock(utc("2027-03-27 08:05")) == "08:05"
    assert at(utc("2027-01-01 23:00")) == "fredag 1. januar 2027 kl. 23:00"


@pytest.mark.parametrize(
    ("interval", "told"),
    [
        (span("2027-03-26 15:30", "23:00"), "fredag 26. mars 2027 kl. 15:30–23:00"),
        (
            span("2027-03-27 23:00", "2027-03-28 08:00"),  # the clock goes forward
            "lørdag 27. mars 2027 kl. 23:00–08:00",
        ),
        (
            span("2027-10-30 23:00", "2027-10-31 08:00"),  # and back
            "lørdag 30. oktober 2027 kl. 23:00–08:00",
        ),
        (
            span("2027-03-26 15:30", "2027-03-28 08:00"),
            "fredag 26. mars 2027 kl. 15:30 – søndag 28. mars 2027 kl. 08:00",
        ),
    ],
)
def test_from_to_names_the_second_day_where_it_is_not_the_next(
    interval: Interval, told: str
) -> None:
    assert from_to(interval) == told


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (date(2027, 1, 10), date(2027, 4, 30), "fra 10.01.2027 til 30.04.2027"),
        (date(2027, 3, 15), date(2027, 3, 15), "15.03.2027"),
        (date(2027, 3, 15), date(2900, 12, 31), "fra 15.03.2027"),
        (date(1900, 1, 1), date(2027, 4, 30), "til 30.04.2027"),
        (date(1900, 1, 1), date(2900, 12, 31), "uten sluttdato"),
    ],
)
def test_ends_far_away_are_not_told(first: date, last: date, told: str) -> None:
    assert days(whole_days(first, last)) == told


def test_no_days_are_no_words() -> None:
    assert days(None) == ""


@pytest.mark.parametrize(
    ("minutes", "told"),
    [(450, "7,5 timer"), (60, "1 time"), (0, "0 timer"), (59, "0,98 timer"), (600, "10 timer")],
)
def test_hours(minutes: float, told: str) -> None:
    assert hours(minutes) == told


@pytest.mark.parametrize(
    ("value", "told"), [(7.5, "7,5"), (10.0, "10"), (1.006, "1,01"), (100, "100"), (-2.5, "−2,5")]
)
def test_numbers_have_a_comma_and_no_needless_zeros(value: float, told: str) -> None:
    assert number(value) == told


def test_one_and_many() -> None:
    assert counted(1, "dag", "dager") == "1 dag"
    assert counted(0, "dag", "dager") == "0 dager"
    assert counted(2, "dag", "dager") == "2 dager"


@pytest.mark.parametrize(
    ("amount", "told"),
    [(0, "0 kr"), (950, "950 kr"), (1230, "1 230 kr"), (1234567, "1 234 567 kr")],
)
def test_kroner_have_hard_spaces(amount: int, told: str) -> None:
    assert kroner(amount) == told.replace(" ", "\u00a0")


def test_lists() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a og b"
    assert listed(iter(["a", "b", "c"])) == "a, b og c"


def test_doctor_and_duty_are_named_also_when_the_duty_is_history() -> None:
    past = duty("2027-02-27 23:00", "2027-02-28 08:00", NIGHT)
    own = duty("2027-03-27 23:00", "2027-03-28 08:00", NIGHT)
    case = problem([KARI], [own], first_day=date(2027, 3, 1), tail=[(KARI, past)])
    assert name(case, "kari") == "Kari"
    assert name(case, None) == "Ingen"
    assert duty_named(case, own.id) == "Natt lørdag 27. mars 2027 kl. 23:00–08:00"
    assert duty_named(case, past.id) == "Natt lørdag 27. februar 2027 kl. 23:00–08:00"


def test_a_duty_of_the_tail_is_named_as_its_doctor_worked_it() -> None:
    short = duty("2027-02-27 23:00", "2027-02-28 08:00", NIGHT)
    long = replace(short, interval=Interval(short.start, short.end + timedelta(hours=2)))
    case = problem([KARI, OLA], [], first_day=date(2027, 3, 1), tail=[(KARI, short), (OLA, long)])
    assert duty_named(case, short.id, "kari").endswith("kl. 23:00–08:00")
    assert duty_named(case, short.id, "ola").endswith("kl. 23:00–10:00")


@pytest.mark.parametrize(
    ("citation", "told"),
    [
        (LawRef(Act.FF, "32"), "(fastlegeforskriften § 32)"),
        (POLICY, "(kommunens egen innstilling)"),
        (Source("SFS 2305"), "(SFS 2305; må bekreftes av kommunen)"),
        (
            LawRef(Act.FF, "33", confidence=Confidence.DERIVED),
            "(fastlegeforskriften § 33; må bekreftes av kommunen)",
        ),
        (
            Source("Garde mfl. 2020", confidence=Confidence.UNVERIFIED),
            "(Garde mfl. 2020; må bekreftes av kommunen)",
        ),
    ],
)
def test_source_has_a_reservation_where_the_text_was_not_read(
    citation: Citation, told: str
) -> None:
    assert source(citation) == told
