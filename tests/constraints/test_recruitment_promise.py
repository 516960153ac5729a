"""Merknad til fastlegeforskriften § 33 tredje ledd (F-33.8): fritak lovet ved rekruttering. E9."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.recruitment_promise import RecruitmentPromise
from scheduler.domain.doctor import Exemption, ExemptionKind, ExemptionStatus, Span
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
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

RULE = RecruitmentPromise()
KARI = doctor("Kari")
EVENING = duty("2027-02-02 16:00", "23:00")


def promise(**more: Any) -> Exemption:
    more.setdefault("status", ExemptionStatus.GRANTED)
    return Exemption("f1", "kari", ExemptionKind.RECRUITMENT, **more)


def works(exemption: Exemption, *duties: Duty) -> Timetable:
    return worked_by(KARI, *duties, exemptions=(exemption,))


def test_e09_municipality_cannot_end_it_by_itself() -> None:
    assert len(verify(RULE, works(promise(decided_on=date(2020, 8, 1)), EVENING))) == 1
    plan = works(promise(status=ExemptionStatus.ENDED), EVENING)
    assert len(verify(RULE, plan)) == 1
    [notice] = notices(RULE, plan)
    assert RULE.explain(plan.problem, notice) == (
        "Fritaket som Kari ble lovet ved rekruttering, er ført som avsluttet uten at det er "
        "registrert enighet om det, og gjelder derfor fortsatt "
        "(merknad til fastlegeforskriften § 33 tredje ledd)."
    )


@pytest.mark.parametrize("status", [ExemptionStatus.GRANTED, ExemptionStatus.ENDED])
@pytest.mark.parametrize(("end", "breaches"), [("2027-02-01 00:00", 1), ("2027-01-31 23:59", 1)])
def test_e09_mutual_agreement_ends_it_on_its_day(
    status: ExemptionStatus, end: str, breaches: int
) -> None:
    released = promise(status=status, released_on=date(2027, 2, 1))
    before = duty("2027-01-31 16:00", end)
    after = duty("2027-02-01 00:00", "08:00")
    plan = works(released, before, after)
    assert [c.duties for c in verify(RULE, plan)] == [(before.id,)] * breaches
    assert not notices(RULE, plan)


def test_promise_begins_on_its_first_day_and_ends_by_itself_on_its_last() -> None:
    limited = promise(
        interval=Span(date(2027, 2, 2), date(2027, 3, 31)), status=ExemptionStatus.ENDED
    )
    before, after = duty("2027-02-01 16:00", "2027-02-02 00:00"), duty("2027-04-01 00:00", "08:00")
    last = duty("2027-03-31 23:00", "2027-04-01 00:00")
    plan = works(limited, before, EVENING, last, after)
    assert [c.duties for c in verify(RULE, plan)] == [(EVENING.id,), (last.id,)]
    assert not notices(RULE, plan)


def test_promise_without_days_holds_from_its_signing() -> None:
    signed = promise(decided_on=date(2027, 2, 3))
    first = duty("2027-02-03 00:00", "08:00")
    assert [c.duties for c in verify(RULE, works(signed, EVENING, first))] == [(first.id,)]


def test_promise_released_before_it_began_frees_nothing() -> None:
    never = promise(interval=Span(date(2027, 2, 1)), released_on=date(2027, 2, 1))
    assert not verify(RULE, works(never, EVENING))


@pytest.mark.parametrize("status", [ExemptionStatus.CLAIMED, ExemptionStatus.APPLIED])
def test_promise_that_is_only_claimed_is_shown(status: ExemptionStatus) -> None:
    plan = works(promise(status=status), EVENING)
    assert not verify(RULE, plan)
    [notice] = notices(RULE, plan)
    assert RULE.explain(plan.problem, notice) == (
        "Kari viser til et fritak fra legevakt som ble lovet ved rekruttering; kommunen må "
        "bekrefte løftet (merknad til fastlegeforskriften § 33 tredje ledd)."
    )


def test_denied_promise_frees_nothing() -> None:
    plan = works(promise(status=ExemptionStatus.REFUSED), EVENING)
    assert not verify(RULE, plan)
    assert not notices(RULE, plan)


def test_letter_a_only() -> None:
    daytime = duty("2027-02-03 08:00", "15:30", DAYTIME)
    session = duty("2027-02-04 08:00", "12:00", NURSING_HOME)
    assert not verify(RULE, works(promise(), daytime, session))


def test_two_breaches_and_another_doctor() -> None:
    second = duty("2027-03-28 16:00", "23:00")
    duties = [EVENING, second]
    both = problem([KARI, doctor("Ola")], duties, exemptions=(promise(),))
    found = verify(RULE, roster(both, {"kari": duties, "ola": duties}))
    assert [(c.doctor, c.duties) for c in found] == [
        ("kari", (EVENING.id,)),
        ("kari", (second.id,)),
    ]


def test_sentence() -> None:
    plan = works(promise(), EVENING)
    [case] = verify(RULE, plan)
    assert RULE.explain(plan.problem, case) == (
        "Kari er fritatt fra legevakt uten sluttdato etter avtale ved rekruttering, og Kveld "
        "tirsdag 2. februar 2027 kl. 16:00–23:00 berører fritaket "
        "(merknad til fastlegeforskriften § 33 tredje ledd)."
    )


@given(
    status=st.sampled_from(list(ExemptionStatus)),
    first=st.sampled_from([None, date(2027, 1, 10)]),
    last=st.sampled_from([None, date(2027, 1, 10), date(2027, 1, 11)]),
    released=st.sampled_from([None, date(2027, 1, 10), date(2027, 1, 11), date(2027, 1, 12)]),
    edges=st.lists(st.tuples(st.integers(9, 12), st.sampled_from(["23:59", "00:00", "00:01"]))),
)
def test_encoder_and_checker_agree_at_the_days(
    status: ExemptionStatus,
    first: date | None,
    last: date | None,
    released: date | None,
    edges: list[tuple[int, str]],
) -> None:
    exemption = promise(status=status, interval=Span(first, last), released_on=released)
    duties = [
        duty(f"2027-01-{day:02} {clock}", f"2027-01-{day + 1} 00:00", id=f"d{number}")
        for number, (day, clock) in enumerate(edges)
    ]
    verify(RULE, works(exemption, *duties))
