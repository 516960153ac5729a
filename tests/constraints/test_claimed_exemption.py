"""Fastlegeforskriften § 33 fjerde ledd (F-33.9 to F-33.14): rett til fritak.

Cases E1, E2, E3, E4, E5, E10, E11 and E12.
"""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.claimed_exemption import ClaimedExemption
from scheduler.domain.doctor import Doctor, Employment, Exemption, ExemptionKind, ExemptionStatus
from scheduler.domain.duty import Duty, Letter
from scheduler.domain.problem import Assignment
from scheduler.domain.roster import Timetable
from scheduler.fairness.availability import available_days
from scheduler.rule import Confidence, Outcome
from tests.support import (
    DAYTIME,
    NIGHT,
    NURSING_HOME,
    doctor,
    duty,
    notices,
    problem,
    roster,
    verify,
    worked_by,
)

RULE = ClaimedExemption()
BY_START = ClaimedExemption(overlap="start")
KARI = doctor("Kari", born=date(1967, 3, 15))  # 60 on 2027-03-15
YOUNG = doctor("Kari", born=date(1992, 1, 1))


def claim(kind: ExemptionKind = ExemptionKind.AGE, **more: Any) -> Exemption:
    more.setdefault("status", ExemptionStatus.CLAIMED)
    more.setdefault("claimed_from", date(2026, 1, 1))
    return Exemption("f1", "kari", kind, **more)


def works(who: Doctor, exemption: Exemption, *duties: Duty, **more: Any) -> Timetable:
    more.setdefault("last_day", date(2027, 12, 31))
    more.setdefault("first_day", date(2026, 6, 1))
    return worked_by(who, *duties, exemptions=(exemption,), **more)


def breaches(who: Doctor, exemption: Exemption, start: str, end: str) -> int:
    return len(verify(RULE, works(who, exemption, duty(start, end))))


# --- over 60 -----------------------------------------------------------------------------------


def test_e01_duty_must_end_by_midnight_before_the_birthday() -> None:
    assert breaches(KARI, claim(), "2027-03-14 16:00", "2027-03-15 00:00") == 0
    assert breaches(KARI, claim(), "2027-03-14 16:00", "2027-03-15 00:01") == 1
    assert breaches(KARI, claim(), "2027-03-15 00:00", "2027-03-15 08:00") == 1


def test_e01_share_is_73_of_181_days() -> None:
    plan = problem([KARI], [], exemptions=(claim(),))
    assert available_days(plan, [RULE], KARI, Letter.OUT_OF_HOURS) == 73
    assert available_days(plan, [RULE], KARI, Letter.DAYTIME) == 181


def test_e02_night_into_the_birthday_is_blocked_unless_the_start_decides() -> None:
    night = duty("2027-03-14 23:00", "2027-03-15 08:00", NIGHT)
    assert len(verify(RULE, works(KARI, claim(), night))) == 1
    assert not verify(BY_START, works(KARI, claim(), night))


@pytest.mark.parametrize(("start", "found"), [("14 23:59", 0), ("15 00:00", 1)])
def test_where_the_start_decides_midnight_is_inside(start: str, found: int) -> None:
    night = duty(f"2027-03-{start}", "2027-03-15 08:00", NIGHT)
    assert len(verify(BY_START, works(KARI, claim(), night))) == found


def test_e03_no_claim_no_exemption() -> None:
    who = doctor("Kari", born=date(1963, 12, 1))
    assert not verify(RULE, worked_by(who, duty("2027-02-02 16:00", "23:00")))
    unclaimed = claim(claimed_from=None)
    assert breaches(who, unclaimed, "2027-02-02 16:00", "2027-02-02 23:00") == 0
    plan = problem([who], [], exemptions=(unclaimed,))
    assert available_days(plan, [RULE], who, Letter.OUT_OF_HOURS) == 181


def test_e04_claim_after_publication_frees_from_its_day_and_leaves_earlier_duties() -> None:
    who = doctor("Kari", born=date(1963, 12, 1))
    earlier = duty("2027-01-20 16:00", "23:00")
    last = duty("2027-01-31 16:00", "2027-02-01 00:00")
    first = duty("2027-02-01 00:00", "08:00")
    later = duty("2027-05-20 16:00", "23:00")
    duties = (earlier, last, first, later)
    published = tuple(sorted(Assignment(d.id, "kari") for d in duties))
    late_claim = claim(claimed_from=date(2027, 2, 1))
    plan = works(who, late_claim, *duties, published=published, judged_on=date(2027, 1, 28))
    assert [c.duties for c in verify(RULE, plan)] == [(first.id,), (later.id,)]
    kept = [c.duties for c in RULE.check(plan) if c.outcome is Outcome.KEPT]
    assert kept == [(earlier.id,), (last.id,)]


