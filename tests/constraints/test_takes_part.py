"""Fastlegeforskriften § 33 første ledd (F-2.1, F-33.1 to F-33.3, P-8): hvem som deltar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.takes_part import TakesPart
from scheduler.domain.doctor import Employment, Span
from scheduler.domain.problem import Agreement
from tests.support import (
    DAYTIME,
    HOME,
    NURSING_HOME,
    doctor,
    duty,
    notices,
    problem,
    roster,
    verify,
    worked_by,
)

RULE = TakesPart()
OPEN = TakesPart(lis1_daytime=True)
LIS1 = doctor("Lise", employment=Employment.LIS1)
EVENING = duty("2027-02-02 16:00", "23:00")
DAY_SHIFT = duty("2027-02-03 08:00", "15:30", DAYTIME)
SESSION = duty("2027-02-04 08:00", "12:00", NURSING_HOME)


@pytest.mark.parametrize(
    ("employment", "breaches"),
    [
        (Employment.SELF_EMPLOYED, 0),
        (Employment.EMPLOYED, 0),
        (Employment.LOCUM, 0),
        (Employment.HIRED, 0),
        (Employment.LIS1, 1),
    ],
)
def test_who_may_have_which_letter(employment: Employment, breaches: int) -> None:
    who = doctor(employment=employment)
    home = duty("2027-02-05 16:00", "23:00", HOME)
    found = verify(RULE, worked_by(who, EVENING, DAY_SHIFT, home))
    assert [c.duties for c in found] == [(DAY_SHIFT.id,)] * breaches


def test_lis1_may_have_daytime_duty_by_signed_agreement_on_its_days() -> None:
    def agreed(first: date, last: date, signed: bool = True) -> int:
        agreement = Agreement("lise", "dag", 0, Span(first, last), signed)
        return len(verify(RULE, worked_by(LIS1, DAY_SHIFT, agreements=(agreement,))))

    the_day = date(2027, 2, 3)
    assert agreed(the_day, the_day) == 0
    assert agreed(date(2027, 2, 4), date(2027, 3, 1)) == 1
    assert agreed(date(2027, 1, 1), date(2027, 2, 2)) == 1
    assert agreed(the_day, the_day, signed=False) == 1
    other_task = Agreement("lise", "sykehjem", 0)
    assert verify(RULE, worked_by(LIS1, DAY_SHIFT, agreements=(other_task,)))


def test_municipality_may_open_daytime_duty_for_lis1() -> None:
    assert not verify(OPEN, worked_by(LIS1, DAY_SHIFT))


def test_two_breaches_and_another_doctor() -> None:
    second = duty("2027-02-10 08:00", "15:30", DAYTIME)
    duties = [EVENING, DAY_SHIFT, second]
    both = problem([LIS1, doctor("Ola")], duties)
    found = verify(RULE, roster(both, {"lise": duties, "ola": duties}))
    assert [(c.doctor, c.duties) for c in found] == [
        ("lise", (DAY_SHIFT.id,)),
        ("lise", (second.id,)),
    ]


def test_daytime_duty_without_recorded_agreement_is_shown_once() -> None:
    second = duty("2027-02-10 08:00", "15:30", DAYTIME)
    who = doctor("Kari")
    plan = worked_by(who, EVENING, DAY_SHIFT, second, SESSION)
    [notice] = notices(RULE, plan)
    assert notice.duties == (DAY_SHIFT.id, second.id)
    assert RULE.explain(plan.problem, notice) == (
        "Kari er satt opp på Daglegevakt uten at det er registrert en avtale om det; slik vakt "
        "skal være avtalt med hver lege som deltar "
        "(Helsedirektoratets veileder for legevakt og legevaktsentral; må bekreftes av kommunen)."
    )
    half = Agreement("kari", "dag", 0, Span(None, date(2027, 2, 9)))
    [notice] = notices(RULE, worked_by(who, DAY_SHIFT, second, agreements=(half,)))
    assert notice.duties == (second.id,)
    whole = Agreement("kari", "dag", 0)
    assert not notices(RULE, worked_by(who, EVENING, DAY_SHIFT, second, agreements=(whole,)))
    assert not notices(RULE, worked_by(LIS1, DAY_SHIFT))  # a breach, and told as one
    assert notices(OPEN, worked_by(LIS1, DAY_SHIFT))


def test_sentences() -> None:
    plan = worked_by(LIS1, EVENING, DAY_SHIFT)
    kept, broken = RULE.check(plan)
    assert RULE.explain(plan.problem, broken) == (
        "Lise er LIS1 og kan ikke settes opp på Daglegevakt onsdag 3. februar 2027 "
        "kl. 08:00–15:30 uten avtale om daglegevakt "
        "(fastlegeforskriften § 33 første ledd bokstav b; må bekreftes av kommunen)."
    )
    assert RULE.explain(plan.problem, kept) == (
        "Lise kan settes opp på Kveld tirsdag 2. februar 2027 kl. 16:00–23:00 "
        "(fastlegeforskriften § 33 første ledd)."
    )


@given(
    st.sampled_from(list(Employment)),
    st.booleans(),
    st.sampled_from([None, date(2027, 2, 2), date(2027, 2, 3), date(2027, 2, 4)]),
    st.booleans(),
)
def test_encoder_and_checker_agree(
    employment: Employment, opened: bool, last: date | None, signed: bool
) -> None:
    who = doctor("Lise", employment=employment)
    agreement = Agreement("lise", "dag", 0, Span(None, last), signed)
    plan = worked_by(who, EVENING, DAY_SHIFT, SESSION, agreements=(agreement,))
    verify(TakesPart(lis1_daytime=opened), plan)
