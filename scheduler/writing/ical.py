"""Duties as a calendar feed (RFC 5545), the same bytes for the same input.

What breaks real clients is avoided by hand here: a calendar-level UID (the whole feed is
then taken for one item), icalendar's own VTIMEZONE (an hour wrong in Thunderbird),
floating times, and stamps of now. A doctor's feed carries the doctor's own duties only.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import (
    Alarm,
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vRecur,
    vText,
)

from scheduler.domain.duty import Duty, ShiftPattern
from scheduler.domain.roster import Assignment, Timetable
from scheduler.domain.time import local
from scheduler.writing.rows import place_name
from scheduler.writing.wording import LETTERS, PRESENCES, ROLES, hours

PRODUCT = "-//Rettvakt//Vaktkalender 1//NO"
REFRESH = timedelta(hours=1)
ZONE = "Europe/Oslo"


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
        _must_be_utc("changed", self.changed)
        if self.created is not None:
            _must_be_utc("created", self.created)
        if self.sequence < 0:
            raise ValueError(f"sequence ({self.sequence}) must not be negative")


@dataclass(frozen=True, slots=True)
class Feed:
    """How a feed is to be made; everything but the duties themselves.

    Attributes:
        stamp: UTC; the last change of what `revisions` does not name, as a rule the moment of
            publication. Never now: equal feeds must be equal bytes.
        namespace: what the cooperation is called for ever (not the roster): with the ids of
            duty and doctor it gives each event its UID, so a new roster keeps it. Whoever
            serves several cooperations gives each its own.
        uids: of assignments whose events have an identity already; others get one that follows
            from namespace, duty and doctor.
        revisions: for assignments that were changed after they were first published.
        withdrawn: doctor id -> duties taken from the doctor that shall stand as cancelled for
            a while; a duty that the doctor has again is not cancelled.
        since: leave out duties that ended before this Oslo day.
        alarm_minutes: remind so long before each duty; None: never.
        draft: the roster is not decided: events are tentative.
    """

    stamp: datetime
    namespace: str = "rettvakt"
    uids: Mapping[Assignment, str] = field(default_factory=dict)
    revisions: Mapping[Assignment, Revision] = field(default_factory=dict)
    withdrawn: Mapping[str, tuple[Duty, ...]] = field(default_factory=dict)
    since: date | None = None
    alarm_minutes: int | None = None
    draft: bool = False

    def __post_init__(self) -> None:
        """Refuse a stamp that is not UTC and alarms after the start."""
        _must_be_utc("stamp", self.stamp)
        if self.alarm_minutes is not None and self.alarm_minutes < 0:
            raise ValueError(f"alarm_minutes ({self.alarm_minutes}) must not be negative")


def _must_be_utc(name: str, moment: datetime) -> None:
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


def to_ical(timetable: Timetable, doctor: str, feed: Feed) -> bytes:
    """The doctor's calendar, CRLF and folded at 75 octets.

    Args:
        timetable: the roster; only this doctor's duties are read.
        doctor: the doctor's id.
        feed: namespace, stamps and choices.

    Raises:
        KeyError: the problem has no such doctor.
    """
    return to_calendar(title_of(timetable, doctor), own_entries(timetable, doctor, feed))


def to_calendar(title: str, entries: Iterable[Entry]) -> bytes:
    """A calendar of these events in order of time, CRLF and folded at 75 octets."""
    calendar = _calendar(title)
    for own in sorted(entries, key=lambda e: (e.duty.start, e.duty.end, e.duty.id, e.uid)):
        calendar.add_component(_event(own))
    content: bytes = calendar.to_ical(sorted=False)
    return content


def title_of(timetable: Timetable, doctor: str) -> str:
    """«Vakter – Kari Nordmann».

    Raises:
        KeyError: the problem has no such doctor.
    """
    return f"Vakter – {timetable.problem.doctor_by_id[doctor].name}"


def own_entries(timetable: Timetable, doctor: str, feed: Feed) -> Iterator[Entry]:
    """The doctor's duties as events."""
    own = timetable.duties_of(doctor)
    had = {duty.id for duty in own}
    lost = (duty for duty in feed.withdrawn.get(doctor, ()) if duty.id not in had)
    for duty, cancelled in (*((d, False) for d in own), *((d, True) for d in lost)):
        if feed.since is not None and local(duty.end).date() < feed.since:
            continue
        assignment = Assignment(duty.id, doctor)
        place = place_name(timetable, duty)
        yield Entry(
            uid=feed.uids.get(assignment) or uid(feed.namespace, duty.id, doctor),
            duty=duty,
            revision=feed.revisions.get(assignment, Revision(0, feed.stamp)),
            summary=_summary(duty, place),
            location=place,
            description=_description(duty),
            status="CANCELLED" if cancelled else "TENTATIVE" if feed.draft else "CONFIRMED",
            busy=not (duty.is_home or cancelled),
            alarm_minutes=None if cancelled else feed.alarm_minutes,
        )


