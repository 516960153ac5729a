"""Fastlegeforskriften § 32 første ledd (F-32.4): frivillig før pålegg. Case E17."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.cover import Cover
from constraints.voluntary_first import VoluntaryFirst
from scheduler.domain.doctor import Doctor, Span
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Agreement
from scheduler.rule import Outcome
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import settle, step_values
from tests.support import (
    EVENING,
    NURSING_HOME,
    cost,
    doctor,
    duty,
    exceptions,
    notices,
    problem,
    roster,
    worked_by,
)

RULE = VoluntaryFirst()
KARI, OLA, PER = doctor("Kari"), doctor("Ola"), doctor("Per")


def session(day: int, hours: int = 2, start: int = 8, **more: Any) -> Duty:
    return duty(
        f"2027-02-{day:02d} {start:02d}:00", f"{start + hours:02d}:00", NURSING_HOME, **more
    )


def offer(who: Doctor, hours: int, signed: bool = False) -> Agreement:
    return Agreement(who.id, NURSING_HOME.id, 60 * hours, Span(), signed)


def test_e17_volunteers_first() -> None:
    five = [session(day) for day in range(1, 6)]
    case = problem([KARI, OLA, PER], five, agreements=(offer(KARI, 6), offer(OLA, 4)))
    draft = Draft(case, [Cover(), RULE])
    worth = {}
    for chosen in product(["kari", "ola", "per"], repeat=5):
        variables = [draft.works(who, own) for who, own in zip(chosen, five, strict=True)]
        worth[chosen] = step_values(draft.model, settle(draft.model, variables))
    best = min(worth.values())
    assert best == (0, 0)
    assert all("per" not in chosen for chosen, value in worth.items() if value == best)
    assert {chosen.count("kari") for chosen, value in worth.items() if value == best} == {3}


def test_each_ordered_minute_costs_one() -> None:
    timetable = worked_by(KARI, session(1, 3), session(8, 4), agreements=(offer(KARI, 2, True),))
    assert cost(RULE, timetable) == (60 + 120,)
    found = exceptions(RULE, timetable)
    assert [(case.limit, case.margin) for case in found] == [(0, -1), (0, -2)]
    assert [(case.measured, case.duties) for case in found] == [
        (1, ("sykehjem/2027-02-01T08:00",)),
        (2, ("sykehjem/2027-02-08T08:00",)),
    ]


@pytest.mark.parametrize(("end", "ordered"), [("10:00", 0), ("10:01", 1)])
def test_a_minute_beyond_the_offer_is_ordered(end: str, ordered: int) -> None:
    own = duty("2027-02-01 08:00", end, NURSING_HOME)
    timetable = worked_by(KARI, own, agreements=(offer(KARI, 2),))
    assert len(exceptions(RULE, timetable)) == ordered
    assert len(notices(RULE, timetable)) == ordered


def test_legevakt_is_not_ordered_here() -> None:
    assert not list(RULE.check(worked_by(KARI, duty("2027-02-01 16:00", "23:00", EVENING))))


def test_what_the_former_roster_ordered_costs_nothing() -> None:
    more: dict[str, Any] = {"first_day": date(2027, 2, 3), "tail": [(KARI, session(1, 3))]}
    assert not exceptions(RULE, worked_by(KARI, **more))
    own = (offer(KARI, 4),)
    assert not exceptions(RULE, worked_by(KARI, session(4, 1), agreements=own, **more))
    [case] = exceptions(RULE, worked_by(KARI, session(4, 2), agreements=own, **more))
    assert case.measured == 1
    assert not exceptions(RULE, worked_by(KARI, agreements=(offer(KARI, 2),), **more))
    timetable = worked_by(KARI, session(4, 2), agreements=(offer(KARI, 2),), **more)
    assert cost(RULE, timetable) == (120,)


def test_an_offer_that_the_former_roster_did_not_use_up_costs_nothing() -> None:
    until = Agreement(KARI.id, NURSING_HOME.id, 600, Span(last=date(2027, 2, 2)), False)
    later = Agreement(KARI.id, NURSING_HOME.id, 1200, Span(date(2027, 2, 3)), False)
    more: dict[str, Any] = {"first_day": date(2027, 2, 3), "tail": [(KARI, session(1, 1))]}
    timetable = worked_by(KARI, session(4), agreements=(until, later), **more)
    assert not exceptions(RULE, timetable)


def test_another_doctor_is_not_affected() -> None:
    both = problem([KARI, OLA], [session(1), session(2)], agreements=(offer(OLA, 2),))
    found = exceptions(RULE, roster(both, {"kari": [session(1)], "ola": [session(2)]}))
    assert [case.doctor for case in found] == ["kari"]


def test_sentences() -> None:
    both = problem([KARI, OLA], [session(1), session(2, 3)])
    timetable = roster(both, {"kari": [session(1)], "ola": [session(2, 3)]})
    first, _ = exceptions(RULE, timetable)
    assert RULE.explain(both, first) == (
        "I uke 5 (2027) har Kari 2 timer kommunale oppgaver ut over det som er avtalt eller "
        "tilbudt, og de må pålegges (fastlegeforskriften § 32 første ledd)."
    )
    [log] = notices(RULE, timetable)
    assert RULE.explain(both, log) == (
        "Sykehjem: 5 timer må pålegges 2 leger. Kommunen skal først ha forsøkt å få til frivillige "
        "avtaler, og forsøket må loggføres (fastlegeforskriften § 32 første ledd)."
    )
    timetable = worked_by(KARI, session(1), agreements=(offer(KARI, 2),))
    [kept] = [c for c in RULE.check(timetable) if c.outcome is Outcome.KEPT]
    assert RULE.explain(timetable.problem, kept) == (
        "I uke 5 (2027) har Kari bare kommunale oppgaver som er avtalt eller tilbudt "
        "(fastlegeforskriften § 32 første ledd)."
    )


@given(
    st.lists(
        st.tuples(st.integers(3, 14), st.integers(1, 4)), max_size=5, unique_by=lambda t: t[0]
    ),
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 7), st.integers(0, 7)), max_size=3),
    st.integers(0, 4),
)
def test_the_price_is_what_is_ordered(
    work: list[tuple[int, int]], terms: list[tuple[int, int, int]], past: int
) -> None:
    own = tuple(
        Agreement("kari", "sykehjem", 60 * h, Span(date(2027, 2, d), date(2027, 2, d + more)))
        for h, d, more in terms
    )
    timetable = worked_by(
        KARI,
        *(session(day, hours) for day, hours in work),
        agreements=own,
        first_day=date(2027, 2, 3),
        tail=[(KARI, session(1, past))] if past else [],
    )
    found = exceptions(RULE, timetable)
    assert sum(cost(RULE, timetable)) == round(60 * sum(case.measured or 0 for case in found))
