"""Who reads feeds, what they have seen, and whether they still come."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from api.service.feeds import clients
from api.service.feeds.clients import FAMILIES, OTHER, State, family_of
from api.service.feeds.help import HELP, page
from api.service.feeds.store import clients_of
from api.service.feeds.tables import FeedClient, StoredFeed
from tests.service.published import Published, Subscription
from tests.service.world import World

PAGE = Path(__file__).parents[2] / "docs" / "kalender.md"
GOOGLE = "Google-Calendar-Importer"
PHONE = "iOS/19.1 (23B85) dataaccessd/1.0"


@pytest.mark.parametrize(
    ("user_agent", "family"),
    [
        (GOOGLE, "google"),
        ("Mozilla/5.0 (compatible; Google-Calendar-Importer)", "google"),
        (PHONE, "iphone"),
        ("macOS/15.1 (24B83) dataaccessd/1.0", "mac"),
        ("Mac OS X/10.15.7 (19H2026) CalendarAgent/930.5.1", "mac"),
        ("Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro)", "outlook"),
        ("Microsoft.Exchange/15.20 (OWA; OutlookService)", "outlook-web"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Thunderbird/140.5",
            "thunderbird",
        ),
        ("ICSx5/2.3.1 (ical4j) Android/16", "icsx5"),
        ("vdirsyncer/0.21.0", "vdirsyncer"),
        ("curl/8.14", "other"),
        ("", "other"),
    ],
)
def test_clients_are_known_by_what_they_call_themselves(user_agent: str, family: str) -> None:
    assert family_of(user_agent).id == family


def test_each_client_of_a_feed_is_told_with_the_version_that_it_read(world: World) -> None:
    published = Published(world)
    feed = Subscription(world)
    assert (feed.told()["state"], feed.told()["clients"]) == (None, [])
    feed.get(User_Agent=GOOGLE)
    told = feed.told()
    [client] = told["clients"]
    assert (told["state"], client["family"], client["user_agent"]) == ("current", "google", GOOGLE)
    assert client["told"] == "Google Kalender har lest det som gjelder."
    published.edit(on=[{"duty": published.duties[2].id, "doctor": "siv"}])
    feed.get(User_Agent=PHONE)
    told = feed.told()
    assert [(own["family"], own["state"]) for own in told["clients"]] == [
        ("iphone", "current"),
        ("google", "behind"),
    ]
    assert told["state"] == "current"  # by the telephone
    [roster] = told["clients"][1]["rosters"]
    assert (roster["read"], roster["current"]) == (1, 2)
    assert told["clients"][1]["told"] == "Google Kalender leste sist versjon 1; gjeldende er 2."


@pytest.mark.parametrize(
    ("language", "behind", "unread"),
    [
        ("nn", "Google Kalender las sist versjon 1; gjeldande er 2", "har ikkje lese «Ny»."),
        ("en", "Google Kalender last read version 1; 2 is in force", "has not read “Ny”."),
    ],
)
def test_what_a_client_lacks_is_told_in_the_language_of_the_feed(
    small_world: World, language: str, behind: str, unread: str
) -> None:
    published = Published(small_world)
    feed = Subscription(small_world, language=language)
    feed.get(User_Agent=GOOGLE)
    published.edit(on=[{"duty": published.duties[2].id, "doctor": "siv"}])
    Published(small_world, title="Ny", first_day="2027-04-12", last_day="2027-05-09", tail=[])
    assert feed.told()["clients"][0]["told"] == f"{behind}, {unread}"


def test_who_asks_that_nothing_is_new_has_read_it_and_who_looks_at_headers_has_not(
    small_world: World,
) -> None:
    published = Published(small_world)
    feed = Subscription(small_world)
    etag = feed.get(User_Agent=GOOGLE).headers["etag"]
    published.edit(on=[{"duty": published.duties[2].id, "doctor": "siv"}])
    feed.client.head(feed.path, headers={"User-Agent": GOOGLE})
    assert feed.told()["state"] == "behind"
    assert feed.get(User_Agent=GOOGLE, If_None_Match=etag).status_code == 304
    assert feed.told()["state"] == "current"


def test_a_client_that_comes_no_more_is_told_and_can_be_asked_for(world: World) -> None:
    Published(world)
    stale, fresh = Subscription(world), Subscription(world, label="PC-en")
    for feed in (stale, fresh):
        feed.get(User_Agent=GOOGLE)
    _came(world, stale, timedelta(days=3, hours=1))
    assert [own["id"] for own in world["coordinator"].get("/feeds?state=silent").json()] == [
        stale.made["id"]
    ]
    assert stale.told()["state"] == "silent"
    stale.get(User_Agent=GOOGLE)
    assert stale.told()["state"] == "current"
    assert world["coordinator"].get("/feeds?state=nei").status_code == 422


def _came(world: World, feed: Subscription, ago: timedelta) -> None:
    with world.service.database.writing() as session:
        session.execute(
            update(FeedClient)
            .where(FeedClient.feed_id == feed.made["id"])
            .values(fetched_at=datetime.now(UTC) - ago)
        )


def test_a_delay_is_what_the_client_has_shown_and_else_that_of_its_kind(world: World) -> None:
    Published(world)
    feed = Subscription(world)
    feed.get(User_Agent=PHONE)
    assert feed.told()["clients"][0]["delay_minutes"] == 24 * 60
    _came(world, feed, timedelta(hours=3))
    feed.get(User_Agent=PHONE)
    feed.get(User_Agent=PHONE)  # twice in a moment
    assert feed.told()["clients"][0]["delay_minutes"] == 180
    with world.service.database.reading() as session:
        [own] = clients_of(session, [feed.made["id"]])[feed.made["id"]]
    assert own.first_at < own.fetched_at


def _client(family: str, ago: timedelta, pause: timedelta | None = None, **seen: int) -> FeedClient:
    at = NOW - ago
    return FeedClient(
        feed_id="0",
        family=family,
        user_agent="x",
        first_at=at,
        before_at=at - pause if pause else None,
        fetched_at=at,
        seen=seen,
    )


NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("client", "expected"),
    [
        (_client("google", HOUR, r=2), State.CURRENT),
        (_client("google", HOUR, r=3), State.CURRENT),
        (_client("google", HOUR, r=1), State.BEHIND),
        (_client("google", HOUR), State.BEHIND),
        (_client("google", 3 * DAY, r=2), State.CURRENT),
        (_client("google", 3 * DAY + HOUR, r=2), State.SILENT),
        (_client("google", 3 * DAY + HOUR, HOUR, r=2), State.SILENT),
        (_client("google", 6 * DAY, 2 * DAY, r=2), State.CURRENT),
        (_client("thunderbird", DAY, r=2), State.SILENT),
        (_client("gone-kind", DAY, r=2), State.CURRENT),
    ],
)
def test_the_state_of_a_client(client: FeedClient, expected: State) -> None:
    assert clients.state(client, {"r": 2}, NOW) is expected


def test_the_quickest_client_is_the_one_that_still_comes() -> None:
    slow, quick = _client("google", HOUR), _client("iphone", HOUR, 2 * HOUR)
    gone = _client("thunderbird", 9 * DAY, HOUR)
    assert clients.quickest([slow, gone, quick], NOW) is quick
    assert clients.quickest([gone], NOW) is None
    assert clients.quickest([], NOW) is None
    assert clients.delay(_client("iphone", HOUR, timedelta(minutes=2))) == HOUR


def test_a_feed_that_goes_takes_its_clients_along(world: World) -> None:
    Published(world)
    feed = Subscription(world)
    feed.get()
    with world.service.database.writing() as session:
        session.delete(session.get_one(StoredFeed, feed.made["id"]))
    with world.service.database.reading() as session:
        assert session.scalars(select(FeedClient)).all() == []


def test_help_is_there_for_every_kind_of_client_that_people_use(still_published: Published) -> None:
    told = still_published.world["doctor"].get("/feeds/help").json()
    assert {own["id"] for own in told} == set(FAMILIES) - {OTHER.id, "vdirsyncer"}
    for own in told:
        assert own["name"] == FAMILIES[own["id"]].name
        assert len(own["steps"]) >= 3
        assert own["delay"].endswith(".")
    [google] = [own for own in told if own["id"] == "google"]
    assert google["link"] == "url"  # it takes no webcal


def test_the_page_for_users_is_made_of_the_same_help() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == page(), "write docs/kalender.md anew: ./run docs"
    assert "importert en kopi" in text
    assert all(step in text for own in HELP for step in own.steps)


def test_the_page_behind_a_link_is_of_the_own_cooperation(still_published: Published) -> None:
    [event] = Subscription(still_published.world).events()
    path = f"/feeds/events/{event['UID']}"
    answers: dict[str, Any] = {
        who: still_published.world[who].get(path).status_code
        for who in ("coordinator", "doctor", "auditor", "manager", "stranger", "system")
    }
    assert answers == {
        "coordinator": 200,
        "doctor": 200,
        "auditor": 200,
        "manager": 403,
        "stranger": 404,
        "system": 403,
    }
