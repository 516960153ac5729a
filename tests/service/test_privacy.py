"""What is kept about a person is told to them, and can be erased so that nothing of it is left."""

import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from api.service.accounts import store as accounts
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Role
from api.service.accounts.tables import Account, Visit
from api.service.audit.tables import AuditEntry
from api.service.db.tables import METADATA
from api.service.feeds.tables import FeedClient, StoredFeed
from api.service.hearings.tables import RosterComment
from api.service.jobs import store
from api.service.jobs.tables import Job, JobFile, JobPart, JobResult
from api.service.messages.tables import Contact, Message
from api.service.offers.tables import SwapDeal, SwapOffer, SwapPart
from api.service.plans.tables import PlanVersion
from api.service.privacy import erasing, retention
from api.service.privacy.inventory import INVENTORY, Fate
from api.service.privacy.redacting import Person as Subject
from api.service.privacy.sweeper import Sweeper
from api.service.privacy.tables import Erasure
from api.service.rosters.tables import Publication
from api.service.scenarios.tables import ScenarioSet
from api.service.wishes.tables import StatedWish, WishRound
from tests.api.plans import tiny
from tests.service.world import PASSWORD, World

PAST = 1092  # days: whole weeks, so that weekdays stay
MARKERS = (
    "Tuva",
    "Øksendal",
    "tuva@fjell.example",
    "tuva-o",
    "1961-04-03",
    "SAK-4711",
    "pregnancy",
    '"sick"',
    "tuvas telefon",
    "tuvas lønnsprogram",
    "+4790004711",
    "Jeg er gravid",
)
# Tables in which nobody stands, or only by the id of the account.
_NOBODY = {
    "cooperation",
    "visit",
    "identity",
    "pending_login",
    "login_try",
    "plan",
    "roster",
    "job_event",
    "once_key",
    "erasure",
    "turn",
    "swap_settings",
}


def _moved(value: Any) -> Any:
    """The plan so long ago that its period is over."""
    if isinstance(value, dict):
        return {key: own if key == "born" else _moved(own) for key, own in value.items()}
    if isinstance(value, list):
        return [_moved(own) for own in value]
    try:
        return (date.fromisoformat(value) - timedelta(days=PAST)).isoformat()
    except (TypeError, ValueError):
        return value


def _document() -> dict[str, Any]:
    """A plan of the past with a doctor about whom everything is known."""
    plan: dict[str, Any] = _moved(tiny())
    written = json.dumps(plan).replace('"ola"', '"tuva-o"').replace("Ola Bråten", "Tuva Øksendal")
    plan = json.loads(written)
    doctor = next(own for own in plan["doctors"] if own["id"] == "tuva-o")
    doctor |= {"born": "1961-04-03", "office": "Øksendal legesenter"}
    doctor["limits"] = {"no_nights": True}
    plan["exemptions"] = [
        {
            "id": "f1",
            "doctor": "tuva-o",
            "kind": "pregnancy",
            "status": "granted",
            "claimed_from": "2024-01-10",
            "term": "2024-06-01",
            "decided_on": "2024-01-10",
            "valid_from": "2024-03-12",
            "valid_until": "2024-03-14",
            "reference": "SAK-4711",
        }
    ]
    plan["absences"] = [
        {"doctor": "tuva-o", "kind": "sick", "start": "2024-03-15", "end": "2024-03-16"},
        {"doctor": "kari", "kind": "holiday", "start": "2024-03-15", "end": "2024-03-16"},
    ]
    plan["wishes"] = [
        {"id": "w1", "doctor": "tuva-o", "attitude": "rather_not", "start": "2024-03-06"}
    ]
    return plan


