"""What may be let go, and what never is: the planted plans, one by one."""

from dataclasses import replace

import pytest

from constraints.waivers import PRICES, leave
from scheduler.checking import check
from scheduler.domain.duty import MunicipalDuty
from scheduler.domain.problem import Pin
from scheduler.domain.roster import Timetable
from scheduler.explaining.conflict import Explainer
from scheduler.explaining.elements import demands
from scheduler.explaining.ways import WayKind, WayOut, WaysOut
from tests.scheduler.explaining.planted import PLANTED
from tests.scheduler.explaining.planting import (
    EVENING_10,
    KARI,
    NIGHT_10,
    OLA,
    Planted,
)
from tests.support import problem, roster

_ONLY_MORE_DOCTORS = [{WayKind.LOCUM}]
WAYS: dict[str, list[set[WayKind]]] = {
    "absence": _ONLY_MORE_DOCTORS,
    "age": [{WayKind.VOLUNTEER}, {WayKind.VOLUNTEER}, {WayKind.LOCUM}],
    "nursing": _ONLY_MORE_DOCTORS,
    "decision": _ONLY_MORE_DOCTORS,
    "recruitment": _ONLY_MORE_DOCTORS,
    "need": _ONLY_MORE_DOCTORS,
    "wish": [{WayKind.WISH}, {WayKind.WISH}, {WayKind.LOCUM}],
    "no nights": [{WayKind.LIMIT}, {WayKind.LOCUM}],
    "no wednesdays": [{WayKind.LIMIT}, {WayKind.LOCUM}],
    "before the contract": _ONLY_MORE_DOCTORS,
    "over 70": _ONLY_MORE_DOCTORS,
    "out of reach": [{WayKind.NEIGHBOUR}, {WayKind.LOCUM}],
    "meeting": _ONLY_MORE_DOCTORS,
    "daytime for LIS1": _ONLY_MORE_DOCTORS,
    "no radio": _ONLY_MORE_DOCTORS,
    "alone as LIS1": _ONLY_MORE_DOCTORS,
    "specialist wanted": _ONLY_MORE_DOCTORS,
    "days off": [{WayKind.RULE}, {WayKind.LOCUM}],
    "too long on site": [{WayKind.RULE}],
    "six hours of rest": _ONLY_MORE_DOCTORS,
    "session after a night": _ONLY_MORE_DOCTORS,
    "ordered beyond the cap": _ONLY_MORE_DOCTORS,
    "the second is away": _ONLY_MORE_DOCTORS,
    "one of two is away": _ONLY_MORE_DOCTORS,
    "a wish is blamed before a right": [{WayKind.WISH, WayKind.VOLUNTEER}, {WayKind.LOCUM}],
    "a wish is blamed before an absence": _ONLY_MORE_DOCTORS,
}


def _of_hole(planted: Planted) -> tuple[WayOut, ...]:
    assert planted.asked
    explainer = Explainer(planted.problem, planted.rules)
    ways = WaysOut(explainer, planted.rules, leave(planted.problem, planted.rules))
    asked = next(own for own in demands(planted.problem) if planted.asked in own)
    return ways.of_hole(planted.timetable, asked)


def _named(name: str) -> Planted:
    return next(own for own in PLANTED if own.name == name)


@pytest.mark.parametrize("name", WAYS)
def test_only_what_may_be_let_go_is_proposed(name: str) -> None:
    planted = _named(name)
    kinds = [{release.kind for release in way.releases} for way in _of_hole(planted)]
    assert kinds == WAYS[name]


@pytest.mark.parametrize(
    "planted", [own for own in PLANTED if own.asked is None], ids=lambda own: own.name
)
def test_a_contradiction_ends_when_something_is_let_go(planted: Planted) -> None:
    explainer = Explainer(planted.problem, planted.rules)
    conflict = explainer.impossible().conflict
    assert conflict
    leaves = leave(planted.problem, planted.rules)
    ways = WaysOut(explainer, planted.rules, leaves).of_plan(conflict)
    assert ways
    for way in ways:
        report = check(Timetable(planted.problem, way.roster), planted.rules, explain_holes=False)
        let_go = {(own.element.rule, own.element.doctor) for own in way.releases if own.element}
        assert {(case.rule, case.doctor) for case in report.breaches} <= let_go
        assert way.cheapest
    assert ways[0].price == min(way.price for way in ways)


def test_every_kind_has_a_price_and_a_pin_is_the_cheapest() -> None:
    assert set(PRICES) == set(WayKind)
    assert min(PRICES, key=lambda kind: PRICES[kind]) is WayKind.PIN
    assert max(PRICES, key=lambda kind: PRICES[kind]) is WayKind.LOCUM


def test_where_nothing_has_to_be_let_go_only_the_new_roster_is_told() -> None:
    own = problem([KARI, OLA], [NIGHT_10, EVENING_10])
    planted = Planted("moved", own, frozenset(), NIGHT_10, {"kari": [EVENING_10]})
    [way] = _of_hole(planted)
    assert way.releases == ()
    assert way.price == 0
    assert [a.duty for a in way.added] == [NIGHT_10.id]
    assert way.removed == ()
    assert way.left == ()


def test_two_things_are_let_go_where_one_is_not_enough() -> None:
    planted = _named("wish")
    pinned = replace(
        planted.problem, doctors=(KARI,), pins=(Pin("kari", NIGHT_10.id, works=False),)
    )
    [both, locum] = _of_hole(Planted("both", pinned, frozenset(), NIGHT_10))
    assert [release.kind for release in both.releases] == [WayKind.PIN, WayKind.WISH]
    assert both.price == PRICES[WayKind.PIN] + PRICES[WayKind.WISH]
    assert [release.kind for release in locum.releases] == [WayKind.LOCUM]


def test_a_locum_does_municipal_work_by_agreement() -> None:
    planted = _named("specialist wanted")
    assert planted.asked
    assert isinstance(planted.asked.type, MunicipalDuty)
    [way] = _of_hole(planted)
    assert [a.doctor for a in way.added] == ["vikar"]


def test_what_it_does_to_the_levels_is_told() -> None:
    own = problem([KARI, OLA], [NIGHT_10, EVENING_10])
    planted = Planted("moved", own, frozenset(), NIGHT_10, {"kari": [EVENING_10]})
    [way] = _of_hole(planted)
    cover = next(change for change in way.changes if change.step == "cover")
    assert cover.before > cover.after == 0
    assert roster(own, {"kari": [EVENING_10]}).missing(NIGHT_10) == 1
