"""Duties as events of a calendar feed: what is told of them, in the reader's language.

A doctor's feed carries the doctor's own duties only.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from scheduler.domain.duty import Duty, ShiftPattern
from scheduler.domain.roster import Assignment, Timetable
from scheduler.domain.time import local
from scheduler.writing.ical_format import Entry, Revision, must_be_utc, to_calendar
from scheduler.writing.ical_words import BOKMAL, Words
from scheduler.writing.rows import place_name
from scheduler.writing.wording import ROLES


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
        words: in the reader's language.
        pages: assignment -> address of a page about it. An uncovered place of a duty stands in
            `uids`, `revisions` and `pages` as the assignment of nobody (doctor "").
        home_busy: home duty takes up the reader's time, as on-site duty does.
    """

    stamp: datetime
    namespace: str = "rettvakt"
    uids: Mapping[Assignment, str] = field(default_factory=dict)
    revisions: Mapping[Assignment, Revision] = field(default_factory=dict)
    withdrawn: Mapping[str, tuple[Duty, ...]] = field(default_factory=dict)
    since: date | None = None
    alarm_minutes: int | None = None
    draft: bool = False
    words: Words = BOKMAL
    pages: Mapping[Assignment, str] = field(default_factory=dict)
    home_busy: bool = False

    def __post_init__(self) -> None:
        """Refuse a stamp that is not UTC and alarms after the start."""
        must_be_utc("stamp", self.stamp)
        if self.alarm_minutes is not None and self.alarm_minutes < 0:
            raise ValueError(f"alarm_minutes ({self.alarm_minutes}) must not be negative")


def to_ical(timetable: Timetable, doctor: str, feed: Feed) -> bytes:
    """The doctor's calendar, CRLF and folded at 75 octets.

    Args:
        timetable: the roster; only this doctor's duties are read.
        doctor: the doctor's id.
        feed: namespace, stamps and choices.

    Raises:
        KeyError: the problem has no such doctor.
    """
    title = title_of(timetable, doctor, feed.words)
    return to_calendar(title, own_entries(timetable, doctor, feed))


def title_of(timetable: Timetable, doctor: str, words: Words = BOKMAL) -> str:
    """«Vakter – Kari Nordmann».

    Raises:
        KeyError: the problem has no such doctor.
    """
    return f"{words.duties} – {timetable.problem.doctor_by_id[doctor].name}"


def own_entries(timetable: Timetable, doctor: str, feed: Feed) -> Iterator[Entry]:
    """The doctor's duties as events."""
    own = timetable.duties_of(doctor)
    had = {duty.id for duty in own}
    lost = (duty for duty in feed.withdrawn.get(doctor, ()) if duty.id not in had)
    for duty, cancelled in (*((d, False) for d in own), *((d, True) for d in lost)):
        if _is_over(duty, feed):
            continue
        assignment = Assignment(duty.id, doctor)
        place = place_name(timetable, duty)
        yield Entry(
            uid=feed.uids.get(assignment) or uid(feed.namespace, duty.id, doctor),
            duty=duty,
            revision=feed.revisions.get(assignment, Revision(0, feed.stamp)),
            summary=_summary(duty, place, feed.words),
            location=place,
            description=_description(duty, feed.words),
            status="CANCELLED" if cancelled else _status(feed),
            busy=(feed.home_busy or not duty.is_home) and not cancelled,
            alarm_minutes=None if cancelled else feed.alarm_minutes,
            url=feed.pages.get(assignment, ""),
        )


def busy_entries(timetable: Timetable, doctor: str, feed: Feed) -> Iterator[Entry]:
    """The doctor's duties as time that is taken: neither what nor where."""
    for own in own_entries(timetable, doctor, feed):
        yield replace(own, summary=feed.words.busy, location="", description="", busy=True, url="")