class Full:
    """A world in which all tables know something about Tuva."""

    def __init__(self, world: World) -> None:
        self.world = world
        coordinator = world["coordinator"]
        stored = coordinator.upload(
            "/plans", _document(), data={"note": "Tuva er syk, Kari overtar"}
        )
        assert stored.status_code == 201, stored.text
        self.plan = stored.json()["plan"]["id"]
        self.duty = world.loaded(self.plan).problem.duties[0].id
        self.others = world.loaded(self.plan).problem.duties[1].id
        with world.service.database.writing() as session:
            made = accounts.add_account(
                session,
                world.actors["coordinator"],
                email="tuva@fjell.example",
                name="Tuva Øksendal",
                role=Role.DOCTOR,
                password=PASSWORD,
                cooperation=world.actors["coordinator"].cooperation,
                doctor="tuva-o",
                must_change=False,
            )
        self.actor = world.actors["tuva"] = Actor.of(made)
        self.account = made.id
        self.tuva = world.browser("tuva")
        made_feed = self.tuva.post(
            "/feeds", json={"kind": "doctor", "subject": "tuva-o", "label": "tuvas telefon"}
        )
        assert made_feed.status_code == 201, made_feed.text
        self.calendar = made_feed.json()["url"].removeprefix("http://127.0.0.1:8000")
        token = {"label": "tuvas lønnsprogram", "scopes": ["published:read"]}
        assert self.tuva.post("/tokens", json=token).status_code == 201
        self.roster = world.roster(self.plan, {self.duty: "tuva-o", self.others: "kari"})
        published = coordinator.post(
            f"/rosters/{self.roster}/publications",
            json={"signed": "Tuva har godtatt det", "note": "Etter avtale med Tuva Øksendal"},
            headers={"If-Match": '"1"'},
        )
        assert published.status_code == 201, published.text
        now = datetime.now(UTC)
        with world.service.database.writing() as session:
            session.add_all(
                [
                    Message(
                        cooperation_id=self.actor.cooperation,
                        account_id=account,
                        about=f"publication/{number}",
                        address=address,
                        subject="Vaktplanen er publisert",
                        body="Hei, Tuva Øksendal!",
                        created_at=now,
                        next_try_at=now,
                        sent_at=now,
                    )
                    for number, (account, address) in enumerate(
                        (
                            (self.account, "tuva@fjell.example"),
                            (world.actors["doctor"].account, "doctor@fjell.example"),
                        )
                    )
                ]
            )
            session.add(
                Job(
                    cooperation_id=self.actor.cooperation,
                    kind="solve",
                    subject_id="0",
                    options={"note": "for tuva-o"},
                    state="done",
                    best='{"assignments": [{"duty": "x", "doctor": "tuva-o"}]}',
                    message="Tuva Øksendal kan ikke ta vakten.",
                    author="Tuva Øksendal",
                    author_id=self.account,
                    created_at=now,
                    ended_at=now,
                )
            )
        self._rest(now)

    def _rest(self, now: datetime) -> None:
        """What came with jobs, calendars, wishes, scenarios, hearings, swaps and the book."""
        coordinator = self.world["coordinator"]
        closed = coordinator.post(
            "/ledger/closings", json={"roster": self.roster}, headers={"If-Match": '"0"'}
        )
        assert closed.status_code == 201, closed.text
        reason = {"doctor": "tuva-o", "measure": "nights", "amount": 1, "reason": "Tuva tok én"}
        book = coordinator.get("/ledger")
        corrected = coordinator.post(
            "/ledger/corrections", json=reason, headers={"If-Match": book.headers["ETag"]}
        )
        assert corrected.status_code == 201, corrected.text
        with self.world.service.database.writing() as session:
            job = session.scalars(select(Job)).one().id
            feed = session.scalars(
                select(StoredFeed.id).where(StoredFeed.subject == "tuva-o")
            ).one()
            publication = session.scalars(select(Publication)).one()
            session.add_all(
                [
                    JobPart(job_id=job, name="a", document='{"doctor":"tuva-o"}', done=True),
                    JobResult(job_id=job, document='{"text":"Tuva er ledig","tuva-o":[7]}'),
                    JobFile(job_id=job, name="x.csv", content=b"tuva-o;Tuva"),
                    FeedClient(
                        feed_id=feed,
                        family="other",
                        user_agent="tuvas telefon",
                        first_at=now,
                        fetched_at=now,
                        seen={},
                    ),
                    Contact(account_id=self.account, language="nn", phone="+4790004711"),
                ]
            )
            common = {"cooperation_id": self.actor.cooperation, "plan_id": self.plan}
            wish_round = WishRound(
                deadline=now,
                most=9,
                text="Tuva kan ikke uke 10",
                version=1,
                statements=1,
                created_at=now,
                **common,
            )
            offer = SwapOffer(
                roster_id=self.roster,
                doctor="kari",
                to_doctor="tuva-o",
                unit=self.others,
                in_return=False,
                note="Kan du, Tuva?",
                created_at=now,
                ends_at=now,
                **common,
            )
            deal = SwapDeal(
                roster_id=self.roster,
                reason="Tuva er syk",
                decided_by="Tuva Øksendal",
                created_at=now,
                parts=[SwapPart(place=0, doctor="tuva-o"), SwapPart(place=1, doctor="kari")],
                **common,
            )
            scenarios = ScenarioSet(
                title="Uten Tuva",
                shared=False,
                version=1,
                document='{"changes":[{"change":"leaves","doctor":"tuva-o"}]}',
                plan_version=1,
                told='{"text":"Tuva Øksendal slutter"}',
                author="Tuva Øksendal",
                created_at=now,
                changed_at=now,
                **common,
            )
            comment = RosterComment(
                cooperation_id=self.actor.cooperation,
                roster_id=self.roster,
                roster_version_id=publication.roster_version_id,
                account_id=self.account,
                doctor="tuva-o",
                author="Tuva Øksendal",
                body="Jeg er gravid, hilsen tuva",
                answer="Notert, Tuva",
                created_at=now,
            )
            session.add_all([wish_round, offer, deal, scenarios, comment])
            session.flush()
            session.add(
                StatedWish(
                    round_id=wish_round.id,
                    doctor="tuva-o",
                    document='{"text":"Tuva vil fri"}',
                    version=1,
                    created_at=now,
                    changed_at=now,
                )
            )

    def erase(self, **wanted: Any) -> Any:
        body = {"account": self.account, "why": "Tuva har bedt om det"} | wanted
        return self.world.browser("coordinator").post("/privacy/erasures", json=body)

    def found(self) -> dict[str, set[str]]:
        """The markers that stand in each table."""
        found: dict[str, set[str]] = {}
        with self.world.service.database.engine.connect() as connection:
            for table in METADATA.sorted_tables:
                for row in connection.execute(select(table)):
                    written = "\n".join(map(str, row)).casefold()
                    own = {marker for marker in MARKERS if marker.casefold() in written}
                    if own:
                        found[table.name] = found.get(table.name, set()) | own
        return found


