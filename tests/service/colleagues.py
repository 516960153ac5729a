"""Kari's colleagues: doctors of the same cooperation who have accounts too."""

from typing import Any

from api.service.accounts import store, tokens
from api.service.accounts.actor import Actor
from api.service.accounts.roles import Role
from tests.service.world import PASSWORD, Person, World


def with_colleagues(world: World) -> World:
    """The world with accounts for Ola and Siv."""
    with world.service.database.writing() as session:
        for doctor in ("ola", "siv"):
            made = store.add_account(
                session,
                None,
                email=f"{doctor}@fjell.example",
                name=doctor.capitalize(),
                role=Role.DOCTOR,
                password=PASSWORD,
                cooperation=world.actors["coordinator"].cooperation,
                must_change=False,
                doctor=doctor,
            )
            actor = Actor.of(made)
            token, _ = tokens.add_token(
                session, actor, label="test", scopes=sorted(actor.rights), ends_at=None
            )
            world.actors[doctor] = actor
            world.people[doctor] = Person(world.client(), token)
    world.actors["kari"], world.people["kari"] = world.actors["doctor"], world.people["doctor"]
    return world


def published(
    world: World, holders: dict[int, str], signed: str | None = None, **plan: Any
) -> tuple[str, list[str]]:
    """A published roster: number of the duty -> doctor; gives its id and the ids of all duties."""
    made = world.plan(**plan)
    duties = [duty.id for duty in world.loaded(made).problem.duties]
    roster = world.roster(made, {duties[number]: who for number, who in holders.items()})
    publish(world, roster, "*", **({"signed": signed} if signed else {}))
    return roster, duties


def publish(world: World, roster: str, match: str, **wanted: Any) -> None:
    """Publish as the coordinator."""
    answer = world["coordinator"].post(
        f"/rosters/{roster}/publications", json=wanted, headers={"If-Match": match}
    )
    assert answer.status_code == 201, answer.text


def holders(world: World, roster: str) -> dict[str, str]:
    """Who has which duty in the newest version that the coordinator sees."""
    shown = world["coordinator"].get(f"/rosters/{roster}").json()["assignments"]
    return {own["duty"]: own["doctor"] for own in shown if own["doctor"]}
