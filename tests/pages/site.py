"""A service with everything that pages show."""

from datetime import UTC, datetime, timedelta
from typing import Any

from api.service.accounts import passwords, store
from api.service.accounts.roles import Role
from api.service.dependencies import COOKIE
from api.service.jobs import store as jobs
from tests.service.access.things import compared
from tests.service.world import PASSWORD, World

SCENARIOS: dict[str, Any] = {
    "title": "Flere leger i vakt",
    "question": "Hva betyr én lege til for belastningen?",
    "scenarios": [
        {
            "id": "en-til",
            "name": "Én lege til",
            "changes": [{"change": "doctors_join", "municipality": "fjell"}],
        }
    ],
}
NEW = "ny@fjell.example"


class Site(World):
    """A world behind a port.

    Attributes:
        port: of 127.0.0.1, once it is served.
        things: ids by name: plan, published, draft, and a job of every state.
    """

    port: int = 0
    things: dict[str, str]

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def cookie(self, name: str) -> dict[str, str]:
        """What the browser of somebody who is logged in holds."""
        email = NEW if name == "new" else self.actors[name].email
        secret, _ = passwords.enter(self.service.database, email, PASSWORD, 1.0)
        return {"name": COOKIE, "value": secret, "url": self.url}

    def fill(self) -> None:
        """Somebody who must change the password, rosters, jobs and calendars."""
        with self.service.database.writing() as session:
            store.add_account(
                session,
                None,
                email=NEW,
                name="Nina Ny",
                role=Role.AUDITOR,
                password=PASSWORD,
                cooperation=self.actors["coordinator"].cooperation,
            )
        plan = self.plan()
        duties = self.loaded(plan).problem.duties
        who = ("kari", "ola", "siv")
        given = {duty.id: who[n % 3] for n, duty in enumerate(duties)}
        published = self.roster(plan, given)
        self._published(published)
        del given[duties[1].id]
        draft = self.roster(plan, given)
        self.things = {"plan": plan, "published": published, "draft": draft}
        self.things |= {"duty": duties[0].id, "hole": duties[1].id}
        self.things["account"] = self.actors["auditor"].account
        for state in ("done", "failed", "cancelled", "running", "stopping", "queued"):
            self.things[state] = self._job(plan, state, draft)
        self._pocket(plan, published, given, [duty.id for duty in duties])
        self._shared(plan)
        self["doctor"].post(
            "/feeds", json={"kind": "doctor", "subject": "kari", "label": "Telefonen"}
        )

    def _pocket(self, plan: str, published: str, given: dict[str, str], duties: list[str]) -> None:
        """An offer, a round with a wish, and a roster in hearing."""
        mine = next(own for own in reversed(duties) if given.get(own) == "kari")
        self.things["duty"] = mine
        self.things["others"] = next(own for own in duties if given.get(own) == "ola")
        offer = {"roster": published, "duty": mine, "in_return": True, "note": "Konfirmasjon"}
        self.things["offer"] = self._made("doctor", "/swap-offers", offer)
        deadline = (datetime.now(UTC) + timedelta(days=3)).isoformat()
        opened = {"deadline": deadline, "text": "Skriv det viktigste først."}
        own = self._made("coordinator", f"/plans/{plan}/wish-rounds", opened)
        self.things["round"] = own
        wish = {"attitude": "rather_not", "start": "2027-03-06", "whole_weekend": True}
        self.things["wish"] = self._made("doctor", f"/wish-rounds/{own}/wishes", wish)
        hearing = self.roster(plan, given)
        moved = self["coordinator"].post(
            f"/rosters/{hearing}/state", json={"state": "hearing"}, headers={"If-Match": "*"}
        )
        assert moved.status_code == 200, moved.text
        self.things["hearing"] = hearing
        self._made("doctor", f"/rosters/{hearing}/comments", {"body": "Mange netter i mars."})

    def _shared(self, plan: str) -> None:
        """A set of scenarios that the manager sees, compared."""
        own = self._made("coordinator", f"/plans/{plan}/scenarios", SCENARIOS)
        answer = self["coordinator"].ask(
            "PATCH", f"/scenarios/{own}", json={"shared": True}, headers={"If-Match": '"1"'}
        )
        assert answer.status_code == 200, answer.text
        compared(self, plan, own)
        self.things["shared"] = own

    def _made(self, who: str, path: str, document: dict[str, Any]) -> str:
        answer = self[who].post(path, json=document)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def _published(self, roster: str) -> None:
        answer = self["coordinator"].post(
            f"/rosters/{roster}/publications",
            json={"signed": "Kommuneoverlegen"},
            headers={"If-Match": "*"},
        )
        assert answer.status_code == 201, answer.text

    def _job(self, plan: str, state: str, roster: str) -> str:
        """A job that has come as far as this state, without anybody having worked on it."""
        answer = self["coordinator"].post("/solves", json={"plan": plan, "seconds": 30})
        made = str(answer.json()["id"])
        if state == "queued":
            return made
        with self.service.database.writing() as session:
            claimed = jobs.claim(session, "a test")
            assert claimed is not None
            assert claimed.id == made
            for n, event in enumerate(PROGRESS):
                jobs.add_event(session, made, "progress", {"seconds": 2.0 * n, **event})
            job = jobs.held(session, made, "a test")
            if state == "stopping":
                jobs.ask_to_stop(session, self.actors["coordinator"], job)
            elif state != "running":
                result = roster if state == "done" else None
                jobs.end(
                    session, job, state, result=result, message="" if result else "Prøv igjen."
                )
        return made


def _level(level: str, title: str, value: float, bound: float | None, unit: str) -> dict[str, Any]:
    proven = value == bound
    return {
        "level": level,
        "title": title,
        "value": value,
        "bound": bound,
        "proven": proven,
        "unit": unit,
    }


PROGRESS: list[dict[str, Any]] = [
    {"step": "Udekket tid", "doing": "construct", "levels": []},
    {
        "step": "Pålagte timer",
        "doing": "improve",
        "levels": [
            _level("cover", "Udekket tid", 0.0, 0.0, "vektede timer"),
            _level("ordered", "Pålagte timer", 12.0, None, "timer"),
        ],
    },
    {
        "step": "Pålagte timer",
        "doing": "prove",
        "levels": [
            _level("cover", "Udekket tid", 0.0, 0.0, "vektede timer"),
            _level("ordered", "Pålagte timer", 7.5, 3.0, "timer"),
        ],
    },
]
