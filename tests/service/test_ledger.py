"""The ledger over HTTP: the same book as the file's, added to and never changed."""

import json
from typing import Any

import pytest
from sqlalchemy import text

from api import ledger
from api.service.ledgers.store import Books
from scheduler.domain.roster import Assignment, Roster
from scheduler.ledger.book import Book
from scheduler.reading.ledger import read_book
from tests.service.test_plan_parts import match, places
from tests.service.test_races import _at_once, _statuses
from tests.service.world import World

REASON = {"reason": "Bytte 12. mai"}
NIGHT = {"doctor": "kari", "measure": "nights", "amount": 1.5, "against": "ola", **REASON}


def published(world: World, **changes: Any) -> tuple[str, str]:
    """Ids of a plan and of a roster of it in which each third duty is somebody's."""
    plan = world.plan(**changes)
    duties = [duty.id for duty in world.loaded(plan).problem.duties]
    doctors = ("kari", "ola", "siv")
    roster = world.roster(plan, {duty: doctors[n % 3] for n, duty in enumerate(duties)})
    answer = world["coordinator"].post(
        f"/rosters/{roster}/publications", json={"signed": "x"}, **match(1)
    )
    assert answer.status_code == 201, answer.text
    return plan, roster


def closed(world: World) -> tuple[str, str]:
    """The same, closed into the ledger."""
    plan, roster = published(world)
    answer = world["coordinator"].post("/ledger/closings", json={"roster": roster}, **match(0))
    assert answer.status_code == 201, answer.text
    return plan, roster


def book_of(world: World, name: str = "coordinator") -> Book:
    content = world[name].get("/ledger/exports/json").content
    found = read_book(content, "vaktkonto.json")
    assert not found.flaws
    return found.book


def test_a_published_roster_is_closed_as_the_command_line_closes_it(world: World) -> None:
    plan, roster = published(world)
    draft = world.roster(plan)
    close = world["coordinator"].post
    assert close("/ledger/closings", json={"roster": draft}, **match(0)).status_code == 409
    assert close("/ledger/closings", json={"roster": roster}).status_code == 428
    answer = close("/ledger/closings", json={"roster": roster}, **match(0))
    assert answer.status_code == 201, answer.text
    assert answer.json()["entries"] == [1, 2]
    assert answer.headers["etag"] == '"2"'
    assert any("er ikke over" in own for own in answer.json()["remarks"])
    loaded = world.loaded(plan)
    shown = world["coordinator"].get(f"/rosters/{roster}").json()["assignments"]
    worked = Roster.of(loaded.problem, [Assignment(own["duty"], own["doctor"]) for own in shown])
    book = book_of(world)
    same = ledger.close_period(loaded, worked, Book(), booked_on=book.entries[-1].booked_on).book
    assert book == same
    again = close("/ledger/closings", json={"roster": roster}, **match(2))
    assert places(again) == ["vaktkonto"]
    assert "reverserer du bilag 2" in again.json()["faults"][0]["remedy"]


def test_corrections_reversals_leave_and_settings_are_entries(world: World) -> None:
    closed(world)
    coordinator = world["coordinator"]
    before = book_of(world)
    steps: list[tuple[str, str, dict[str, Any]]] = [
        ("POST", "/ledger/corrections", NIGHT),
        ("POST", "/ledger/reversals", {"entry": 3, **REASON}),
        ("POST", "/ledger/leavings", {"doctor": "siv"}),
        ("PATCH", "/ledger/settings", {"half_life": 12}),
    ]
    for number, (method, path, body) in enumerate(steps, 2):
        answer = coordinator.ask(method, path, json=body, **match(number))
        assert answer.status_code in (200, 201), answer.text
        assert answer.json()["entries"] == [number + 1]
    book = book_of(world)
    assert book.entries[: len(before.entries)] == before.entries
    assert [own.event.value for own in book.entries[2:]] == [
        "correction",
        "reversal",
        "leaving",
        "settings",
    ]
    told = coordinator.get("/ledger/entries", params={"most": 2}).json()
    assert [own["number"] for own in told["items"]] == [6, 5]
    assert told["next"] == 5
    third = coordinator.get("/ledger/entries/3").json()
    assert (third["reversed"], third["author"], third["text"]) == (
        True,
        "Coordinator",
        "Bytte 12. mai",
    )
    assert coordinator.get("/ledger/entries/7").status_code == 404
    refused = coordinator.ask("PATCH", "/ledger/settings", json={"half_life": 12}, **match(6))
    assert places(refused) == ["vaktkonto"]
    nobody = NIGHT | {"doctor": "knut"}
    refused = coordinator.post("/ledger/corrections", json=nobody, **match(6))
    assert places(refused) == ["vaktkonto"]
    assert coordinator.get("/ledger").headers["etag"] == '"6"'


def test_of_entries_posted_at_once_exactly_one_is_kept(world: World) -> None:
    closed(world)
    answers = _at_once(
        lambda _: world["coordinator"].post("/ledger/corrections", json=NIGHT, **match(2))
    )
    assert _statuses(answers) == [201] + [412] * 5
    assert len(book_of(world).entries) == 3


@pytest.mark.parametrize(
    "statement",
    ["UPDATE ledger_entry SET document = '{}'", "DELETE FROM ledger_entry"],
)
def test_the_database_itself_refuses_to_change_an_entry(world: World, statement: str) -> None:
    closed(world)
    with (
        pytest.raises(Exception, match="is never changed"),
        world.service.database.writing() as session,
    ):
        session.execute(text(statement))


