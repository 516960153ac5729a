"""When somebody is told: at once, or when people are awake."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Self

from api.service.settings import Settings
from scheduler.domain.time import DAY, local, moment
from scheduler.writing.ical_format import REFRESH

NO_CALENDAR = DAY
"""A change within this is urgent for somebody whose calendar we do not know."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What whoever runs the service has set.

    Attributes:
        near: a change within this is told at once, also at night.
        quiet_from, quiet_to: Oslo hours between which nobody is disturbed by what can wait;
            equal: there are none.
    """

    near: timedelta
    quiet_from: int
    quiet_to: int

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """As it is set."""
        return cls(timedelta(hours=settings.urgent_hours), settings.quiet_from, settings.quiet_to)


@dataclass(frozen=True, slots=True)
class Timing:
    """When a person is told of a change.

    Attributes:
        urgent: the change is nearer than the person's calendar reads.
        email_at: not before.
        sms_at: not before; None: no SMS.
    """

    urgent: bool
    email_at: datetime
    sms_at: datetime | None


def timing(nearest: datetime, now: datetime, delay: timedelta | None, policy: Policy) -> Timing:
    """When a person is told.

    What is near is told at once. What is further away, but nearer than the calendar reads, goes by
    e-mail at once; the SMS waits a little, since a quick calendar makes it needless, and for the
    morning. What the calendar shows in time goes by e-mail when people are awake.

    Args:
        nearest: when the first of the changed duties begins or began.
        now: the present moment.
        delay: within which the person's quickest calendar has read a change; None: there is none.
        policy: of the service.
    """
    left = nearest - now
    if left <= policy.near:
        return Timing(True, now, now)
    if left > (NO_CALENDAR if delay is None else delay):
        return Timing(False, awake(now, policy), None)
    patient = awake(now + REFRESH, policy)
    return Timing(True, now, max(now, min(patient, nearest - policy.near)))


def awake(at: datetime, policy: Policy) -> datetime:
    """The moment, or the end of the quiet hours in which it lies."""
    hour, day = local(at).hour, local(at).date()
    start, end = policy.quiet_from, policy.quiet_to
    if start == end:
        return at
    quiet = start <= hour < end if start < end else hour >= start or hour < end
    if not quiet:
        return at
    morning = day if hour < end else day + DAY
    return moment(morning, time(end))
