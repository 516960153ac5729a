"""Avtaletid (F-12.3): no duty outside the agreement or the engagement."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.agreement_span import AgreementSpan
from constraints.wording import days
from scheduler.domain.doctor import Employment, Span
from scheduler.domain.duty import MunicipalDuty, ShiftPattern
from tests.support import (
    DAYTIME,
    EVENING,
    NURSING_HOME,
    doctor,
    duty,
    problem,
    roster,
    span,
    verify,
    worked_by,
)

RULE = AgreementSpan()
KARI = doctor("Kari", agreement=Span(date(2027, 2, 1), date(2027, 4, 30)))


@pytest.mark.parametrize(
    ("start", "end", "breaches"),
    [
        ("2027-01-31 23:59", "2027-02-01 08:00", 1),
        ("2027-02-01 00:00", "2027-02-01 08:00", 0),
        ("2027-04-30 16:00", "2027-05-01 00:00", 0),
        ("2027-04-30 16:00", "2027-05-01 00:01", 1),
    ],
)
def test_first_and_last_day_are_inside(start: str, end: str, breaches: int) -> None:
    assert len(verify(RULE, worked_by(KARI, duty(start, end)))) == breaches


def test_last_day_of_the_autumn_change_has_25_hours() -> None:
    who = doctor(agreement=Span(last=date(2027, 10, 31)))
    late = {"last_day": date(2027, 12, 31)}
    assert not verify(RULE, worked_by(who, duty("2027-10-31 16:00", "2027-11-01 00:00"), **late))
    assert verify(RULE, worked_by(who, duty("2027-10-31 16:00", "2027-11-01 00:01"), **late))


@pytest.mark.parametrize("employment", list(Employment))
@pytest.mark.parametrize("kind", [EVENING, DAYTIME, NURSING_HOME])
def test_it_binds_everybody_and_all_letters(
    employment: Employment, kind: ShiftPattern | MunicipalDuty
) -> None:
    who = doctor(employment=employment, agreement=KARI.agreement)
    before, after = duty("2027-01-20 08:00", "12:00", kind), duty("2027-05-03 08:00", "12:00", kind)
    assert [c.duties[0] for c in verify(RULE, worked_by(who, before, after))] == [
        before.id,
        after.id,
    ]


def test_open_agreement_and_another_doctor_are_not_affected() -> None:
    outside = duty("2027-01-20 08:00", "12:00")
    assert not verify(RULE, worked_by(doctor("Ola"), outside))
    both = problem([KARI, doctor("Ola")], [outside])
    assert not verify(RULE, roster(both, {"ola": [outside]}))


def test_sentences() -> None:
    inside, outside = duty("2027-04-29 16:00", "23:00"), duty("2027-05-01 16:00", "23:00")
    plan = worked_by(KARI, inside, outside)
    [broken] = verify(RULE, plan)
    assert RULE.explain(plan.problem, broken) == (
        "Avtalen med Kari gjelder fra 01.02.2027 til 30.04.2027, og Kveld lørdag 1. mai 2027 "
        "kl. 16:00–23:00 ligger ikke helt innenfor avtaletiden (fastlegeforskriften § 12)."
    )
    kept = next(RULE.check(plan))
    assert "ligger innenfor avtaletiden" in RULE.explain(plan.problem, kept)
    hired = doctor("Nils", employment=Employment.HIRED, agreement=Span(last=date(2027, 4, 30)))
    plan = worked_by(hired, outside)
    [broken] = verify(RULE, plan)
    assert RULE.explain(plan.problem, broken) == (
        "Avtalen med Nils gjelder til 30.04.2027, og Kveld lørdag 1. mai 2027 "
        "kl. 16:00–23:00 ligger ikke helt innenfor avtaletiden (avtalen med legen)."
    )


def test_far_ends_are_not_told() -> None:
    assert days(span("1900-01-01 00:00", "2901-01-01 00:00")) == "uten sluttdato"
    assert days(span("2027-03-15 00:00", "2901-01-01 00:00")) == "fra 15.03.2027"


@given(st.lists(st.tuples(st.sampled_from([-1, 0, 1]), st.booleans()), min_size=1, max_size=4))
def test_encoder_and_checker_agree_at_the_ends(edges: list[tuple[int, bool]]) -> None:
    duties = []
    for number, (minute, at_end) in enumerate(edges):
        if at_end:
            clock = {-1: "2027-04-30 23:59", 0: "2027-05-01 00:00", 1: "2027-05-01 00:01"}[minute]
            duties.append(duty("2027-04-30 20:00", clock, id=f"d{number}"))
        else:
            clock = {-1: "2027-01-31 23:59", 0: "2027-02-01 00:00", 1: "2027-02-01 00:01"}[minute]
            duties.append(duty(clock, "2027-02-01 08:00", id=f"d{number}"))
    verify(RULE, worked_by(KARI, *duties))
