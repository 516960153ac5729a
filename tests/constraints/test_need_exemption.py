"""Merknad til fastlegeforskriften § 33 tredje ledd (F-33.8): fritak etter behovsvurdering."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.need_exemption import NeedExemption
from scheduler.domain.doctor import Exemption, ExemptionKind, ExemptionStatus, Span
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from tests.support import (
    DAYTIME,
    NURSING_HOME,
    doctor,
    duty,
    problem,
    roster,
    verify,
    worked_by,
)

RULE = NeedExemption()
KARI = doctor("Kari")
EVENING = duty("2027-02-02 16:00", "23:00")
DAYS = Span(date(2027, 2, 1), date(2027, 3, 31))


def grant(**more: Any) -> Exemption:
    more.setdefault("status", ExemptionStatus.GRANTED)
    more.setdefault("interval", DAYS)
    return Exemption("f1", "kari", ExemptionKind.NEED, **more)


def works(exemption: Exemption, *duties: Duty) -> Timetable:
    return worked_by(KARI, *duties, exemptions=(exemption,))


@pytest.mark.parametrize(
    ("start", "end", "breaches"),
    [
        ("2027-01-31 16:00", "2027-02-01 00:00", 0),
        ("2027-01-31 16:00", "2027-02-01 00:01", 1),
        ("2027-03-31 23:59", "2027-04-01 08:00", 1),
        ("2027-04-01 00:00", "2027-04-01 08:00", 0),
    ],
)
def test_both_days_are_included(start: str, end: str, breaches: int) -> None:
    assert len(verify(RULE, works(grant(), duty(start, end)))) == breaches


def test_municipality_may_end_it() -> None:
    ended = grant(status=ExemptionStatus.ENDED, interval=Span(None, date(2027, 2, 2)))
    after = duty("2027-02-03 00:00", "08:00")
    assert [c.duties for c in verify(RULE, works(ended, EVENING, after))] == [(EVENING.id,)]
    of_unknown_day = grant(status=ExemptionStatus.ENDED, interval=Span())
    assert not verify(RULE, works(of_unknown_day, EVENING))


@pytest.mark.parametrize(
    "status", [ExemptionStatus.APPLIED, ExemptionStatus.CLAIMED, ExemptionStatus.REFUSED]
)
def test_only_a_grant_frees(status: ExemptionStatus) -> None:
    assert not verify(RULE, works(grant(status=status), EVENING))


def test_letter_a_only() -> None:
    daytime = duty("2027-02-03 08:00", "15:30", DAYTIME)
    session = duty("2027-02-04 08:00", "12:00", NURSING_HOME)
    assert not verify(RULE, works(grant(), daytime, session))


def test_where_the_start_decides() -> None:
    into = duty("2027-01-31 23:59", "2027-02-01 08:00")
    assert not verify(NeedExemption(overlap="start"), works(grant(), into))


def test_two_breaches_and_others_are_not_affected() -> None:
    second = duty("2027-03-28 16:00", "23:00")
    duties = [EVENING, second]
    decision = Exemption("f2", "ola", ExemptionKind.DECISION, ExemptionStatus.GRANTED)
    both = problem([KARI, doctor("Ola")], duties, exemptions=(grant(), decision))
    found = verify(RULE, roster(both, {"kari": duties, "ola": duties}))
    assert [(c.doctor, c.duties) for c in found] == [
        ("kari", (EVENING.id,)),
        ("kari", (second.id,)),
    ]


def test_sentence() -> None:
    plan = works(grant(), EVENING)
    [case] = verify(RULE, plan)
    assert RULE.explain(plan.problem, case) == (
        "Kari er fritatt fra legevakt fra 01.02.2027 til 31.03.2027 etter en vurdering av "
        "behovet, og Kveld tirsdag 2. februar 2027 kl. 16:00–23:00 berører fritaket "
        "(merknad til fastlegeforskriften § 33 tredje ledd)."
    )


@given(
    status=st.sampled_from(list(ExemptionStatus)),
    last=st.sampled_from([None, date(2027, 1, 10), date(2027, 1, 11)]),
    edges=st.lists(st.tuples(st.integers(9, 12), st.sampled_from(["23:59", "00:00", "00:01"]))),
)
def test_encoder_and_checker_agree_at_the_days(
    status: ExemptionStatus, last: date | None, edges: list[tuple[int, str]]
) -> None:
    exemption = grant(status=status, interval=Span(date(2027, 1, 10), last))
    duties = [
        duty(f"2027-01-{day:02} {clock}", f"2027-01-{day + 1} 00:00", id=f"d{number}")
        for number, (day, clock) in enumerate(edges)
    ]
    verify(RULE, works(exemption, *duties))
