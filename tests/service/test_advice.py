"""Answers about one roster, and how much of them each reader is told."""

import re
import sys
from collections.abc import Sequence
from copy import deepcopy
from inspect import getsource
from typing import Any

import pytest

from api.rules import LEVELS, levels
from api.service.advice import desks
from api.service.advice.desks import Desk, Desks
from api.service.recent import Recent
from constraints.catalogue import ALL_RULES, VOCABULARY
from scheduler.changes import trials
from scheduler.changes.trials import Ground, Trials
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster, Timetable
from scheduler.rule import Level, Rule
from tests.api.plans import tiny
from tests.service.colleagues import published, with_colleagues
from tests.service.world import World

AWAY = {"doctor": "siv", "kind": "sick", "start": "2027-03-01", "end": "2027-03-02"}
SPREAD = ("least", "middle", "most", "least_over", "middle_over", "most_over")
WISH = {
    "id": "ø1",
    "doctor": "ola",
    "attitude": "rather_not",
    "start": "2027-03-01",
    "end": "2027-03-02",
}


def test_takers_are_ranked_with_verdict_rest_accounts_and_objective(small_world: World) -> None:
    roster, duties = published(small_world, {0: "kari", 2: "siv"}, absences=[AWAY], wishes=[WISH])
    told = small_world["coordinator"].get(f"/rosters/{roster}/duties/{duties[0]}/takers").json()
    assert told["giver"] == "kari"
    ola, siv = told["takers"]
    assert (ola["doctor"], ola["standing"], ola["wish"]) == ("ola", "can", "rather_not")
    assert ola["judged"]["exceptions"] == []
    [refused] = ola["judged"]["wishes"]
    assert (refused["rule"], "ønsket fri" in refused["sentence"]) == ("wishes", True)
    points = ola["effects"][0]
    assert points["measure"] == "points"
    assert points["after"] > points["before"]
    assert points["over_after"] == pytest.approx(points["after"] - points["aim"], abs=0.01)
    assert ola["rest_before_hours"] > 0
    assert ola["objective"]["is"] in ("better", "worse")
    assert ola["objective"]["steps"][0]["before"] != ola["objective"]["steps"][0]["after"]
    assert siv["standing"] == "cannot"
    assert siv["judged"]["breaches"][0]["rule"] == "absence"
    assert "Siv Åsen er borte" in siv["judged"]["breaches"][0]["sentence"]
    assert siv["objective"] == {"is": "forbidden", "steps": []}


def test_a_hole_has_takers_and_a_shared_duty_needs_a_giver(small_world: World) -> None:
    roster, duties = published(small_world, {0: "kari"})
    address = f"/rosters/{roster}/duties"
    hole = small_world["coordinator"].get(f"{address}/{duties[3]}/takers").json()
    assert hole["giver"] is None
    assert len(hole["takers"]) == 3
    both = small_world["coordinator"].ask(
        "PATCH",
        f"/rosters/{roster}",
        json={"on": [{"duty": duties[0], "doctor": "ola"}]},
        headers={"If-Match": '"1"'},
    )
    assert both.status_code == 200
    unclear = small_world["coordinator"].get(f"{address}/{duties[0]}/takers")
    assert unclear.status_code == 422
    assert unclear.json()["faults"][0]["problem"].endswith("har vakten sammen.")
    clear = small_world["coordinator"].get(f"{address}/{duties[0]}/takers", params={"giver": "ola"})
    assert [own["doctor"] for own in clear.json()["takers"]] == ["siv"]
    assert small_world["coordinator"].get(f"{address}/finnes/ikke/takers").status_code == 404


