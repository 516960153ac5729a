"""The bokmål of times, names and numbers in the rules' sentences."""

from datetime import datetime

from scheduler.calendar_words import MONTHS, WEEKDAYS
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.time import DAY, Interval, local
from scheduler.rule import Citation, Confidence
from scheduler.writing.phrases import counted, listed
from scheduler.writing.wording import clock, hours, number, on_day, short_day

__all__ = [
    "MONTHS",
    "WEEKDAYS",
    "at",
    "clock",
    "counted",
    "days",
    "duty_named",
    "from_to",
    "hours",
    "kroner",
    "listed",
    "name",
    "number",
    "on_day",
    "short_day",
    "source",
]

FAR_PAST, FAR_FUTURE = 1900, 2900


def at(instant: datetime) -> str:
    """«lørdag 27. mars 2027 kl. 23:00»."""
    return f"{on_day(local(instant).date())} kl. {clock(instant)}"


def from_to(interval: Interval) -> str:
    """«lørdag 27. mars 2027 kl. 23:00–08:00», with the second day where it is not the next."""
    first, last = local(interval.start).date(), local(interval.end).date()
    if last - first <= DAY:
        return f"{at(interval.start)}–{clock(interval.end)}"
    return f"{at(interval.start)} – {at(interval.end)}"


def days(interval: Interval | None) -> str:
    """«fra 10.01.2027 til 30.04.2027»: first and last day of a stretch of whole days.

    Ends far away are not told: «fra 15.03.2027», «til 30.04.2027», «uten sluttdato».
    """
    if interval is None:
        return ""
    first = local(interval.start).date()
    last = local(interval.end).date() - DAY
    if first.year <= FAR_PAST:
        return "uten sluttdato" if last.year >= FAR_FUTURE else f"til {short_day(last)}"
    if last.year >= FAR_FUTURE:
        return f"fra {short_day(first)}"
    return short_day(first) if first == last else f"fra {short_day(first)} til {short_day(last)}"


def kroner(amount: int) -> str:
    """«12 300 kr», «950 kr»: with hard spaces."""
    return f"{amount:,}".replace(",", "\u00a0") + "\u00a0kr"


def name(problem: Problem, doctor: str | None) -> str:
    """The doctor's name."""
    return problem.doctor_by_id[doctor].name if doctor else "Ingen"


def duty_named(problem: Problem, duty_id: str, doctor: str | None = None) -> str:
    """«Natt lørdag 27. mars 2027 kl. 23:00–08:00», also for a duty of the tail.

    Args:
        problem: with the duty.
        duty_id: of the period or of the tail.
        doctor: who worked it: in the tail one duty may have been longer for one than for another.
    """
    duty = problem.duty_by_id.get(duty_id) or _in_tail(problem, duty_id, doctor)
    return f"{duty.type.name} {from_to(duty.interval)}"


def _in_tail(problem: Problem, duty_id: str, doctor: str | None) -> Duty:
    """The duty as the doctor worked it, or as anybody did where she is not told."""
    past = [own for own in problem.tail if own.duty.id == duty_id]
    return min(past, key=lambda own: own.doctor != doctor).duty


def source(citation: Citation) -> str:
    """«(fastlegeforskriften § 32)», with a reservation where the text was not read."""
    if citation.confidence is Confidence.TEXT:
        return f"({citation})"
    if citation.confidence is Confidence.POLICY:
        return f"({citation})"
    return f"({citation}; må bekreftes av kommunen)"