@pytest.fixture
def full(world: World) -> Full:
    return Full(world)


@pytest.fixture
def small_full(small_world: World) -> Full:
    return Full(small_world)


def _with(world: World, **settings: Any) -> None:
    changed = world.settings.model_copy(update=settings)
    world.settings = world.service.settings = changed


def _export(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        assert "artikkel 15" in archive.read("LES-MEG.txt").decode()
        content: dict[str, Any] = json.loads(archive.read("person.json"))
        return content


def test_every_table_says_what_it_holds_about_persons() -> None:
    """Add a new table to api/service/privacy/inventory.py: how a person is found in it."""
    assert set(INVENTORY) == set(METADATA.tables)
    for name, held in INVENTORY.items():
        columns = METADATA.tables[name].c
        named = {
            *held.account,
            *held.doctor,
            *held.texts,
            *held.labels,
            *held.own,
            *held.authors,
            *held.about,
            *held.documents,
            *held.secret,
            *(column for column, _ in held.of),
        }
        assert named <= set(columns.keys()), name
        if held.fate is Fate.DELETED:
            assert held.account or held.doctor or held.under, name
        points_to = {key.column.table.name for column in columns for key in column.foreign_keys}
        if "account" in points_to:
            assert held.account, f"{name} points to an account"


def test_before_anything_is_erased_the_markers_are_all_there(small_full: Full) -> None:
    found = small_full.found()
    assert set().union(*found.values()) == set(MARKERS)
    assert set(found) == set(METADATA.tables) - _NOBODY


def test_nothing_about_an_erased_person_is_left_anywhere(full: Full) -> None:
    _with(full.world, keep_rosters_months=0)
    answer = full.erase()
    assert answer.status_code == 201, answer.text
    assert full.found() == {}
    told = answer.json()
    assert told["held_until"] is None
    assert told["counts"]["plan_version"] == 1
    assert told["counts"]["message"] == 2
    # The book holds together, and is another one than before.
    assert told["counts"]["ledger_entry"] >= 2
    checked = full.world["coordinator"].get("/ledger/check").json()
    assert checked["flaws"] == []
    accounts = full.world["coordinator"].get("/ledger").json()
    assert told["code"] in json.dumps(accounts)
    # What others are told by is as it was: the roster can be read, and the code has the duty.
    content = full.world["coordinator"].get(f"/rosters/{full.roster}").json()
    by_duty = {own["duty"]: own["doctor"] for own in content["assignments"]}
    assert by_duty[full.duty] == told["code"]
    assert by_duty[full.others] == "kari"
    assert full.world.client().get(full.calendar).status_code == 404
    assert full.tuva.get("/me").status_code == 401
    again = full.world.client().post(
        "/api/v1/session", json={"email": "tuva@fjell.example", "password": PASSWORD}
    )
    assert again.status_code == 401


def test_a_job_under_way_brings_nothing_back_of_an_erased_person(small_full: Full) -> None:
    """It has read the plan before, and would store a roster with the person in it at its end."""
    world = small_full.world
    with world.service.database.writing() as session:
        job = session.scalars(select(Job)).one()
        job.state, job.holder, job.best = store.RUNNING, "there", '{"doctor":"tuva-o"}'
        name = job.id
    assert small_full.erase().status_code == 201
    told = world["coordinator"].get(f"/jobs/{name}").json()
    assert told["state"] == "failed"
    assert "slettet imens" in told["message"]
    with world.service.database.writing() as session:
        assert session.get_one(Job, name).best is None
        with pytest.raises(store.LostError):
            store.held(session, name, "there")


def test_what_is_kept_at_hand_of_a_roster_goes_with_the_person(small_full: Full) -> None:
    """In this process and in others, which are told nothing of the erasure."""
    world, address = small_full.world, f"/rosters/{small_full.roster}/burden"
    assert "tuva-o" in world["coordinator"].get(address).text
    world.service.forget = lambda: None
    _with(world, keep_rosters_months=0)
    assert small_full.erase().status_code == 201
    assert "tuva-o" not in world["coordinator"].get(address).text


def test_an_erased_person_leaves_others_as_they_were(small_full: Full) -> None:
    _with(small_full.world, keep_rosters_months=0)
    assert small_full.erase().status_code == 201
    document = (
        small_full.world["coordinator"].get(f"/plans/{small_full.plan}/versions/1/document").json()
    )
    kari = next(own for own in document["doctors"] if own["id"] == "kari")
    assert (kari["name"], kari["born"]) == ("Kari Nordmann", "1980-06-01")
    assert [own["doctor"] for own in document["absences"]] == ["kari"]
    report = small_full.world["coordinator"].get(f"/rosters/{small_full.roster}/check")
    assert report.status_code == 200


def test_a_name_stays_in_published_rosters_while_it_has_to_and_goes_by_itself(
    small_full: Full,
) -> None:
    _with(small_full.world, keep_grounds_months=1200)
    told = small_full.erase().json()
    assert told["held_until"] == "2029-03-17"
    left = small_full.found()
    assert set(left) == {"plan_version", "roster_version", "feed_duty", "ledger_entry", "erasure"}
    # Grounds, absences, wishes, birth date and everything of the account are gone at once.
    assert set().union(*left.values()) == {"Tuva", "Øksendal", "tuva-o"}
    world = small_full.world
    early = datetime(2029, 3, 16, tzinfo=UTC)
    assert "plan_version" not in retention.sweep(world.service.database, world.settings, early)
    assert small_full.found() == left
    late = datetime(2029, 3, 18, tzinfo=UTC)
    assert retention.sweep(world.service.database, world.settings, late)["plan_version"] >= 1
    assert small_full.found() == {}
    content = world.browser("coordinator").get(f"/rosters/{small_full.roster}").json()
    assert told["code"] in {own["doctor"] for own in content["assignments"]}


def test_who_is_still_in_a_plan_is_not_erased(small_world: World) -> None:
    small_world.plan()
    answer = small_world.browser("coordinator").post(
        "/privacy/erasures", json={"account": small_world.actors["doctor"].account}
    )
    assert answer.status_code == 409
    assert "Fjell, mars 2027" in answer.json()["detail"]


def test_a_doctor_without_an_account_can_be_erased_and_told_about(small_full: Full) -> None:
    _with(small_full.world, keep_rosters_months=0)
    coordinator = small_full.world["coordinator"]
    content = _export(coordinator.get("/privacy/export", params={"doctor": "siv"}))
    assert content["plans"][0]["said"]["doctors"][0]["name"] == "Siv Åsen"
    body = {"doctor": "siv"}
    told = small_full.world.browser("coordinator").post("/privacy/erasures", json=body)
    assert told.status_code == 201, told.text
    assert "Siv Åsen" not in coordinator.get(f"/plans/{small_full.plan}/versions/1/document").text
    gone = coordinator.get("/privacy/export", params={"doctor": "siv"})
    assert gone.status_code == 404


def test_all_accounts_of_a_doctor_are_erased_together(small_full: Full) -> None:
    world = small_full.world
    _with(world, keep_rosters_months=0)
    with world.service.database.writing() as session:
        second = accounts.add_account(
            session,
            world.actors["coordinator"],
            email="privat@fjell.example",
            name="Tuva Ø. Vik",
            role=Role.DOCTOR,
            password=PASSWORD,
            cooperation=small_full.actor.cooperation,
            doctor="tuva-o",
            must_change=False,
        ).id
    assert small_full.erase(account=second).status_code == 201
    assert small_full.found() == {}
    with world.service.database.reading() as session:
        both = session.scalars(select(Account).where(Account.id.in_([small_full.account, second])))
        found = list(both)
    assert [own.active for own in found] == [False, False]
    assert len({own.email for own in found}) == 2
    assert all(own.email.endswith("@slettet.invalid") for own in found)
    assert {own.name for own in found} == {"Slettet bruker"}


def test_an_erasure_can_be_tried_and_changes_nothing(full: Full) -> None:
    before = full.found()
    answer = full.world["coordinator"].post(
        "/privacy/erasures", json={"account": full.account}, params={"only_try": True}
    )
    assert answer.status_code == 201
    assert answer.json()["counts"]["api_token"] == 1
    assert full.found() == before
    assert full.tuva.get("/me").status_code == 200
    assert full.world["coordinator"].get("/privacy/erasures").json() == []


def test_no_token_erases_and_nobody_erases_themselves_or_others_elsewhere(small_full: Full) -> None:
    body = {"account": small_full.account}
    assert small_full.world["coordinator"].post("/privacy/erasures", json=body).status_code == 403
    assert (
        small_full.world.browser("stranger").post("/privacy/erasures", json=body).status_code == 404
    )
    own = {"account": small_full.world.actors["coordinator"].account}
    assert (
        small_full.world.browser("coordinator").post("/privacy/erasures", json=own).status_code
        == 403
    )
    both = {"account": small_full.account, "doctor": "tuva-o"}
    for wrong in (both, {}):
        answer = small_full.world.browser("coordinator").post("/privacy/erasures", json=wrong)
        assert answer.status_code == 422


def test_an_export_holds_all_about_the_person_and_no_other(full: Full) -> None:
    for answer in (
        full.tuva.get("/privacy/me"),
        full.world["coordinator"].get("/privacy/export", params={"account": full.account}),
    ):
        content = _export(answer)
        written = json.dumps(content, ensure_ascii=False)
        for marker in MARKERS:
            assert marker in written, marker
        for other in ("Kari", "Siv", "holiday", "Coordinator", "pseudonym_key", "argon2"):
            assert other not in written, other
        [published] = content["duties"]
        assert [own["duty"] for own in published["duties"]] == [full.duty]
        assert published["duties"][0]["start"].startswith("2024-03-")
        said = content["plans"][0]["said"]
        assert {"doctors", "exemptions", "absences", "wishes", "tail"} <= set(said)
        assert content["tables"]["message"]["rows"][0]["body"] == "Hei, Tuva Øksendal!"
        assert content["tables"]["message_contact"]["rows"][0]["phone"] == "+4790004711"
        assert content["tables"]["feed_client"]["rows"][0]["user_agent"] == "tuvas telefon"
        assert content["tables"]["stated_wish"]["rows"][0]["doctor"] == "tuva-o"
        assert content["tables"]["roster_comment"]["rows"][0]["answer"] == "Notert, Tuva"
        assert [own["event"] for own in content["ledger"]] == ["closing", "correction"]
        assert content["ledger"][1]["text"] == "Tuva tok én"


def test_a_system_administrator_is_told_what_there_is(small_world: World) -> None:
    content = _export(small_world.browser("system").get("/privacy/me"))
    assert content["tables"]["account"]["rows"][0]["email"] == "system@fjell.example"


def test_no_token_fetches_all_that_is_kept_about_its_owner(small_world: World) -> None:
    refused = small_world["doctor"].get("/privacy/me")  # though it has every right of a doctor
    assert refused.json()["type"] == "urn:rettvakt:problem:login-needed"
    content = _export(small_world.browser("doctor").get("/privacy/me"))
    assert content["tables"]["account"]["rows"][0]["email"] == "doctor@fjell.example"


def test_that_somebody_was_told_of_stands_in_the_log(small_world: World) -> None:
    doctor = small_world.actors["doctor"].account
    small_world["coordinator"].get("/privacy/export", params={"account": doctor})
    entries = small_world["coordinator"].get("/audit").json()["items"]
    assert (entries[0]["action"], entries[0]["subject"]) == ("person.exported", f"account/{doctor}")


def test_what_is_kept_changes_only_inside_an_erasure(world: World) -> None:
    world.plan()
    database = world.service.database
    for table, values in (
        ("plan_version", "note = 'x'"),
        ("plan_version", "number = 9"),
        ("audit_entry", "action = 'x'"),
    ):
        with pytest.raises(DBAPIError, match="is never changed"), database.writing() as session:
            session.execute(text(f"UPDATE {table} SET {values}"))
    with database.writing() as session:
        made = erasing.open_erasure(session, "", "retention")
        session.execute(update(PlanVersion).values(note="x"))
        erasing.close(session, made, {})
    for statement in (
        "UPDATE plan_version SET number = 9",
        "UPDATE plan_version SET created_at = created_at",
        "UPDATE audit_entry SET action = 'x'",
        "DELETE FROM audit_entry",  # all of it is young
        "DELETE FROM erasure",
    ):
        with database.writing() as session:
            made = erasing.open_erasure(session, "", "retention")
            with pytest.raises(DBAPIError, match="is never changed"), session.begin_nested():
                session.execute(text(statement))
            erasing.close(session, made, {})
    with pytest.raises(DBAPIError, match="is never changed"), database.writing() as session:
        session.execute(update(Erasure).values(ended_at=None))
    with database.reading() as session:
        still_open = select(func.count()).where(Erasure.ended_at.is_(None))
        assert session.scalar(still_open) == 0


def test_grounds_go_some_time_after_the_period_and_everybody_keeps_their_name(
    small_full: Full,
) -> None:
    world = small_full.world
    database = world.service.database
    day = datetime(2027, 3, 17, tzinfo=UTC)
    before = small_full.found()
    assert retention.sweep_plans(database, world.settings, day - timedelta(days=1)) == {}
    tried = retention.sweep_plans(database, world.settings, day, only_try=True)
    assert small_full.found() == before
    assert retention.sweep_plans(database, world.settings, day) == tried
    assert tried == {
        "plan_version": 1,
        "roster_version": 1,
        "stated_wish": 1,
        "roster_comment": 1,
        "scenario_set": 1,
        "swap_offer": 1,
        "swap_deal": 1,
        "ledger_entry": 2,
    }
    assert small_full.world["coordinator"].get("/ledger/check").json()["flaws"] == []
    assert small_full.found()["plan_version"] == {"Tuva", "Øksendal", "tuva-o"}
    assert retention.sweep_plans(database, world.settings, day) == {}
    assert world["coordinator"].get(f"/rosters/{small_full.roster}/check").status_code == 200


def test_what_has_been_kept_long_enough_is_swept(full: Full) -> None:
    world = full.world
    database = world.service.database
    later = datetime.now(UTC) + timedelta(days=400)
    tried = retention.sweep_rows(database, world.settings, later, only_try=True)
    assert full.found()["job"]
    assert retention.sweep_rows(database, world.settings, later) == tried
    assert tried["message"] == 2
    assert tried["job"] == 1
    assert tried["visit"] == 1
    assert tried["audit_entry"] == 0
    assert not {"message", "job", "visit"} & set(full.found())
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Visit)) == 0
        assert session.scalar(select(func.count()).select_from(Account)) > 0