def test_a_doctor_is_told_of_herself_and_of_others_what_the_roster_says(
    small_world: World,
) -> None:
    with_colleagues(small_world)
    roster, duties = published(small_world, {0: "kari", 4: "ola"}, absences=[AWAY], wishes=[WISH])
    own = small_world["kari"].get(f"/rosters/{roster}/duties/{duties[0]}/takers").json()
    assert [taker["doctor"] for taker in own["takers"]] == ["ola", "siv"]
    for taker in own["takers"]:
        assert (taker["effects"], taker["wish"], taker["objective"]) == (None, None, None)
        assert taker["judged"]["wishes"] == []
    assert own["takers"][1]["judged"]["breaches"][0]["sentence"] == "Siv Åsen er ikke tilgjengelig."
    others = small_world["kari"].get(f"/rosters/{roster}/duties/{duties[4]}/takers").json()
    [herself] = others["takers"]
    assert herself["doctor"] == "kari"
    assert herself["effects"]
    hidden = small_world["kari"].get(f"/rosters/{roster}/duties/{duties[4]}/why").json()
    assert (hidden["accounts"], hidden["applied"], hidden["wish"]) == (None, [], None)


def test_why_tells_what_applied_and_what_another_would_mean(small_world: World) -> None:
    roster, duties = published(small_world, {0: "kari", 2: "ola"}, absences=[AWAY])
    told = (
        small_world["coordinator"]
        .get(f"/rosters/{roster}/duties/{duties[0]}/why", params={"doctor": "siv"})
        .json()
    )
    assert (told["holder"], told["others"]) == (
        "kari",
        {"can": 1, "with_exception": 0, "cannot": 1},
    )
    points = told["accounts"][0]
    assert points["after"] > points["before"] == 0
    assert {"one_place_at_a_time", "weekly_load"} <= {own["rule"] for own in told["applied"]}
    assert told["other"]["standing"] == "cannot"
    assert "1 annen lege kan ta den." in told["sentences"]
    assert "Siv Åsen kan ikke ta den." in told["sentences"]
    assert told["basis"].startswith("Svaret er funnet ved å la vakten gå rett over")
    mine = small_world["doctor"].get(f"/rosters/{roster}/duties/{duties[0]}/why").json()
    assert mine["accounts"] == told["accounts"]
    assert mine["better"] is None
    himself = small_world["coordinator"].get(
        f"/rosters/{roster}/duties/{duties[0]}/why", params={"doctor": "kari"}
    )
    assert himself.status_code == 422


@pytest.mark.parametrize(
    ("doctors", "given", "better", "told"),
    [
        (5, "kkoooossss", 2, True),
        (5, "kkkkk", 4, False),  # all four: that would tell of each
        (5, "kosmp", 0, False),
        (4, "kkoooossss", 1, False),  # so few that one could be known
    ],
)
def test_who_has_a_duty_is_told_that_some_would_be_better_where_that_tells_of_nobody(
    small_world: World, doctors: int, given: str, better: int, told: bool
) -> None:
    three = tiny()["doctors"]
    more = [deepcopy(three[0]) | {"id": i, "name": i.title()} for i in ("mona", "per")]
    all_ = [*three, *more][:doctors]
    ids = {own["id"][0]: own["id"] for own in all_}
    holders = {number: ids[letter] for number, letter in enumerate(given)}
    roster, duties = published(small_world, holders, doctors=all_, signed="Kommuneoverlegen")
    path = f"/rosters/{roster}/duties/{duties[0]}/why"
    assert small_world["coordinator"].get(path).json()["better"] == better
    mine = small_world["doctor"].get(path).json()
    assert mine["better"] is None
    some = "Noen slike overtakelser ville gjort planen bedre, men ikke alle."
    assert (some in mine["sentences"]) == told
    assert len(mine["sentences"]) == 1 + told


