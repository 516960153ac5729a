"""Repair, compare, certify and explain as jobs: what is asked, what comes of it, who sees it."""

import threading
from io import BytesIO
from itertools import cycle
from typing import Any

import pytest
from openpyxl import load_workbook

from api import library
from api.service.jobs import kept, store
from api.service.jobs.running import compare as comparing
from scheduler.domain.roster import Assignment, Roster, Timetable
from tests.api.plans import tiny
from tests.service.jobs import asked, claim, done, result
from tests.service.world import Person, World

SICK = {"sick": "kari", "from": "2027-03-03", "to": "2027-03-04"}
ONE_MORE = {
    "title": "Flere leger",
    "scenarios": [
        {
            "id": "en-til",
            "name": "Én lege til",
            "changes": [{"change": "doctors_join", "municipality": "fjell"}],
        }
    ],
}


def _in_turn(world: World, plan: str, without: tuple[int, ...] = ()) -> str:
    """A roster in which three take turns, some duties without a doctor."""
    duties = world.loaded(plan).problem.duties
    return world.roster(
        plan,
        {
            duty.id: doctor
            for number, (duty, doctor) in enumerate(
                zip(duties, cycle(["kari", "ola", "siv"]), strict=False)
            )
            if number not in without
        },
    )


# --- repair ------------------------------------------------------------------------------------


def _repaired(world: World) -> tuple[str, str, str]:
    plan = world.plan()
    roster = _in_turn(world, plan)
    job = asked(
        world, "repairs", roster=roster, at="2027-03-01T12:00:00+01:00", events=[SICK], seconds=5
    )
    told = done(world, job)
    assert told["state"] == "done", told
    return plan, roster, job


def test_a_repair_offers_options_and_the_chosen_one_becomes_the_next_version(world: World) -> None:
    plan, roster, job = _repaired(world)
    found = result(world, job)
    options = found["document"]["options"]
    assert options
    assert options[0]["handovers"]
    assert found["files"] == ["reparasjon.xlsx"]
    sheet = world["coordinator"].get(f"/jobs/{job}/files/reparasjon.xlsx")
    assert load_workbook(BytesIO(sheet.content)).sheetnames
    answer = world["coordinator"].post(f"/jobs/{job}/options/1", headers={"If-Match": '"1"'})
    assert answer.status_code == 201, answer.text
    chosen = answer.json()
    assert (chosen["roster"], chosen["version"], chosen["plan_version"]) == (roster, 2, 2)
    assert chosen["breaches"] == 0
    shown = world["coordinator"].get(f"/rosters/{roster}").json()
    ill = [
        own
        for own in shown["assignments"]
        if own["start"].startswith(("2027-03-03T14", "2027-03-04T14"))
    ]
    assert ill
    assert all(own["doctor"] != "kari" for own in ill)
    document = world["coordinator"].get(f"/plans/{plan}/versions/2/document").json()
    assert document["absences"]
    audit = world["coordinator"].get("/audit").json()
    actions = [own["action"] for own in audit["items"]]
    assert actions.count("roster.changed") == 1
    assert {"plan.changed", "job.option-chosen"} <= set(actions)


def test_an_option_of_a_roster_that_moved_on_is_refused(world: World) -> None:
    _, roster, job = _repaired(world)
    ask = world["coordinator"]
    assert ask.post(f"/jobs/{job}/options/1").status_code == 428
    assert ask.post(f"/jobs/{job}/options/99", headers={"If-Match": '"1"'}).status_code == 404
    assert ask.post(f"/jobs/{job}/options/1", headers={"If-Match": '"1"'}).status_code == 201
    for match in ('"1"', '"2"', "*"):
        again = ask.post(f"/jobs/{job}/options/1", headers={"If-Match": match})
        assert again.status_code == 412, again.text
    assert ask.get(f"/rosters/{roster}").json()["roster"]["version"] == 2


def test_an_option_is_refused_where_the_plan_moved_on(small_world: World) -> None:
    plan, roster, job = _repaired(small_world)
    changed = small_world["coordinator"].upload(
        f"/plans/{plan}/versions", tiny() | {"title": "Ny"}, headers={"If-Match": '"1"'}
    )
    assert changed.status_code == 201
    answer = small_world["coordinator"].post(f"/jobs/{job}/options/1", headers={"If-Match": '"1"'})
    assert answer.status_code == 412
    assert small_world["coordinator"].get(f"/rosters/{roster}").json()["roster"]["version"] == 1


