"""What somebody does who swaps a duty: offer it, say yes to it, decide."""

from typing import Any

from tests.service.world import World

ONE = {"headers": {"If-Match": '"1"'}}
AWAY = {"doctor": "siv", "kind": "sick", "start": "2027-03-01", "end": "2027-03-02"}


def offer(world: World, who: str, roster: str, duty: str, **more: Any) -> str:
    answer = world[who].post("/swap-offers", json={"roster": roster, "duty": duty, **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def accept(world: World, who: str, own: str, duty: str | None = None) -> Any:
    return world[who].post(f"/swap-offers/{own}/acceptances", json={"duty": duty}, **ONE)


def free(world: World) -> None:
    answer = world["coordinator"].ask("PUT", "/swap-settings", json={"need_approval": False}, **ONE)
    assert answer.status_code == 200, answer.text


def decide(world: World, deal: dict[str, Any], what: str, who: str = "coordinator") -> Any:
    return world[who].post(
        f"/swap-deals/{deal['id']}/{what}",
        json={"note": "Greit"},
        headers={"If-Match": f'"{deal["revision"]}"'},
    )
