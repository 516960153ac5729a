"""What stands in a cell, to and from the plain value of a document."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from openpyxl.utils.datetime import from_excel

from scheduler.reading.faults import shown
from scheduler.reading.fields import Described
from scheduler.reading.scalars import Weekday, tidy
from scheduler.reading.words import UnknownWordError, member, word

_WORDS = re.compile(
    r"((?P<norwegian>[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4})|(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}))"
    r"([ T](kl[.]? )?(?P<clock>[0-9]{1,2}[:.][0-9]{2}))?"
)
_OPENING = re.compile(
    r"(?P<days>.*?)\s*(?P<start>[0-9]{1,2}[:.][0-9]{2})\s*[–-]\s*(?P<end>[0-9]{1,2}[:.][0-9]{2})"
)
_BROKEN = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")
_HALF_MINUTE = timedelta(seconds=30)
_LATEST_SERIAL = 110_000  # the year 2201
_FIRST_SAFE_YEAR = 1901  # spreadsheets count a 29 February 1900 that never was


class CellError(ValueError):
    """The cell cannot be read; `problem` and `remedy` are whole sentences."""

    def __init__(self, problem: str, remedy: str) -> None:
        """Keep the sentences."""
        self.problem, self.remedy = problem, remedy
        super().__init__(problem)


def read_cell(field: Described, value: object) -> object:
    """The plain value that the cell means.

    Raises:
        CellError: it means none.
    """
    if isinstance(value, str) and value.strip() in _BROKEN:
        raise CellError("Cellen inneholder en formel som har feilet.", "Skriv selve verdien.")
    if field.kind in _READERS:
        return _READERS[field.kind](field, value)
    return _split(value) if field.many else _text(field, value)


def write_cell(field: Described, value: Any) -> Any:
    """What to write in the cell for a plain value: text, number, date or time."""
    if field.kind == "openings":
        return "; ".join(f"{_run(o['weekdays'])} {o['start']}–{o['end']}" for o in value)
    if field.base is Weekday and field.many:
        return _run(value)
    if field.kind == "word":
        kind: type[StrEnum] = field.base
        return ", ".join(word(kind(one)) for one in value) if field.many else word(kind(value))
    if field.kind in ("flag", "setting") and isinstance(value, bool):
        return "ja" if value else "nei"
    if field.kind == "setting" and value is None:
        return "ikke satt"
    if field.many:
        return ", ".join(value)
    if field.kind == "date" or (field.kind == "moment" and len(value) == len("2027-03-27")):
        return _writable(date.fromisoformat(value))
    if field.kind == "moment":
        return _writable(datetime.fromisoformat(value))
    return time.fromisoformat(value) if field.kind == "clock" else value


def _writable(value: date) -> date | str:
    return value if value.year >= _FIRST_SAFE_YEAR else value.isoformat()


def _text(field: Described, value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool | date | time | timedelta):
        raise CellError(
            "Regnearket har gjort om teksten til noe annet.",
            "Sett celleformatet til tekst, og skriv verdien på nytt.",
        )
    return str(value)


def _split(value: object) -> list[str]:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool | date | time | timedelta):
        raise CellError("Her skal det stå id-er.", "Skriv dem med komma mellom.")
    return [part for part in (tidy(p) for p in re.split(r"[,;]", str(value))) if part]


def _flag(field: Described, value: object) -> object:
    words = {"ja": True, "nei": False, "sann": True, "usann": False}
    if isinstance(value, bool):
        return value
    asked = tidy(str(value)).casefold()
    if asked not in words:
        raise CellError("Her må det stå ja eller nei.", "Skriv ja eller nei.")
    return words[asked]


def _word(field: Described, value: object) -> object:
    kind: type[StrEnum] = field.base
    try:
        if kind is Weekday and field.many:
            return _weekdays(str(value))
        if field.many:
            given = [part for part in _split(value) if part.casefold() != "ingen"]
            return [member(kind, part).value for part in given]
        return member(kind, str(value)).value
    except UnknownWordError as error:
        raise CellError(f"Ordet «{shown(error.word)}» er ukjent.", error.remedy) from error


def _weekdays(text: str) -> list[str]:
    """«man–fre, søn» or «hver dag».

    Raises:
        UnknownWordError: a word is no weekday.
    """
    if tidy(text).casefold() in ("alle", "alle dager", "hver dag"):
        return [day.value for day in Weekday]
    found: list[str] = []
    for part in _split(text):
        first, *rest = re.split(r"\s*[–-]\s*", part, maxsplit=1)
        start = Weekday(member(Weekday, first)).number
        end = Weekday(member(Weekday, rest[0])).number if rest else start
        found.extend(list(Weekday)[(start + n) % 7] for n in range((end - start) % 7 + 1))
    return found


def _run(days: list[str]) -> str:
    """Weekdays in order as «man–fre, søn»."""
    numbers = [Weekday(day).number for day in days]
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    names = [word(day) for day in Weekday]
    return ", ".join(
        f"{names[run[0]]}–{names[run[-1]]}"
        if len(run) > 2
        else ", ".join(names[number] for number in run)
        for run in runs
    )


def _openings(field: Described, value: object) -> object:
    found: list[dict[str, object]] = []
    for part in filter(None, (tidy(p) for p in str(value).split(";"))):
        match = _OPENING.fullmatch(part)
        if not match or not match["days"]:
            raise CellError(
                f"Åpningstiden «{shown(part)}» kan ikke leses.",
                "Skriv den som «man–tor 08:00–15:30; fre 08:00–14:00».",
            )
        try:
            days = _weekdays(match["days"])
        except UnknownWordError as error:
            raise CellError(f"Ordet «{shown(error.word)}» er ukjent.", error.remedy) from error
        found.append({"weekdays": days, "start": match["start"], "end": match["end"]})
    return found


def _whole(field: Described, value: object) -> object:
    if isinstance(value, bool | date | time | timedelta):
        raise CellError("Dette er ikke et helt tall.", "Skriv et helt tall uten desimaler.")
    if isinstance(value, str):
        value = "".join(value.split())  # «10 000»
    return value


def _number(field: Described, value: object) -> object:
    if isinstance(value, bool | date | time | timedelta):
        raise CellError(
            "Regnearket har gjort om tallet til en dato eller et klokkeslett.",
            "Sett celleformatet til tall, og skriv verdien på nytt.",
        )
    return value


def _iso(value: object, remedy: str) -> str:
    """A day or a moment as ISO text, from a date of the spreadsheet or from words."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if not 1 <= value < _LATEST_SERIAL:
            raise CellError("Dette er ikke en dato.", remedy)
        value = from_excel(value)
    if isinstance(value, datetime):
        value = (value + _HALF_MINUTE).replace(second=0, microsecond=0)
        at_midnight = value.time() == time(0)
        return value.date().isoformat() if at_midnight else value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return _iso_of_words(tidy(str(value)), remedy)