def test_a_repair_counts_what_the_plan_has_been_told_since(small_world: World) -> None:
    plan = small_world.plan()
    roster = _in_turn(small_world, plan)
    away = {"kind": "holiday", "start": "2027-03-03", "end": "2027-03-04"}
    changed = small_world["coordinator"].upload(
        f"/plans/{plan}/versions",
        tiny() | {"absences": [{"doctor": "ola", **away}]},
        headers={"If-Match": '"1"'},
    )
    assert changed.status_code == 201, changed.text
    at = "2027-03-01T12:00:00+01:00"
    job = asked(small_world, "repairs", roster=roster, at=at, events=[SICK], seconds=5)
    assert done(small_world, job)["state"] == "done"
    answer = small_world["coordinator"].post(f"/jobs/{job}/options/1", headers={"If-Match": '"1"'})
    assert answer.status_code == 201, answer.text
    assert (answer.json()["plan_version"], answer.json()["breaches"]) == (3, 0)
    document = small_world["coordinator"].get(f"/plans/{plan}/versions/3/document").json()
    assert {own["doctor"] for own in document["absences"]} == {"kari", "ola"}
    shown = small_world["coordinator"].get(f"/rosters/{roster}").json()
    days = ("2027-03-03", "2027-03-04")
    on = {own["doctor"] for own in shown["assignments"] if own["start"].startswith(days)}
    assert on
    assert not on & {"kari", "ola"}


def test_a_repair_needs_the_doctors_of_the_roster_in_the_plan(small_world: World) -> None:
    plan = small_world.plan()
    roster = _in_turn(small_world, plan)
    doctors = [own for own in tiny()["doctors"] if own["id"] != "siv"]
    changed = small_world["coordinator"].upload(
        f"/plans/{plan}/versions",
        tiny() | {"doctors": doctors, "tail": []},
        headers={"If-Match": '"1"'},
    )
    assert changed.status_code == 201, changed.text
    wanted = {"roster": roster, "at": "2027-03-01T12:00:00+01:00", "events": [SICK]}
    answer = small_world["coordinator"].post("/repairs", json=wanted)
    assert answer.status_code == 422, answer.text
    assert "ikke lenger står i planen" in answer.text


def test_who_is_ill_is_told_to_those_alone_who_see_grounds(small_world: World) -> None:
    _, _, job = _repaired(small_world)
    token = small_world.browser("coordinator").post(
        "/tokens", json={"label": "x", "scopes": ["jobs"]}
    )
    narrow = {"Authorization": f"Bearer {token.json()['secret']}"}
    client = small_world.client()
    told = client.get(f"/api/v1/jobs/{job}", headers=narrow).json()
    assert "events" not in told["options"]
    assert "events" in small_world["coordinator"].get(f"/jobs/{job}").json()["options"]
    assert client.get(f"/api/v1/jobs/{job}/result", headers=narrow).status_code == 403
    file = client.get(f"/api/v1/jobs/{job}/files/reparasjon.xlsx", headers=narrow)
    assert file.status_code == 403


@pytest.mark.parametrize(
    ("wish", "place"),
    [
        ({"events": [{"sick": "nobody"}]}, "events[0]"),
        ({"events": [SICK, {"remove_duty": "none"}]}, "events[1]"),
        ({"events": [{"sick": "kari", "from": "2027-02-31"}]}, "events[0], from"),
        ({"events": [SICK], "at": "2028-01-01T12:00:00+01:00"}, "at"),
    ],
)
def test_events_that_do_not_fit_are_refused_with_their_place(
    small_world: World, wish: dict[str, Any], place: str
) -> None:
    roster = _in_turn(small_world, small_world.plan())
    whole = {"roster": roster, "at": "2027-03-01T12:00:00+01:00"} | wish
    answer = small_world["coordinator"].post("/repairs", json=whole)
    assert answer.status_code == 422, answer.text
    [fault] = answer.json()["faults"]
    assert fault["place"] == place
    assert fault["remedy"]
    assert small_world["coordinator"].get("/jobs").json()["items"] == []


# --- compare -----------------------------------------------------------------------------------


def test_a_comparison_gives_tables_and_files(small_world: World) -> None:
    world = small_world
    job = asked(world, "comparisons", plan=world.plan(), scenarios=ONE_MORE, seconds=1)
    told = done(world, job)
    assert told["state"] == "done", told
    found = result(world, job)
    ids = [own["id"] for own in found["document"]["alternatives"]]
    assert ids == ["base", "en-til"]
    assert all(own["measures"] for own in found["document"]["alternatives"])
    assert {"notat.pdf", "sammenligning.xlsx", "alternativ-en-til.json"} <= set(found["files"])
    memo = world["coordinator"].get(f"/jobs/{job}/files/notat.pdf")
    assert memo.headers["content-type"] == "application/pdf"
    assert memo.content.startswith(b"%PDF")
    events = world["coordinator"].get(f"/jobs/{job}/events").text
    assert '"plan": "Én lege til"' in events


