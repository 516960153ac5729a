"""What can be let go, and what never gets a price."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from api import library
from constraints.catalogue import rules_for
from constraints.restrictions import restrictions
from fixtures.files import PLANS
from scheduler.domain.doctor import PersonalLimits
from scheduler.domain.problem import Attitude, Pin, Problem, Wish
from scheduler.domain.time import Interval
from scheduler.prices import Restriction, RestrictionKind
from tests.support import NIGHT, doctor, duty, problem

RIGHTS = {
    "agreement_end",
    "absence",
    "backup_for_dependent",
    "claimed_exemption",
    "decided_exemption",
    "meeting_time",
    "need_exemption",
    "one_place_at_a_time",
    "order_cap",
    "radio_training",
    "recruitment_promise",
    "rest_between_work",
    "takes_part",
    "travel_reach",
}


def plan(*wishes: Wish, **more: Any) -> Problem:
    kari, ola = doctor("Kari"), doctor("Ola")
    nights = [
        duty("2027-03-01 22:00", "2027-03-02 08:00", NIGHT),
        duty("2027-03-03 22:00", "2027-03-04 08:00", NIGHT),
    ]
    return problem([kari, ola], nights, wishes=wishes, **more)


def wish(attitude: Attitude) -> Wish:
    when = Interval(datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 3, 2, 12, tzinfo=UTC))
    return Wish("w1", "kari", attitude, when)


def told(own: Problem, kind: RestrictionKind) -> list[Restriction]:
    return [found for found in restrictions(own, rules_for(own)) if found.kind is kind]


def test_a_wish_that_binds_can_be_let_go_with_the_duties_it_means() -> None:
    own = plan(wish(Attitude.CANNOT))
    [found] = told(own, RestrictionKind.WISH)
    assert (found.doctor, found.when) == ("kari", own.wishes[0].interval)
    assert found.stops == {("kari", own.duties[0].unit)}


def test_a_wish_that_only_weighs_restricts_nothing() -> None:
    assert not told(plan(wish(Attitude.RATHER_NOT)), RestrictionKind.WISH)
    soft = {"cannot_wish": {"strength": "soft"}}
    assert not told(plan(wish(Attitude.CANNOT), settings=soft), RestrictionKind.WISH)


def test_every_pin_stands_by_itself_and_says_which_way_it_goes() -> None:
    one, two = plan().duties
    own = plan(pins=(Pin("kari", one.id), Pin("ola", two.id, works=False)))
    found = [(p.doctor, p.duty, p.works) for p in told(own, RestrictionKind.PIN)]
    assert found == [("kari", one.id, True), ("ola", two.id, False)]


def test_agreed_limits_are_one_restriction_a_doctor() -> None:
    own = plan()
    kari = replace(own.doctors[0], limits=PersonalLimits(no_nights=True))
    limited = replace(own, doctors=(kari, *own.doctors[1:]))
    stops = {found.doctor: found.stops for found in told(limited, RestrictionKind.LIMIT)}
    assert stops["kari"] == {("kari", night.unit) for night in own.duties}
    assert stops["ola"] == set()


def test_the_municipalitys_own_limits_can_be_let_go() -> None:
    rules = {found.rule for found in told(plan(), RestrictionKind.RULE)}
    assert {"weekly_presence", "longest_home_duty", "consecutive_nights"} <= rules
    assert not rules & {"pins", "personal_limits", "cannot_wish", "blocks_whole"}


@pytest.mark.parametrize("name", ["fjell", "by", "oy"])
def test_no_right_is_ever_priced(name: str) -> None:
    loaded = library.read(Path(PLANS) / f"{name}.yaml")
    found = restrictions(loaded.problem, loaded.rules)
    assert found
    assert not {own.rule for own in found} & RIGHTS
    assert found == restrictions(loaded.problem, loaded.rules)
