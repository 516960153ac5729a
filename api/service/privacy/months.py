"""Months from a day: how long something is kept is told in them."""

import calendar
from datetime import date


def later(day: date, months: int) -> date:
    """So many months later; the last day of a month that is shorter. Never beyond year 9999."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > date.max.year:
        return date.max
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
