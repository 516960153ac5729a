"""Fastlegeforskriften § 32 første ledd med merknad (F-32.4): pålegg fordeles jevnt."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.ordered_spread import OrderedSpread
from scheduler.domain.doctor import Employment, Span
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Agreement
from scheduler.domain.time import Interval
from tests.support import NURSING_HOME, cost, doctor, exceptions, problem, roster, utc, worked_by

RULE = OrderedSpread()
KARI, OLA = doctor("Kari"), doctor("Ola")
# Ten weeks: 75 hours can be ordered at full time, and 7.5 of them are free.
TEN_WEEKS: dict[str, Any] = {"first_day": date(2027, 2, 1), "last_day": date(2027, 4, 11)}


def session(day: str, minutes: int) -> Duty:
    start = utc(f"{day} 08:00")
    end = start + timedelta(minutes=minutes)
    return Duty(f"s/{day}", NURSING_HOME, Interval(start, end))


@pytest.mark.parametrize(("minutes", "over"), [(450, 0), (451, 1)])
def test_a_tenth_of_the_frame_is_free(minutes: int, over: int) -> None:
    timetable = worked_by(KARI, session("2027-02-01", minutes), **TEN_WEEKS)
    assert len(exceptions(RULE, timetable)) == over


def test_a_smaller_practice_has_a_smaller_frame() -> None:
    half = doctor("Kari", practice_share="1/2")
    assert not exceptions(RULE, worked_by(half, session("2027-02-01", 225), **TEN_WEEKS))
    assert exceptions(RULE, worked_by(half, session("2027-02-01", 226), **TEN_WEEKS))


def test_the_same_hours_cost_less_when_shared() -> None:
    first, second = session("2027-02-01", 450), session("2027-02-09", 450)
    both = problem([KARI, OLA], [first, second], **TEN_WEEKS)
    assert sum(cost(RULE, roster(both, {"kari": [first], "ola": [second]}))) == 0
    assert sum(cost(RULE, roster(both, {"kari": [first, second]}))) == 450


def test_the_price_of_one_more_hour_rises() -> None:
    days = ["2027-02-01", "2027-02-08", "2027-02-15", "2027-02-22", "2027-03-01", "2027-03-08"]
    days += ["2027-03-15", "2027-03-22", "2027-03-29", "2027-04-05"]
    sessions = [session(day, 450) for day in days]
    costs = [sum(cost(RULE, worked_by(KARI, *sessions[:n], **TEN_WEEKS))) for n in range(11)]
    steps = [(b - a) // 450 for a, b in pairwise(costs)]
    assert steps == [0, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_agreed_work_and_the_former_roster_do_not_weigh() -> None:
    own = (Agreement("kari", "sykehjem", 600, Span()),)
    assert not exceptions(
        RULE, worked_by(KARI, session("2027-02-01", 600), agreements=own, **TEN_WEEKS)
    )
    past = [(KARI, session("2027-01-25", 600))]
    timetable = worked_by(KARI, session("2027-02-01", 450), tail=past, **TEN_WEEKS)
    assert not exceptions(RULE, timetable)
    assert not exceptions(RULE, worked_by(KARI, tail=past, **TEN_WEEKS))


def test_the_municipality_may_set_another_share() -> None:
    timetable = worked_by(KARI, session("2027-02-01", 451), **TEN_WEEKS)
    assert not exceptions(OrderedSpread(free_share=11), timetable)
    assert exceptions(OrderedSpread(free_share=5), timetable)


def test_two_doctors_with_much_are_two_exceptions() -> None:
    first, second = session("2027-02-01", 500), session("2027-02-09", 600)
    both = problem([KARI, OLA], [first, second], **TEN_WEEKS)
    found = exceptions(RULE, roster(both, {"kari": [first], "ola": [second]}))
    assert [(case.doctor, case.duties) for case in found] == [
        ("kari", (first.id,)),
        ("ola", (second.id,)),
    ]


def test_who_cannot_be_ordered_has_no_frame() -> None:
    hired = doctor("Kari", employment=Employment.HIRED)
    timetable = worked_by(hired, session("2027-02-01", 60), **TEN_WEEKS)
    [case] = exceptions(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Kari pålegges 1 time i perioden; skjevhet teller fra 0 timer "
        "(merknad til fastlegeforskriften § 32 første ledd)."
    )


def test_sentence() -> None:
    timetable = worked_by(KARI, session("2027-02-01", 900), **TEN_WEEKS)
    [case] = exceptions(RULE, timetable)
    assert (case.measured, case.limit, case.margin) == (15, 7.5, -7.5)
    assert RULE.explain(timetable.problem, case) == (
        "Kari pålegges 15 timer i perioden, 20 % av rammen; skjevhet teller fra 7,5 timer "
        "(merknad til fastlegeforskriften § 32 første ledd)."
    )


@given(
    st.lists(st.sampled_from([1, 60, 224, 225, 226, 449]), max_size=5),
    st.sampled_from(["1", "1/2", "1/3", "0"]),
    st.sampled_from([0, 60]),
)
def test_encoder_and_checker_agree(minutes: list[int], share: str, offered: int) -> None:
    own = (Agreement("kari", "sykehjem", offered, Span(), signed=False),)
    kari = doctor("Kari", practice_share=share)
    sessions = [session(f"2027-02-{1 + n:02d}", m) for n, m in enumerate(minutes)]
    tail = [(kari, session("2027-01-31", 100))]
    exceptions(RULE, worked_by(kari, *sessions, agreements=own, tail=tail, **TEN_WEEKS))
