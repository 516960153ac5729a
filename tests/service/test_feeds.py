"""Calendar feeds: what clients rely on (the acceptance list of the users' notes)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar
from recurring_ical_events import of
from sqlalchemy import select

from api.service.accounts.secrets import digest
from api.service.feeds.http import is_known
from api.service.feeds.tables import StoredFeed
from api.service.messages.tables import Message
from tests.service.world import World


class Subscription:
    """A doctor's feed of a published roster with two duties, as a client reads it."""

    def __init__(self, world: World, kind: str = "doctor", doctor: str = "kari") -> None:
        self.world = world
        self.plan = world.plan(first_day="2027-03-15", last_day="2027-04-11")
        self.duties = world.loaded(self.plan).problem.duties
        self.roster = world.roster(self.plan, {self.duties[0].id: "kari", self.duties[1].id: "ola"})
        self.version = 1
        self.publish()
        subject = "" if kind == "district" else "lv" if kind == "place" else doctor
        self.made = world["coordinator"].post(
            "/feeds", json={"kind": kind, "subject": subject, "label": "telefonen"}
        )
        assert self.made.status_code == 201, self.made.text
        self.path = self.made.json()["url"].removeprefix("http://127.0.0.1:8000")
        self.client: TestClient = world.client()

    def publish(self) -> None:
        answer = self.world["coordinator"].post(
            f"/rosters/{self.roster}/publications",
            json={},
            headers={"If-Match": f'"{self.version}"'},
        )
        assert answer.status_code == 201, answer.text

    def edit(self, **change: Any) -> None:
        answer = self.world["coordinator"].ask(
            "PATCH",
            f"/rosters/{self.roster}",
            json=change,
            headers={"If-Match": f'"{self.version}"'},
        )
        assert answer.status_code == 200, answer.text
        self.version += 1
        self.publish()

    def get(self, **headers: str) -> Any:
        return self.client.get(
            self.path, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )

    def events(self) -> list[Any]:
        return list(Calendar.from_ical(self.get().content).walk("VEVENT"))


def test_two_fetches_are_byte_for_byte_the_same_and_the_second_costs_nothing(
    world: World,
) -> None:
    feed = Subscription(world)
    first, second = feed.get(), feed.get()
    assert first.content == second.content
    assert first.headers["etag"] == second.headers["etag"]
    assert feed.get(If_None_Match=first.headers["etag"]).status_code == 304
    assert feed.get(If_Modified_Since=first.headers["last-modified"]).status_code == 304
    known = feed.get(If_None_Match=first.headers["etag"])
    assert known.headers["etag"] == first.headers["etag"]
    assert known.headers["last-modified"] == first.headers["last-modified"]
    assert known.content == b""


def test_a_duty_that_is_handed_over_leaves_one_calendar_and_enters_another(
    world: World,
) -> None:
    kari = Subscription(world)
    before = kari.get()
    [own] = kari.events()
    duty = kari.duties[0].id
    kari.edit(off=[{"duty": duty, "doctor": "kari"}], on=[{"duty": duty, "doctor": "siv"}])
    assert kari.events() == []
    assert kari.get(If_None_Match=before.headers["etag"]).status_code == 200
    kari.edit(off=[{"duty": duty, "doctor": "siv"}], on=[{"duty": duty, "doctor": "kari"}])
    [again] = kari.events()
    assert again["UID"] == own["UID"]
    assert again["SEQUENCE"] > own["SEQUENCE"]


def test_another_roster_of_the_plan_takes_the_place_of_the_one_before(world: World) -> None:
    feed = Subscription(world)
    [own] = feed.events()
    other = world.roster(feed.plan, {feed.duties[2].id: "kari"})
    answer = world["coordinator"].post(
        f"/rosters/{other}/publications", json={}, headers={"If-Match": '"1"'}
    )
    assert answer.json()["moved"] == [
        {"doctor": "kari", "gained": [feed.duties[2].id], "lost": [feed.duties[0].id]},
        {"doctor": "ola", "gained": [], "lost": [feed.duties[1].id]},
    ]
    [now] = feed.events()
    assert (own["DTSTART"].dt, now["DTSTART"].dt) == (
        feed.duties[0].start.astimezone(own["DTSTART"].dt.tzinfo),
        feed.duties[2].start.astimezone(now["DTSTART"].dt.tzinfo),
    )
    before = world["coordinator"].get(f"/rosters/{feed.roster}").json()["roster"]
    assert before["state"] == "archived"
    with world.service.database.reading() as session:
        told = [m.subject for m in session.scalars(select(Message).order_by(Message.created_at))]
    assert [subject.split("«")[0] for subject in told] == ["Vaktplanen ", "Vaktene dine i "]