def test_no_model_is_built_for_a_doctor_who_asks_why(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[Timetable] = []

    def counted(timetable: Timetable, *rest: Any) -> Trials:
        built.append(timetable)
        return Trials(timetable, *rest)

    monkeypatch.setattr(desks, "Trials", counted)
    all_ = [*tiny()["doctors"], *(tiny()["doctors"][0] | {"id": i} for i in ("mona", "per"))]
    roster, duties = published(small_world, {0: "kari"}, doctors=all_)
    path = f"/rosters/{roster}/duties/{duties[0]}/why"
    assert small_world["doctor"].get(path).json()["others"]["can"] == 4
    assert built == []
    assert small_world["coordinator"].get(path).status_code == 200
    assert len(built) == 1


def test_a_swap_is_judged_without_being_stored(small_world: World) -> None:
    roster, duties = published(small_world, {0: "kari", 4: "ola", 8: "siv"})
    ask = f"/rosters/{roster}/swaps"
    give = {"doctor": "kari", "duty": duties[0]}
    swap = {"give": give, "take": {"doctor": "ola", "duty": duties[4]}}
    told = small_world["coordinator"].post(ask, json=swap).json()
    assert told["judged"]["lawful"]
    assert [(own["giver"], own["taker"]) for own in told["handovers"]] == [
        ("kari", "ola"),
        ("ola", "kari"),
    ]
    assert {own["doctor"] for own in told["accounts"]} == {"kari", "ola"}
    mine = small_world["doctor"].post(ask, json=swap).json()
    assert [own["doctor"] for own in mine["accounts"]] == ["kari"]
    ring = swap | {"further": [{"doctor": "siv", "duty": duties[8]}]}
    round_ = small_world["coordinator"].post(ask, json=ring).json()
    assert [(own["giver"], own["taker"]) for own in round_["handovers"]] == [
        ("kari", "ola"),
        ("ola", "siv"),
        ("siv", "kari"),
    ]
    others = {"give": {"doctor": "ola", "duty": duties[4]}, "to": "siv"}
    assert small_world["doctor"].post(ask, json=others).status_code == 403
    shown = small_world["coordinator"].get(f"/rosters/{roster}").json()
    assert shown["version"]["number"] == 1


@pytest.mark.parametrize(
    ("swap", "places"),
    [
        ({}, ["take"]),
        ({"to": "siv", "take": {"doctor": "siv", "duty": "DUTY"}}, ["take", "take"]),
        ({"to": "odd"}, ["to"]),
        ({"to": "kari"}, ["give"]),
        ({"to": "siv", "give": {"doctor": "ola", "duty": "DUTY"}}, ["give"]),
        ({"to": "siv", "give": {"doctor": "x", "duty": "y"}}, ["give.doctor", "give.duty"]),
    ],
)
def test_a_swap_that_cannot_be_is_refused_with_its_places(
    small_world: World, swap: dict[str, Any], places: list[str]
) -> None:
    roster, duties = published(small_world, {0: "kari"})
    body = {"give": {"doctor": "kari", "duty": duties[0]}} | swap
    for part in ("give", "take"):
        if part in body and body[part]["duty"] == "DUTY":
            body[part] = body[part] | {"duty": duties[0]}
    answer = small_world["coordinator"].post(f"/rosters/{roster}/swaps", json=body)
    assert answer.status_code == 422
    assert [fault["place"] for fault in answer.json()["faults"]] == places


def test_legality_has_every_doctor_by_every_rule(small_world: World) -> None:
    with_colleagues(small_world)
    plan: dict[str, Any] = {"absences": [AWAY]}
    made = small_world.plan(**plan)
    duties = [duty.id for duty in small_world.loaded(made).problem.duties]
    roster = small_world.roster(made, {duties[0]: "siv", duties[2]: "kari"})
    address = f"/rosters/{roster}/legality"
    full = small_world["coordinator"].get(address).json()
    assert not full["lawful"]
    rows = {own["doctor"]: own["cells"] for own in full["rows"]}
    assert set(rows) == {"kari", "ola", "siv", None}
    [breach] = [own for own in rows["siv"] if own["outcome"] == "breach"]
    assert breach["rule"] == "absence"
    assert "Siv Åsen er borte" in breach["found"][0]["sentence"]
    [rest] = [own for own in rows["kari"] if own["rule"] == "weekly_load"]
    assert (rest["outcome"], rest["found"]) == ("kept", [])
    assert rest["closest"]["margin"] > 0
    counted = {own["rule"]: own for own in full["rules"]}
    assert counted["absence"]["breaches"] == 1
    assert counted["cover"]["holes"] == len(duties) - 2
    audited = small_world["auditor"].get(address).json()
    rows = {own["doctor"]: own["cells"] for own in audited["rows"]}
    assert "absence" not in {own["rule"] for own in rows["siv"]}
    [private] = [own for own in rows["siv"] if own["rule"] is None]
    assert (private["outcome"], private["found"]) == ("breach", [])
    assert "borte" not in small_world["auditor"].get(address).text
    signed = small_world["coordinator"].post(
        f"/rosters/{roster}/publications", json={"signed": "Krise"}, headers={"If-Match": "*"}
    )
    assert signed.status_code == 201
    mine = small_world["siv"].get(address).json()
    assert [own["doctor"] for own in mine["rows"]] == ["siv"]
    assert "Siv Åsen er borte" in small_world["siv"].get(address).text
    assert "borte" not in small_world["kari"].get(address).text


def test_a_doctor_sees_her_own_receipts_and_nobody_elses(small_world: World) -> None:
    with_colleagues(small_world)
    roster, _ = published(small_world, {0: "ola"}, wishes=[WISH])
    told = small_world["coordinator"].get(f"/rosters/{roster}/receipts").json()["receipts"]
    [own] = told
    assert (own["doctor"], own["answer"], own["refused"]) == ("ola", "partly", 1)
    assert own["reasons"]
    assert small_world["ola"].get(f"/rosters/{roster}/receipts").json()["receipts"] == told
    assert small_world["kari"].get(f"/rosters/{roster}/receipts").json()["receipts"] == []
    other = small_world["kari"].get(f"/rosters/{roster}/receipts", params={"doctor": "ola"})
    assert other.json()["receipts"] == []  # she is told of herself, whatever she asks for
    nobody = small_world["coordinator"].get(f"/rosters/{roster}/receipts", params={"doctor": "odd"})
    assert nobody.status_code == 404


def test_the_model_is_built_once_for_the_receipts_of_all_doctors(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_colleagues(small_world)
    theirs = {**WISH, "id": "ø2", "doctor": "kari", "start": "2027-03-03", "end": "2027-03-04"}
    given = dict.fromkeys(range(3), "ola") | dict.fromkeys(range(3, 6), "kari")
    roster, _ = published(small_world, given, wishes=[WISH, theirs])
    built: list[Ground] = []

    class Counted(Ground):
        def __init__(self, problem: Problem, rules: Sequence[Rule]) -> None:
            built.append(self)
            super().__init__(problem, rules)

    for module in (desks, trials):
        monkeypatch.setattr(module, "Ground", Counted)
    told = small_world["coordinator"].get(f"/rosters/{roster}/receipts").json()["receipts"]
    assert {own["doctor"] for own in told if own["reasons"]} == {"ola", "kari"}
    assert len(built) == 1


def test_burden_and_shares_are_by_name_only_where_they_may_be(small_world: World) -> None:
    with_colleagues(small_world)
    roster, _ = published(small_world, {0: "kari", 2: "ola", 5: "ola"}, absences=[AWAY])
    full = small_world["coordinator"].get(f"/rosters/{roster}/burden").json()
    rows = {own["doctor"]: own["measures"][0] for own in full["rows"]}
    assert set(rows) == {"kari", "ola", "siv"}
    for own in rows.values():
        assert own["over"] == pytest.approx(own["value"] - own["aim"], abs=0.011)
    points = full["spread"][0]
    assert points["total"] == pytest.approx(sum(own["value"] for own in rows.values()))
    values = [own["value"] for own in rows.values()]
    assert (points["doctors"], points["least"], points["most"]) == (3, min(values), max(values))
    mine = small_world["kari"].get(f"/rosters/{roster}/burden").json()
    assert [own["doctor"] for own in mine["rows"]] == ["kari"]
    assert mine["spread"][0] == points | dict.fromkeys(SPREAD)  # two others: reckoned at once
    shares = small_world["coordinator"].get(f"/rosters/{roster}/shares").json()
    [siv] = [own for own in shares["rows"] if own["doctor"] == "siv"]
    assert siv["days"]
    assert siv["measures"][0]["steps"]
    audited = small_world["auditor"].get(f"/rosters/{roster}/shares").json()
    assert {own["doctor"] for own in audited["rows"]} == {"kari", "ola", "siv"}
    assert all(own["days"] == [] for own in audited["rows"])
    hers = small_world["siv"].get(f"/rosters/{roster}/shares").json()
    assert [own["days"] for own in hers["rows"]] == [siv["days"]]


def test_rules_are_told_with_sources_and_the_settings_of_a_plan(small_world: World) -> None:
    rules = small_world["doctor"].get("/rules").json()
    assert [own["id"] for own in rules] == [kind.id for kind in (*ALL_RULES, *VOCABULARY)]
    rest = small_world["doctor"].get("/rules/rest_between_work").json()
    [hours] = [own for own in rest["parameters"] if own["unit"] == "h"]
    assert (hours["type"], hours["default"], hours["low"], hours["high"]) == ("whole", 8, 8, 11)
    assert "Minste hvile mellom to arbeidsperioder: 8 timer" in rest["sentence"]
    assert rest["to_confirm"]
    assert rest["citations"][0]["text"] == "SFS 2305 pkt. 7.4"
    plan = small_world.plan(
        settings={"rest_between_work": {hours["name"]: 11}, "days_off": {}},
    )
    own = small_world["manager"].get(f"/plans/{plan}/rules").json()["items"]
    [rest] = [rule for rule in own if rule["id"] == "rest_between_work"]
    [hours] = [own for own in rest["parameters"] if own["unit"] == "h"]
    assert (hours["value"], hours["default"]) == (11, 8)
    assert small_world["doctor"].get("/rules/ingen").status_code == 404


@pytest.mark.parametrize("kind", [*ALL_RULES, *VOCABULARY], ids=lambda kind: kind.id)
def test_the_levels_that_are_told_are_those_of_the_rule_itself(kind: Any) -> None:
    names = set(re.findall(r"\bLevel\.([A-Z]+)\b", getsource(sys.modules[kind.__module__])))
    if "level" in kind().settings():
        assert levels(kind())
        assert kind.id not in LEVELS
    else:
        assert set(levels(kind())) == {Level[name] for name in names}


def test_what_is_kept_of_rosters_is_bounded() -> None:
    recent: Recent[str] = Recent(3, weigh=len, most=10)
    for text in ("four", "five", "six"):
        assert recent.get(text, lambda text=text: text) == text  # type: ignore[misc]
    assert recent.get("four", lambda: "anew") == "anew"
    assert recent.get("six", lambda: "never") == "six"
    recent.keep("long", "much too long for what may be kept")
    assert recent.get("long", lambda: "never").startswith("much")
    assert recent.get("six", lambda: "made anew") == "made anew"


def test_two_who_ask_about_a_roster_share_a_desk(small_world: World) -> None:
    loaded = small_world.loaded(small_world.plan())
    roster = Roster.of(loaded.problem, ())
    desks = Desks(kept=1)
    first = desks.of("a", "1", loaded, roster)
    assert desks.of("a", "1", loaded, roster) is first
    assert isinstance(desks.of("b", "1", loaded, roster), Desk)
    assert desks.of("a", "1", loaded, roster) is not first
