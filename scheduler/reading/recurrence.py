"""On which days of the period a pattern, a session or a meeting comes back, and when."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from scheduler.domain.calendar import is_eve, is_red
from scheduler.domain.time import (
    DAY,
    SATURDAY,
    SUNDAY,
    Interval,
    IsoWeek,
    days_between,
    moment,
)
from scheduler.reading.parts.duties import Pattern, Session
from scheduler.reading.parts.terms import Meeting
from scheduler.reading.plan import Plan
from scheduler.reading.scalars import Eves, RedDays


def applies(pattern: Pattern, day: date) -> bool:
    """Whether the pattern has a duty that starts on the day."""
    if not _valid(pattern.valid_from, pattern.valid_until, day):
        return False
    weekdays = {weekday.number for weekday in pattern.weekdays}
    if is_red(day):
        if pattern.red_days is RedDays.LIKE_SUNDAY:
            return SUNDAY in weekdays and pattern.eves is not Eves.ONLY
        if pattern.red_days is not RedDays.LIKE_WEEKDAY:
            return pattern.red_days is RedDays.ONLY
    elif is_eve(day):
        instead = {Eves.LIKE_SATURDAY: SATURDAY, Eves.LIKE_SUNDAY: SUNDAY}.get(pattern.eves)
        if instead is not None:
            return instead in weekdays and pattern.red_days is not RedDays.ONLY
        if pattern.eves is not Eves.LIKE_WEEKDAY:
            return pattern.eves is Eves.ONLY
    only_special = RedDays.ONLY is pattern.red_days or Eves.ONLY is pattern.eves
    return day.weekday() in weekdays and not only_special


def shift_interval(pattern: Pattern, day: date) -> Interval | None:
    """The duty that starts on the day; None where the clock change leaves nothing of it."""
    return clock_span(day, pattern.start, pattern.end, pattern.ends_after_days)


def clock_span(day: date, start: time, end: time, later: int | None = None) -> Interval | None:
    """From `start` to `end` so many days later (None: the next time the clock shows it)."""
    days = later if later is not None else int(end <= start)
    first, last = moment(day, start), moment(day + days * DAY, end)
    return Interval(first, last) if first < last else None


def moment_span(start: date | datetime, end: date | datetime | None) -> Interval | None:
    """From a day or moment to another, a whole last day included; None if it ends too early."""
    first = _instant(start)
    if isinstance(end, datetime):
        last = _instant(end)
    else:
        last_day = end or (start.date() if isinstance(start, datetime) else start)
        last = moment(last_day + DAY)
    return Interval(first, last) if first < last else None


def _instant(value: date | datetime) -> datetime:
    if isinstance(value, datetime):
        return moment(value.date(), value.time())
    return moment(value)


def _valid(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def session_days(plan: Plan, session: Session, first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last` on which the session is, or may be placed."""
    anchor = anchor_week(plan, session)
    weekdays = {weekday.number for weekday in session.weekdays}
    for day in days_between(first, last):
        weeks = (IsoWeek.of(day).monday - anchor.monday).days // 7
        if (
            day.weekday() in weekdays
            and weeks % session.every_weeks == 0
            and _valid(session.valid_from, session.valid_until, day)
            and (session.red_days or not is_red(day))
            and (not session.term_only or _in_term(plan, day))
        ):
            yield day


def _in_term(plan: Plan, day: date) -> bool:
    return any(term.first_day <= day <= term.last_day for term in plan.school_terms)


def anchor_week(plan: Plan, session: Session) -> IsoWeek:
    """A week in which the session is held, from which every n-th week is counted."""
    return named_week(session.from_week) or IsoWeek.of(plan.first_day)


def named_week(text: str | None) -> IsoWeek | None:
    """The week that «2027-W02» names, or None if there is no such week."""
    if text is None:
        return None
    year, number = text.split("-W")
    try:
        return IsoWeek.of(date.fromisocalendar(int(year), int(number), 1))
    except ValueError:
        return None


def meeting_days(plan: Plan, meeting: Meeting) -> Iterator[date]:
    """The days of the period on which the meeting is held."""
    day, until = meeting.date, min(meeting.until or plan.last_day, plan.last_day)
    step = timedelta(weeks=meeting.every_weeks or 1)
    while day <= until:
        if day >= plan.first_day:
            yield day
        if meeting.every_weeks is None:
            return
        day += step
