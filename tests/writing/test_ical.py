from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.roster import Assignment
from scheduler.writing.ical import Feed, feeds, to_ical, uid
from scheduler.writing.ical_format import Revision
from tests.support import HOME, NIGHT, NURSING_HOME, doctor, duty, problem, roster, utc
from tests.writing.sample import AUTUMN, KARI, SESSION, SPRING, alone, nobody, sample

STAMP = datetime(2026, 11, 21, 12, tzinfo=UTC)
FEED = Feed(STAMP)


def lines(content: bytes) -> list[str]:
    """The unfolded lines of a feed."""
    return content.decode().replace("\r\n ", "").split("\r\n")


def events(content: bytes) -> Iterator[Any]:
    yield from icalendar.Calendar.from_ical(content).walk("VEVENT")


def occurrences(content: bytes) -> list[tuple[datetime, datetime]]:
    """Start and end in UTC, as a client that expands by the feed's own VTIMEZONE sees them."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(content)).between(
        date(2026, 1, 1), date(2028, 1, 1)
    )
    return sorted(
        (event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC)) for event in found
    )


def test_both_clock_change_nights_are_right_in_utc() -> None:
    spring, _, autumn = occurrences(to_ical(sample(), "kari", FEED))
    assert spring == (
        datetime(2027, 3, 27, 22, tzinfo=UTC),
        datetime(2027, 3, 28, 6, tzinfo=UTC),
    )
    assert autumn == (
        datetime(2027, 10, 30, 21, tzinfo=UTC),
        datetime(2027, 10, 31, 7, tzinfo=UTC),
    )


def test_the_autumn_night_of_2026_is_right_too() -> None:
    night = duty("2026-10-24 23:00", "2026-10-25 08:00", NIGHT)
    own = roster(
        problem([KARI], [night], first_day=date(2026, 10, 1), last_day=date(2026, 10, 31)),
        {"kari": [night]},
    )
    assert occurrences(to_ical(own, "kari", FEED)) == [(night.start, night.end)]
    assert night.minutes == 600


def test_an_end_in_the_hour_that_comes_twice_is_not_ambiguous() -> None:
    late = duty("2027-10-30 23:00", "2027-10-31 08:00", NIGHT)
    end = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)  # the second 02:30
    late = replace(late, interval=replace(late.interval, end=end))
    event = next(events(to_ical(alone(KARI, late), "kari", FEED)))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (late.start, end)
    assert event["DTSTART"].dt.utcoffset() == timedelta(0)


def test_times_are_those_of_oslo_with_a_zone_of_two_yearly_rules() -> None:
    content = lines(to_ical(sample(), "kari", FEED))
    assert "DTSTART;TZID=Europe/Oslo:20270327T230000" in content
    zone = content[content.index("BEGIN:VTIMEZONE") : content.index("END:VTIMEZONE") + 1]
    assert zone == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Oslo",
        "BEGIN:DAYLIGHT",
        "DTSTART:19960331T020000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:CEST",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:19961027T030000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "TZNAME:CET",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


def test_the_calendar_has_names_and_hints_and_neither_uid_nor_method() -> None:
    content = to_ical(sample(), "kari", FEED)
    head = lines(content)[: lines(content).index("BEGIN:VTIMEZONE")]
    assert head == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Rettvakt//Vaktkalender 1//NO",
        "CALSCALE:GREGORIAN",
        "NAME:Vakter – Kari Ødegård",
        "X-WR-CALNAME:Vakter – Kari Ødegård",
        "X-WR-TIMEZONE:Europe/Oslo",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    assert not any(line.startswith("METHOD") for line in lines(content))


def test_two_writings_are_equal_to_the_byte() -> None:
    assert to_ical(sample(), "kari", FEED) == to_ical(sample(), "kari", FEED)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut(name: str) -> None:
    who = replace(KARI, name=name)
    content = to_ical(alone(who, replace(SPRING, type=replace(NIGHT, name=name))), "kari", FEED)
    physical = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in physical)
    for line in physical:
        line.decode()  # a fold inside æ would not decode
        assert not set(line) & set(range(32)), line
    assert content.count(b"\r\nBEGIN:VEVENT\r\n") == 1


def test_folding_keeps_every_norwegian_letter() -> None:
    name = "æøå" * 60
    content = to_ical(alone(replace(KARI, name=name), SPRING), "kari", FEED)
    assert f"NAME:Vakter – {name}" in lines(content)
    assert max(map(len, content.split(b"\r\n"))) <= 75


def test_separators_and_newlines_in_names_are_escaped() -> None:
    who = replace(KARI, name="Kari; Ås, \\ \nBEGIN:VEVENT")
    content = lines(to_ical(alone(who, SPRING), "kari", FEED))
    assert r"NAME:Vakter – Kari\; Ås\, \\ \nBEGIN:VEVENT" in content
    assert content.count("BEGIN:VEVENT") == 1


def test_summary_says_role_and_place_and_the_role_only_once() -> None:
    kari = [event["SUMMARY"] for event in events(to_ical(sample(), "kari", FEED))]
    ola = [event["SUMMARY"] for event in events(to_ical(sample(), "ola", FEED))]
    night = "Natt, forvakt – Legevakta"
    assert kari == [night, "Sykehjem – Sykehjemmet", night]
    assert ola == [
        "Hjemmevakt, forvakt – Legevakta",
        "Bakvakt – Legevakta",
        "Kveld, forvakt – Legevakta",
    ]


def test_the_description_tells_real_hours_and_the_clock_change() -> None:
    told = [str(event["DESCRIPTION"]) for event in events(to_ical(sample(), "kari", FEED))]
    assert told == [
        "Tilstedevakt, 8 timer. Klokka stilles fram i løpet av vakten.",
        "Kommunal oppgave, 7,5 timer.",
        "Tilstedevakt, 10 timer. Klokka stilles tilbake i løpet av vakten.",
    ]


def test_home_duty_leaves_the_doctor_free_and_presence_does_not() -> None:
    own = alone(
        KARI,
        SPRING,
        duty("2027-01-04 16:00", "23:00", HOME),
        duty("2027-01-05 08:00", "15:00", NURSING_HOME),
    )
    shown = [event["TRANSP"] for event in events(to_ical(own, "kari", FEED))]
    assert shown == ["TRANSPARENT", "OPAQUE", "OPAQUE"]


def test_no_colleague_is_in_a_feed() -> None:
    timetable = sample()
    for own in timetable.problem.doctors:
        content = to_ical(timetable, own.id, FEED).decode()
        for other in timetable.problem.doctors:
            if other is not own:
                assert other.name.split()[0] not in content
                assert other.id not in content.casefold()


def test_uids_are_those_of_duty_and_doctor_whatever_the_roster() -> None:
    event = next(events(to_ical(sample(), "kari", FEED)))
    assert event["UID"] == uid("rettvakt", SPRING.id, "kari")
    assert next(events(to_ical(alone(KARI, SPRING), "kari", FEED)))["UID"] == event["UID"]
    others = {
        uid("rettvakt", SPRING.id, "ola"),
        uid("rettvakt", AUTUMN.id, "kari"),
        uid("en annen", SPRING.id, "kari"),
    }
    assert len(others | {event["UID"]}) == 4


def test_a_moved_duty_keeps_its_uid_and_gets_sequence_and_stamp() -> None:
    changed = datetime(2027, 1, 5, 8, tzinfo=UTC)
    moved = replace(SPRING, interval=replace(SPRING.interval, end=utc("2027-03-28 07:00")))
    revision = Revision(1, changed, created=STAMP)
    feed = Feed(STAMP, revisions={Assignment(SPRING.id, "kari"): revision})
    before = next(events(to_ical(alone(KARI, SPRING), "kari", FEED)))
    after = next(events(to_ical(alone(KARI, moved), "kari", feed)))
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert before["DTSTAMP"].dt == before["LAST-MODIFIED"].dt == STAMP
    assert after["DTSTAMP"].dt == after["LAST-MODIFIED"].dt == changed
    assert after["CREATED"].dt == STAMP
    assert "CREATED" not in before


def test_a_duty_handed_over_is_gone_or_cancelled_for_a_while() -> None:
    timetable = nobody()
    assert list(events(to_ical(timetable, "kari", FEED))) == []
    feed = Feed(
        STAMP,
        withdrawn={"kari": (SPRING,)},
        revisions={Assignment(SPRING.id, "kari"): Revision(1, STAMP)},
        alarm_minutes=30,
    )
    event = next(events(to_ical(timetable, "kari", feed)))
    assert (event["STATUS"], event["TRANSP"], event["SEQUENCE"]) == (
        "CANCELLED",
        "TRANSPARENT",
        1,
    )
    assert not event.walk("VALARM")
    assert list(events(to_ical(timetable, "ola", feed))) == []
    again = next(events(to_ical(sample(), "kari", feed)))
    assert again["STATUS"] == "CONFIRMED"


def test_alarms_come_only_when_asked_for() -> None:
    assert b"VALARM" not in to_ical(sample(), "kari", FEED)
    asked = next(events(to_ical(sample(), "kari", replace(FEED, alarm_minutes=90))))
    assert asked.walk("VALARM")[0]["TRIGGER"].dt == timedelta(minutes=-90)


def test_a_draft_is_tentative() -> None:
    drafted = next(events(to_ical(sample(), "kari", replace(FEED, draft=True))))
    assert drafted["STATUS"] == "TENTATIVE"


def test_the_window_keeps_what_ends_on_its_first_day() -> None:
    def shown(since: date) -> int:
        return len(list(events(to_ical(sample(), "kari", replace(FEED, since=since)))))

    assert shown(date(2027, 3, 28)) == 3  # the night ends that morning
    assert shown(date(2027, 3, 29)) == 2
    assert shown(SESSION.day) == 2


def test_a_feed_a_doctor() -> None:
    made = feeds(sample(), ["kari", "tom"], FEED)
    assert made["kari"] == to_ical(sample(), "kari", FEED)
    assert list(events(made["tom"])) == []


def test_an_unknown_doctor_is_an_error() -> None:
    with pytest.raises(KeyError):
        to_ical(sample(), "ingen", FEED)


def test_stamps_must_be_utc_and_numbers_not_negative() -> None:
    with pytest.raises(ValueError, match="stamp"):
        Feed(datetime(2027, 1, 1))
    with pytest.raises(ValueError, match="changed"):
        Revision(0, datetime(2027, 1, 1))
    with pytest.raises(ValueError, match="sequence"):
        Revision(-1, STAMP)
    with pytest.raises(ValueError, match="alarm_minutes"):
        Feed(STAMP, alarm_minutes=-1)


def test_four_hundred_events_are_written_quickly() -> None:
    many = [
        duty(f"2027-{month:02}-{day:02} {hour}:00", f"{hour + 4}:00", id=f"v{month}.{day}.{hour}")
        for month in range(1, 11)
        for day in range(1, 21)
        for hour in (10, 16)
    ]
    content = to_ical(alone(doctor(), *many), "kari", FEED)
    assert content.count(b"BEGIN:VEVENT") == 400
