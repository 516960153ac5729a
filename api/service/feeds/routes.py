"""Feeds: making and revoking addresses, and the calendars behind them."""

from typing import Annotated

from fastapi import APIRouter, Header, Path, Response

from api.service.dependencies import ActorDep, ServiceDep
from api.service.documents import digest
from api.service.feeds import store
from api.service.feeds.content import calendar, first_day, parts_of
from api.service.feeds.http import http_date, is_known
from api.service.feeds.shapes import FeedIn, FeedOut, NewFeed
from api.service.problems import documented
from api.service.shapes import Id

router = APIRouter(prefix="/feeds", tags=["feeds"])
calendars = APIRouter(tags=["calendars"])
PATH = "/kalender"
MEDIA_TYPE = "text/calendar; charset=utf-8"


@router.get("", responses=documented(401, 403))
def feeds(service: ServiceDep, actor: ActorDep) -> list[FeedOut]:
    """The own addresses and who reads them; for a coordinator all of the cooperation."""
    with service.database.reading() as session:
        found = []
        for feed in store.feeds(session, actor):
            parts = parts_of(session, feed)
            newest = [part.publication for part in parts if part.publication]
            found.append(FeedOut.of(feed, newest[-1] if newest else None))
        return found


@router.post("", status_code=201, responses=documented(401, 403, 422))
def add(service: ServiceDep, actor: ActorDep, wanted: FeedIn) -> NewFeed:
    """Make an address. Whoever has it can read the calendar: it is told this once."""
    with service.database.writing() as session:
        secret, made = store.add_feed(
            session,
            actor,
            kind=wanted.kind,
            subject=wanted.subject,
            label=wanted.label,
            drafts=wanted.drafts,
            alarm_minutes=wanted.alarm_minutes,
        )
        out = FeedOut.of(made, None)
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


@calendars.head(PATH + "/{secret}.ics", include_in_schema=False)
@calendars.get(
    PATH + "/{secret}.ics",
    response_class=Response,
    responses={
        200: {"description": "The calendar", "content": {"text/calendar": {}}},
        304: {"description": "The client has it already"},
        **documented(404, 422),
    },
)
def read(
    service: ServiceDep,
    secret: Annotated[str, Path(max_length=100)],
    if_none_match: Annotated[str | None, Header()] = None,
    if_modified_since: Annotated[str | None, Header()] = None,
    user_agent: Annotated[str, Header()] = "",
) -> Response:
    """A calendar, for clients that subscribe to it."""
    client = "".join(c for c in user_agent if c.isprintable())[:200]
    since = first_day()
    with service.database.reading() as session:
        feed = store.by_secret(session, secret)
        parts = parts_of(session, feed)
        key = (feed.id, since, tuple((part.version, part.publication) for part in parts))
        content = service.calendars.get(
            key, lambda: calendar(session, service.plans, feed, parts, since)
        )
        published = [part.publication for part in parts if part.publication]
        newest = published[-1] if published else None
    mark = digest(content)
    if store.is_noted(feed, mark, client, newest) and feed.changed_at is not None:
        changed = feed.changed_at
    else:
        with service.database.writing() as session:
            changed = store.note(session, feed.id, mark, client, newest)
    headers = {
        "ETag": f'"{mark}"',
        "Last-Modified": http_date(changed),
        "Cache-Control": "private, no-cache",
        "Content-Disposition": 'inline; filename="vakter.ics"',
    }
    if is_known(headers["ETag"], changed, if_none_match, if_modified_since):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=MEDIA_TYPE)