def test_whoever_gets_past_the_database_is_found_out(small_world: World) -> None:
    closed(small_world)
    coordinator = small_world["coordinator"]
    digest = coordinator.get("/ledger").json()["digest"]
    told = coordinator.get("/ledger/check", params={"digest": digest[:8]}).json()
    assert (told["intact"], told["found"], told["closings"]) == (True, 2, 1)
    with small_world.service.database.writing() as session:
        session.execute(text("DROP TRIGGER ledger_entry_replaced"))
        session.execute(
            text(
                "UPDATE ledger_entry SET document = replace(document, 'Kari Nordmann', 'X') "
                "WHERE number = 2"
            )
        )
    told = coordinator.get("/ledger/check").json()
    assert told["intact"] is False
    assert told["flaws"][0]["place"] == "Bilag 2"
    small_world.service.books = Books()  # as after a start: nothing is known from before
    assert places(coordinator.get("/ledger")) == ["Bilag 2"]
    assert places(coordinator.post("/ledger/corrections", json=NIGHT, **match(2))) == ["Bilag 2"]


def test_a_doctor_sees_the_own_account_and_in_a_small_rota_nothing_of_others(
    small_world: World,
) -> None:
    closed(small_world)
    told = small_world["doctor"].get("/ledger").json()
    assert told["digest"] is None
    for own in told["measures"]:
        assert [account["doctor"] for account in own["accounts"]] == ["kari"]
        assert (own["doctors"], own["spread"]) == (3, None)
    assert "Ola" not in json.dumps(told)
    statement = small_world["doctor"].get("/ledger/accounts/kari").json()
    [points] = [own for own in statement["statements"] if own["measure"] == "points"]
    assert points["balance"] == points["lines"][-1]["balance"]
    assert small_world["doctor"].get("/ledger/accounts/ola").status_code == 404


def test_a_manager_sees_the_own_municipality_by_name(small_world: World) -> None:
    plan, _ = closed(small_world)
    coordinator = small_world["coordinator"]
    town = {"id": "dal", "name": "Dal", "inhabitants": 900}
    coordinator.post(f"/plans/{plan}/municipalities", json=[town], **match(1))
    moved = coordinator.ask(
        "PATCH", f"/plans/{plan}/doctors/siv", json={"municipality": "dal"}, **match(2)
    )
    assert moved.status_code == 200, moved.text
    told = small_world["manager"].get("/ledger").json()
    assert [own["doctor"] for own in told["measures"][0]["accounts"]] == ["kari", "ola"]
    assert told["measures"][0]["spread"] is None  # the third is what is left of it
    assert len(coordinator.get("/ledger").json()["measures"][0]["spread"]) == 3
    assert small_world["manager"].get("/ledger/accounts/siv").status_code == 404


def test_a_book_file_is_taken_over_whole_or_where_it_goes_on(small_world: World) -> None:
    closed(small_world)
    small_world["coordinator"].post("/ledger/corrections", json=NIGHT, **match(2))
    content = small_world["coordinator"].get("/ledger/exports/yaml").content
    stranger = small_world["stranger"]

    def take(body: bytes, version: int) -> Any:
        files = {"file": ("vaktkonto.yaml", body)}
        return stranger.post("/ledger/imports", files=files, **match(version))

    assert take(content, 0).json()["entries"] == [1, 2, 3]
    assert book_of(small_world, "stranger") == book_of(small_world)
    assert take(content, 3).json()["entries"] == []
    small_world["coordinator"].post("/ledger/reversals", json={"entry": 3, **REASON}, **match(3))
    longer = small_world["coordinator"].get("/ledger/exports/yaml").content
    assert take(longer, 3).json()["entries"] == [4]
    tampered = longer.replace(b"Kari Nordmann", b"Kari Norddame")
    assert places(take(tampered, 4))[0].startswith("Bilag")
    other = NIGHT | {"amount": 1}
    stranger.post("/ledger/corrections", json=other, **match(4))
    assert places(take(longer, 5)) == ["vaktkonto.yaml"]
    assert stranger.get("/ledger/exports/csv").content.startswith(b"\xef\xbb\xbfDato;Bilag")


def test_balances_go_into_the_next_plan_as_one_version(world: World) -> None:
    closed(world)
    coordinator = world["coordinator"]
    plan = world.plan(first_day="2027-03-15", last_day="2027-03-21", tail=[])
    told = coordinator.get(f"/plans/{plan}/opening").json()
    assert told["changes"] is True
    assert coordinator.get(f"/plans/{plan}/ledger").json()["total"] == 0
    done = coordinator.post(f"/plans/{plan}/opening", **match(1)).json()
    assert (done["version"], done["changes"]) == (2, False)
    rows = coordinator.get(f"/plans/{plan}/ledger").json()["items"]
    balances = {own["value"]["doctor"]: own["value"]["points"] for own in rows}
    book = book_of(world)
    assert balances == {who: book.account(who).points / 100 for who in ("kari", "ola", "siv")}
    again = coordinator.post(f"/plans/{plan}/opening", **match(2)).json()
    assert again["version"] == 2
    gap = world.plan(first_day="2027-03-20", last_day="2027-03-26", tail=[])
    remarks = coordinator.get(f"/plans/{gap}/opening").json()["remarks"]
    assert any("er ikke lukket" in own for own in remarks)
