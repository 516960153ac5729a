"""Fastlegeforskriften § 8 (F-8.1, F-32.9): avtalte kommunale oppgaver blir gitt."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.agreement_kept import AgreementKept
from constraints.days_off import DaysOff
from scheduler.domain.doctor import Absence, AbsenceKind, Span
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Agreement
from scheduler.domain.roster import Timetable
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import settle, step_values
from tests.support import (
    DAYTIME,
    NURSING_HOME,
    cost,
    doctor,
    duty,
    exceptions,
    problem,
    roster,
    span,
)

RULE = AgreementKept()
KARI, OLA = doctor("Kari"), doctor("Ola")
SCHOOL = replace(NURSING_HOME, id="skole", name="Skolehelse")
WEEK: dict[str, Any] = {"first_day": date(2027, 2, 1), "last_day": date(2027, 2, 14)}


def session(day: int, end: str = "12:00", **more: Any) -> Duty:
    return duty(f"2027-02-{day:02d} 08:00", end, more.pop("kind", NURSING_HOME), **more)


MON, TUE, WED = session(1), session(2), session(3)


def signed(hours: int = 8, who: str = "kari", days: Span | None = None, **more: Any) -> Agreement:
    return Agreement(who, more.pop("kind", "sykehjem"), 60 * hours, days or Span(), **more)


def given_to(
    kari: list[Duty],
    *,
    all_of: list[Duty] | None = None,
    ola: list[Duty] | None = None,
    **more: Any,
) -> Timetable:
    """Kari has these of the sessions; by default she has signed for eight hours a week."""
    more.setdefault("agreements", (signed(),))
    case = problem([KARI, OLA], all_of or [MON, TUE], **(WEEK | more))
    return roster(case, {"kari": kari, "ola": ola or []})


@pytest.mark.parametrize(("end", "short"), [("10:00", 0), ("09:59", 1)])
def test_three_quarters_of_the_agreed_hours_are_enough(end: str, short: int) -> None:
    second = session(2, end)
    timetable = given_to([MON, second], all_of=[MON, second, WED])
    assert len(exceptions(RULE, timetable)) == short
    assert sum(cost(RULE, timetable)) == short


def test_the_price_is_a_minute_for_a_minute() -> None:
    timetable = given_to([MON])
    [case] = exceptions(RULE, timetable)
    assert (case.measured, case.limit, case.margin) == (4, 6, -2)
    assert cost(RULE, timetable) == (120,)
    assert cost(RULE, given_to([])) == (360,)
    assert not exceptions(AgreementKept(least_share=50), timetable)
    assert not exceptions(RULE, given_to([MON, TUE]))


def test_a_week_kept_already_costs_nothing_where_other_rules_bar_the_rest() -> None:
    past = [(KARI, MON), (KARI, TUE)]
    for hours, price in ((8, 0), (11, 15)):  # three quarters are 6 and 8.25 hours
        wednesday = session(3, "18:00")
        case = problem(
            [KARI],
            [wednesday],
            first_day=date(2027, 2, 3),
            tail=past,
            agreements=(signed(hours),),
        )
        draft = Draft(case, [RULE, DaysOff(days={"kari/2027-02-03": True})])
        assert step_values(draft.model, settle(draft.model, ())) == (price,)


def test_an_offer_is_no_promise() -> None:
    assert not exceptions(RULE, given_to([], agreements=(signed(signed=False),)))
    assert not exceptions(RULE, given_to([], agreements=(signed(kind="skole"),), types=(SCHOOL,)))


@pytest.mark.parametrize(
    ("days", "short"),
    [
        (Span(date(2027, 2, 1), date(2027, 2, 7)), 1),
        (Span(date(2027, 2, 2), date(2027, 2, 7)), 0),
        (Span(date(2027, 2, 1), date(2027, 2, 6)), 0),
    ],
)
def test_only_whole_weeks_are_promised(days: Span, short: int) -> None:
    assert len(exceptions(RULE, given_to([], agreements=(signed(days=days),)))) == short


@pytest.mark.parametrize(("end", "short"), [("10:00", 1), ("09:59", 0)])
def test_a_week_without_sessions_enough_promises_nothing(end: str, short: int) -> None:
    assert len(exceptions(RULE, given_to([], all_of=[MON, session(2, end)]))) == short


@pytest.mark.parametrize(("start", "short"), [("12:00", 1), ("11:59", 0)])
def test_sessions_during_an_absence_are_not_offered(start: str, short: int) -> None:
    away = (Absence("kari", span(f"2027-02-02 {start}", "16:00"), AbsenceKind.COURSE),)
    assert len(exceptions(RULE, given_to([], absences=away))) == short
    others = (Absence("ola", span("2027-02-01 08:00", "2027-02-05 16:00"), AbsenceKind.SICK),)
    assert len(exceptions(RULE, given_to([], absences=others))) == 1


@pytest.mark.parametrize(("end", "short"), [("12:00", 2), ("11:59", 0)])
def test_all_who_have_signed_must_be_able_to_have_their_part(end: str, short: int) -> None:
    two = (signed(), signed(who="ola"))
    sessions = [MON, TUE, session(3, end)]
    assert len(exceptions(RULE, given_to([], all_of=sessions, agreements=two))) == short


def test_a_session_for_two_counts_twice_and_a_choice_once() -> None:
    two = (signed(), signed(who="ola"))
    assert exceptions(
        RULE,
        given_to(
            [], all_of=[replace(MON, needed=2), session(2, "12:00", needed=2)], agreements=two
        ),
    )
    choices = [session(1, choice="a"), session(2, choice="a"), session(3, "10:00", choice="b")]
    assert exceptions(RULE, given_to([], all_of=choices))
    one = [session(1, "13:59", choice="a"), session(2, "14:00", choice="a")]
    assert not exceptions(RULE, given_to([], all_of=one))
    one = [session(1, "14:00", choice="a"), session(2, "14:00", choice="a")]
    assert exceptions(RULE, given_to([], all_of=one))


def test_the_former_roster_counts_in_its_week() -> None:
    more: dict[str, Any] = {"first_day": date(2027, 2, 3), "last_day": date(2027, 2, 7)}
    rest = [session(4), session(5)]
    assert not exceptions(RULE, given_to(rest[:1], all_of=rest, tail=[(KARI, MON)], **more))
    assert exceptions(RULE, given_to(rest[:1], all_of=rest, tail=[(OLA, MON)], **more))
    worked = [(KARI, MON), (KARI, TUE)]
    assert not exceptions(RULE, given_to([], all_of=rest, tail=worked, **more))


def test_signed_daytime_duty_is_no_municipal_work() -> None:
    shifts = [duty(f"2027-02-{day:02d} 08:00", "15:30", DAYTIME) for day in range(1, 6)]
    timetable = given_to([], all_of=shifts, agreements=(signed(kind="dag"),))
    assert exceptions(RULE, timetable) == []
    assert cost(RULE, timetable) in ((), (0,))


def test_two_weeks_are_two_exceptions() -> None:
    sessions = [MON, TUE, session(8), session(9)]
    found = exceptions(RULE, given_to([MON, sessions[3]], all_of=sessions))
    assert [(c.fact("week"), c.duties) for c in found] == [
        ("uke 5 (2027)", (MON.id,)),
        ("uke 6 (2027)", (sessions[3].id,)),
    ]


def test_who_has_signed_nothing_is_not_judged() -> None:
    found = list(RULE.check(given_to([MON, TUE], ola=[])))
    assert {case.doctor for case in found} == {"kari"}


def test_sentence() -> None:
    timetable = given_to([MON])
    [case] = exceptions(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "I uke 5 (2027) får Kari 4 timer Sykehjem; avtalen tilsier minst 6 timer "
        "(fastlegeforskriften § 8 første ledd)."
    )


@given(
    st.lists(
        st.tuples(
            st.integers(1, 14),
            st.sampled_from(["09:59", "10:00", "12:00", "14:00"]),
            st.sampled_from(["kari", "ola", ""]),
        ),
        max_size=6,
        unique_by=lambda t: t[0],
    ),
    st.sampled_from([0, 2, 8]),
    st.sampled_from([0, 4, 8]),
    st.booleans(),
)
def test_encoder_and_checker_agree(
    days: list[tuple[int, str, str]], kari: int, ola: int, past: bool
) -> None:
    sessions = [(session(day, end), who) for day, end, who in days]
    tail = [(KARI, sessions.pop()[0])] if past and sessions else []
    own = tuple(signed(h, who) for who, h in (("kari", kari), ("ola", ola)) if h)
    case = problem([KARI, OLA], [s for s, _ in sessions], agreements=own, tail=tail, **WEEK)
    work = {name: [s for s, who in sessions if who == name] for name in ("kari", "ola")}
    exceptions(RULE, roster(case, dict(work)))


def test_a_session_that_touches_a_week_is_none_of_it() -> None:
    last = duty("2027-02-07 20:00", "2027-02-08 00:00", NURSING_HOME)
    first = duty("2027-02-08 00:00", "04:00", NURSING_HOME)
    others = [session(1), session(2), session(9), session(10)]
    cases = RULE.check(given_to([last, first], all_of=[*others, last, first]))
    assert [case.duties for case in cases] == [(last.id,), (first.id,)]
