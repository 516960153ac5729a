"""What stands in a feed: identity, revisions, kinds, languages (line 3.1 of the users' notes)."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from recurring_ical_events import of

from api.service.feeds import calendars
from api.service.feeds.parts import first_day
from tests.service.published import LOCAL, Published, Subscription, publish, seasons
from tests.service.world import World


def test_a_duty_that_is_handed_over_leaves_one_calendar_and_enters_another(
    world: World,
) -> None:
    published = Published(world)
    kari, siv = Subscription(world), Subscription(world, subject="siv")
    [own] = kari.events()
    assert siv.events() == []
    published.hand_over(published.duties[0].id, "kari", "siv")
    assert kari.events() == []
    [taken] = siv.events()
    assert taken["DTSTART"].dt == own["DTSTART"].dt
    assert taken["UID"] != own["UID"]
    published.hand_over(published.duties[0].id, "siv", "kari")
    [again] = kari.events()
    assert again["UID"] == own["UID"]
    assert again["SEQUENCE"] > own["SEQUENCE"]
    assert again["CREATED"].dt == own["CREATED"].dt


def test_two_doctors_who_swap_and_swap_back_have_their_events_again(small_world: World) -> None:
    published = Published(small_world)
    feeds = [Subscription(small_world, subject=who) for who in ("kari", "ola")]
    before = [feed.events()[0]["UID"] for feed in feeds]
    first, second = (duty.id for duty in published.duties[:2])
    for kari, ola in ((second, first), (first, second)):
        published.edit(
            off=[{"duty": ola, "doctor": "kari"}, {"duty": kari, "doctor": "ola"}],
            on=[{"duty": kari, "doctor": "kari"}, {"duty": ola, "doctor": "ola"}],
        )
        assert [len(feed.events()) for feed in feeds] == [1, 1]
    assert [feed.events()[0]["UID"] for feed in feeds] == before


def test_a_duty_that_is_moved_keeps_its_uid_and_gets_sequence_and_stamp(world: World) -> None:
    published = Published(world)
    feed = Subscription(world)
    [before] = feed.events()
    day = str(published.duties[0].day)
    published.replan(
        {published.duties[0].id: "kari", published.duties[1].id: "ola"},
        changed_duties=[{"pattern": "kveld", "date": day, "start": "17:00", "end": "08:00"}],
    )
    [after] = feed.events()
    assert after["DTSTART"].dt - before["DTSTART"].dt == timedelta(hours=1, minutes=30)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert after["DTSTAMP"].dt >= before["DTSTAMP"].dt
    assert after["LAST-MODIFIED"].dt == after["DTSTAMP"].dt


def test_new_hours_of_a_pattern_move_its_duties_and_make_no_new_ones(small_world: World) -> None:
    published = Published(small_world)
    feed = Subscription(small_world)
    [before] = feed.events()
    patterns = small_world["coordinator"].get(f"/plans/{published.plan}/versions/1/document")
    own = [
        pattern | ({"start": "16:00"} if pattern["id"] == "kveld" else {})
        for pattern in patterns.json()["patterns"]
    ]
    published.replan({published.duties[0].id: "kari"}, patterns=own)
    [after] = feed.events()
    assert (after["UID"], after["SEQUENCE"]) == (before["UID"], before["SEQUENCE"] + 1)
    assert after["DTSTART"].dt.time() != before["DTSTART"].dt.time()


@pytest.mark.parametrize("kind", ["doctor", "busy", "place", "district", "holes"])
def test_another_roster_of_the_plan_leaves_what_is_the_same_byte_for_byte(
    world: World, kind: str
) -> None:
    published = Published(world)
    feed = Subscription(world, kind=kind)
    before = feed.get().content
    published.replan({published.duties[0].id: "kari", published.duties[1].id: "ola"})
    assert feed.get().content == before


def test_the_next_period_is_a_plan_of_its_own_and_stands_beside_the_former(
    small_world: World,
) -> None:
    Published(small_world)
    feed = Subscription(small_world)
    [before] = feed.events()
    Published(small_world, first_day="2027-04-12", last_day="2027-05-09", tail=[])
    first, second = feed.events()
    assert first == before
    assert first["UID"] != second["UID"]
    assert first["DTSTART"].dt < second["DTSTART"].dt


def test_stamps_are_those_of_the_event_and_not_of_the_fetch(
    small_world: World,
) -> None:
    published = Published(small_world)
    feed = Subscription(small_world)
    [before] = feed.events()
    published.edit(on=[{"duty": published.duties[2].id, "doctor": "kari"}])
    first, second = feed.events()
    assert first == before
    assert second["DTSTAMP"].dt == second["CREATED"].dt == second["LAST-MODIFIED"].dt
    assert second["SEQUENCE"] == 0


def test_an_event_links_to_the_page_of_the_duty(still_published: Published) -> None:
    published = still_published
    [event] = Subscription(published.world).events()
    assert event["URL"] == f"{LOCAL}/vakt/{event['UID']}"
    told = published.world["doctor"].get(f"/feeds/events/{event['UID']}").json()
    assert (told["plan"], told["duty"], told["doctor"], told["gone_at"]) == (
        published.plan,
        published.duties[0].id,
        "kari",
        None,
    )
    [shown, *_] = Subscription(published.world, kind="district").events()
    assert shown["URL"] == event["URL"]


@pytest.mark.parametrize(
    ("language", "title", "summary", "description"),
    [
        (
            "nb",
            "Vakter – Kari Nordmann",
            "Hjemmevakt hverdag, forvakt – Legevakta",
            "Hjemmevakt, 16,5 timer.",
        ),
        (
            "nn",
            "Vakter – Kari Nordmann",
            "Hjemmevakt hverdag, forvakt – Legevakta",
            "Heimevakt, 16,5 timar.",
        ),
        (
            "en",
            "Duties – Kari Nordmann",
            "Hjemmevakt hverdag, primary – Legevakta",
            "Home duty, 16.5 hours.",
        ),
    ],
)
def test_text_is_in_the_language_of_the_feed(
    still_published: Published, language: str, title: str, summary: str, description: str
) -> None:
    feed = Subscription(still_published.world, language=language)
    [event] = feed.events()
    assert event["SUMMARY"] == summary
    assert event["DESCRIPTION"] == description
    assert f"\r\nNAME:{title}\r\n" in feed.get().text
    assert f"\r\nX-WR-CALNAME:{title}\r\n" in feed.get().text


@pytest.mark.parametrize(
    ("language", "busy", "gap", "change"),
    [
        ("nb", "Opptatt", "UDEKKET", "Klokka stilles fram i løpet av vakten."),
        ("nn", "Oppteken", "UDEKT", "Klokka blir stilt fram i løpet av vakta."),
        ("en", "Busy", "UNCOVERED", "The clocks go forward during the duty."),
    ],
)
def test_every_kind_speaks_the_language(
    still_published: Published, language: str, busy: str, gap: str, change: str
) -> None:
    [event] = Subscription(still_published.world, kind="busy", language=language).events()
    assert event["SUMMARY"] == busy
    text = Subscription(still_published.world, kind="holes", language=language).text()
    assert f"SUMMARY:{gap}: " in text
    assert change in text


def test_an_alarm_comes_where_it_is_asked_for(still_published: Published) -> None:
    assert not Subscription(still_published.world).events()[0].walk("VALARM")
    [alarm] = Subscription(still_published.world, alarm_minutes=90).events()[0].walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(minutes=-90)


def test_home_duty_leaves_the_time_free_unless_busy_is_asked_for(
    still_published: Published,
) -> None:
    shown = [
        Subscription(still_published.world, home_busy=busy).events()[0]["TRANSP"]
        for busy in (False, True)
    ]
    assert shown == ["TRANSPARENT", "OPAQUE"]


def test_busy_time_tells_neither_what_nor_where(still_published: Published) -> None:
    feed = Subscription(still_published.world, kind="busy")
    [event] = feed.events()
    assert event["SUMMARY"] == "Opptatt"
    assert event["TRANSP"] == "OPAQUE"
    assert not {"LOCATION", "DESCRIPTION", "URL"} & set(event)
    for word in ("Legevakta", "Kari", "Hjemmevakt", "/vakt/"):
        assert word not in feed.text()


def test_a_whole_district_is_shown_with_names_and_with_its_gaps(still_published: Published) -> None:
    published = still_published
    events = Subscription(published.world, kind="district").events()
    titles = [str(event["SUMMARY"]) for event in events]
    assert sum(title.startswith("Kari Nordmann: ") for title in titles) == 1
    assert sum(title.startswith("UDEKKET: ") for title in titles) == len(published.duties) - 2
    assert len({event["UID"] for event in events}) == len(titles)


def test_holes_alone_are_shown_and_go_when_they_are_filled(world: World) -> None:
    published = Published(world)
    feed = Subscription(world, kind="holes")
    before = feed.events()
    assert len(before) == len(published.duties) - 2
    assert all(str(event["SUMMARY"]).startswith("UDEKKET: ") for event in before)
    published.edit(on=[{"duty": published.duties[2].id, "doctor": "siv"}])
    assert feed.events() == before[1:]
    published.edit(off=[{"duty": published.duties[2].id, "doctor": "siv"}])
    again = feed.events()
    assert again[0]["UID"] == before[0]["UID"]
    assert again[0]["SEQUENCE"] > before[0]["SEQUENCE"]


def test_a_roster_in_hearing_is_shown_on_request_only_and_as_tentative(world: World) -> None:
    plan = world.plan()
    first, second, *_ = (duty.id for duty in world.loaded(plan).problem.duties)
    roster = world.roster(plan, {first: "kari"})
    _to_hearing(world, roster)
    plain, drafts = Subscription(world), Subscription(world, drafts=True)
    assert plain.events() == []
    assert [event["STATUS"] for event in drafts.events()] == ["TENTATIVE"]
    publish(world, roster)
    assert [event["STATUS"] for event in drafts.events()] == ["CONFIRMED"]
    # What a new hearing would leave as it is, is not shown twice.
    _to_hearing(world, world.roster(plan, {first: "kari", second: "kari"}))
    assert [event["STATUS"] for event in drafts.events()] == ["CONFIRMED", "TENTATIVE"]
    assert [event["STATUS"] for event in plain.events()] == ["CONFIRMED"]


def _to_hearing(world: World, roster: str) -> None:
    answer = world["coordinator"].post(
        f"/rosters/{roster}/state", json={"state": "hearing"}, headers={"If-Match": '"1"'}
    )
    assert answer.status_code == 200, answer.text


def test_the_window_goes_thirty_days_back_and_to_the_end_of_what_is_published(
    small_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = Published(small_world)
    published.edit(on=[{"duty": published.duties[-1].id, "doctor": "kari"}])
    feed = Subscription(small_world)
    ends = [published.duties[0].end, published.duties[-1].end]
    for now, shown in (
        (ends[0] + timedelta(days=30), 2),
        (ends[0] + timedelta(days=31), 1),
        (ends[1] + timedelta(days=30), 1),
        (ends[1] + timedelta(days=31), 0),
    ):
        monkeypatch.setattr(calendars, "first_day", _at(now))
        got = feed.get()
        assert got.text.count("BEGIN:VEVENT") == shown
        # What leaves the window counts as a change too.
        assert feed.get(If_None_Match=got.headers["etag"]).status_code == 304


def _at(moment: datetime) -> Any:
    return lambda _: first_day(moment)


def test_a_feed_is_a_plain_snapshot_for_every_calendar(still_published: Published) -> None:
    text = Subscription(still_published.world).text()
    head = text[: text.index("BEGIN:VTIMEZONE")].split("\r\n")
    assert head == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Rettvakt//Vaktkalender 1//NO",
        "CALSCALE:GREGORIAN",
        "NAME:Vakter – Kari Nordmann",
        "X-WR-CALNAME:Vakter – Kari Nordmann",
        "X-WR-TIMEZONE:Europe/Oslo",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "",
    ]
    assert not re.search(r"^(METHOD|ATTENDEE|ORGANIZER|RDATE|CONTACT)", text, re.MULTILINE)
    # Never floating, never of now: a zone or UTC.
    zoned = re.compile(r"DT\w+(;TZID=Europe/Oslo:\d{8}T\d{6}|:\d{8}T\d{6}Z)")
    events = text[text.index("BEGIN:VEVENT") :]
    for line in re.findall(r"^DT(?:START|END)[^\r]*", events, re.MULTILINE):
        assert zoned.fullmatch(line)


def test_no_colleague_and_no_reason_is_in_a_doctors_feed(small_world: World) -> None:
    Published(
        small_world,
        absences=[{"doctor": "kari", "kind": "sick", "start": "2027-04-01", "end": "2027-04-02"}],
    )
    text = Subscription(small_world).text().casefold()
    for word in ("ola", "bråten", "siv", "åsen", "syk", "sick", "1980", "tlf", "tel:"):
        assert word not in text


@pytest.mark.parametrize("kind", ["doctor", "busy", "place", "district"])
def test_instants_are_those_of_the_roster_over_both_clock_changes_and_holidays(
    small_world: World, kind: str
) -> None:
    duties = seasons(small_world)
    lengths = {duty.day: duty.end - duty.start for duty in duties}
    assert lengths[date(2027, 3, 27)] == timedelta(hours=23)  # also the night to Easter Sunday
    assert lengths[date(2027, 10, 30)] == timedelta(hours=25)
    assert {date(2027, 12, 24), date(2027, 12, 31)} <= set(lengths)
    calendar = Calendar.from_ical(Subscription(small_world, kind=kind).get().content)
    read = of(calendar).between(datetime(2027, 1, 1), datetime(2028, 2, 1))
    assert sorted(
        (event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC)) for event in read
    ) == sorted((duty.start, duty.end) for duty in duties)


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
    publish(small_world, small_world.roster(plan, {duty: "kari"}))
    content = Subscription(small_world, kind=kind).get().content
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