@pytest.mark.slow
def test_a_stored_set_of_scenarios_is_compared(small_world: World) -> None:
    world = small_world
    plan, other = world.plan(), world.plan()
    stored = world["coordinator"].post(f"/plans/{plan}/scenarios", json=ONE_MORE).json()["id"]
    job = asked(world, "comparisons", plan=plan, scenario_set=stored, seconds=1)
    told = done(world, job)
    assert told["state"] == "done", told
    ids = [own["id"] for own in result(world, job)["document"]["alternatives"]]
    assert ids == ["base", "en-til"]
    for wish, status in (
        ({"plan": other, "scenario_set": stored}, 422),  # of another plan
        ({"plan": plan, "scenario_set": "0" * 32}, 404),
        ({"plan": plan, "scenario_set": stored, "scenarios": ONE_MORE}, 422),
        ({"plan": plan}, 422),
    ):
        assert world["coordinator"].post("/comparisons", json=wish).status_code == status


@pytest.mark.slow
def test_a_comparison_that_is_taken_up_again_does_not_begin_anew(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = asked(small_world, "comparisons", plan=small_world.plan(), scenarios=ONE_MORE, seconds=1)
    assert claim(small_world, "first") == job
    begun: list[Any] = []
    solve = library.solve

    def until_second(loaded: Any, **options: Any) -> Any:
        begun.append(options["start"])
        if len(begun) == 2:
            outcome = solve(loaded, **options)
            options["keep"](outcome.roster)
            raise store.LostError(job)
        return solve(loaded, **options)

    monkeypatch.setattr("api.library.solve", until_second)
    monkeypatch.setattr(comparing, "comparison_files", lambda _: {})  # the memo takes a while
    with pytest.raises(store.LostError):
        comparing.run(_task(small_world, job, "first"))
    with small_world.service.database.writing() as session:
        store.give_back(session, store.held(session, job, "first"), "Borte.")
    assert done(small_world, job)["state"] == "done"
    assert len(begun) == 3  # the plan as it is was not solved again
    assert begun[:2] == [None, None]
    assert begun[2] is not None  # and the second went on from its best
    with small_world.service.database.reading() as session:
        assert kept.parts(session, job) == {}


def _task(world: World, job: str, holder: str) -> Any:
    from api.service.jobs.task import Task

    return Task(world.settings, world.service.database, job, holder, threading.Event())


def test_a_scenario_takes_no_file_of_the_machine_but_plans_of_the_cooperation(
    small_world: World,
) -> None:
    plan, stranger = small_world.plan(), small_world["stranger"].upload("/plans", tiny())

    def joined(name: str) -> Any:
        change = {"change": "municipality_joins", "plan": name, "municipality": "fjell"}
        scenarios = [{"id": "inn", "name": "Inn", "changes": [change]}]
        wish = {"plan": plan, "scenarios": {"title": "Inn", "scenarios": scenarios}}
        return small_world["coordinator"].post("/comparisons", json=wish)

    for name in ("/etc/passwd", "plan.xlsx", stranger.json()["plan"]["id"]):
        answer = joined(name)
        assert answer.status_code == 422
        assert "Samarbeidet har ingen plan" in answer.text
    other = tiny()
    other["municipalities"][0] |= {"id": "kyst", "name": "Kyst"}
    other["places"][0] |= {"municipality": "kyst", "id": "lk"}
    for own in other["doctors"]:
        own |= {"municipality": "kyst", "id": f"{own['id']}2", "name": f"{own['name']} To"}
    for own in other["patterns"]:
        own["place"] = "lk"
    for own in other["tail"]:
        own["doctor"] = f"{own['doctor']}2"
    there = small_world["coordinator"].upload("/plans", other)
    assert there.status_code == 201, there.text
    change = {
        "change": "municipality_joins",
        "plan": there.json()["plan"]["id"],
        "municipality": "kyst",
    }
    scenarios = {"title": "Inn", "scenarios": [{"id": "inn", "name": "Inn", "changes": [change]}]}
    job = asked(small_world, "comparisons", plan=plan, scenarios=scenarios, seconds=1)
    assert claim(small_world, "here") == job
    made = comparing._scenarios(_task(small_world, job, "here"))
    assert {own.id for own in made.plans["inn"].problem.municipalities} == {"fjell", "kyst"}


@pytest.mark.parametrize(
    "scenarios",
    [
        {},
        {"title": "x", "scenarios": []},
        {"title": "x", "scenarios": [{"id": "a", "name": "A", "changes": [{"change": "x"}]}]},
        {"title": "x", "scenarios": [{"id": "base", "name": "A"}]},
    ],
)
def test_scenarios_that_cannot_be_made_are_refused(
    small_world: World, scenarios: dict[str, Any]
) -> None:
    wish = {"plan": small_world.plan(), "scenarios": scenarios}
    answer = small_world["coordinator"].post("/comparisons", json=wish)
    assert answer.status_code == 422
    assert answer.json()["faults"]


# --- certify -----------------------------------------------------------------------------------


def test_a_certificate_says_what_is_proven(small_world: World) -> None:
    world = small_world
    roster = _in_turn(world, world.plan())
    job = asked(world, "certificates", roster=roster, seconds=1, better=True)
    told = done(world, job)
    assert told["state"] == "done", told
    found = result(world, job)
    assert found["document"]["format"] == "rettvakt-certificate"
    assert len(found["document"]["sentences"]) == len(found["document"]["steps"])
    assert {"sertifikat.pdf", "sertifikat.json"} <= set(found["files"])
    assert bool(told["roster"]) == found["document"]["better_found"]


def test_a_roster_that_breaks_rules_gets_no_certificate(small_world: World) -> None:
    away = {"doctor": "kari", "kind": "holiday", "start": "2027-03-01", "end": "2027-03-14"}
    roster = _in_turn(small_world, small_world.plan(absences=[away]))
    told = done(small_world, asked(small_world, "certificates", roster=roster, seconds=2))
    assert told["state"] == "failed"
    assert told["message"].startswith(
        "Ikke noe sertifikat: vaktplanen bryter ufravikelige regler. "
    )
    assert "Kari Nordmann er borte" in told["message"]
    # Who may follow jobs and sees no plan is told that it failed, and not who is away.
    made = small_world.browser("coordinator").post(
        "/tokens", json={"label": "x", "scopes": ["jobs"]}
    )
    follows = Person(small_world.client(), made.json()["secret"])
    assert follows.get(f"/jobs/{told['id']}").json()["message"] == (
        "Ikke noe sertifikat: vaktplanen bryter ufravikelige regler."
    )
    heard = follows.get(f"/jobs/{told['id']}/events").text
    assert "bryter ufravikelige regler" in heard
    assert "Nordmann" not in heard


# --- explain -----------------------------------------------------------------------------------


def test_holes_are_explained_with_ways_out(world: World) -> None:
    plan = world.plan()
    job = asked(world, "explanations", roster=_in_turn(world, plan, without=(4,)), seconds=5)
    assert done(world, job)["state"] == "done"
    document = result(world, job)["document"]
    assert document["about"] == "holes"
    [hole] = document["answers"]
    assert hole["duties"] == [world.loaded(plan).problem.duties[4].id]
    assert hole["head"]


def test_each_question_finds_its_answer(small_world: World) -> None:
    plan = small_world.plan()
    roster = _in_turn(small_world, plan, without=(4,))
    duties = small_world.loaded(plan).problem.duties
    content = Roster.of(small_world.loaded(plan).problem, [Assignment(duties[0].id, "kari")])
    assert Timetable(small_world.loaded(plan).problem, content).doctors_on(duties[0].id)
    for wish, about in (
        ({"plan": plan}, "impossible"),
        ({"roster": roster, "duty": duties[4].id}, "hole"),
        ({"roster": roster, "duty": duties[4].id, "doctor": "ola"}, "not-this-doctor"),
        ({"roster": roster, "duty": duties[0].id, "doctor": "siv"}, "assignment"),
        ({"roster": roster, "doctor": "Kari Nordmann"}, "doctor"),
    ):
        job = asked(small_world, "explanations", **wish, seconds=0.5)
        assert done(small_world, job)["state"] == "done"
        document = result(small_world, job)["document"]
        assert (document["about"], len(document["answers"])) == (about, 1)
        assert document["answers"][0]["head"]


@pytest.mark.parametrize(
    ("wish", "place"),
    [
        ({}, "plan"),
        ({"plan": "x", "roster": "y"}, "plan"),
        ({"roster": True, "duty": "ingen slik vakt"}, "duty"),
        ({"roster": True, "doctor": "Ingen Slik"}, "doctor"),
        ({"plan": True, "duty": "x"}, "duty"),
    ],
)
def test_questions_without_sense_are_refused(
    small_world: World, wish: dict[str, Any], place: str
) -> None:
    plan = small_world.plan()
    known = {"plan": plan, "roster": _in_turn(small_world, plan)}
    whole = {key: known[key] if own is True else own for key, own in wish.items()}
    answer = small_world["coordinator"].post("/explanations", json=whole)
    assert answer.status_code == 422
    assert [own["place"] for own in answer.json()["faults"]] == [place]


def test_a_stopped_explanation_keeps_what_was_explained(small_world: World) -> None:
    roster = _in_turn(small_world, small_world.plan(), without=(4, 7))
    job = asked(small_world, "explanations", roster=roster)
    stop = threading.Event()
    stop.set()
    assert done(small_world, job, stop=stop)["state"] == "done"
    document = result(small_world, job)["document"]
    assert document["stopped"]
    assert document["answers"] == []
