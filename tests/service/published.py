"""A published roster with two duties, its changes, and feeds of it as clients read them."""

from collections.abc import Mapping
from typing import Any

from fastapi.testclient import TestClient
from icalendar import Calendar

from scheduler.domain.duty import Duty
from tests.api.plans import tiny
from tests.service.world import World

LOCAL = "http://127.0.0.1:8000"


class Published:
    """A published roster in which Kari, who has an account, and Ola, who has none, have a duty.

    Args:
        world: the service.
        changes: of the tiny plan.
    """

    def __init__(self, world: World, **changes: Any) -> None:
        self.world = world
        self.changes = {"first_day": "2027-03-15", "last_day": "2027-04-11", **changes}
        self.plan = world.plan(**self.changes)
        self.duties = world.loaded(self.plan).problem.duties
        self.roster = world.roster(self.plan, {self.duties[0].id: "kari", self.duties[1].id: "ola"})
        self.version = 1
        self.publish()

    def publish(self) -> None:
        publish(self.world, self.roster, self.version)

    def edit(self, **change: Any) -> None:
        """Change the roster, and publish it."""
        answer = self.world["coordinator"].ask(
            "PATCH",
            f"/rosters/{self.roster}",
            json=change,
            headers={"If-Match": f'"{self.version}"'},
        )
        assert answer.status_code == 200, answer.text
        self.version += 1
        self.publish()

    def hand_over(self, duty: str, giver: str, taker: str) -> None:
        """Give a duty to another doctor, and publish it."""
        self.edit(off=[{"duty": duty, "doctor": giver}], on=[{"duty": duty, "doctor": taker}])

    def replan(self, assignments: Mapping[str, str], **changes: Any) -> None:
        """Change the plan, and publish another roster of it."""
        self.redraft(assignments, **changes)
        self.publish()

    def redraft(self, assignments: Mapping[str, str], **changes: Any) -> None:
        """Change the plan, and make another roster of it that is not published yet."""
        coordinator = self.world["coordinator"]
        stored = coordinator.get(f"/plans/{self.plan}").headers["etag"]
        answer = coordinator.upload(
            f"/plans/{self.plan}/versions",
            tiny() | self.changes | changes,
            headers={"If-Match": stored},
        )
        assert answer.status_code == 201, answer.text
        self.roster = self.world.roster(self.plan, assignments)
        self.version = 1


class Subscription:
    """A feed as a client reads it.

    Args:
        world: the service.
        wanted: of the feed, where it differs from Kari's own.
    """

    def __init__(self, world: World, **wanted: Any) -> None:
        self.world = world
        asked = {"kind": "doctor", "subject": "kari", "label": "telefonen", **wanted}
        if asked["kind"] in ("district", "holes"):
            asked["subject"] = ""
        elif asked["kind"] == "place":
            asked["subject"] = "lv"
        answer = world["coordinator"].post("/feeds", json=asked)
        assert answer.status_code == 201, answer.text
        self.made: dict[str, Any] = answer.json()
        self.path = self.made["url"].removeprefix(LOCAL)
        self.client: TestClient = world.client()

    def get(self, **headers: str) -> Any:
        return self.client.get(
            self.path, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )

    def text(self) -> str:
        """The lines as they were before they were folded."""
        return str(self.get().text.replace("\r\n ", ""))

    def events(self) -> list[Any]:
        return list(Calendar.from_ical(self.get().content).walk("VEVENT"))

    def told(self) -> Any:
        """What the list of feeds tells of it."""
        listed = self.world["coordinator"].get("/feeds").json()
        return next(own for own in listed if own["id"] == self.made["id"])


SEASONS = (
    # Both clock changes of the year; the one in spring is on Easter Sunday.
    ("2027-03-15", "2027-04-11"),
    ("2027-10-18", "2027-11-14"),
    ("2027-12-20", "2028-01-09"),
)


def seasons(world: World, doctor: str = "kari") -> tuple[Duty, ...]:
    """Publish three rosters in which one doctor has every duty; gives the duties."""
    found: list[Duty] = []
    for first, last in SEASONS:
        plan = world.plan(first_day=first, last_day=last, tail=[])
        duties = world.loaded(plan).problem.duties
        publish(world, world.roster(plan, {duty.id: doctor for duty in duties}))
        found += duties
    return tuple(found)


def publish(world: World, roster: str, version: int = 1) -> None:
    """Publish a version, also one that breaks rules."""
    answer = world["coordinator"].post(
        f"/rosters/{roster}/publications",
        json={"signed": "Prøve"},
        headers={"If-Match": f'"{version}"'},
    )
    assert answer.status_code == 201, answer.text
