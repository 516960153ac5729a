"""«Kan ikke» from everybody is told before a roster is made, and nobody is named."""

from dataclasses import replace
from datetime import date

from api.wish_remarks import MOST, impossible_by_wish
from constraints.catalogue import rules_for
from scheduler.domain.doctor import Absence, AbsenceKind, Competence
from scheduler.domain.problem import Attitude, Problem, Wish
from tests.support import NURSING_HOME, doctor, duty, problem, span

LONG_AGO = date(2015, 1, 1)
READY = Competence(LONG_AGO, emergency_course_from=LONG_AGO, violence_course_from=LONG_AGO)
READY = replace(READY, radio_from=LONG_AGO)
KARI, OLA = (doctor(name, competence=READY) for name in ("Kari", "Ola"))
TUESDAY, FRIDAY = duty("2027-02-02 16:00", "22:00"), duty("2027-02-05 16:00", "22:00")
DAY = span("2027-02-02 00:00", "2027-02-03 00:00")


def cannot(who: str, attitude: Attitude = Attitude.CANNOT) -> Wish:
    return Wish(f"w-{who}", who, attitude, DAY)


def remarks(plan: Problem) -> list[str]:
    return list(impossible_by_wish(plan, rules_for(plan)))


def test_if_all_cannot_it_is_told_without_names() -> None:
    plan = problem([KARI, OLA], [TUESDAY, FRIDAY], wishes=(cannot("kari"), cannot("ola")))
    assert remarks(plan) == [
        "Ønsker: Kveld tirsdag 2. februar 2027 kl. 16:00–22:00 blir stående uten lege. Alle 2 som "
        "ellers kunne ta dette, har meldt «kan ikke»."
    ]


def test_one_who_can_is_enough() -> None:
    for wishes in ((cannot("kari"),), (cannot("kari"), cannot("ola", Attitude.RATHER_NOT))):
        assert remarks(problem([KARI, OLA], [TUESDAY], wishes=wishes)) == []


def test_who_is_away_anyway_does_not_count() -> None:
    away = (Absence("ola", DAY, AbsenceKind.SICK),)
    plan = problem([KARI, OLA], [TUESDAY], wishes=(cannot("kari"),), absences=away)
    assert remarks(plan) == [
        "Ønsker: Kveld tirsdag 2. februar 2027 kl. 16:00–22:00 blir stående uten lege. Den eneste "
        "som ellers kunne ta dette, har meldt «kan ikke»."
    ]
    both = replace(plan, absences=(*away, Absence("kari", DAY, AbsenceKind.SICK)))
    assert remarks(both) == []


def test_where_the_word_only_weighs_nothing_is_impossible() -> None:
    soft = {"cannot_wish": {"strength": "soft"}}
    assert remarks(problem([KARI], [TUESDAY], wishes=(cannot("kari"),), settings=soft)) == []


def test_work_that_can_be_done_on_another_day_is_left_out() -> None:
    days = [duty(f"2027-02-0{n} 09:00", "12:00", NURSING_HOME, choice="c") for n in (2, 3)]
    assert remarks(problem([KARI], days, wishes=(cannot("kari"),))) == []


def test_many_are_counted() -> None:
    days = [duty(f"2027-03-{n:02} 16:00", "22:00") for n in range(1, MOST + 4)]
    march = Wish("w", "kari", Attitude.CANNOT, span("2027-03-01 00:00", "2027-04-01 00:00"))
    found = remarks(problem([KARI], days, wishes=(march,)))
    assert len(found) == MOST + 1
    assert found[-1] == "Ønsker: og 3 slike vakter til."
