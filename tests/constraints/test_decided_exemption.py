"""Fastlegeforskriften § 33 tredje ledd (F-33.6, F-33.7): fritak etter vedtak. E6, E7 and E8."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.decided_exemption import DecidedExemption
from scheduler.domain.doctor import Employment, Exemption, ExemptionKind, ExemptionStatus, Span
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from scheduler.rule import Outcome
from tests.support import (
    DAYTIME,
    NURSING_HOME,
    doctor,
    duty,
    notices,
    problem,
    roster,
    verify,
    worked_by,
)

RULE = DecidedExemption()
KARI = doctor("Kari", born=date(1969, 12, 1))  # 57
DAYS = Span(date(2027, 1, 10), date(2027, 4, 30))


def decision(**more: Any) -> Exemption:
    more.setdefault("status", ExemptionStatus.GRANTED)
    more.setdefault("interval", DAYS)
    return Exemption("f1", "kari", ExemptionKind.DECISION, **more)


def works(exemption: Exemption, *duties: Duty, **more: Any) -> Timetable:
    return worked_by(KARI, *duties, exemptions=(exemption,), **more)


EVENING = duty("2027-02-02 16:00", "23:00")


@pytest.mark.parametrize("status", [ExemptionStatus.APPLIED, ExemptionStatus.REFUSED])
def test_e06_age_over_55_alone_gives_nothing(status: ExemptionStatus) -> None:
    assert not verify(RULE, worked_by(KARI, EVENING))
    assert not verify(RULE, works(decision(status=status), EVENING))


@pytest.mark.parametrize(
    ("start", "end", "breaches"),
    [
        ("2027-01-09 16:00", "2027-01-10 00:00", 0),
        ("2027-01-09 16:00", "2027-01-10 00:01", 1),
        ("2027-01-10 00:00", "2027-01-10 08:00", 1),
        ("2027-04-30 23:59", "2027-05-01 08:00", 1),
        ("2027-05-01 00:00", "2027-05-01 08:00", 0),
    ],
)
def test_e07_decision_interval(start: str, end: str, breaches: int) -> None:
    assert len(verify(RULE, works(decision(), duty(start, end)))) == breaches


def test_e07_reason_is_not_shown() -> None:
    plan = works(decision(reference="2026/123"), EVENING)
    [case] = verify(RULE, plan)
    assert not case.facts
    assert RULE.explain(plan.problem, case) == (
        "Kari er etter vedtak fritatt fra legevakt fra 10.01.2027 til 30.04.2027, og Kveld "
        "tirsdag 2. februar 2027 kl. 16:00–23:00 berører fritaket "
        "(fastlegeforskriften § 33 tredje ledd)."
    )


def test_e08_application_leaves_the_duty_and_is_shown_as_pending() -> None:
    plan = works(decision(status=ExemptionStatus.APPLIED), EVENING)
    assert not verify(RULE, plan)
    [notice] = notices(RULE, plan)
    assert RULE.explain(plan.problem, notice) == (
        "Søknaden fra Kari om fritak fra legevakt fra 10.01.2027 til 30.04.2027 er ikke avgjort; "
        "vaktplikten gjelder til kommunen har gjort vedtak "
        "(merknad til fastlegeforskriften § 33 tredje ledd; må bekreftes av kommunen)."
    )


def test_application_for_other_days_is_not_shown() -> None:
    july = {"first_day": date(2027, 5, 1), "last_day": date(2027, 7, 31)}
    assert not notices(RULE, works(decision(status=ExemptionStatus.APPLIED), **july))
    april = {"first_day": date(2027, 4, 30), "last_day": date(2027, 7, 31)}
    assert notices(RULE, works(decision(status=ExemptionStatus.APPLIED), **april))


@pytest.mark.parametrize(
    "status", [ExemptionStatus.GRANTED, ExemptionStatus.REFUSED, ExemptionStatus.ENDED]
)
def test_what_is_decided_is_not_pending(status: ExemptionStatus) -> None:
    assert not notices(RULE, works(decision(status=status), EVENING))


def test_open_decision_holds_from_the_day_it_was_made() -> None:
    without_days = decision(interval=Span(), decided_on=date(2027, 2, 3))
    first = duty("2027-02-03 00:00", "08:00")
    assert [c.duties for c in verify(RULE, works(without_days, EVENING, first))] == [(first.id,)]
    no_day_at_all = decision(interval=Span())
    assert len(verify(RULE, works(no_day_at_all, EVENING, first))) == 2
    for_one_day = decision(interval=Span(None, date(2027, 2, 2)), decided_on=date(2027, 2, 2))
    assert [c.duties for c in verify(RULE, works(for_one_day, EVENING, first))] == [(EVENING.id,)]
    over_before_it_began = decision(
        interval=Span(None, date(2027, 2, 2)), decided_on=date(2027, 2, 3)
    )
    assert not verify(RULE, works(over_before_it_began, EVENING, first))


def test_ended_decision_holds_to_the_last_day_recorded() -> None:
    ended = decision(status=ExemptionStatus.ENDED, interval=Span(None, date(2027, 2, 2)))
    after = duty("2027-02-03 00:00", "08:00")
    assert [c.duties for c in verify(RULE, works(ended, EVENING, after))] == [(EVENING.id,)]
    of_unknown_day = decision(status=ExemptionStatus.ENDED, interval=Span(date(2027, 1, 1)))
    assert not verify(RULE, works(of_unknown_day, EVENING))


def test_letter_a_only() -> None:
    daytime = duty("2027-02-03 08:00", "15:30", DAYTIME)
    session = duty("2027-02-04 08:00", "12:00", NURSING_HOME)
    assert not verify(RULE, works(decision(), daytime, session))


def test_where_the_start_decides() -> None:
    into = duty("2027-01-09 23:59", "2027-01-10 08:00")
    out_of = duty("2027-04-30 23:59", "2027-05-01 08:00")
    found = verify(DecidedExemption(overlap="start"), works(decision(), into, out_of))
    assert [c.duties for c in found] == [(out_of.id,)]


@pytest.mark.parametrize("employment", list(Employment))
def test_decision_binds_whatever_the_employment(employment: Employment) -> None:
    who = doctor("Kari", employment=employment)
    assert verify(RULE, worked_by(who, EVENING, exemptions=(decision(),)))


def test_each_of_two_breaches_is_named_and_others_are_not_affected() -> None:
    second, after = duty("2027-03-28 16:00", "23:00"), duty("2027-05-01 16:00", "23:00")
    need = Exemption("f2", "ola", ExemptionKind.NEED, ExemptionStatus.GRANTED, interval=DAYS)
    duties = [EVENING, second, after]
    both = problem([KARI, doctor("Ola")], duties, exemptions=(decision(), need))
    timetable = roster(both, {"kari": duties, "ola": duties})
    assert [(c.doctor, c.duties) for c in verify(RULE, timetable)] == [
        ("kari", (EVENING.id,)),
        ("kari", (second.id,)),
    ]
    assert [c.duties for c in RULE.check(timetable) if c.outcome is Outcome.KEPT] == [(after.id,)]


@given(
    status=st.sampled_from(list(ExemptionStatus)),
    first=st.sampled_from([None, date(2027, 1, 10)]),
    last=st.sampled_from([None, date(2027, 1, 10), date(2027, 1, 11)]),
    decided_on=st.sampled_from([None, date(2027, 1, 10), date(2027, 1, 12)]),
    overlap=st.sampled_from(["any", "start"]),
    edges=st.lists(st.tuples(st.integers(9, 12), st.sampled_from(["23:59", "00:00", "00:01"]))),
)
def test_encoder_and_checker_agree_at_the_days(
    status: ExemptionStatus,
    first: date | None,
    last: date | None,
    decided_on: date | None,
    overlap: str,
    edges: list[tuple[int, str]],
) -> None:
    exemption = decision(status=status, interval=Span(first, last), decided_on=decided_on)
    duties = [
        duty(f"2027-01-{day:02} {clock}", f"2027-01-{day + 1} 00:00", id=f"d{number}")
        for number, (day, clock) in enumerate(edges)
    ]
    verify(DecidedExemption(overlap=overlap), works(exemption, *duties))