def test_e05_daytime_duty_stays() -> None:
    who = doctor("Kari", born=date(1964, 12, 1))
    daytime = duty("2027-02-02 08:00", "15:30", DAYTIME)
    assert not verify(RULE, works(who, claim(), daytime))


def test_municipal_sessions_are_never_freed() -> None:
    session = duty("2027-04-06 08:00", "12:00", NURSING_HOME)
    assert not verify(RULE, works(KARI, claim(), session))


def test_claim_given_up_again_ends_after_its_last_day() -> None:
    ended = claim(status=ExemptionStatus.ENDED, claimed_until=date(2027, 4, 30))
    assert breaches(KARI, ended, "2027-04-30 23:00", "2027-05-01 00:00") == 1
    assert breaches(KARI, ended, "2027-04-30 23:59", "2027-05-01 08:00") == 1
    assert breaches(KARI, ended, "2027-05-01 00:00", "2027-05-01 08:00") == 0
    of_unknown_day = claim(status=ExemptionStatus.ENDED)
    assert breaches(KARI, of_unknown_day, "2027-04-30 23:00", "2027-05-01 00:00") == 0


@pytest.mark.parametrize(
    "status", [ExemptionStatus.CLAIMED, ExemptionStatus.APPLIED, ExemptionStatus.GRANTED]
)
def test_a_right_needs_no_decision(status: ExemptionStatus) -> None:
    assert breaches(KARI, claim(status=status), "2027-04-06 16:00", "2027-04-06 23:00") == 1


def test_born_on_29_february_turns_60_on_28_february() -> None:
    leap = doctor("Kari", born=date(1968, 2, 29))  # 60 in 2028, a leap year
    days = {"first_day": date(2028, 1, 1), "last_day": date(2028, 6, 30)}
    assert not verify(RULE, works(leap, claim(), duty("2028-02-28 16:00", "23:59"), **days))
    assert verify(RULE, works(leap, claim(), duty("2028-02-29 00:00", "08:00"), **days))


# --- pregnancy ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "first"),
    [
        (date(2027, 6, 10), "2027-03-10"),
        (date(2027, 6, 17), "2027-03-17"),
        (date(2027, 5, 31), "2027-02-28"),
        (date(2028, 5, 31), "2028-02-29"),
    ],
)
def test_e10_right_begins_three_months_before_term(term: date, first: str) -> None:
    pregnant = claim(ExemptionKind.PREGNANCY, term=term)
    day = date.fromisoformat(first)
    before = duty(f"{date.fromordinal(day.toordinal() - 1)} 16:00", f"{first} 00:00")
    touching = duty(f"{date.fromordinal(day.toordinal() - 1)} 16:00", f"{first} 00:01")
    late = {"last_day": date(2028, 12, 31)}
    assert not verify(RULE, works(YOUNG, pregnant, before, **late))
    assert len(verify(RULE, works(YOUNG, pregnant, touching, **late))) == 1


def test_e10_right_lasts_until_birth_also_when_birth_is_late() -> None:
    unborn = claim(ExemptionKind.PREGNANCY, term=date(2027, 6, 10))
    assert breaches(YOUNG, unborn, "2027-06-20 16:00", "2027-06-20 23:00") == 1
    born = claim(ExemptionKind.PREGNANCY, term=date(2027, 6, 10), birth=date(2027, 6, 18))
    assert breaches(YOUNG, born, "2027-06-18 16:00", "2027-06-18 23:00") == 1
    assert breaches(YOUNG, born, "2027-06-19 00:00", "2027-06-19 08:00") == 0


def test_birth_before_the_last_three_months_leaves_no_right() -> None:
    early = claim(ExemptionKind.PREGNANCY, term=date(2027, 6, 10), birth=date(2027, 3, 1))
    assert breaches(YOUNG, early, "2027-03-01 16:00", "2027-03-01 23:00") == 0
    assert breaches(YOUNG, early, "2027-03-10 16:00", "2027-03-10 23:00") == 0
    assert not notices(RULE, works(YOUNG, early))


def test_e11_hindered_in_week_20_is_free_from_the_claim() -> None:
    hindered = claim(
        ExemptionKind.PREGNANCY,
        term=date(2027, 6, 10),
        hindered=True,
        claimed_from=date(2027, 1, 21),
    )
    assert breaches(YOUNG, hindered, "2027-01-20 16:00", "2027-01-21 00:00") == 0
    assert breaches(YOUNG, hindered, "2027-01-20 16:00", "2027-01-21 00:01") == 1
    daytime = duty("2027-01-25 08:00", "15:30", DAYTIME)
    session = duty("2027-01-26 08:00", "12:00", NURSING_HOME)
    assert not verify(RULE, works(YOUNG, hindered, daytime, session))