def test_a_change_of_others_leaves_the_bytes_as_they_were(small_world: World) -> None:
    feed = Subscription(small_world)
    before = feed.get()
    feed.edit(on=[{"duty": feed.duties[2].id, "doctor": "siv"}])
    assert feed.get().content == before.content
    assert feed.get(If_Modified_Since=before.headers["last-modified"]).status_code == 304


def test_head_says_what_get_says_and_no_accept_header_is_needed(small_world: World) -> None:
    feed = Subscription(small_world)
    got = feed.get()
    head = feed.client.head(feed.path)
    assert head.status_code == 200
    assert head.content == b""
    assert dict(head.headers) == dict(got.headers)
    request = feed.client.build_request("GET", feed.path)
    del request.headers["accept"]
    assert feed.client.send(request).content == got.content
    assert got.headers["content-type"] == "text/calendar; charset=utf-8"
    assert got.headers["cache-control"] == "private, no-cache"
    assert got.headers["content-disposition"].startswith("inline")
    assert got.headers["referrer-policy"] == "no-referrer"


def test_a_revoked_and_an_unknown_address_get_the_same_answer(world: World) -> None:
    feed = Subscription(world)
    own = feed.made.json()["id"]
    assert world["stranger"].ask("DELETE", f"/feeds/{own}").status_code == 404
    assert world["coordinator"].ask("DELETE", f"/feeds/{own}").status_code == 204
    revoked = feed.get()
    unknown = feed.client.get("/kalender/finnes-ikke.ics")
    assert revoked.status_code == unknown.status_code == 404
    assert revoked.content == unknown.content


def test_the_secret_is_long_and_kept_as_a_digest(small_world: World) -> None:
    feed = Subscription(small_world)
    secret = feed.path.removeprefix("/kalender/").removesuffix(".ics")
    assert len(secret) * 6 >= 128
    assert feed.made.json()["webcal"] == f"webcal://127.0.0.1:8000{feed.path}"
    with small_world.service.database.reading() as session:
        assert session.scalar(select(StoredFeed.secret_digest)) == digest(secret)
    listed = small_world["coordinator"].get("/feeds").text
    log = small_world["coordinator"].get("/audit").text
    assert secret not in listed + log


CLOCK_CHANGES = {
    # The duty of the night has an hour less, or one more.
    "spring": ("2027-03-15", "2027-04-11", datetime(2027, 3, 28, 1, tzinfo=UTC), 23),
    "autumn": ("2027-10-18", "2027-11-14", datetime(2027, 10, 31, 1, tzinfo=UTC), 25),
}


@pytest.mark.parametrize("season", CLOCK_CHANGES)
@pytest.mark.parametrize("kind", ["doctor", "busy", "place", "district"])
def test_instants_are_those_of_the_roster_over_both_clock_changes(
    small_world: World, season: str, kind: str
) -> None:
    first, last, change, hours = CLOCK_CHANGES[season]
    plan = small_world.plan(first_day=first, last_day=last, tail=[])
    duties = small_world.loaded(plan).problem.duties
    own = [duty for duty in duties if abs(duty.start - change) < timedelta(days=4)]
    [over] = [duty for duty in own if duty.start < change < duty.end]
    assert over.end - over.start == timedelta(hours=hours)
    roster = small_world.roster(plan, {duty.id: "kari" for duty in own})
    small_world["coordinator"].post(
        f"/rosters/{roster}/publications",
        json={"signed": "Prøve"},
        headers={"If-Match": '"1"'},
    )
    subject = {"place": "lv", "district": ""}.get(kind, "kari")
    made = small_world["coordinator"].post(
        "/feeds", json={"kind": kind, "subject": subject, "label": "x"}
    )
    path = made.json()["url"].removeprefix("http://127.0.0.1:8000")
    calendar = Calendar.from_ical(small_world.client().get(path).content)
    shown = own if kind in ("doctor", "busy") else duties  # with its gaps
    read = of(calendar).between(datetime(2027, 1, 1), datetime(2028, 1, 1))
    assert sorted(
        (event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC)) for event in read
    ) == sorted((duty.start, duty.end) for duty in shown)


