"""SFS 2305 (S-03): the smallest number of doctors in each duty class."""

from dataclasses import replace

import pytest

from constraints.rota_size import RotaSize
from scheduler.rule import Outcome
from scheduler.solving.draft import Draft
from tests.support import (
    BACKUP,
    EVENING,
    HOME,
    NIGHT,
    NURSING_HOME,
    doctor,
    duty,
    notices,
    problem,
    roster,
    verify,
)

CLASS_3, CLASS_4 = replace(EVENING, duty_class=3), replace(NIGHT, duty_class=4)
KARI, OLA, EVA = doctor("Kari"), doctor("Ola"), doctor("Eva")
FIRST, SECOND, THIRD = (duty(f"2027-02-0{day} 16:00", "23:00", CLASS_3) for day in (2, 3, 4))
NIGHT_4 = duty("2027-02-02 23:00", "2027-02-03 08:00", CLASS_4)
HOME_1 = duty("2027-02-05 16:00", "23:00", HOME)
PLAN = problem([KARI, OLA, EVA], [FIRST, SECOND, THIRD])
TWO = roster(PLAN, {"kari": [FIRST], "ola": [SECOND, THIRD]})


@pytest.mark.parametrize(("least", "told"), [(1, 0), (2, 0), (3, 1)])
def test_as_many_as_demanded_and_one_fewer(least: int, told: int) -> None:
    rule = RotaSize(min_doctors_in_rota={"3": least})
    [case] = rule.check(TWO)
    assert (case.measured, case.limit, case.margin) == (2, least, 2 - least)
    assert len(notices(rule, TWO)) == told
    assert not verify(rule, TWO)


def test_empty_is_never_kept() -> None:
    [case] = RotaSize().check(TWO)
    assert (case.outcome, case.limit, case.margin) == (Outcome.NOTICE, None, None)


def test_a_class_that_is_left_out_is_told_beside_one_that_is_kept() -> None:
    plan = problem([KARI, OLA], [FIRST, NIGHT_4])
    found = list(
        RotaSize(min_doctors_in_rota={"3": 1}).check(roster(plan, {"kari": [FIRST, NIGHT_4]}))
    )
    assert [(case.fact("class"), case.outcome) for case in found] == [
        (3, Outcome.KEPT),
        (4, Outcome.NOTICE),
    ]


def test_exactly_two_classes_too_small() -> None:
    plan = problem([KARI, OLA], [FIRST, NIGHT_4])
    rule = RotaSize(min_doctors_in_rota={"3": 2, "4": 1})
    found = notices(rule, roster(plan, {"kari": [FIRST]}))
    assert [(case.fact("class"), case.measured) for case in found] == [(3, 1), (4, 0)]


def test_numbers_given_with_whole_number_keys_count_too() -> None:
    assert not notices(RotaSize(min_doctors_in_rota={3: 2}), TWO)  # type: ignore[dict-item]


def test_home_duty_and_backup_are_class_1() -> None:
    backup = duty("2027-02-05 16:00", "23:00", BACKUP)
    plan = problem([KARI, OLA], [HOME_1, backup])
    rule = RotaSize(min_doctors_in_rota={"1": 2})
    assert not notices(rule, roster(plan, {"kari": [HOME_1], "ola": [backup]}))
    assert len(notices(rule, roster(plan, {"kari": [HOME_1, backup]}))) == 1


def test_classes_not_used_and_sessions_are_not_judged() -> None:
    session = duty("2027-02-05 08:00", "12:00", NURSING_HOME)
    plain = duty("2027-02-05 16:00", "23:00")  # on site, without a class: see presence_class
    plan = problem([KARI], [session, plain])
    rule = RotaSize(min_doctors_in_rota={"4": 9})
    assert not list(rule.check(roster(plan, {"kari": [session, plain]})))


def test_former_duties_do_not_count() -> None:
    past = duty("2026-12-30 16:00", "23:00", CLASS_3)
    plan = problem([KARI, OLA, EVA], [FIRST], tail=[(OLA, past)])
    [case] = RotaSize().check(roster(plan, {"kari": [FIRST]}))
    assert case.measured == 1


def test_nothing_is_written_into_the_model() -> None:
    draft = Draft(PLAN, [RotaSize(min_doctors_in_rota={"3": 9})])
    assert not draft.model.constraints
    assert not draft.model.steps


def test_default_is_empty_and_not_shared() -> None:
    assert RotaSize().min_doctors_in_rota == {}
    assert RotaSize().min_doctors_in_rota is not RotaSize().min_doctors_in_rota


def test_sentences() -> None:
    def told(rule: RotaSize) -> str:
        return rule.explain(PLAN, next(iter(rule.check(TWO))))

    assert told(RotaSize()) == (
        "Vakter i vaktklasse 3 er delt på 2 leger i perioden; hvor mange avtalen krever, er ikke "
        "oppgitt (SFS 2305; må bekreftes av kommunen)."
    )
    assert told(RotaSize(min_doctors_in_rota={"3": 3})) == (
        "Vakter i vaktklasse 3 er delt på 2 leger i perioden; kravet er minst 3 "
        "(SFS 2305; må bekreftes av kommunen)."
    )
    assert told(RotaSize(min_doctors_in_rota={"3": 2})) == (
        "Vakter i vaktklasse 3 er delt på 2 leger i perioden; kravet på minst 2 er oppfylt "
        "(SFS 2305; må bekreftes av kommunen)."
    )
