"""The kinds of values that a plan holds, each read strictly and written in one way."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

FIRST_YEAR, LAST_YEAR = 1900, 2199
MAX_TEXT = 200
MAX_ID = 60
PLACES = 6  # decimals of a share or a number


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks a field that names an item of another list of the plan by its id.

    Attributes:
        lists: the lists of the plan in which the id may stand.
    """

    lists: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """Marks how a field is shown in a workbook: «date», «clock», «share», ..."""

    name: str


class Weekday(StrEnum):
    """A day of the week, Monday first."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def number(self) -> int:
        """Monday = 0."""
        return list(Weekday).index(self)


class ShiftLetter(StrEnum):
    """The letter of the duty in the GP regulation."""

    A = "a"
    B = "b"


class RedDays(StrEnum):
    """Which rule a shift pattern follows on a red day that is not an ordinary Sunday."""

    LIKE_SUNDAY = "like_sunday"
    LIKE_WEEKDAY = "like_weekday"  # as the day of the week that it is
    NEVER = "never"
    ONLY = "only"


class Eves(StrEnum):
    """Which rule a shift pattern follows on an eve."""

    LIKE_WEEKDAY = "like_weekday"
    LIKE_SATURDAY = "like_saturday"
    LIKE_SUNDAY = "like_sunday"
    NEVER = "never"
    ONLY = "only"


class Block(StrEnum):
    """Which duties of a pattern go together."""

    WEEKEND = "weekend"
    WEEK = "week"
    HOLIDAY = "holiday"  # every great holiday
    CHRISTMAS = "holiday:christmas"
    NEW_YEAR = "holiday:new_year"
    EASTER = "holiday:easter"
    LABOUR_DAY = "holiday:labour_day"
    CONSTITUTION_DAY = "holiday:constitution_day"
    ASCENSION = "holiday:ascension"
    WHITSUN = "holiday:whitsun"


class Work(StrEnum):
    """What kind of municipal general-practice work it is (§ 32)."""

    NURSING_HOME = "nursing_home"
    CHILD_HEALTH = "child_health"
    SCHOOL_HEALTH = "school_health"
    REFUGEE_HEALTH = "refugee_health"
    PRISON = "prison"
    EMERGENCY_WARD = "emergency_ward"
    REHABILITATION = "rehabilitation"
    OTHER = "other"


def wrong(problem: str, remedy: str) -> PydanticCustomError:
    """A fault in a value, in bokmål: what is wrong, and what to do."""
    return PydanticCustomError(
        "plan_value",
        "{problem} {remedy}",
        {"problem": problem, "remedy": remedy},
    )


def tidy(text: str) -> str:
    """One line of composed Unicode without invisible characters and double spaces."""
    visible = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return " ".join(unicodedata.normalize("NFC", visible).split())


def _text(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise wrong("Her må det stå tekst.", "Skriv teksten i anførselstegn.")
    value = tidy(value)
    if not value:
        raise wrong("Teksten er tom.", "Fyll ut feltet.")
    if len(value) > MAX_TEXT:
        raise wrong(
            f"Teksten er på {len(value)} tegn; det er plass til {MAX_TEXT}.", "Kort den ned."
        )
    if not value.isprintable():
        raise wrong("Teksten inneholder tegn som ikke kan vises.", "Skriv den på nytt for hånd.")
    return value


NO_ID = "Dette er ikke en gyldig id."
_ID = re.compile(r"[^\W_][\w.\-]*")


def _id(value: object) -> str:
    text = _text(value)
    if len(text) > MAX_ID or not _ID.fullmatch(text):
        raise wrong(
            NO_ID,
            f"Bruk høyst {MAX_ID} tegn: bokstaver, tall, bindestrek, understrek og punktum, "
            "og begynn med en bokstav eller et tall.",
        )
    return text


def _date(value: object) -> date:
    remedy = "Skriv datoen som år-måned-dag, for eksempel 2027-03-27."
    if isinstance(value, datetime):
        raise wrong("Her må det stå en dato uten klokkeslett.", remedy)
    if isinstance(value, date):
        day = value
    elif isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
        try:
            day = date.fromisoformat(value.strip())
        except ValueError:
            raise wrong("Denne datoen finnes ikke i kalenderen.", remedy) from None
    else:
        raise wrong("Dette er ikke en dato.", remedy)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise wrong(
            f"Året må ligge mellom {FIRST_YEAR} og {LAST_YEAR}.", "Kontroller at året er riktig."
        )
    return day


_CLOCK = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})")


def _clock(value: object) -> time:
    remedy = "Skriv klokkeslettet som timer og minutter, for eksempel 08:00 eller 15:30."
    if isinstance(value, time):
        if value.second or value.microsecond or value.tzinfo:
            raise wrong("Klokkeslett angis i hele minutter.", remedy)
        return value
    found = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise wrong("Dette er ikke et klokkeslett.", remedy)
    hour, minute = int(found[1]), int(found[2])
    if (hour, minute) == (24, 0):
        return time(0)
    if hour > 23 or minute > 59:
        raise wrong("Dette klokkeslettet finnes ikke.", remedy)
    return time(hour, minute)


def _moment(value: object) -> date | datetime:
    """A day, or a moment that the clocks of Oslo show; minutes, no zone."""
    if isinstance(value, str):
        day, _, clock = value.strip().replace("T", " ").partition(" ")
        value = datetime.combine(_date(day), _clock(clock)) if clock else _date(day)
        if clock.strip() in ("24:00", "24.00"):
            value += timedelta(days=1)
    if not isinstance(value, datetime):
        return _date(value)
    _date(value.date())
    if value.second or value.microsecond or value.tzinfo:
        raise wrong(
            "Tidspunktet må være norsk tid i hele minutter.",
            "Skriv det som 2027-03-27T23:00, uten tidssone.",
        )
    return value


def _start(value: object) -> date | datetime:
    found = _moment(value)
    return found.date() if isinstance(found, datetime) and found.time() == time(0) else found


def _end(value: object) -> date | datetime:
    """Midnight at the end of a day is that whole day."""
    found = _moment(value)
    if isinstance(found, datetime) and found.time() == time(0):
        return found.date() - timedelta(days=1)
    return found


def _written_moment(value: date | datetime) -> str:
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


_FRACTION = re.compile(r"([0-9]{1,6})/([0-9]{1,6})")
_DECIMAL = re.compile(r"-?[0-9]{1,9}([.,][0-9]{1,12})?")


def exact(value: object) -> Fraction:
    """A number that a person has written: 0.8, «0,8», «80 %» or «1/3».

    Raises:
        PydanticCustomError: it is none of these.
    """
    remedy = "Skriv et tall, for eksempel 0,8 eller 80 %."
    text = str(value).strip() if not isinstance(value, bool) else ""
    percent = text.endswith("%")
    text = text.removesuffix("%").strip()
    if isinstance(value, float) and abs(value) < 1e9:
        text = f"{value:.{PLACES}f}"
    if _DECIMAL.fullmatch(text):
        number = Fraction(text.replace(",", "."))
    elif (parts := _FRACTION.fullmatch(text)) and int(parts[2]):
        number = Fraction(int(parts[1]), int(parts[2]))
    else:
        raise wrong("Dette er ikke et tall som kan brukes.", remedy)
    number = number / 100 if percent else number
    if 10**PLACES % number.denominator == 0 or parts_fit(number):
        return number
    return Fraction(round(number * 10**PLACES), 10**PLACES)


def parts_fit(number: Fraction) -> bool:
    """Whether the number can be written as one whole number over another."""
    return 0 <= number.numerator < 10**6 and number.denominator < 10**6


def written(number: Fraction) -> int | float | str:
    """The number as it is written: 1, 0.8, or "1/3" where decimals do not suffice."""
    if number.denominator == 1:
        return number.numerator
    if 10**PLACES % number.denominator == 0:
        return float(number)
    return f"{number.numerator}/{number.denominator}"


def _within(low: float | None, high: float | None) -> Callable[[object], Fraction]:
    def read(value: object) -> Fraction:
        number = exact(value)
        if (low is not None and number < low) or (high is not None and number > high):
            limits = f"mellom {low:g} og {high:g}" if high is not None else f"minst {low:g}"
            hint = " En andel skrives 0,8 eller 80 %." if high == 1 else ""
            raise wrong(f"Tallet må være {limits}.", f"Rett tallet.{hint}")
        return number

    return read


def _number(low: float | None, high: float | None) -> tuple[Any, Any, Any]:
    numeric: dict[str, Any] = {"type": "number"}
    if low is not None:
        numeric["minimum"] = low
    if high is not None:
        numeric["maximum"] = high
    return (
        PlainValidator(_within(low, high)),
        PlainSerializer(written),
        WithJsonSchema({"anyOf": [numeric, {"type": "string", "pattern": r"^[0-9/., %-]+$"}]}),
    )


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().casefold() in ("ja", "nei"):
        return value.strip().casefold() == "ja"
    raise wrong("Her må det stå ja eller nei.", "Skriv ja (true) eller nei (false).")


def _whole(value: object) -> int:
    remedy = "Skriv et helt tall uten desimaler."
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,9}", value.strip()):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
        raise wrong("Dette er ikke et helt tall.", remedy)
    return int(value)


def _weekdays(value: object) -> object:
    """Each day once, Monday first."""
    if isinstance(value, str):
        value = [value]
    if isinstance(value, list | tuple) and all(v in list(Weekday) for v in value):
        return tuple(day for day in Weekday if day in value)
    return value


def _blocks(value: object) -> object:
    """«none» is the word for an empty list."""
    return () if value == "none" else _once(value)


def _once(value: object) -> object:
    """Each once, in the order given; one alone may be written without the list."""
    if isinstance(value, str):
        value = [value]
    if isinstance(value, list | tuple) and all(isinstance(v, str) for v in value):
        return tuple(dict.fromkeys(value))
    return value


Text = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=MAX_TEXT)]
Id = Annotated[str, BeforeValidator(_id), Field(min_length=1, max_length=MAX_ID)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Day = Annotated[
    date,
    PlainValidator(_date),
    PlainSerializer(date.isoformat),
    WithJsonSchema({"type": "string", "format": "date"}),
    Kind("date"),
]
Clock = Annotated[
    time,
    PlainValidator(_clock),
    PlainSerializer(lambda value: f"{value:%H:%M}"),
    WithJsonSchema({"type": "string", "pattern": r"^([01]?[0-9]|2[0-3]):[0-5][0-9]$|^24:00$"}),
    Kind("clock"),
]
_MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2})?$"
Start = Annotated[
    date | datetime,
    PlainValidator(_start),
    PlainSerializer(_written_moment),
    WithJsonSchema({"type": "string", "pattern": _MOMENT}),
    Kind("moment"),
]
End = Annotated[
    date | datetime,
    PlainValidator(_end),
    PlainSerializer(_written_moment),
    WithJsonSchema({"type": "string", "pattern": _MOMENT}),
    Kind("moment"),
]
Share = Annotated[Fraction, *_number(0, 1), Kind("share")]
Weight = Annotated[Fraction, *_number(0, 100), Kind("number")]
Agreed = Annotated[Fraction, *_number(0, 1000), Kind("number")]
Points = Annotated[Fraction, *_number(-100_000, 100_000), Kind("number")]
Hours = Annotated[Fraction, *_number(0, 168), Kind("number")]
Kroner = Annotated[Fraction, *_number(0, 100_000), Kind("number")]
Whole = Annotated[int, BeforeValidator(_whole)]
Count = Annotated[Whole, Field(ge=0, le=1_000_000)]
Few = Annotated[Whole, Field(ge=1, le=50)]
Weekdays = Annotated[
    tuple[Weekday, ...],
    BeforeValidator(_weekdays, json_schema_input_type=Weekday | list[Weekday]),
]
Blocks = Annotated[
    tuple[Block, ...],
    BeforeValidator(_blocks, json_schema_input_type=Literal["none"] | Block | list[Block]),
]
Ids = Annotated[tuple[Id, ...], BeforeValidator(_once, json_schema_input_type=str | list[str])]
