"""Events as an iCalendar file (RFC 5545), the same bytes for the same events.

What breaks real clients is avoided by hand here: a calendar-level UID (the whole feed is
then taken for one item), icalendar's own VTIMEZONE (an hour wrong in Thunderbird),
floating times, and stamps of now.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import (
    Calendar,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vDuration,
    vRecur,
    vText,
)
from icalendar.parser import Contentline

from scheduler.domain.duty import Duty
from scheduler.domain.time import local

PRODUCT = "-//Rettvakt//Vaktkalender 1//NO"
REFRESH = timedelta(hours=1)
ZONE = "Europe/Oslo"
_LONGEST = 75  # octets of a line; icalendar folds from here


@dataclass(frozen=True, slots=True)
class Revision:
    """How often and when one duty of one doctor has been changed.

    Attributes:
        sequence: 0 at first, then one more for each change of time, place or status.
        changed: UTC; becomes DTSTAMP and LAST-MODIFIED.
        created: UTC; when the doctor was first given the duty, where that is known.
    """

    sequence: int
    changed: datetime
    created: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse moments that are not UTC and sequences below 0."""
        must_be_utc("changed", self.changed)
        if self.created is not None:
            must_be_utc("created", self.created)
        if self.sequence < 0:
            raise ValueError(f"sequence ({self.sequence}) must not be negative")


def must_be_utc(name: str, moment: datetime) -> None:
    """Refuse a moment that is not in UTC.

    Raises:
        ValueError: it is not.
    """
    if moment.tzinfo is not UTC:
        raise ValueError(f"{name} ({moment!r}) must be a datetime in UTC")


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of a calendar: a duty, and what is told of it.

    Attributes:
        uid: the event's identity for ever.
        revision: how often and when it was changed.
        summary, location, description: may be empty.
        status: CONFIRMED, TENTATIVE or CANCELLED.
        busy: it takes up the reader's time.
        alarm_minutes: remind so long before; None: never.
        url: a page about it; may be empty.
    """

    uid: str
    duty: Duty
    revision: Revision
    summary: str
    location: str = ""
    description: str = ""
    status: str = "CONFIRMED"
    busy: bool = True
    alarm_minutes: int | None = None
    url: str = ""


def to_calendar(title: str, entries: Iterable[Entry]) -> bytes:
    """A calendar of these events in order of time, CRLF and folded at 75 octets.

    The lines of events are put together here: icalendar's components take several times as long.
    """
    frame: bytes = _calendar(title).to_ical(sorted=False)
    end = b"END:VCALENDAR\r\n"
    parts = [frame.removesuffix(end)]
    for own in sorted(entries, key=lambda e: (e.duty.start, e.duty.end, e.duty.id, e.uid)):
        parts += [_folded(line) for line in _event(own)]
    return b"".join([*parts, end])


def _folded(line: str) -> bytes:
    raw = line.encode()
    if len(raw) >= _LONGEST:
        raw = Contentline(line).to_ical()  # type: ignore[no-untyped-call]
    return raw + b"\r\n"


def _calendar(title: str) -> Calendar:
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.add("CALSCALE", "GREGORIAN")
    calendar["NAME"] = _text(title)
    calendar["X-WR-CALNAME"] = _text(title)
    calendar["X-WR-TIMEZONE"] = _text(ZONE)
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar["X-PUBLISHED-TTL"] = _text("PT1H")
    calendar.add_component(_oslo())
    return calendar


def _oslo() -> Timezone:
    """Europe/Oslo since 1996 as two yearly rules, which every client tried reads rightly."""
    zone = Timezone()
    zone.add("TZID", ZONE)
    summer, winter = timedelta(hours=2), timedelta(hours=1)
    for part, name, start, month, before, after in (
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), 3, winter, summer),
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), 10, summer, winter),
    ):
        part.add("DTSTART", start)
        part.add("RRULE", vRecur({"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"}))
        part.add("TZOFFSETFROM", before)
        part.add("TZOFFSETTO", after)
        part.add("TZNAME", name)
        zone.add_component(part)
    return zone


def _event(entry: Entry) -> Iterator[str]:
    """The lines of an event, not folded."""
    revision = entry.revision
    start, end = _clocks(entry.duty)
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(entry.uid)}"
    yield f"DTSTAMP{_moment(revision.changed)}"
    yield f"LAST-MODIFIED{_moment(revision.changed)}"
    if revision.created is not None:
        yield f"CREATED{_moment(revision.created)}"
    yield f"SEQUENCE:{revision.sequence}"
    yield f"DTSTART{_moment(start)}"
    yield f"DTEND{_moment(end)}"
    yield f"SUMMARY:{_escaped(entry.summary)}"
    if entry.location:
        yield f"LOCATION:{_escaped(entry.location)}"
    if entry.description:
        yield f"DESCRIPTION:{_escaped(entry.description)}"
    if entry.url:
        yield f"URL:{entry.url}"
    yield f"STATUS:{entry.status}"
    yield f"TRANSP:{'OPAQUE' if entry.busy else 'TRANSPARENT'}"
    if entry.alarm_minutes is not None:
        before = timedelta(minutes=-entry.alarm_minutes)
        trigger: bytes = vDuration(before).to_ical()  # type: ignore[no-untyped-call]
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_escaped(entry.summary)}"
        yield f"TRIGGER:{trigger.decode()}"
        yield "END:VALARM"
    yield "END:VEVENT"


def _moment(moment: datetime) -> str:
    """«:20270327T220000Z», or by Oslo's clocks."""
    clock = f"{moment:%Y%m%dT%H%M%S}"
    return f":{clock}Z" if moment.tzinfo is UTC else f";TZID={ZONE}:{clock}"


def _escaped(value: str) -> str:
    raw: bytes = _text(value).to_ical()
    return raw.decode()


def _clocks(duty: Duty) -> tuple[datetime, datetime]:
    """Oslo times, or UTC where one lies in the autumn hour that comes a second time.

    A calendar file cannot tell the second 02:30 from the first one.
    """
    start, end = local(duty.start), local(duty.end)
    return (duty.start, duty.end) if start.fold or end.fold else (start, end)


def _text(value: str) -> vText:
    """Text without control characters, which the format forbids and names may have.

    Made by hand: icalendar does not escape the text of properties that it does not know.
    """
    return vText("".join(c if c == "\n" or c.isprintable() else " " for c in value))
