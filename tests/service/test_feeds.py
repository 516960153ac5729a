"""Feeds over HTTP: headers, validators, addresses (lines 3.1, 3.2 and 3.4 of the users' notes)."""

from datetime import UTC, datetime
from urllib.robotparser import RobotFileParser

import pytest
from httpx2 import Response

from api.service.accounts.secrets import digest
from api.service.documents import digest as content_digest
from api.service.feeds.http import is_known
from api.service.feeds.store import note_content
from api.service.feeds.tables import StoredFeed
from api.service.recent import Recent
from tests.service.published import LOCAL, Published, Subscription
from tests.service.world import World


def test_two_fetches_are_byte_for_byte_the_same_and_the_second_costs_nothing(
    world: World,
) -> None:
    Published(world)
    feed = Subscription(world)
    first, second = feed.get(), feed.get()
    assert first.content == second.content
    assert first.headers["etag"] == second.headers["etag"]
    assert feed.get(If_Modified_Since=first.headers["last-modified"]).status_code == 304
    known = feed.get(If_None_Match=first.headers["etag"])
    assert known.status_code == 304
    assert known.content == b""
    for name in ("etag", "last-modified", "cache-control"):
        assert known.headers[name] == first.headers[name]


def test_the_tag_is_strong_and_of_the_bytes_alone(still_published: Published) -> None:
    got = Subscription(still_published.world).get()
    assert got.headers["etag"] == f'"{content_digest(got.content)}"'


def test_a_process_that_starts_anew_gives_the_same_bytes(small_world: World) -> None:
    Published(small_world)
    feed = Subscription(small_world)
    before = feed.get()
    small_world.service.calendars = Recent(1)
    after = feed.get()
    assert after.content == before.content
    assert after.headers["last-modified"] == before.headers["last-modified"]


def test_what_leaves_a_calendar_is_a_change_too(world: World) -> None:
    """The newest event that is left is older than what the client has."""
    published = Published(world)
    feed = Subscription(world)
    before = feed.get()
    published.hand_over(published.duties[0].id, "kari", "siv")
    after = feed.get(
        If_None_Match=before.headers["etag"], If_Modified_Since=before.headers["last-modified"]
    )
    assert after.status_code == 200
    assert feed.events() == []
    assert feed.get(If_Modified_Since=before.headers["last-modified"]).status_code == 200


def test_two_changes_within_a_second_do_not_have_one_date(world: World) -> None:
    Published(world)
    feed = Subscription(world)
    with world.service.database.writing() as session:
        own = feed.made["id"]
        dates = [note_content(session, own, content) for content in ("a", "b", "b", "c")]
    assert dates[0] < dates[1] == dates[2] < dates[3]


def test_a_change_of_others_leaves_the_bytes_as_they_were(small_world: World) -> None:
    published = Published(small_world)
    feed = Subscription(small_world)
    before = feed.get()
    published.edit(on=[{"duty": published.duties[2].id, "doctor": "siv"}])
    assert feed.get().content == before.content
    assert feed.get(If_Modified_Since=before.headers["last-modified"]).status_code == 304


def _said(answer: Response) -> dict[str, str]:
    """The headers but for the number that each request has of its own."""
    return {name: value for name, value in answer.headers.items() if name != "x-request-id"}


def test_head_says_what_get_says(still_published: Published) -> None:
    feed = Subscription(still_published.world)
    first = feed.client.head(feed.path)  # before anybody has read it
    got = feed.get()
    head = feed.client.head(feed.path)
    assert head.status_code == 200
    assert head.content == b""
    assert _said(first) == _said(head) == _said(got)
    known = feed.client.head(feed.path, headers={"If-None-Match": got.headers["etag"]})
    assert known.status_code == 304


def test_no_accept_header_is_needed(still_published: Published) -> None:
    feed = Subscription(still_published.world)
    request = feed.client.build_request("GET", feed.path)
    del request.headers["accept"]
    assert feed.client.send(request).content == feed.get().content
    assert feed.get(Accept="text/html").status_code == 200


def test_headers_are_those_that_calendars_take(still_published: Published) -> None:
    headers = Subscription(still_published.world).get().headers
    assert headers["content-type"] == "text/calendar; charset=utf-8"
    assert headers["cache-control"] == "private, no-cache, no-transform"
    assert headers["content-disposition"].startswith("inline")
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-robots-tag"] == "noindex"
    assert "vary" not in headers


