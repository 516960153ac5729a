"""A book from its file: first the shape, told as faults, then whether it is as it was posted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, ValidationError, ValidationInfo

from scheduler.domain.calendar import GreatHoliday
from scheduler.fairness.measures import Measure
from scheduler.ledger import audit
from scheduler.ledger.book import Book
from scheduler.ledger.digest import WISHES
from scheduler.ledger.entry import Entry, Event, HolidayLine, Kind, Line, Period, Settings
from scheduler.reading.faults import Fault, Path, PlanError, shown
from scheduler.reading.load import as_text
from scheduler.reading.parts.part import Part
from scheduler.reading.places import Source
from scheduler.reading.scalars import Day, wrong
from scheduler.reading.text import read_json, read_yaml

MAX_BYTES = 50_000_000  # a hundred doctors for fifty years
_COPY = "Hent fram den siste kopien som virket, fra mappen «tidligere»."
_HOLIDAYS = {own.name.lower(): own for own in GreatHoliday}


def _measure(value: object) -> Measure | None:
    if value == WISHES:
        return None
    if value in list(Measure):
        return Measure(str(value))
    raise wrong("Dette er ikke noe som fordeles.", _COPY)


def _holiday(value: object) -> GreatHoliday:
    if isinstance(value, str) and value in _HOLIDAYS:
        return _HOLIDAYS[value]
    raise wrong("Dette er ikke en høytid.", _COPY)


def _string(value: object, info: ValidationInfo) -> str:
    """Text exactly as it stands: a digest was made of it."""
    if isinstance(value, str):
        return value
    raise wrong("Her må det stå tekst.", _COPY)


def _whole(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise wrong("Her må det stå et helt tall.", _COPY)


_Text = Annotated[str, PlainValidator(_string)]
_Whole = Annotated[int, PlainValidator(_whole)]


class _Line(Part):
    doctor: _Text | None
    measure: Annotated[Measure | None, PlainValidator(_measure)]
    kind: Kind
    amount: _Whole


class _HolidayLine(Part):
    doctor: _Text
    holiday: Annotated[GreatHoliday, PlainValidator(_holiday)]
    year: _Whole


class _Period(Part):
    title: _Text
    first_day: Day
    last_day: Day
    plan: _Text
    roster: _Text


class _Settings(Part):
    half_life: _Whole
    ceiling: _Whole
    wish_half_life: _Whole


class _Entry(Part):
    number: _Whole
    booked_on: Day
    event: Event
    text: _Text
    period: _Period | None = None
    reverses: _Whole | None = None
    settings: _Settings | None = None
    doctors: dict[str, _Text] = Field(default_factory=dict)
    lines: tuple[_Line, ...] = ()
    holidays: tuple[_HolidayLine, ...] = ()
    digest: _Text


class _Book(Part):
    format: Literal["rettvakt-ledger"]
    version: Literal[1]
    length: _Whole
    digest: _Text
    entries: tuple[_Entry, ...]


@dataclass(frozen=True, slots=True)
class ReadBook:
    """A book as it stands in its file.

    Attributes:
        flaws: what is not as it was posted; empty for a book that can be used.
    """

    book: Book
    flaws: tuple[audit.Flaw, ...]


def read_book(content: bytes, name: str) -> ReadBook:
    """The book in the content of a file; the ending of the name says the format.

    Raises:
        PlanError: it is no book, with all faults of its shape.
    """
    source = _source(content, name)
    if not isinstance(source.data, dict) or source.data.get("format") != "rettvakt-ledger":
        given = source.data.get("format") if isinstance(source.data, dict) else None
        raise PlanError.of(
            name,
            "Dette er ikke en vaktkonto.",
            "Feltet «format» skal være «rettvakt-ledger». Velg riktig fil.",
            given,
        )
    if source.data.get("version") != 1:
        raise PlanError.of(
            f"{name}, version",
            "Utgaven av formatet må være 1.",
            "Filen kan være laget av en nyere Rettvakt. Oppdater Rettvakt.",
            source.data.get("version"),
        )
    try:
        found = _Book.model_validate(source.data)
    except ValidationError as error:
        raise PlanError(_faults(error, source)) from error
    book = Book(tuple(_entry(own) for own in found.entries))
    return ReadBook(book, audit.flaws(book, length=found.length, digest=found.digest))


def flaw_faults(flaws: tuple[audit.Flaw, ...]) -> Iterator[Fault]:
    """The flaws as faults of the file."""
    for flaw in flaws:
        place = f"Bilag {flaw.entry}" if flaw.entry else "Hele vaktkontoen"
        yield Fault(place, flaw.value, flaw.problem, flaw.remedy)


def _source(content: bytes, name: str) -> Source:
    ending = FilePath(name).suffix.casefold()
    readers = {".json": read_json, ".yaml": read_yaml, ".yml": read_yaml}
    if ending not in readers:
        raise PlanError.of(
            name, "Filtypen er ukjent.", "En vaktkonto slutter på .json eller .yaml."
        )
    if not content.strip():
        raise PlanError.of(name, "Filen er tom.", _COPY)
    return readers[ending](as_text(content, name, MAX_BYTES))


def _entry(own: _Entry) -> Entry:
    period, settings = own.period, own.settings
    return Entry(
        own.number,
        own.booked_on,
        own.event,
        own.text,
        period=_period(period) if period else None,
        reverses=own.reverses,
        settings=Settings(settings.half_life, settings.ceiling, settings.wish_half_life)
        if settings
        else None,
        doctors=own.doctors,
        lines=tuple(Line(x.doctor, x.measure, x.kind, x.amount) for x in own.lines),
        holidays=tuple(HolidayLine(x.doctor, x.holiday, x.year) for x in own.holidays),
        digest=own.digest,
    )


def _period(own: _Period) -> Period:
    first: date = own.first_day
    return Period(own.title, first, own.last_day, own.plan, own.roster)


def _faults(error: ValidationError, source: Source) -> Iterator[Fault]:
    for detail in error.errors(include_url=False):
        path: Path = tuple(step for step in detail["loc"] if step != "[key]")
        problem, remedy = _sentences(detail, path)
        yield Fault(source.places.name(path), shown(detail["input"]), problem, remedy)


def _sentences(detail: Any, path: Path) -> tuple[str, str]:
    kind, context = detail["type"], detail.get("ctx", {})
    name = shown(path[-1]) if path else ""
    if kind == "plan_value":
        return context["problem"], context["remedy"]
    if kind == "missing":
        return f"Feltet «{name}» mangler.", _COPY
    if kind == "extra_forbidden":
        return f"Feltet «{name}» er ukjent.", "Slett det, hvis det er skrevet inn for hånd."
    if kind == "enum":
        return "Verdien er ukjent.", _COPY
    return f"Feltet «{name}» har en verdi som ikke kan brukes.", _COPY
