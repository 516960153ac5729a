"""On which days an exemption that the municipality has decided or promised frees a doctor."""

from datetime import date

from scheduler.domain.doctor import Exemption, ExemptionStatus, Span


def decided_days(exemption: Exemption) -> Span | None:
    """The days that a decision covers, both included; None where none was made or is left.

    A decision without a first day holds from the day on which it was made. One that was
    ended holds to the last day that is recorded, and no day where none is recorded.
    """
    last = exemption.interval.last
    granted = exemption.status is ExemptionStatus.GRANTED
    ended = exemption.status is ExemptionStatus.ENDED and last is not None
    if not (granted or ended):
        return None
    return between(exemption.interval.first or exemption.decided_on, last)


def between(first: date | None, last: date | None) -> Span | None:
    """The days from first to last (None: open); None where there is no such day."""
    return None if first and last and last < first else Span(first, last)