@pytest.mark.parametrize("accepted", ["gzip, deflate", "identity", "br;q=1.0, identity;q=0"])
def test_bytes_are_never_packed_whatever_the_client_takes(
    still_published: Published, accepted: str
) -> None:
    """Outlook was seen to stumble over gzip, and the tag is of the bytes as they are."""
    got = Subscription(still_published.world).get(Accept_Encoding=accepted)
    assert "content-encoding" not in got.headers
    assert got.content.startswith(b"BEGIN:VCALENDAR\r\n")


def test_robots_may_fetch_calendars_and_nothing_else(still_published: Published) -> None:
    answer = still_published.world.client().get("/robots.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    parser = RobotFileParser()
    parser.parse(answer.text.splitlines())
    assert parser.can_fetch("Google-Calendar-Importer", "/kalender/x.ics")
    assert not parser.can_fetch("Googlebot", "/api/v1/feeds")


def test_a_revoked_and_an_unknown_address_get_the_same_answer(world: World) -> None:
    Published(world)
    feed = Subscription(world)
    own = feed.made["id"]
    assert world["stranger"].ask("DELETE", f"/feeds/{own}").status_code == 404
    assert world["coordinator"].ask("DELETE", f"/feeds/{own}").status_code == 204
    revoked = feed.get()
    unknown = feed.client.get("/kalender/finnes-ikke.ics")
    assert revoked.status_code == unknown.status_code == 404
    assert revoked.content == unknown.content
    assert _said(revoked) == _said(unknown)
    assert feed.client.head(feed.path).status_code == 404


def test_who_guesses_is_braked_and_who_knows_is_not(small_world: World) -> None:
    Published(small_world)
    feed = Subscription(small_world)
    guesses = [feed.client.get(f"/kalender/{n}.ics") for n in range(62)]
    assert [own.status_code for own in guesses[:60]] == [404] * 60
    assert [own.status_code for own in guesses[60:]] == [429] * 2
    assert int(guesses[-1].headers["retry-after"]) > 0
    assert feed.get().status_code == 200


def test_one_of_several_addresses_can_be_revoked(small_world: World) -> None:
    Published(small_world)
    phone, desk = Subscription(small_world), Subscription(small_world, label="PC-en")
    assert phone.path != desk.path
    small_world["coordinator"].ask("DELETE", f"/feeds/{phone.made['id']}")
    assert (phone.get().status_code, desk.get().status_code) == (404, 200)


def test_the_secret_is_long_kept_as_a_digest_and_in_no_list_or_log(
    still_published: Published, caplog: pytest.LogCaptureFixture
) -> None:
    feed = Subscription(still_published.world)
    feed.get()
    secret = feed.path.removeprefix("/kalender/").removesuffix(".ics")
    assert len(secret) * 6 >= 128
    assert feed.made["url"] == f"{LOCAL}{feed.path}"
    assert feed.made["webcal"] == f"webcal://127.0.0.1:8000{feed.path}"
    with still_published.world.service.database.reading() as session:
        kept = session.get_one(StoredFeed, feed.made["id"])
        assert kept.secret_digest == digest(secret)
    listed = still_published.world["coordinator"].get("/feeds").text
    log = still_published.world["coordinator"].get("/audit").text
    assert secret not in listed + log + caplog.text


def test_a_doctor_makes_addresses_of_the_own_duties_only(still_published: Published) -> None:
    for kind, subject, status in (
        ("doctor", "kari", 201),
        ("busy", "kari", 201),
        ("doctor", "ola", 403),
        ("place", "lv", 403),
        ("district", "", 403),
        ("holes", "", 403),
    ):
        answer = still_published.world["doctor"].post(
            "/feeds", json={"kind": kind, "subject": subject, "label": "x"}
        )
        assert answer.status_code == status


CHANGED = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("none_match", "since", "known"),
    [
        ('"a"', None, True),
        ('W/"a"', None, True),
        ('"b", "a"', None, True),
        ("*", None, True),
        ('"b"', None, False),
        ('"b"', "Mon, 01 Mar 2027 12:00:00 GMT", False),  # a tag wins over a date
        (None, "Mon, 01 Mar 2027 12:00:00 GMT", True),
        (None, "Mon, 01 Mar 2027 11:59:59 GMT", False),
        (None, "i går", False),
        (None, None, False),
    ],
)
def test_validators_are_read_as_the_standard_says(
    none_match: str | None, since: str | None, known: bool
) -> None:
    assert is_known('"a"', CHANGED, none_match, since) is known
