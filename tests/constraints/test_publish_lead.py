"""Fastlegeforskriften § 6 (F-6.1): planen legges fram i god tid."""

from datetime import date, timedelta

import pytest

from constraints.publish_lead import PublishLead
from scheduler.domain.doctor import Doctor, Employment
from scheduler.domain.roster import Timetable
from scheduler.rule import Case, Confidence, Outcome
from tests.support import cost, doctor, duty, notices, problem, roster, verify

RULE = PublishLead()
FIRST = date(2027, 1, 4)
KARI = doctor("Kari")
EVENING = duty("2027-01-05 16:00", "23:00")


def plan(days: int, *doctors: Doctor) -> Timetable:
    """A roster judged so many days before its first day."""
    judged = FIRST - timedelta(days=days)
    own = doctors or (KARI,)
    return roster(
        problem(own, [EVENING], first_day=FIRST, judged_on=judged), {own[0].id: [EVENING]}
    )


def judged(rule: PublishLead, timetable: Timetable) -> Case:
    assert not verify(rule, timetable)
    assert not any(cost(rule, timetable))
    [case] = rule.check(timetable)
    return case


@pytest.mark.parametrize(
    ("days", "told", "margin"), [(42, 0, 0), (41, 1, -1), (43, 0, 1), (0, 1, -42), (-3, 1, -45)]
)
def test_six_weeks_are_enough_and_a_day_less_is_told(days: int, told: int, margin: int) -> None:
    timetable = plan(days)
    case = judged(RULE, timetable)
    assert len(notices(RULE, timetable)) == told
    assert (case.measured, case.limit, case.margin, case.unit) == (days, 42, margin, "dager")
    assert case.outcome in (Outcome.KEPT, Outcome.NOTICE)


@pytest.mark.parametrize(("weeks", "enough"), [(2, 14), (26, 182)])
def test_the_municipality_may_set_another_time(weeks: int, enough: int) -> None:
    rule = PublishLead(publish_lead=weeks)
    assert judged(rule, plan(enough)).outcome is Outcome.KEPT
    assert judged(rule, plan(enough - 1)).outcome is Outcome.NOTICE


def test_nobody_need_have_a_duty() -> None:
    empty = problem([KARI], [], first_day=FIRST, judged_on=FIRST)
    assert len(notices(RULE, roster(empty, {}))) == 1


@pytest.mark.parametrize("days", [13, 14])
@pytest.mark.parametrize("employment", Employment)
def test_two_weeks_for_the_employed_are_told_as_unconfirmed(
    days: int, employment: Employment
) -> None:
    timetable = plan(days, KARI, doctor("Ola", employment=employment))
    case = judged(RULE, timetable)
    bound = days < 14 and employment in (Employment.EMPLOYED, Employment.LIS1)
    sentence = RULE.explain(timetable.problem, case)
    assert ("arbeidsmiljøloven § 10-3; må bekreftes av kommunen" in sentence) == bound


def test_sources_and_how_surely_they_were_read() -> None:
    assert [(str(c), c.confidence) for c in RULE.citations] == [
        ("merknad til fastlegeforskriften § 6 annet ledd", Confidence.TEXT),
        ("arbeidsmiljøloven § 10-3", Confidence.UNVERIFIED),
        ("kommunens egen innstilling", Confidence.POLICY),
    ]
    assert not RULE.hard


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (42, "6 uker før den begynner"),
        (8, "1 uke og 1 dag før den begynner"),
        (5, "5 dager før den begynner"),
        (0, "samme dag som den begynner"),
        (-16, "2 uker og 2 dager etter at den begynner"),
    ],
)
def test_how_the_time_is_told(days: int, words: str) -> None:
    timetable = plan(days)
    sentence = RULE.explain(timetable.problem, judged(RULE, timetable))
    assert sentence.startswith(f"Planen legges fram {words} mandag 4. januar 2027;")


def test_sentences() -> None:
    timetable = plan(20)
    assert RULE.explain(timetable.problem, judged(RULE, timetable)) == (
        "Planen legges fram 2 uker og 6 dager før den begynner mandag 4. januar 2027; kommunens "
        "mål er minst 6 uker før, siden legene skal få vite om planer som angår praksisen, så "
        "tidlig som mulig (merknad til fastlegeforskriften § 6 annet ledd)."
    )
    timetable = plan(13, doctor("Ola", employment=Employment.EMPLOYED))
    assert RULE.explain(timetable.problem, judged(RULE, timetable)) == (
        "Planen legges fram 1 uke og 6 dager før den begynner mandag 4. januar 2027; kommunens "
        "mål er minst 6 uker før, siden legene skal få vite om planer som angår praksisen, så "
        "tidlig som mulig (merknad til fastlegeforskriften § 6 annet ledd), og ansatte leger kan "
        "ha krav på to ukers varsel (arbeidsmiljøloven § 10-3; må bekreftes av kommunen)."
    )
