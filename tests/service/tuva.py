"""Tuva, about whom something is kept in every table, in a plan that has ended."""

import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

from sqlalchemy import select

from api.service.accounts import store as accounts
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Role
from api.service.db.tables import METADATA
from api.service.feeds.tables import FeedClient, StoredFeed
from api.service.hearings.tables import RosterComment
from api.service.jobs.tables import Job, JobFile, JobPart, JobResult
from api.service.messages.tables import Contact, Message
from api.service.offers.tables import SwapDeal, SwapOffer, SwapPart
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


def exported(answer: Any) -> dict[str, Any]:
    """What an export holds."""
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        assert "artikkel 15" in archive.read("LES-MEG.txt").decode()
        content: dict[str, Any] = json.loads(archive.read("person.json"))
        return content
