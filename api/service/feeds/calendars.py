"""The calendars themselves, for clients that subscribe to them."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Header, Path, Request, Response
from fastapi.responses import PlainTextResponse

from api.service.dependencies import ServiceDep
from api.service.documents import digest
from api.service.errors import NotFoundError
from api.service.feeds import store
from api.service.feeds.clients import family_of
from api.service.feeds.content import calendar
from api.service.feeds.http import http_date, is_known
from api.service.feeds.parts import first_day, parts, versions
from api.service.feeds.tables import FeedClient, StoredFeed
from api.service.problems import documented
from api.service.service import Service

calendars = APIRouter(tags=["calendars"])
PATH = "/kalender"
MEDIA_TYPE = "text/calendar; charset=utf-8"
_CACHE = "private, no-cache, no-transform"  # the tag is of these bytes: a proxy packs them not


@calendars.get("/robots.txt", response_class=PlainTextResponse)
def robots() -> str:
    """Robots keep away, but for those that fetch calendars for their users (Google asks)."""
    return f"User-agent: *\nAllow: {PATH}/\nDisallow: /\n"


@calendars.head(PATH + "/{secret}.ics", include_in_schema=False)
@calendars.get(
    PATH + "/{secret}.ics",
    response_class=Response,
    responses={
        200: {"description": "The calendar", "content": {"text/calendar": {}}},
        304: {"description": "The client has it already"},
        **documented(404, 422, 429),
    },
)
def read(
    service: ServiceDep,
    request: Request,
    secret: Annotated[str, Path(max_length=100)],
    if_none_match: Annotated[str | None, Header()] = None,
    if_modified_since: Annotated[str | None, Header()] = None,
    user_agent: Annotated[str, Header()] = "",
) -> Response:
    """A calendar, for clients that subscribe to it."""
    client = "".join(c for c in user_agent if c.isprintable())[:200]
    family = family_of(client).id
    since = first_day(datetime.now(UTC))
    try:
        with service.database.reading() as session:
            feed = store.by_secret(session, secret)
            shown = parts(session, feed.cooperation_id, since, drafts=feed.drafts)
            key = (
                feed.id,
                since,
                tuple((own.version, own.digest, own.publication) for own in shown),
            )
            content = service.calendars.get(
                key,
                lambda: calendar(
                    session, service.plans, feed, shown, since, service.settings.public_url
                ),
            )
            known = store.client_of(session, feed, family)
    except NotFoundError:
        service.guesses.missed(request.client.host if request.client else "")
        raise
    mark = digest(content)
    visit = store.Visit(mark, client, family, versions(shown))
    changed = _noted(service, feed, known, visit, only_looks=request.method == "HEAD")
    headers = {
        "ETag": f'"{mark}"',
        "Last-Modified": http_date(changed),
        "Cache-Control": _CACHE,
        "Content-Disposition": 'inline; filename="vakter.ics"',
        "X-Robots-Tag": "noindex",
    }
    if is_known(headers["ETag"], changed, if_none_match, if_modified_since):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=MEDIA_TYPE)


def _noted(
    service: Service,
    feed: StoredFeed,
    known: FeedClient | None,
    visit: store.Visit,
    *,
    only_looks: bool,
) -> datetime:
    """Write down the visit, if there is anything to write; gives when the content last changed."""
    settled = (
        feed.content_digest == visit.content
        if only_looks  # who asks for the headers has not read what they are of
        else store.is_noted(feed, known, visit)
    )
    if settled and feed.changed_at is not None:
        return feed.changed_at
    with service.database.writing() as session:
        if only_looks:
            return store.note_content(session, feed.id, visit.content)
        return store.note(session, feed.id, visit)