def busy_entries(timetable: Timetable, doctor: str, feed: Feed) -> Iterator[Entry]:
    """The doctor's duties as time that is taken: neither what nor where."""
    for own in own_entries(timetable, doctor, feed):
        yield replace(own, summary="Opptatt", location="", description="", busy=True)


def staff_entries(timetable: Timetable, feed: Feed, place: str | None = None) -> Iterator[Entry]:
    """Every duty with who has it, for those who must reach them; gaps are told as such.

    Args:
        timetable: the roster.
        feed: namespace, stamps and choices.
        place: id of the one place that is wanted; None for all of them.
    """
    holes = {duty.id for duty in timetable.holes}
    for duty in timetable.problem.duties:
        if not duty.is_shift or place not in (None, duty.type.place):
            continue
        if feed.since is not None and local(duty.end).date() < feed.since:
            continue
        where = place_name(timetable, duty)
        who: list[str | None] = list(timetable.doctors_on(duty.id))
        if duty.id in holes:
            who += [None] * timetable.missing(duty)
        for number, doctor in enumerate(who):
            assignment = Assignment(duty.id, doctor or "")
            name = timetable.problem.doctor_by_id[doctor].name if doctor else "UDEKKET"
            identity = doctor or f"udekket {number}"
            yield Entry(
                uid=feed.uids.get(assignment) or uid(feed.namespace, duty.id, identity),
                duty=duty,
                revision=feed.revisions.get(assignment, Revision(0, feed.stamp)),
                summary=f"{name}: {_summary(duty, where)}",
                location=where,
                description=_description(duty),
                status="TENTATIVE" if feed.draft else "CONFIRMED",
                busy=False,
                alarm_minutes=feed.alarm_minutes,
            )


def feeds(timetable: Timetable, doctors: Iterable[str], feed: Feed) -> dict[str, bytes]:
    """One calendar a doctor, all made in the same way: doctor id -> bytes."""
    return {doctor: to_ical(timetable, doctor, feed) for doctor in doctors}


def uid(namespace: str, duty: str, doctor: str) -> str:
    """The UID of a doctor's part in a duty: the same in every roster and on every machine."""
    return str(uuid5(uuid5(NAMESPACE_URL, f"rettvakt:{namespace}"), f"{duty}\n{doctor}"))


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


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("UID", entry.uid)
    event.add("DTSTAMP", entry.revision.changed)
    event.add("LAST-MODIFIED", entry.revision.changed)
    if entry.revision.created is not None:
        event.add("CREATED", entry.revision.created)
    event.add("SEQUENCE", entry.revision.sequence)
    start, end = _clocks(entry.duty)
    event.add("DTSTART", start)
    event.add("DTEND", end)
    event.add("SUMMARY", _text(entry.summary))
    if entry.location:
        event.add("LOCATION", _text(entry.location))
    if entry.description:
        event.add("DESCRIPTION", _text(entry.description))
    event.add("STATUS", entry.status)
    event.add("TRANSP", "OPAQUE" if entry.busy else "TRANSPARENT")
    if entry.alarm_minutes is not None:
        alarm = Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("DESCRIPTION", _text(entry.summary))
        alarm.add("TRIGGER", timedelta(minutes=-entry.alarm_minutes))
        event.add_component(alarm)
    return event


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


def _summary(duty: Duty, place: str) -> str:
    """«Natt, forvakt – Legevakta»; the role is not said twice («Bakvakt – Legevakta»)."""
    name = duty.type.name
    role = ROLES[duty.type.role] if isinstance(duty.type, ShiftPattern) else ""
    if role and role not in name.casefold():
        name = f"{name}, {role}"
    return f"{name} – {place}"


def _description(duty: Duty) -> str:
    """«Tilstedevakt, 8 timer. Klokka stilles fram i løpet av vakten.»."""
    kind = duty.type
    word = PRESENCES[kind.presence] if isinstance(kind, ShiftPattern) else LETTERS[duty.letter]
    before, after = local(duty.start).utcoffset(), local(duty.end).utcoffset()
    told = f"{word.capitalize()}, {hours(duty.minutes)}."
    if before is not None and after is not None and before != after:
        told += f" Klokka stilles {'fram' if after > before else 'tilbake'} i løpet av vakten."
    return told
