"""What may be let go, by whose leave: told of every rule, so that a new one has to be decided."""

from datetime import date

import pytest

from constraints.catalogue import ALL_RULES, VOCABULARY, rules_for
from constraints.waivers import leave, locum
from scheduler.domain.doctor import Exemption, ExemptionKind, ExemptionStatus
from scheduler.domain.problem import Problem
from scheduler.explaining.elements import Element, Kind
from scheduler.explaining.ways import WayKind, with_locum
from tests.support import EVENING, NURSING_HOME, doctor, duty, problem

EVENING_10 = duty("2027-03-10 15:00", "2027-03-10 23:00", EVENING)
SESSION_10 = duty("2027-03-10 08:00", "2027-03-10 12:00", NURSING_HOME)
MAY_BE_LET_GO = {
    "pins": WayKind.PIN,
    "cannot_wish": WayKind.WISH,
    "claimed_exemption": WayKind.VOLUNTEER,
    "travel_reach": WayKind.NEIGHBOUR,
    "personal_limits": WayKind.LIMIT,
    # limits that the municipality has set itself
    "consecutive_days_off": WayKind.RULE,
    "consecutive_duties": WayKind.RULE,
    "consecutive_nights": WayKind.RULE,
    "cover_targets": WayKind.RULE,
    "days_off": WayKind.RULE,
    "forbidden_succession": WayKind.RULE,
    "longest_home_duty": WayKind.RULE,
    "longest_presence": WayKind.RULE,
    "max_weekends": WayKind.RULE,
    "one_shift_a_day": WayKind.RULE,
    "pattern_maximum": WayKind.RULE,
    "total_time": WayKind.RULE,
    "weekly_load": WayKind.RULE,
    "weekly_presence": WayKind.RULE,
    "weekly_rest": WayKind.RULE,
}


def _plan(*kinds: ExemptionKind) -> Problem:
    """Kari with claims of these kinds, and every rule of the catalogue in force."""
    claims = tuple(
        Exemption(f"f{n}", "kari", kind, ExemptionStatus.CLAIMED, date(2027, 1, 1))
        for n, kind in enumerate(kinds)
    )
    return problem([doctor("Kari")], [EVENING_10, SESSION_10], exemptions=claims)


def _element(rule: str) -> Element:
    return Element(Kind.RULE, rule, "kari", (EVENING_10.id,), (), 0)


def test_every_rule_is_decided() -> None:
    own = _plan(ExemptionKind.AGE)
    every = tuple(rule() for rule in (*ALL_RULES, *VOCABULARY))
    kind = leave(own, every).kind
    found = {rule.id: told for rule in every if (told := kind(_element(rule.id)))}
    assert found == MAY_BE_LET_GO


@pytest.mark.parametrize("kind", [ExemptionKind.PREGNANCY, ExemptionKind.NURSING])
def test_only_a_right_by_age_is_asked_about(kind: ExemptionKind) -> None:
    for claims in ((kind,), (ExemptionKind.AGE, kind)):
        own = _plan(*claims)
        told = leave(own, rules_for(own)).kind(_element("claimed_exemption"))
        assert told is None


def test_a_locum_is_a_new_doctor_with_an_agreement_for_the_work() -> None:
    own = _plan()
    first = locum(own, (SESSION_10,))
    assert first
    assert first.doctor.id == "vikar"
    assert [agreement.duty for agreement in first.agreements] == ["sykehjem"]
    more = with_locum(own, first)
    second = locum(more, (EVENING_10,))
    assert second
    assert second.doctor.id == "vikar1"
    assert len(with_locum(more, second).doctors) == 3
