"""Fastlegeforskriften §§ 8 and 32 (F-8.2, F-32.1, P-6): hvem som kan ha kommunale oppgaver."""

from dataclasses import replace
from datetime import date
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.municipal_work import MunicipalWork
from scheduler.domain.doctor import Competence, Doctor, Employment, Span
from scheduler.domain.problem import Agreement
from tests.support import (
    EVENING,
    NURSING_HOME,
    doctor,
    duty,
    notices,
    problem,
    roster,
    verify,
    worked_by,
)

RULE = MunicipalWork()
KARI = doctor("Kari")
SESSION = duty("2027-02-03 08:00", "12:00", NURSING_HOME)
SPECIALIST_TASK = replace(
    NURSING_HOME, id="overlege", name="Overlegetjeneste", specialist_only=True
)
SPECIALIST_SESSION = duty("2027-02-03 08:00", "12:00", SPECIALIST_TASK)


@pytest.mark.parametrize(
    ("who", "breaches"),
    [
        (KARI, 0),
        (doctor(employment=Employment.EMPLOYED), 0),
        (doctor(employment=Employment.LOCUM), 0),
        (doctor(employment=Employment.LIS1), 1),
        (doctor(employment=Employment.HIRED), 1),
        (doctor(municipality="dal"), 1),
    ],
)
def test_only_a_gp_of_the_municipality_can_be_ordered(who: Doctor, breaches: int) -> None:
    assert len(verify(RULE, worked_by(who, SESSION))) == breaches


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize(
    ("first", "last", "breaches"),
    [
        (date(2027, 2, 3), date(2027, 2, 3), 0),
        (date(2027, 2, 4), None, 1),
        (None, date(2027, 2, 2), 1),
        (None, None, 0),
    ],
)
def test_others_need_an_agreement_or_an_offer_on_the_day(
    signed: bool, first: date | None, last: date | None, breaches: int
) -> None:
    who = doctor("Nils", employment=Employment.HIRED)
    agreement = Agreement("nils", "sykehjem", 240, Span(first, last), signed)
    assert len(verify(RULE, worked_by(who, SESSION, agreements=(agreement,)))) == breaches


def test_what_is_closed_to_one_is_not_what_is_closed_to_another_with_an_agreement() -> None:
    away = [doctor(name, municipality="dal") for name in ("Nils", "Olga", "Per")]
    other = replace(NURSING_HOME, id="helsestasjon", name="Helsestasjon")
    station = duty("2027-02-04 08:00", "12:00", other)
    agreements = (Agreement("nils", "sykehjem", 240), Agreement("olga", "helsestasjon", 240))
    plan = problem(away, [SESSION, station], agreements=agreements)
    closed = [list(chain.from_iterable(RULE.closed(plan, own))) for own in away]
    assert closed == [[station], [SESSION], [SESSION, station]]


def test_agreement_must_hold_to_the_end_of_the_session() -> None:
    who = doctor("Nils", municipality="dal")
    agreement = Agreement("nils", "sykehjem", 240, Span(None, date(2027, 2, 3)))
    to_midnight = duty("2027-02-03 20:00", "2027-02-04 00:00", NURSING_HOME)
    past_it = duty("2027-02-03 20:00", "2027-02-04 00:01", NURSING_HOME)
    assert not verify(RULE, worked_by(who, to_midnight, agreements=(agreement,)))
    assert verify(RULE, worked_by(who, past_it, agreements=(agreement,)))


def test_agreement_on_another_task_is_not_enough() -> None:
    who = doctor("Nils", municipality="dal")
    agreement = Agreement("nils", "helsestasjon", 240)
    assert verify(RULE, worked_by(who, SESSION, agreements=(agreement,)))


@pytest.mark.parametrize(
    ("since", "breaches"),
    [(None, 1), (date(2027, 2, 4), 1), (date(2027, 2, 3), 0), (date(2020, 1, 1), 0)],
)
def test_specialist_only(since: date | None, breaches: int) -> None:
    who = doctor(competence=Competence(specialist_from=since))
    assert len(verify(RULE, worked_by(who, SPECIALIST_SESSION))) == breaches


