"""Kommunens egen innstilling: høyeste antall vakter av en vakttype."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.pattern_maximum import PatternMaximum
from scheduler.domain.duty import Duty
from scheduler.rule import Outcome
from scheduler.solving.draft import Draft
from tests.support import EVENING, NIGHT, doctor, duty, notices, problem, roster, verify, worked_by

RULE = PatternMaximum(maxima={"*/natt": 2})
KARI = doctor("Kari")
OLA = doctor("Ola")


def night(day: int, **more: str) -> Duty:
    return duty(f"2027-03-{day:02} 22:00", f"2027-03-{day + 1:02} 08:00", NIGHT, **more)


def evening(day: int) -> Duty:
    return duty(f"2027-03-{day:02} 16:00", "22:00", EVENING)


def test_off_until_given() -> None:
    assert not list(PatternMaximum().check(worked_by(KARI, night(1), night(3))))
    assert not verify(PatternMaximum(), worked_by(KARI, night(1), night(3)))


@pytest.mark.parametrize(("days", "breaches"), [((1, 3), 0), ((1, 3, 5), 1)])
def test_as_many_as_allowed_and_one_more(days: tuple[int, ...], breaches: int) -> None:
    found = verify(RULE, worked_by(KARI, *map(night, days)))
    assert [(case.measured, case.limit) for case in found] == [(3, 2)] * breaches


def test_other_patterns_do_not_count() -> None:
    assert not verify(RULE, worked_by(KARI, night(1), night(3), evening(5), evening(6)))


def test_none_at_all() -> None:
    rule = PatternMaximum(maxima={"kari/natt": 0})
    assert len(verify(rule, worked_by(KARI, night(1)))) == 1
    assert not verify(rule, worked_by(KARI, evening(1)))
    both = problem([KARI, OLA], [night(1), evening(1)])
    assert Draft(both, [rule]).model.decisions == 3
    assert [(case.outcome, case.limit) for case in rule.stops(both, KARI)] == [(Outcome.BREACH, 0)]


def test_what_is_said_of_a_doctor_goes_first() -> None:
    three = worked_by(KARI, night(1), night(3), night(5))
    assert not verify(PatternMaximum(maxima={"*/natt": 2, "kari/natt": 3}), three)
    assert not verify(PatternMaximum(maxima={"*/natt": 2, "kari/natt": None}), three)
    assert not verify(PatternMaximum(maxima={"*/natt": 2, "kari/*": 3}), three)
    assert verify(PatternMaximum(maxima={"*/natt": 3, "kari/natt": 2}), three)


def test_each_of_two_patterns_is_named() -> None:
    rule = PatternMaximum(maxima={"*/natt": 1, "*/kveld": 1})
    work = night(1), night(3), evening(5), evening(6)
    found = verify(rule, worked_by(KARI, *work))
    assert [case.duties for case in found] == [
        (work[0].id, work[1].id),
        (work[2].id, work[3].id),
    ]


def test_former_roster_does_not_count() -> None:
    timetable = worked_by(
        KARI, night(3), night(5), first_day=date(2027, 3, 2), tail=[(KARI, night(1))]
    )
    assert not verify(RULE, timetable)


def test_another_doctor_is_not_affected() -> None:
    both = problem([KARI, OLA], [night(1), night(3), night(5)])
    assert not verify(RULE, roster(both, {"kari": [night(1), night(3)], "ola": [night(5)]}))


def test_duties_of_a_block_count_each() -> None:
    block = night(1, block="b"), night(3, block="b"), night(5, block="b")
    assert len(verify(RULE, worked_by(KARI, *block))) == 1
    assert not verify(PatternMaximum(maxima={"*/natt": 3}), worked_by(KARI, *block))


def test_kept_counts_are_reported_with_their_margin() -> None:
    [case] = RULE.check(worked_by(KARI, night(1)))
    assert (case.outcome, case.margin) == (Outcome.KEPT, 1)


def test_misspelt_names_are_told() -> None:
    rule = PatternMaximum(maxima={"karri/natt": 1, "kari/nat": 1})
    names = [case.fact("name") for case in notices(rule, worked_by(KARI, night(1)))]
    assert names == ["karri", "nat"]


def test_values_must_be_whole_numbers() -> None:
    with pytest.raises(ValueError, match=r"maxima\.\*/natt \(-1\) must be a whole number"):
        PatternMaximum(maxima={"*/natt": -1})


def test_sentence() -> None:
    timetable = worked_by(KARI, night(1), night(3), night(5))
    [case] = verify(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari har 3 vakter av typen Natt i perioden; grensen er 2 (kommunens egen innstilling)."
    )


@given(st.sets(st.integers(1, 6)), st.sets(st.integers(1, 6)), st.integers(0, 4), st.integers(0, 4))
def test_encoder_and_checker_agree(
    nights: set[int], evenings: set[int], most: int, most_evenings: int
) -> None:
    rule = PatternMaximum(maxima={"kari/natt": most, "*/kveld": most_evenings})
    every = [kind(day) for day in range(1, 7) for kind in (night, evening)]
    own = [*map(night, nights), *map(evening, evenings)]
    found = verify(rule, roster(problem([KARI], every), {"kari": own}))
    assert len(found) == (len(nights) > most) + (len(evenings) > most_evenings)
