"""A duty is found by the words in which people name it."""

from dataclasses import replace

import pytest

from api.cli.duties import NotOneDutyError, duty_meant
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from tests.support import EVENING, NIGHT, NURSING_HOME, doctor, duty, problem

NIGHT_12 = duty("2027-03-12 23:00", "2027-03-13 08:00", NIGHT, id="natt/2027-03-12")
NIGHT_13 = duty("2027-03-13 23:00", "2027-03-14 08:00", NIGHT, id="natt/2027-03-13")
EVENING_13 = duty("2027-03-13 15:00", "2027-03-13 23:00", EVENING, id="kveld/2027-03-13")
EARLY = duty("2027-03-15 08:00", "2027-03-15 10:00", NURSING_HOME, id="sykehjem/2027-03-15/08:00")
LATE = duty("2027-03-15 12:00", "2027-03-15 14:00", NURSING_HOME, id="sykehjem/2027-03-15/12:00")


@pytest.fixture(scope="module")
def plan() -> Problem:
    """Two nights, an evening, two sessions on one day."""
    return problem([doctor()], [NIGHT_12, NIGHT_13, EVENING_13, EARLY, LATE])


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("natt/2027-03-13", NIGHT_13),
        ("NATT/2027-03-13", NIGHT_13),
        ("natt 13.03.2027", NIGHT_13),
        ("Natt 13.3.", NIGHT_13),
        ("natt 2027-03-13", NIGHT_13),
        ("natt 13/3", NIGHT_13),
        ("natt 13.3", NIGHT_13),
        ("natt 13.03.27", NIGHT_13),
        ("Natt lørdag 13. mars 2027 kl. 23:00–08:00", NIGHT_13),
        ("natt lørdag 13. mars", NIGHT_13),
        ("natt  lørdag den 13. mars 2027", NIGHT_13),
        ("natt til lørdag 13. mars", NIGHT_12),
        ("natt til 13.03.2027", NIGHT_12),
        ("kveld 13. mars", EVENING_13),
        ("sykehjem 15. mars 12:00", LATE),
        ("sykehjem/2027-03-15/08:00", EARLY),
    ],
)
def test_all_of_these_are_understood(plan: Problem, words: str, meant: Duty) -> None:
    assert duty_meant(plan, words) is meant


def test_a_word_within_another_is_not_meant() -> None:
    kind = replace(NIGHT, name="Hjemmevakt hverdag")
    weekday = duty("2027-03-12 15:30", "2027-03-13 08:00", kind, id="v/2027-03-12")
    own = problem([doctor()], [weekday])
    assert duty_meant(own, "hverdag 12.3.") is weekday
    with pytest.raises(NotOneDutyError):
        duty_meant(own, "dag 12.3.")


@pytest.mark.parametrize(
    ("words", "problem_told", "remedy"),
    [
        ("sykehjem 15.03.2027", "Flere vakter kan være ment", "«sykehjem/2027-03-15/08:00» og"),
        ("dag 13.03.2027", "Fant ingen slik vakt (13.03.2027)", "«Kveld lørdag 13. mars"),
        ("natt 31.02.2027", "finnes ikke i kalenderen", "Rett datoen."),
        ("natt 13.03.2026", "ligger utenfor planen", "Planen gjelder "),
        ("natt fredag 13. mars", "13.03.2027 er en lørdag", "Rett ukedagen eller datoen."),
        ("", "Fant ingen vakt som heter «»", "Skriv vakttype og dato"),
        ("natt til 20.03.2027", "(natt til 20.03.2027)", "Planen har ingen vakt den dagen."),
    ],
)
def test_what_is_none_or_several_is_told(
    plan: Problem, words: str, problem_told: str, remedy: str
) -> None:
    with pytest.raises(NotOneDutyError) as caught:
        duty_meant(plan, words)
    assert problem_told in caught.value.problem
    assert remedy in caught.value.remedy
    assert str(caught.value) == f"{caught.value.problem} {caught.value.remedy}"