def staff_entries(timetable: Timetable, feed: Feed, place: str | None = None) -> Iterator[Entry]:
    """Every duty with who has it, for those who must reach them; gaps are told as such.

    Args:
        timetable: the roster.
        feed: namespace, stamps and choices.
        place: id of the one place that is wanted; None for all of them.
    """
    holes = {duty.id for duty in timetable.holes}
    for duty in timetable.problem.duties:
        if not duty.is_shift or place not in (None, duty.type.place) or _is_over(duty, feed):
            continue
        for doctor in timetable.doctors_on(duty.id):
            name = timetable.problem.doctor_by_id[doctor].name
            assignment = Assignment(duty.id, doctor)
            identity = feed.uids.get(assignment) or uid(feed.namespace, duty.id, doctor)
            yield _staffed(timetable, duty, feed, assignment, name, identity)
        if duty.id in holes:
            yield from _gaps(timetable, duty, feed)


def hole_entries(timetable: Timetable, feed: Feed) -> Iterator[Entry]:
    """The duties that lack doctors alone, an event for each doctor that lacks."""
    for duty in timetable.holes:
        if duty.is_shift and not _is_over(duty, feed):
            yield from _gaps(timetable, duty, feed)


def _gaps(timetable: Timetable, duty: Duty, feed: Feed) -> Iterator[Entry]:
    assignment = Assignment(duty.id, "")
    known = feed.uids.get(assignment)
    for number in range(timetable.missing(duty)):
        identity = uid(known or feed.namespace, duty.id, f"udekket {number}")
        yield _staffed(timetable, duty, feed, assignment, feed.words.uncovered, identity)


def _staffed(
    timetable: Timetable, duty: Duty, feed: Feed, assignment: Assignment, who: str, identity: str
) -> Entry:
    """A duty as those see it who must reach whoever has it: it takes up nobody's time."""
    place = place_name(timetable, duty)
    return Entry(
        uid=identity,
        duty=duty,
        revision=feed.revisions.get(assignment, Revision(0, feed.stamp)),
        summary=f"{who}: {_summary(duty, place, feed.words)}",
        location=place,
        description=_description(duty, feed.words),
        status=_status(feed),
        busy=False,
        alarm_minutes=feed.alarm_minutes,
        url=feed.pages.get(assignment, ""),
    )


def feeds(timetable: Timetable, doctors: Iterable[str], feed: Feed) -> dict[str, bytes]:
    """One calendar a doctor, all made in the same way: doctor id -> bytes."""
    return {doctor: to_ical(timetable, doctor, feed) for doctor in doctors}


def uid(namespace: str, duty: str, doctor: str) -> str:
    """The UID of a doctor's part in a duty: the same in every roster and on every machine."""
    return str(uuid5(uuid5(NAMESPACE_URL, f"rettvakt:{namespace}"), f"{duty}\n{doctor}"))


def _is_over(duty: Duty, feed: Feed) -> bool:
    return feed.since is not None and local(duty.end).date() < feed.since


def _status(feed: Feed) -> str:
    return "TENTATIVE" if feed.draft else "CONFIRMED"


def _summary(duty: Duty, place: str, words: Words) -> str:
    """«Natt, forvakt – Legevakta»; the role is not said twice («Bakvakt – Legevakta»)."""
    name = duty.type.name
    if isinstance(duty.type, ShiftPattern):
        role = words.roles[duty.type.role]
        # The municipality writes its names in Norwegian, whatever the reader's language.
        if not any(own in name.casefold() for own in (role, ROLES[duty.type.role])):
            name = f"{name}, {role}"
    return f"{name} – {place}"


def _description(duty: Duty, words: Words) -> str:
    """«Tilstedevakt, 8 timer. Klokka stilles fram i løpet av vakten.»."""
    kind = duty.type
    if isinstance(kind, ShiftPattern):
        word = words.presences[kind.presence]
    else:
        word = words.letters[duty.letter]
    before, after = local(duty.start).utcoffset(), local(duty.end).utcoffset()
    told = f"{word[:1].upper()}{word[1:]}, {words.lasting(duty.minutes)}."
    if before is not None and after is not None and before != after:
        told += f" {words.forward if after > before else words.back}"
    return told