def test_old_entries_of_the_log_go_and_young_ones_stay(world: World) -> None:
    database = world.service.database
    now = datetime.now(UTC)
    with database.writing() as session:
        for years in (1, 6):
            session.add(
                AuditEntry(
                    at=now - timedelta(days=366 * years),
                    actor="X",
                    action=f"old.{years}",
                    subject="x/1",
                    why="",
                    details={},
                )
            )
    retention.sweep(database, world.settings, now)
    with database.reading() as session:
        left = set(session.scalars(select(AuditEntry.action)))
    assert "old.1" in left
    assert "old.6" not in left
    assert "account.created" in left


def test_of_all_processes_one_sweeps_and_once_an_hour(world: World) -> None:
    one, other = (Sweeper(world.settings, world.service.database) for _ in range(2))
    now = datetime.now(UTC)
    assert [own.once(now) for own in (one, other, one)] == [True, False, False]
    assert not other.once(now + timedelta(minutes=59))
    assert [own.once(now + timedelta(minutes=61)) for own in (other, one)] == [True, False]


def test_a_person_is_found_by_any_part_of_the_name_as_a_word() -> None:
    pattern = Subject(names=frozenset({"Siv Åsen"}), emails=frozenset({"siv@x.no"})).pattern
    assert pattern is not None
    for said in ("siv er syk", "Ring Åsen.", "svar fra SIV@X.NO", "(Siv)"):
        assert pattern.search(said), said
    for said in ("passivt", "Åsenveien", "sivil", ""):
        assert not pattern.search(said), said