def test_hindered_needs_no_term_but_ends_with_birth() -> None:
    hindered = claim(
        ExemptionKind.PREGNANCY,
        hindered=True,
        claimed_from=date(2027, 1, 21),
        birth=date(2027, 5, 1),
    )
    assert breaches(YOUNG, hindered, "2027-01-21 16:00", "2027-01-21 23:00") == 1
    assert breaches(YOUNG, hindered, "2027-05-02 16:00", "2027-05-02 23:00") == 0


def test_late_claim_of_a_hindered_doctor_does_not_work_backwards() -> None:
    hindered = claim(
        ExemptionKind.PREGNANCY,
        term=date(2027, 6, 10),
        hindered=True,
        claimed_from=date(2027, 4, 1),
    )
    assert breaches(YOUNG, hindered, "2027-03-31 16:00", "2027-03-31 23:00") == 0
    assert breaches(YOUNG, hindered, "2027-04-01 16:00", "2027-04-01 23:00") == 1


# --- nursing -----------------------------------------------------------------------------------

NURSING = claim(ExemptionKind.NURSING, birth=date(2026, 9, 1))


def test_e12_until_the_first_birthday() -> None:
    night = duty("2027-08-31 22:00", "2027-09-01 08:00", NIGHT)
    assert len(verify(RULE, works(YOUNG, NURSING, night))) == 1
    assert breaches(YOUNG, NURSING, "2027-08-31 23:59", "2027-09-01 08:00") == 1
    assert breaches(YOUNG, NURSING, "2027-09-01 00:00", "2027-09-01 08:00") == 0


def test_e12_letter_c_is_marked_as_not_read_in_the_text() -> None:
    letters = {getattr(c, "letter", None): c.confidence for c in RULE.citations}
    assert letters["c"] is Confidence.SECONDARY
    plan = works(YOUNG, NURSING, duty("2027-08-31 16:00", "23:00"))
    [case] = verify(RULE, plan)
    assert "må bekreftes av kommunen" in RULE.explain(plan.problem, case)


def test_right_begins_with_birth() -> None:
    assert breaches(YOUNG, NURSING, "2026-08-31 16:00", "2026-09-01 00:00") == 0
    assert breaches(YOUNG, NURSING, "2026-08-31 16:00", "2026-09-01 00:01") == 1


# --- who, and what a human must look at -----------------------------------------------------------


@pytest.mark.parametrize("employment", [Employment.LIS1, Employment.HIRED])
def test_the_right_is_the_gps_and_others_are_told(employment: Employment) -> None:
    who = doctor("Kari", born=date(1960, 1, 1), employment=employment)
    plan = works(who, claim(), duty("2027-02-02 16:00", "23:00"))
    assert not verify(RULE, plan)
    [notice] = notices(RULE, plan)
    assert RULE.explain(plan.problem, notice) == (
        "Kari er ikke fastlege og har derfor ikke krav på fritak fra legevakt etter forskriften; "
        "fritak må avtales (fastlegeforskriften § 33 fjerde ledd)."
    )


@pytest.mark.parametrize("employment", [Employment.EMPLOYED, Employment.LOCUM])
def test_employed_gps_and_locums_have_the_right(employment: Employment) -> None:
    who = doctor("Kari", born=date(1960, 1, 1), employment=employment)
    assert breaches(who, claim(), "2027-02-02 16:00", "2027-02-02 23:00") == 1


@pytest.mark.parametrize(
    "exemption",
    [
        claim(claimed_from=None),
        claim(ExemptionKind.PREGNANCY),
        claim(ExemptionKind.PREGNANCY, hindered=True, claimed_from=None),
        claim(ExemptionKind.NURSING),
    ],
)
def test_claim_without_its_facts_is_shown(exemption: Exemption) -> None:
    plan = works(KARI, exemption, duty("2027-04-06 16:00", "23:00"))
    assert not verify(RULE, plan)
    [notice] = notices(RULE, plan)
    assert RULE.explain(plan.problem, notice) == (
        "Kravet om fritak fra legevakt fra Kari mangler opplysninger og virker ikke før kommunen "
        "har ført dem inn (fastlegeforskriften § 33 fjerde ledd)."
    )


