"""Burden points as whole numbers, whatever a point is."""

from fractions import Fraction

import pytest

from constraints.facts.fair_points import (
    Scale,
    ordered_terms,
    points_terms,
    typical_duty,
    weights_of,
)
from scheduler.domain.problem import Agreement
from scheduler.solving.draft import Draft
from scheduler.solving.model import TRUE
from tests.support import EVENING, NURSING_HOME, doctor, duty, problem

KARI = doctor("Kari")
ONE_AN_HOUR = Fraction(100, 60)


def scale(*burdens: int) -> Scale:
    return Scale.of(map(Fraction, burdens), Fraction(sum(burdens), len(burdens)))


@pytest.mark.parametrize(
    ("burdens", "units"),
    [
        ((100,), 10),  # a typical duty is a thousand
        ((100, 150), 8),  # twenty fifties to five fifties
        ((3001, 5002), 1),  # no common divisor: exact as they are
        ((500, 1500), 1),
    ],
)
def test_a_typical_duty_is_about_a_thousand_units_or_more(
    burdens: tuple[int, ...], units: int
) -> None:
    found = scale(*burdens)
    assert found.units == units
    assert all((own * found.units).denominator == 1 for own in burdens)
    larger = scale(*(7 * own for own in burdens))
    assert larger.units * 7 == found.units
    assert larger.parts * 7 == found.parts


def test_terms_are_exact_where_compared_and_rounded_where_squared() -> None:
    found = scale(100, 150, 65)
    work = [(Fraction(n), var) for var, n in ((2, 100), (3, 150), (4, 65))]
    typical = Fraction(315, 3)
    exact = found.exact(work)
    assert [c / found.units for c, _ in exact] == [100, 150, 65]
    assert found.coarse(work) == [
        (round(1000 * n / typical), var) for var, n in ((2, 100), (3, 150), (4, 65))
    ]
    assert found.step == 1000


def test_the_typical_duty_is_the_mean_of_what_is_given_away_at_once() -> None:
    shifts = [duty(f"2027-02-{d:02} 16:00", "22:00", EVENING) for d in (1, 2, 3)]
    session = duty("2027-02-03 08:00", "12:00", NURSING_HOME)
    block = [duty(f"2027-02-{d} 16:00", "22:00", EVENING, block="b") for d in (10, 11)]
    assert typical_duty(problem([KARI], [*shifts, session]), ONE_AN_HOUR) == 100
    assert typical_duty(problem([KARI], [shifts[0], *block]), ONE_AN_HOUR) == 150
    assert typical_duty(problem([KARI], [session]), ONE_AN_HOUR) == 750
    assert typical_duty(problem([KARI], [session]), Fraction(0)) == 0


def test_what_is_ordered_is_counted_without_the_former_roster() -> None:
    session = duty("2027-01-02 08:00", "10:00", NURSING_HOME)
    tail = [(KARI, duty("2026-12-30 08:00", "12:00", NURSING_HOME))]
    draft = Draft(problem([KARI], [session], tail=tail), [])
    terms = ordered_terms(draft, KARI)
    assert sum(c for c, var in terms if var == TRUE) == 0
    assert sum(c for c, var in terms if var != TRUE) == 120
    assert sum(c for c, _ in points_terms(draft, ["kari"], ONE_AN_HOUR)["kari"]) == 200
    assert points_terms(draft, ["kari"], Fraction(0))["kari"] == []


def test_the_scale_follows_from_the_plan_whoever_can_work_what() -> None:
    evening = duty("2027-02-01 16:00", "22:00", EVENING)
    session = duty("2027-02-03 08:00", "10:00", NURSING_HOME)
    own = (Agreement("kari", "sykehjem", 90),)
    plan = problem([KARI], [evening, session], agreements=own)
    assert sorted(weights_of(plan, ONE_AN_HOUR)) == [100, 150, 200]
    assert sorted(weights_of(plan, Fraction(0))) == [0, 0, 100]
    past = problem([KARI], [evening], tail=[(KARI, session)])
    assert sorted(weights_of(past, ONE_AN_HOUR)) == [100, 200]


def test_half_hours_beyond_an_agreement_are_one_number() -> None:
    session = duty("2027-02-03 08:00", "10:00", NURSING_HOME)
    own = (Agreement("kari", "sykehjem", 90),)
    draft = Draft(problem([KARI], [session], agreements=own), [])
    [(minutes, _), *_] = ordered_terms(draft, KARI)
    assert minutes == 30
    assert draft.model.definitions[-1].upper == 1
