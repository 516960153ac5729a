"""Rekkevidde: which places a doctor can serve at."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constraints.travel_reach import TravelReach
from scheduler.domain.problem import Place
from scheduler.rule import Outcome
from tests.support import (
    BACKUP,
    HOME,
    NURSING_HOME,
    doctor,
    duty,
    problem,
    roster,
    verify,
    worked_by,
)

RULE = TravelReach()
AT_LV = duty("2027-02-02 16:00", "23:00")
AT_SH = duty("2027-02-03 08:00", "12:00", NURSING_HOME)


@pytest.mark.parametrize(
    ("reach", "broken"),
    [
        (None, []),
        (frozenset({"lv", "sh"}), []),
        (frozenset({"lv"}), [AT_SH.id]),
        (frozenset({"sh"}), [AT_LV.id]),
        (frozenset(), [AT_LV.id, AT_SH.id]),
    ],
)
def test_places_within_reach(reach: frozenset[str] | None, broken: list[str]) -> None:
    found = verify(RULE, worked_by(doctor(reach=reach), AT_LV, AT_SH))
    assert [c.duties for c in found] == [(own,) for own in broken]


def test_home_duty_and_backup_are_served_at_a_place_too() -> None:
    home = duty("2027-02-02 16:00", "23:00", HOME)
    backup = duty("2027-02-03 16:00", "23:00", BACKUP)
    assert len(verify(RULE, worked_by(doctor(reach=frozenset({"sh"})), home, backup))) == 2


def test_another_doctor_is_not_affected() -> None:
    both = problem([doctor("Kari", reach=frozenset({"sh"})), doctor("Ola")], [AT_LV])
    assert not verify(RULE, roster(both, {"ola": [AT_LV]}))
    assert not list(RULE.check(roster(both, {"ola": [AT_LV]})))  # nothing to compare


def test_sentences() -> None:
    plan = worked_by(doctor("Kari", reach=frozenset({"lv"})), AT_LV, AT_SH)
    kept, broken = RULE.check(plan)
    assert kept.outcome is Outcome.KEPT
    assert RULE.explain(plan.problem, broken) == (
        "Kari kan ikke gjøre tjeneste ved Sykehjemmet, der Sykehjem onsdag 3. februar 2027 "
        "kl. 08:00–12:00 er lagt (tjenestesteder registrert for legen)."
    )
    assert RULE.explain(plan.problem, kept).startswith("Kari kan gjøre tjeneste ved Legevakta, der")


@given(st.none() | st.frozensets(st.sampled_from(["lv", "sh", "bu"])))
def test_encoder_and_checker_agree(reach: frozenset[str] | None) -> None:
    elsewhere = duty("2027-02-05 16:00", "23:00", replace(HOME, id="bu", place="bu"))
    places = (Place("lv", "Legevakta"), Place("sh", "Sykehjemmet"), Place("bu", "Bua"))
    verify(RULE, worked_by(doctor(reach=reach), AT_LV, AT_SH, elsewhere, places=places))