def test_refused_claim_is_shown_where_the_right_is_there() -> None:
    refused = claim(status=ExemptionStatus.REFUSED)
    plan = works(KARI, refused, duty("2027-04-06 16:00", "23:00"))
    assert not verify(RULE, plan)
    [notice] = notices(RULE, plan)
    assert RULE.explain(plan.problem, notice) == (
        "Kravet om fritak fra legevakt fra Kari er ført som avslått, men en rett til fritak "
        "krever ikke vedtak; kommunen må avklare dette (fastlegeforskriften § 33 fjerde ledd)."
    )
    assert not notices(RULE, works(YOUNG, refused))  # 60 in 2052: nothing to settle now


def test_what_is_over_is_not_shown() -> None:
    over = claim(status=ExemptionStatus.ENDED, claimed_from=None, claimed_until=date(2026, 5, 31))
    assert not notices(RULE, works(KARI, over))
    to_the_first_day = claim(claimed_from=None, claimed_until=date(2026, 6, 1))
    assert notices(RULE, works(KARI, to_the_first_day))
    assert not notices(RULE, works(KARI, claim()))


def test_each_of_two_breaches_is_named_and_another_doctor_is_not_affected() -> None:
    before, first, second = (duty(f"2027-03-{day} 16:00", "23:00") for day in (14, 15, 16))
    other_kind = Exemption("f2", "kari", ExemptionKind.DECISION, ExemptionStatus.GRANTED)
    both = problem(
        [KARI, doctor("Ola", born=date(1960, 1, 1))],
        [before, first, second],
        exemptions=(claim(), other_kind),
    )
    all_three = [before, first, second]
    timetable = roster(both, {"kari": all_three, "ola": all_three})
    assert not notices(RULE, timetable)
    found = verify(RULE, timetable)
    assert [(c.doctor, c.duties) for c in found] == [
        ("kari", (first.id,)),
        ("kari", (second.id,)),
    ]


def test_sentence_is_the_same_for_every_ground_and_does_not_tell_it() -> None:
    evening = duty("2027-04-06 16:00", "23:00")
    grounds = [
        (KARI, claim(claimed_from=date(2027, 4, 1), claimed_until=date(2027, 4, 30))),
        (
            YOUNG,
            claim(
                ExemptionKind.PREGNANCY,
                term=date(2027, 6, 10),
                claimed_from=date(2027, 4, 1),
                birth=date(2027, 4, 30),
            ),
        ),
        (
            YOUNG,
            claim(
                ExemptionKind.NURSING,
                birth=date(2026, 9, 1),
                claimed_from=date(2027, 4, 1),
                claimed_until=date(2027, 4, 30),
            ),
        ),
    ]
    for who, exemption in grounds:
        plan = works(who, exemption, evening)
        [case] = verify(RULE, plan)
        assert not case.facts
        assert RULE.explain(plan.problem, case) == (
            "Kari har krevd fritak fra legevakt fra 01.04.2027 til 30.04.2027, og Kveld tirsdag "
            "6. april 2027 kl. 16:00–23:00 berører fritaket "
            "(fastlegeforskriften § 33 fjerde ledd; må bekreftes av kommunen)."
        )


def test_kept_sentence() -> None:
    plan = works(KARI, claim(), duty("2027-03-14 16:00", "23:00"))
    [case] = RULE.check(plan)
    assert case.margin == 1
    assert "berører ikke fritaket" in RULE.explain(plan.problem, case)


@given(
    kind=st.sampled_from([ExemptionKind.AGE, ExemptionKind.PREGNANCY, ExemptionKind.NURSING]),
    status=st.sampled_from(list(ExemptionStatus)),
    claimed=st.sampled_from([None, date(2027, 3, 14), date(2027, 3, 15), date(2027, 3, 16)]),
    until=st.sampled_from([None, date(2027, 3, 15), date(2027, 3, 16)]),
    birth=st.sampled_from([None, date(2026, 3, 16), date(2027, 3, 15), date(2027, 3, 16)]),
    hindered=st.booleans(),
    overlap=st.sampled_from(["any", "start"]),
    edges=st.lists(st.tuples(st.integers(14, 17), st.sampled_from(["23:59", "00:00", "00:01"]))),
)
def test_encoder_and_checker_agree_around_the_day(
    kind: ExemptionKind,
    status: ExemptionStatus,
    claimed: date | None,
    until: date | None,
    birth: date | None,
    hindered: bool,
    overlap: str,
    edges: list[tuple[int, str]],
) -> None:
    exemption = claim(
        kind,
        status=status,
        claimed_from=claimed,
        claimed_until=until,
        birth=birth,
        hindered=hindered,
        term=date(2027, 6, 15),
    )
    duties = [
        duty(f"2027-03-{day} {clock}", f"2027-03-{day + 1} 00:00", id=f"d{number}")
        for number, (day, clock) in enumerate(edges)
    ]
    verify(ClaimedExemption(overlap=overlap), works(KARI, exemption, *duties))