def test_agreement_does_not_replace_the_title() -> None:
    agreement = Agreement("kari", "overlege", 240)
    assert verify(RULE, worked_by(KARI, SPECIALIST_SESSION, agreements=(agreement,)))


def test_shifts_are_no_municipal_work() -> None:
    hired = doctor(employment=Employment.HIRED)
    shift = duty("2027-02-03 16:00", "23:00", EVENING)
    plan = worked_by(hired, shift)
    assert not list(RULE.check(plan))
    assert not verify(RULE, plan)


def test_two_breaches_and_another_doctor() -> None:
    second = duty("2027-02-10 08:00", "12:00", NURSING_HOME)
    lis1 = doctor("Lise", employment=Employment.LIS1)
    duties = [SESSION, second]
    both = problem([lis1, KARI], duties)
    found = verify(RULE, roster(both, {"lise": duties, "kari": duties}))
    assert [(c.doctor, c.duties) for c in found] == [
        ("lise", (SESSION.id,)),
        ("lise", (second.id,)),
    ]


def test_task_that_no_signed_agreement_covers_is_shown_once() -> None:
    second = duty("2027-02-10 08:00", "12:00", NURSING_HOME)
    plan = worked_by(KARI, SESSION, second)
    [notice] = notices(RULE, plan)
    assert notice.duties == (SESSION.id, second.id)
    assert RULE.explain(plan.problem, notice) == (
        "Kari har fått oppgaven Sykehjem uten at den står i en signert avtale; avtalen må "
        "oppdateres (fastlegeforskriften § 8 tredje ledd)."
    )
    half = Agreement("kari", "sykehjem", 240, Span(None, date(2027, 2, 9)))
    [notice] = notices(RULE, worked_by(KARI, SESSION, second, agreements=(half,)))
    assert notice.duties == (second.id,)
    offer = Agreement("kari", "sykehjem", 240, signed=False)
    assert notices(RULE, worked_by(KARI, SESSION, agreements=(offer,)))
    signed = Agreement("kari", "sykehjem", 240)
    assert not notices(RULE, worked_by(KARI, SESSION, second, agreements=(signed,)))
    assert not notices(RULE, worked_by(doctor(municipality="dal"), SESSION))  # told as a breach


def test_sentences() -> None:
    hired = doctor("Nils", employment=Employment.HIRED)
    plan = worked_by(hired, SESSION)
    [case] = verify(RULE, plan)
    assert RULE.explain(plan.problem, case) == (
        "Nils kan ikke pålegges Sykehjem onsdag 3. februar 2027 kl. 08:00–12:00 og har verken "
        "avtale om oppgaven eller tilbudt seg å ta den (fastlegeforskriften § 32 første ledd)."
    )
    plan = worked_by(KARI, SPECIALIST_SESSION)
    [case] = verify(RULE, plan)
    assert RULE.explain(plan.problem, case) == (
        "Kari kan ikke settes opp på Overlegetjeneste onsdag 3. februar 2027 kl. 08:00–12:00, "
        "som krever spesialist i allmennmedisin (krav som kommunen stiller til oppgaven)."
    )
    plan = worked_by(KARI, SESSION)
    assert RULE.explain(plan.problem, next(RULE.check(plan))) == (
        "Kari kan settes opp på Sykehjem onsdag 3. februar 2027 kl. 08:00–12:00 "
        "(fastlegeforskriften § 32 første ledd)."
    )


@given(
    employment=st.sampled_from(list(Employment)),
    home=st.sampled_from(["fjell", "dal"]),
    since=st.sampled_from([None, date(2027, 2, 3), date(2027, 2, 4)]),
    last=st.sampled_from([date(2027, 2, 2), date(2027, 2, 3), date(2027, 2, 4)]),
    task=st.sampled_from(["sykehjem", "overlege"]),
    signed=st.booleans(),
)
def test_encoder_and_checker_agree(
    employment: Employment, home: str, since: date | None, last: date, task: str, signed: bool
) -> None:
    who = doctor(
        "Nils",
        employment=employment,
        municipality=home,
        competence=Competence(specialist_from=since),
    )
    agreement = Agreement("nils", task, 240, Span(None, last), signed)
    for session in (SESSION, SPECIALIST_SESSION):
        verify(RULE, worked_by(who, session, agreements=(agreement,)))
