"""The bokmål of days, times, numbers and kinds of duty, as exports print it."""

from datetime import date, datetime

from scheduler.calendar_words import MONTHS, WEEKDAYS
from scheduler.domain.duty import Letter, Presence, Role
from scheduler.domain.points import HourClass
from scheduler.domain.time import local

WEEKDAYS_SHORT = ("man.", "tir.", "ons.", "tor.", "fre.", "lør.", "søn.")
LETTERS = {
    Letter.OUT_OF_HOURS: "legevakt",
    Letter.DAYTIME: "daglegevakt",
    Letter.MUNICIPAL: "kommunal oppgave",
}
PRESENCES = {Presence.ON_SITE: "tilstedevakt", Presence.HOME: "hjemmevakt"}
ROLES = {Role.PRIMARY: "forvakt", Role.BACKUP: "bakvakt"}
HOUR_CLASSES = {
    HourClass.DAY: "dag",
    HourClass.EVENING: "kveld",
    HourClass.NIGHT: "natt",
    HourClass.WEEKEND: "helg",
    HourClass.RED_DAY: "rød dag",
    HourClass.EVE: "aften",
    HourClass.GREAT_HOLIDAY: "høytid",
}
UNCOVERED = "UDEKKET"
MINUS = "−"  # U+2212: a hyphen is too short, and lines break after it


def on_day(day: date) -> str:
    """«lørdag 27. mars 2027»."""
    return f"{WEEKDAYS[day.weekday()]} {day.day}. {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """«27.03.2027»."""
    return f"{day:%d.%m.%Y}"


def period(first: date, last: date) -> str:
    """«1. januar–28. februar 2027», with both years where they differ."""
    start = f"{first.day}. {MONTHS[first.month - 1]}"
    end = f"{last.day}. {MONTHS[last.month - 1]} {last.year}"
    return f"{start}–{end}" if first.year == last.year else f"{start} {first.year}–{end}"


def clock(instant: datetime) -> str:
    """«08:00» in Oslo, from a UTC instant."""
    return f"{local(instant):%H:%M}"


def number(value: float) -> str:
    """«7,5», «−0,5»: a decimal comma, a real minus sign, two decimals at most, no needless 0."""
    shown = f"{abs(value):.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{MINUS}{shown}" if value < 0 and shown != "0" else shown


def hours(minutes: float) -> str:
    """«7,5 timer», «1 time»."""
    value = round(minutes / 60, 2)
    return f"{number(value)} {'time' if value == 1 else 'timer'}"