def _iso_of_words(text: str, remedy: str) -> str:
    match = _WORDS.fullmatch(text)
    if not match:
        raise CellError("Dette er ikke en dato.", remedy)
    parts = match["norwegian"] or "-".join(reversed(match["iso"].split("-")))
    day, month, year = map(int, re.split(r"[.-]", parts))
    try:
        found = date(year, month, day).isoformat()
    except ValueError:
        raise CellError("Denne datoen finnes ikke i kalenderen.", remedy) from None
    return f"{found}T{match['clock']}" if match["clock"] else found


def _date(field: Described, value: object) -> object:
    return _iso(value, "Skriv datoen som 27.03.2027.")


def _moment(field: Described, value: object) -> object:
    return _iso(value, "Skriv dagen som 27.03.2027, eller med klokkeslett: 27.03.2027 12:00.")


def _clock(field: Described, value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
        value = timedelta(days=value)
    if isinstance(value, datetime) and value.year <= _FIRST_SAFE_YEAR:
        value = value.time()  # midnight in a cell formatted as time
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, timedelta):
        minutes = (value + _HALF_MINUTE) // timedelta(minutes=1)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return tidy(str(value))


def _setting(field: Described, value: object) -> object:
    if isinstance(value, date | time | timedelta):
        raise CellError(
            "Regnearket har gjort om verdien til en dato eller et klokkeslett.",
            "Sett celleformatet til tekst, og skriv verdien på nytt.",
        )
    return value


_READERS: dict[str, Callable[[Described, object], object]] = {
    "flag": _flag,
    "word": _word,
    "openings": _openings,
    "whole": _whole,
    "number": _number,
    "share": _number,
    "date": _date,
    "moment": _moment,
    "clock": _clock,
    "setting": _setting,
}
