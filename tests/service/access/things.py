"""What the requests of the table are about, and what a row of it is."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select

from api.service.feeds.tables import FeedDuty
from api.service.jobs import kept
from api.service.jobs.tables import Job, JobFile
from api.service.messages.tables import SENT, Message
from api.service.offers import deals
from api.service.offers import store as offers
from api.service.offers.telling import Teller
from api.service.plans import store as plans
from api.service.rosters import store as rosters
from api.service.scenarios.tables import ScenarioSet
from tests.service.jobs import asked, done
from tests.service.world import World

ROLES = ("nobody", "system", "coordinator", "manager", "doctor", "auditor", "stranger")
LAST = "kveld/2027-03-12"
ANY = {"headers": {"If-Match": "*"}}


class Things:
    """What the requests are about: of the coordinator's cooperation."""

    comment: str
    deal: str

    def __init__(self, world: World) -> None:
        self.plan = world.plan()
        self.duty = world.loaded(self.plan).problem.duties[0].id
        self.published = world.roster(self.plan, {self.duty: "kari"})
        world["coordinator"].post(
            f"/rosters/{self.published}/publications", json={}, headers={"If-Match": '"1"'}
        )
        self.draft = world.roster(self.plan, {self.duty: "ola"})
        self.job = world["coordinator"].post("/solves", json={"plan": self.plan}).json()["id"]
        made = world["coordinator"].post(
            "/feeds", json={"kind": "doctor", "subject": "kari", "label": "x"}
        )
        self.feed = made.json()["id"]
        self.calendar = made.json()["url"].removeprefix("http://127.0.0.1:8000")
        self.account = world.actors["auditor"].account
        self._world = world
        with world.service.database.writing() as session:
            session.add(JobFile(job_id=self.job, name="x.csv", content=b"x"))
            self.event = session.scalars(select(FeedDuty.id).where(FeedDuty.doctor == "kari")).one()
            message = session.scalars(select(Message)).one()
            message.state = SENT
            self.message = message.id
        self.other_plan = world.plan()
        self.offer = self._offer(world, self.duty)
        later = world.loaded(self.plan).problem.duties[6].id
        world["coordinator"].ask(  # a duty more for Kari, in force
            "PATCH",
            f"/rosters/{self.published}",
            json={"on": [{"duty": later, "doctor": "kari"}, {"duty": LAST, "doctor": "ola"}]},
            **ANY,
        )
        world["coordinator"].post(
            f"/rosters/{self.published}/publications", json={}, headers={"If-Match": "*"}
        )
        self.deal: str = self._deal(world, self._offer(world, later, to_doctor="ola"))
        commented = world["doctor"].post(f"/rosters/{self.published}/comments", json={"body": "x"})
        self.comment: str = commented.json()["id"]

    @cached_property
    def repair(self) -> str:
        """A repair of the draft that is done."""
        self._world["coordinator"].post(f"/jobs/{self.job}/stop")
        ill = {"sick": "ola", "from": "2027-03-01", "to": "2027-03-02"}
        wish = {"roster": self.draft, "at": "2027-02-26T12:00:00+01:00", "events": [ill]}
        job = asked(self._world, "repairs", **wish, seconds=2)
        done(self._world, job)
        return job

    def with_parts(self, world: World) -> None:
        """Also a ledger, a wish round and scenarios."""
        coordinator = world["coordinator"]
        closed = coordinator.post(
            "/ledger/closings", json={"roster": self.published}, headers={"If-Match": '"0"'}
        )
        assert closed.status_code == 201, closed.text
        self.book = coordinator.get("/ledger/exports/json").content
        made = coordinator.post(
            f"/plans/{self.plan}/wish-rounds", json={"deadline": "2100-01-01T00:00:00Z"}
        )
        self.wish_round = made.json()["id"]
        wish = {"attitude": "want", "start": "2027-03-02"}
        stated = world["doctor"].post(f"/wish-rounds/{self.wish_round}/wishes", json=wish)
        self.wish = stated.json()["id"]
        stored = coordinator.post(
            f"/plans/{self.plan}/scenarios",
            json={"title": "x", "scenarios": [{"id": "x", "name": "x"}]},
        )
        assert stored.status_code == 201, stored.text
        self.scenarios = stored.json()["id"]
        compared(world, self.plan, self.scenarios)

    def _offer(self, world: World, duty: str, **more: str) -> str:
        body = {"roster": self.published, "duty": duty, **more}
        return str(world["doctor"].post("/swap-offers", json=body).json()["id"])

    def _deal(self, world: World, offer: str) -> str:
        """A deal that Ola, who has no account, has made with Kari's offer."""
        ola = replace(world.actors["doctor"], doctor="ola")
        with world.service.database.writing() as session:
            roster = rosters.roster_of(session, ola, self.published)
            own = offers.offer_of(session, ola, offer)
            tell = Teller(session, world.service.settings, world.loaded(self.plan).problem)
            return deals.accepted(tell, ola, roster, own, gives=None).id


def compared(world: World, plan: str, own: str) -> str:
    """Id of a comparison of a set that is done, without anybody having solved anything."""
    with world.service.database.writing() as session:
        newest = plans.version_of(
            session, plans.plan_of(session, world.actors["coordinator"], plan)
        )
        document = json.loads(session.get_one(ScenarioSet, own).document)
        del document["plan"]
        now = datetime.now(UTC)
        job = Job(
            cooperation_id=world.actors["coordinator"].cooperation,
            kind="compare",
            subject_id=newest.id,
            options={"plan": plan, "scenario_set": own, "scenarios": document},
            state="done",
            holder="",
            author="Coordinator",
            author_id=world.actors["coordinator"].account,
            created_at=now,
            ended_at=now,
        )
        session.add(job)
        session.flush()
        answer = {"in_short": ["Hver vakt er dekket i begge alternativene."]}
        files = {"notat.pdf": b"%PDF-", "notat.html": b"<!doctype html>", "alt.json": b"{}"}
        kept.keep_result(session, job, answer, files)
        return job.id


Request = Callable[[Things], dict[str, Any]]
# Method and path of the OpenAPI document, what is sent, and the answer to each of ROLES.
# 404 stands where somebody is not to know that there is such a thing.
Row = tuple[str, str, Request, tuple[int, ...]]


def of_plan(**more: Any) -> Request:
    """A request about the plan."""
    return lambda t: {"plan": t.plan, **more}


# What changes something is asked in STILL without If-Match: who may do it is told what is missing
# (428), and nothing is changed.
SEE = (401, 403, 200, 200, 403, 200, 404)
KEEP = (401, 403, 200, 403, 403, 403, 404)
CHANGE = (401, 403, 428, 403, 403, 403, 404)
