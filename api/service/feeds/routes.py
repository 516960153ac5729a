"""Feeds: making and revoking addresses, and who reads them."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.service.dependencies import ActorDep, ServiceDep
from api.service.feeds import store
from api.service.feeds.calendars import PATH
from api.service.feeds.clients import State
from api.service.feeds.help import HELP, ClientHelp
from api.service.feeds.parts import first_day, parts
from api.service.feeds.shapes import EventOut, FeedIn, FeedOut, NewFeed
from api.service.problems import documented
from api.service.shapes import Id

router = APIRouter(prefix="/feeds", tags=["feeds"])


@router.get("", responses=documented(401, 403, 422))
def feeds(
    service: ServiceDep,
    actor: ActorDep,
    state: Annotated[
        State | None,
        Query(description="Only feeds in this state, such as those that nobody reads any more"),
    ] = None,
) -> list[FeedOut]:
    """The own addresses and who reads them; for a coordinator all of the cooperation."""
    now = datetime.now(UTC)
    with service.database.reading() as session:
        found = store.feeds(session, actor)
        readers = store.clients_of(session, [feed.id for feed in found])
        shown = parts(session, actor.cooperation, first_day(now))
    told = [FeedOut.of(feed, readers.get(feed.id, ()), shown, now) for feed in found]
    return [own for own in told if state is None or own.state is state]


@router.get("/help", responses=documented(401, 403))
def subscribing(_: ActorDep) -> list[ClientHelp]:
    """How to subscribe in each calendar, in bokmål: which link, what to press, what delay."""
    return list(HELP)


@router.get("/events/{event}", responses=documented(401, 403, 404, 422))
def event(
    service: ServiceDep, actor: ActorDep, event: Annotated[Id, Path(description="Id of the event")]
) -> EventOut:
    """Which duty of which doctor the link in a calendar is about (its path is /vakt/ID)."""
    with service.database.reading() as session:
        return EventOut.of(store.event_of(session, actor, event))


@router.post("", status_code=201, responses=documented(401, 403, 422))
def add(service: ServiceDep, actor: ActorDep, wanted: FeedIn) -> NewFeed:
    """Make an address. Whoever has it can read the calendar: it is told this once."""
    with service.database.writing() as session:
        secret, made = store.add_feed(session, actor, **wanted.model_dump())
        out = FeedOut.of(made, (), (), made.created_at)
    url = f"{service.settings.public_url.rstrip('/')}{PATH}/{secret}.ics"
    webcal = f"webcal://{url.split('://', 1)[1]}"
    return NewFeed(url=url, webcal=webcal, **out.model_dump())


@router.delete("/{feed}", status_code=204, responses=documented(401, 403, 404, 422))
def revoke(
    service: ServiceDep, actor: ActorDep, feed: Annotated[Id, Path(description="Id of the feed")]
) -> None:
    """Revoke an address: it answers no more."""
    with service.database.writing() as session:
        store.revoke(session, actor, feed)
