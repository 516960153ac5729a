"""How one day is marked on the wall: by a shade and by a sign, never by colour alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.calendar_words import MONTHS, WEEKDAYS
from scheduler.domain.calendar import day_name, is_eve, is_red
from scheduler.domain.time import SATURDAY

RED_SIGN, EVE_SIGN = "●", "○"


@dataclass(frozen=True, slots=True)
class DayMark:
    """One day's heading.

    Attributes:
        letter: first letter of the weekday.
        shade: "red", "eve", "weekend" or empty.
        sign: of red days and eves, else empty.
        monday: a week begins here.
    """

    letter: str
    number: int
    shade: str
    sign: str
    monday: bool


def mark(day: date) -> DayMark:
    """The heading of the day."""
    red, eve = is_red(day), is_eve(day)
    weekend = day.weekday() >= SATURDAY
    return DayMark(
        WEEKDAYS[day.weekday()][0].upper(),
        day.day,
        "red" if red else "eve" if eve else "weekend" if weekend else "",
        RED_SIGN if red else EVE_SIGN if eve else "",
        day.weekday() == 0,
    )


def named_days(days: Iterable[date]) -> list[str]:
    """«● 25. desember: Første juledag», in order of time."""
    found = []
    for day in days:
        name = day_name(day)
        if name:
            found.append(f"{mark(day).sign} {day.day}. {MONTHS[day.month - 1]}: {name}")
    return found


def first_to_last(days: list[date]) -> str:
    """«4.–10. januar», «28. desember–3. januar»."""
    first, last = days[0], days[-1]
    end = f"{last.day}. {MONTHS[last.month - 1]}"
    if first == last:
        return end
    if first.month == last.month:
        return f"{first.day}.–{end}"
    return f"{first.day}. {MONTHS[first.month - 1]}–{end}"