LONG = "Legevakta for Ærøyvåg, Østfjord og Håøygården; ved «Sjøgata» 5\\7, " + "æøå" * 30


@pytest.mark.parametrize("kind", ["doctor", "district"])
def test_lines_are_folded_as_the_standard_says_between_letters(
    small_world: World, kind: str
) -> None:
    """RFC 5545, 3.1: 75 octets at most without the line break, which is CRLF."""
    plan = small_world.plan(
        title=LONG, places=[{"id": "lv", "name": LONG, "municipality": "fjell"}]
    )
    duty = small_world.loaded(plan).problem.duties[0].id
    roster = small_world.roster(plan, {duty: "kari"})
    small_world["coordinator"].post(
        f"/rosters/{roster}/publications", json={}, headers={"If-Match": '"1"'}
    )
    subject = "" if kind == "district" else "kari"
    made = small_world["coordinator"].post(
        "/feeds", json={"kind": kind, "subject": subject, "label": "x"}
    )
    path = made.json()["url"].removeprefix("http://127.0.0.1:8000")
    content = small_world.client().get(path).content
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r") == content.count(b"\r\n")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        line.decode()  # no letter is cut in two
    [read] = Calendar.from_ical(content, multiple=True)
    assert read.errors == []
    assert read["VERSION"] == "2.0"
    assert "METHOD" not in read
    for event in read.walk("VEVENT"):
        assert event.errors == []
        assert str(event["LOCATION"]) == LONG


def test_a_whole_place_is_shown_with_names_and_with_its_gaps(small_world: World) -> None:
    feed = Subscription(small_world, "district")
    titles = [str(event["SUMMARY"]) for event in feed.events()]
    assert sum(title.startswith("Kari Nordmann: ") for title in titles) == 1
    assert sum(title.startswith("UDEKKET: ") for title in titles) == len(feed.duties) - 2
    assert len({event["UID"] for event in feed.events()}) == len(titles)


def test_busy_time_tells_neither_what_nor_where(small_world: World) -> None:
    feed = Subscription(small_world, "busy")
    [event] = feed.events()
    assert event["SUMMARY"] == "Opptatt"
    assert "LOCATION" not in event
    assert "Legevakta" not in feed.get().text


def test_a_roster_in_hearing_is_shown_on_request_only_and_as_tentative(
    small_world: World,
) -> None:
    plan = small_world.plan()
    duty = small_world.loaded(plan).problem.duties[0].id
    roster = small_world.roster(plan, {duty: "kari"})
    small_world["coordinator"].post(
        f"/rosters/{roster}/state", json={"state": "hearing"}, headers={"If-Match": '"1"'}
    )
    shown = {}
    for drafts in (False, True):
        made = small_world["doctor"].post(
            "/feeds",
            json={"kind": "doctor", "subject": "kari", "label": "x", "drafts": drafts},
        )
        path = made.json()["url"].removeprefix("http://127.0.0.1:8000")
        calendar = Calendar.from_ical(small_world.client().get(path).content)
        shown[drafts] = [str(event["STATUS"]) for event in calendar.walk("VEVENT")]
    assert shown == {False: [], True: ["TENTATIVE"]}


def test_the_list_tells_which_client_has_seen_what(world: World) -> None:
    feed = Subscription(world)
    assert world["coordinator"].get("/feeds").json()[0]["up_to_date"] is None
    feed.get(User_Agent="Google-Calendar-Importer")
    told = world["coordinator"].get("/feeds").json()[0]
    assert (told["client"], told["up_to_date"]) == ("Google-Calendar-Importer", True)
    feed.edit(on=[{"duty": feed.duties[2].id, "doctor": "siv"}])
    assert world["coordinator"].get("/feeds").json()[0]["up_to_date"] is False


def test_a_doctor_makes_addresses_of_the_own_duties_only(small_world: World) -> None:
    for kind, subject, status in (
        ("doctor", "kari", 201),
        ("busy", "kari", 201),
        ("doctor", "ola", 403),
        ("place", "lv", 403),
        ("district", "", 403),
    ):
        answer = small_world["doctor"].post(
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
