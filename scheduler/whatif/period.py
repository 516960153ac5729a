"""The same plan in another year: every date moved by one number of whole weeks.

So every weekday stays what it was, the former roster still ends the day before, and what
differs is where the red days and the great holidays fall, and that people are older. Births
and competence are facts of the past and stay. Pins and the published roster are decisions about
single duties of the old year, and do not come along.
"""

from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel

from scheduler.domain.time import IsoWeek
from scheduler.reading.fields import described
from scheduler.reading.parts.history import HolidayYears
from scheduler.reading.parts.people import CompetenceFacts
from scheduler.reading.plan import Plan
from scheduler.whatif.changes import OtherYear
from scheduler.whatif.refusal import RefusalError

_PAST = {"born"}
_FARTHEST = 20  # years


def other_year(plan: Plan, change: OtherYear) -> Plan:
    """The plan so many weeks later that its middle lies in the year."""
    middle = plan.first_day + (plan.last_day - plan.first_day) / 2
    years = change.year - middle.year
    if not years:
        raise RefusalError(
            "year", change.year, "Perioden ligger allerede i dette året.", "Velg et annet år."
        )
    if abs(years) > _FARTHEST:
        raise RefusalError(
            "year",
            change.year,
            f"Året ligger mer enn {_FARTHEST} år unna planen.",
            "Velg et år nærmere planens eget.",
        )
    shift = timedelta(weeks=round((_same_day(middle, years) - middle).days / 7))
    # What a person decided of a duty on a holiday has no duty to be about in another year.
    moved: Plan = _moved(plan.model_copy(update={"pins": (), "published": ()}), shift, years)
    return moved


def _same_day(day: date, years: int) -> date:
    """The same calendar day in another year; 29 February is 28 in common years."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(day.year + years, day.month, last)


def _moved(part: BaseModel, shift: timedelta, years: int) -> Any:
    """The part with all its dates moved."""
    if isinstance(part, CompetenceFacts):
        return part
    if isinstance(part, HolidayYears):
        return part.model_copy(
            update={name: value + years for name, value in part if value is not None}
        )
    changed: dict[str, Any] = {}
    for field in described(type(part)):
        value = getattr(part, field.name)
        if value is None or field.name in _PAST:
            continue
        if field.kind in ("date", "moment"):
            changed[field.name] = value + shift
        elif field.name == "from_week":
            changed[field.name] = _moved_week(value, shift)
        elif isinstance(value, BaseModel):
            changed[field.name] = _moved(value, shift, years)
        elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            changed[field.name] = tuple(_moved(own, shift, years) for own in value)
    return part.model_copy(update=changed)


def _moved_week(text: str, shift: timedelta) -> str:
    year, week = text.split("-W")
    try:
        monday = date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        return text  # the reader of the plan tells of a week that is none
    week_after = IsoWeek.of(monday + shift)
    return f"{week_after.year}-W{week_after.number:02}"
