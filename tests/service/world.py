"""People and plans for tests of the service."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from api.service.accounts import secrets, store, tokens
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Right, Role
from api.service.accounts.strength import judge
from api.service.app import create_app
from api.service.settings import Settings
from scheduler.domain.roster import Assignment, Roster
from scheduler.writing.roster_json import to_json
from tests.api.plans import tiny

PASSWORD = "et langt passord"
V1 = "/api/v1"
# Slow on purpose, which no test but `test_accounts` is about: a cheap hash, judged once.
REAL_HASH = secrets.hash_password(PASSWORD)
vars(secrets)["_PASSWORDS"] = PasswordHash(
    (Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)
)
vars(secrets)["_NOBODY"] = secrets.hash_password("nobody")
vars(store)["judge"] = cache(judge)


class Person:
    """Somebody with a token of all their rights, or without one in a browser that is logged in."""

    def __init__(self, client: TestClient, token: str | None = None) -> None:
        self._client = client
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(self, method: str, path: str, **options: Any) -> Response:
        headers = {**self.headers, **options.pop("headers", {})}
        return self._client.request(method, f"{V1}{path}", headers=headers, **options)

    def get(self, path: str, **options: Any) -> Response:
        return self.ask("GET", path, **options)

    def post(self, path: str, **options: Any) -> Response:
        return self.ask("POST", path, **options)

    def upload(self, path: str, document: Mapping[str, Any], **options: Any) -> Response:
        content = json.dumps(document).encode()
        return self.post(path, files={"file": ("plan.json", content)}, **options)


class World:
    """A service with two cooperations; in the first one an account of each role."""

    def __init__(self, address: str, **settings: Any) -> None:
        self.address = address
        self.settings = Settings(database=address, jobs_at_once=0, sends_messages=False, **settings)
        self.app = create_app(self.settings)
        self.service = self.app.state.service
        self.people: dict[str, Person] = {}
        self.actors: dict[str, Actor] = {}
        with self.service.database.writing() as session:
            own = store.add_cooperation(session, None, "Fjellregionen").id
            other = store.add_cooperation(session, None, "Kysten").id
            for name, role, cooperation, extra in (
                ("system", Role.SYSTEM, None, {}),
                ("coordinator", Role.COORDINATOR, own, {}),
                ("manager", Role.MANAGER, own, {"municipality": "fjell"}),
                ("doctor", Role.DOCTOR, own, {"doctor": "kari"}),
                ("auditor", Role.AUDITOR, own, {}),
                ("stranger", Role.COORDINATOR, other, {}),
            ):
                made = store.add_account(
                    session,
                    None,
                    email=f"{name}@fjell.example",
                    name=name.capitalize(),
                    role=role,
                    password=PASSWORD,
                    cooperation=cooperation,
                    must_change=False,
                    **extra,
                )
                self.actors[name] = Actor.of(made)
                token, _ = tokens.add_token(
                    session,
                    self.actors[name],
                    label="test",
                    scopes=[Right(right) for right in self.actors[name].rights],
                    ends_at=None,
                )
                self.people[name] = Person(self.client(), token)

    def client(self) -> TestClient:
        """A browser without cookies."""
        return TestClient(self.app, base_url="http://rettvakt.test", raise_server_exceptions=False)

    def browser(self, name: str) -> "Person":
        """Somebody of these who has logged in."""
        client = self.client()
        email = self.actors[name].email
        answer = client.post(f"{V1}/session", json={"email": email, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return Person(client)

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def plan(self, **changes: Any) -> str:
        """Id of a plan that the coordinator has uploaded."""
        answer = self["coordinator"].upload("/plans", tiny() | changes)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["plan"]["id"])

    def roster(self, plan: str, assignments: Mapping[str, str] | None = None) -> str:
        """Id of a roster of the plan, as a draft: duty -> doctor."""
        own = (Assignment(duty, doctor) for duty, doctor in (assignments or {}).items())
        content = to_json(Roster.of(self.loaded(plan).problem, own)).encode()
        answer = self["coordinator"].post(
            "/rosters", data={"plan": plan}, files={"file": ("vaktplan.json", content)}
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def loaded(self, plan: str) -> Any:
        """The plan as the service understood it."""
        from api.service.plans import store as plans

        with self.service.database.reading() as session:
            found = plans.plan_of(session, self.actors["coordinator"], plan)
            return self.service.plans.of(session, plans.version_of(session, found).id)
