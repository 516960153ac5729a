"""What happened, as a person writes it: on the command line, or in a file of events.

from: 2027-03-12T15:00
events:
  - {sick: Kari Nordmann, to: 2027-03-20}
  - {remove_duty: kveld/2027-03-17}
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from api.cli.duties import NotOneDutyError, duty_meant
from api.cli.people import NotOneDoctorError, named
from scheduler.domain.doctor import AbsenceKind, ExemptionKind
from scheduler.domain.problem import Problem
from scheduler.domain.time import local, moment
from scheduler.reading.faults import Fault, PlanError, listed, meant
from scheduler.reading.load import load
from scheduler.reading.scalars import FIRST_YEAR, LAST_YEAR
from scheduler.repairing.events import Added, Away, Claims, Dropped, Event, Moved, Resigns

Item = Mapping[str, Any]
FIELDS: Mapping[str, tuple[str, ...]] = {
    "sick": ("from", "to"),
    "leave": ("from", "to", "kind"),
    "resigns": ("from",),
    "claims": ("from", "to", "kind", "term", "birth", "hindered"),
    "remove_duty": (),
    "add_duty": ("start", "end", "needed"),
    "move_duty": ("start", "end"),
}
"""What can have happened, and what more can be said of it."""

_LEAVES = {
    "ferie": AbsenceKind.HOLIDAY,
    "kurs": AbsenceKind.COURSE,
    "foreldrepermisjon": AbsenceKind.PARENTAL,
    "annet": AbsenceKind.OTHER,
}
_GROUNDS = {
    "alder": ExemptionKind.AGE,
    "graviditet": ExemptionKind.PREGNANCY,
    "amming": ExemptionKind.NURSING,
    "vedtak": ExemptionKind.DECISION,
}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NORWEGIAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")
_SHAPE = "Skriv «from:» med tidspunktet og «events:» med en liste over det som har hendt."
_DAY_REMEDY = "Skriv dagen som 2027-03-12 eller 12.03.2027."
_MOMENT_REMEDY = "Skriv tidspunktet som 2027-03-12T15:00 eller «12.03.2027 15:00»."


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened, and from when on the roster can change.

    Attributes:
        moment: nothing that began before it changes, UTC.
        frozen_hours: None where nothing is said.
    """

    moment: datetime
    events: tuple[Event, ...]
    frozen_hours: float | None = None


def read_events(file: Path, problem: Problem) -> Happened:
    """The events in a file (.yaml or .json).

    Raises:
        PlanError: the file, or something in it, cannot be used.
    """
    source = load(file, _SHAPE)
    if source.faults:
        raise PlanError(source.faults)
    data = source.data
    if not isinstance(data, dict) or not isinstance(data.get("events"), list):
        raise PlanError.of(
            file.name,
            "Filen forteller ikke hva som har hendt.",
            _SHAPE,
        )
    unknown = set(data) - {"from", "now", "frozen_hours", "events"}
    if unknown:
        raise PlanError.of(
            file.name,
            f"Feltet {listed(sorted(unknown))} er ukjent.",
            "Feltene er «from», «now», «frozen_hours» og «events».",
        )
    place = f"{file.name}, from"
    first = start_of(data.get("from"), place) if data.get("from") is not None else None
    now = data.get("now")
    begins = start_of(now, f"{file.name}, now") if now is not None else first
    events: list[Event] = []
    faults: list[Fault] = []
    for number, item in enumerate(data["events"]):
        try:
            events.append(event_of(item, f"{file.name}, events[{number}]", problem, first))
        except PlanError as error:
            faults += error.faults
    if faults:
        raise PlanError(faults)
    if begins is None:
        raise PlanError.of(place, "Det står ikke fra når planen kan endres.", _MOMENT_REMEDY)
    frozen = data.get("frozen_hours")
    if frozen is not None and (
        isinstance(frozen, bool) or not isinstance(frozen, int | float) or not 0 <= frozen <= 8784
    ):
        raise PlanError.of(
            f"{file.name}, frozen_hours",
            "Dette er ikke et timetall.",
            "Skriv et tall fra 0.",
            frozen,
        )
    return Happened(begins, tuple(events), frozen)


def event_of(item: object, place: str, problem: Problem, first: datetime | None) -> Event:
    """One thing that happened.

    Args:
        item: as it is written: `{sick: Kari, from: ..., to: ...}`.
        place: for faults.
        problem: knows the doctors and the duties.
        first: from when it holds if nothing is said, UTC.

    Raises:
        PlanError: it cannot be used.
    """
    if not isinstance(item, Mapping):
        raise PlanError.of(place, "Her må det stå hva som har hendt.", f"Bruk {listed(FIELDS)}.")
    what = [key for key in item if key in FIELDS]
    if len(what) != 1:
        problem_text = "Det står ikke hva som har hendt." if not what else "Her står to ting."
        raise PlanError.of(place, problem_text, f"Bruk ett av {listed(FIELDS)}.")
    [kind] = what
    for key in item:
        if key != kind and key not in FIELDS[kind]:
            known = FIELDS[kind] or ("ingen andre felt",)
            hint = meant(str(key), known)
            raise PlanError.of(
                place,
                f"«{key}» hører ikke til «{kind}».",
                hint or f"Her kan det stå {listed(known)}.",
            )
    return _Written(item, kind, place, problem, first).event()


def start_of(value: object, place: str) -> datetime:
    """A moment, or the beginning of a day, UTC."""
    day, clock = _split(value, place)
    return moment(day, clock or time())


def end_of(value: object, place: str) -> datetime:
    """A moment, or the end of a day, UTC."""
    day, clock = _split(value, place)
    return moment(day, clock) if clock else moment(day + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class _Written:
    """One item of the file, or of the command line."""

    item: Item
    kind: str
    place: str
    problem: Problem
    first: datetime | None

    def event(self) -> Event:
        """What it means."""
        if self.kind == "sick":
            return Away(self._doctor(), self._from(), self._to())
        if self.kind == "leave":
            kind = self._word(_LEAVES, AbsenceKind.OTHER)
            return Away(self._doctor(), self._from(), self._to(), kind)
        if self.kind == "resigns":
            return Resigns(self._doctor(), self._first_day())
        if self.kind == "claims":
            return Claims(
                self._doctor(),
                self._word(_GROUNDS, None),
                self._first_day(),
                self._day("to"),
                self._day("term"),
                self._day("birth"),
                self._hindered(),
            )
        if self.kind == "remove_duty":
            return Dropped(self._duty())
        if self.kind == "add_duty":
            kind, day = self._kind_and_day()
            return Added(kind, day, self._clock("start"), self._clock("end"), self._needed())
        return Moved(self._duty(), self._clock("start"), self._clock("end"))

    def _doctor(self) -> str:
        try:
            return named(self.problem.doctors, str(self.item[self.kind])).id
        except NotOneDoctorError as error:
            raise PlanError.of(
                self.place, error.problem, error.remedy, self.item[self.kind]
            ) from error

    def _from(self) -> datetime:
        if self.item.get("from") is not None:
            return start_of(self.item["from"], f"{self.place}, from")
        if self.first is None:
            raise PlanError.of(self.place, "Det står ikke fra når det gjelder.", _MOMENT_REMEDY)
        return self.first

    def _to(self) -> datetime | None:
        given = self.item.get("to")
        if given is None:
            return None
        end = end_of(given, f"{self.place}, to")
        if end <= self._from():
            begins = f"{local(self._from()):%d.%m.%Y kl. %H:%M}"
            raise PlanError.of(
                f"{self.place}, to",
                f"Fraværet slutter før det begynner ({begins}).",
                "Rett tidspunktene.",
                given,
            )
        return end

    def _first_day(self) -> date:
        """The first whole day: what begins in the midst of a day holds from the next."""
        given = self.item.get("from")
        if given is not None:
            day, clock = _split(given, f"{self.place}, from")
        else:
            there = local(self._from())
            day, clock = there.date(), there.time()
        return day + timedelta(days=1) if clock and clock != time() else day

    def _day(self, key: str) -> date | None:
        given = self.item.get(key)
        return None if given is None else _split(given, f"{self.place}, {key}")[0]

    def _clock(self, key: str) -> time | None:
        given = self.item.get(key)
        return None if given is None else _clock_of(str(given), f"{self.place}, {key}")

    def _hindered(self) -> bool:
        given = self.item.get("hindered", False)
        words = {True: True, False: False, "ja": True, "nei": False}
        if isinstance(given, list | dict | int | float) and not isinstance(given, bool):
            given = str(given)
        if given not in words:
            raise PlanError.of(
                f"{self.place}, hindered", "Her må det stå ja eller nei.", "Rett verdien.", given
            )
        return words[given]

    def _needed(self) -> int:
        given = self.item.get("needed", 1)
        if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= 50:
            raise PlanError.of(
                f"{self.place}, needed",
                "Dette er ikke et antall leger.",
                "Skriv et tall fra 1.",
                given,
            )
        return given

    def _word(self, words: Mapping[str, Any], usual: Any) -> Any:
        given = self.item.get("kind")
        if given is None and usual is not None:
            return usual
        known = {**words, **{str(kind): kind for kind in words.values()}}
        if given is None or str(given).casefold() not in known:
            kinds = [f"«{own}»" for own in words]
            raise PlanError.of(
                f"{self.place}, kind",
                "Det står ikke hva slags." if given is None else "Dette slaget er ukjent.",
                f"Velg {', '.join(kinds[:-1])} eller {kinds[-1]}.",
                given,
            )
        return known[str(given).casefold()]

    def _kind_and_day(self) -> tuple[str, date]:
        """Id of the pattern or municipal duty, and the day: the plan may have no duty there."""
        text = " ".join(str(self.item[self.kind]).split())
        found = re.search(rf"{_ISO.pattern}|{_NORWEGIAN.pattern}", text)
        name = text[: found.start()].rstrip(" /") if found else text
        kinds = self.problem.type_by_id
        ids = [own for own in kinds if own.casefold() == name.casefold()]
        ids = ids or [own for own, k in kinds.items() if k.name.casefold() == name.casefold()]
        if found is None or len(ids) != 1:
            known = [*kinds, *(kind.name for kind in kinds.values())]
            hint = "" if found is None else meant(name, known)
            raise PlanError.of(
                self.place,
                "Det går ikke fram hvilken vakt dette er.",
                f"{hint} Skriv vakttype og dag, for eksempel natt/2027-03-12.".strip(),
                text,
            )
        return ids[0], _day_of(found[0], self.place)

    def _duty(self) -> str:
        """As everywhere: by id, or by kind and day as people say them."""
        try:
            return duty_meant(self.problem, str(self.item[self.kind])).id
        except NotOneDutyError as error:
            raise PlanError.of(
                self.place, error.problem, error.remedy, str(self.item[self.kind])
            ) from error


def _split(value: object, place: str) -> tuple[date, time | None]:
    if isinstance(value, datetime):
        return value.date(), value.time()
    if isinstance(value, date):
        return value, None
    words = str(value).strip().replace("T", " ").split()
    if not 1 <= len(words) <= 2:
        raise PlanError.of(place, "Dette er ikke et tidspunkt.", _MOMENT_REMEDY, value)
    clock = _clock_of(words[1], place) if len(words) == 2 else None
    return _day_of(words[0], place), clock


def _day_of(text: str, place: str) -> date:
    iso = _ISO.fullmatch(text)
    found = iso or _NORWEGIAN.fullmatch(text)
    if found is None:
        raise PlanError.of(place, "Dette er ikke en dato.", _DAY_REMEDY, text)
    year, month, day = found.groups() if iso else reversed(found.groups())
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        remedy = "Kontroller at året er riktig."
        raise PlanError.of(
            place, f"Året må ligge mellom {FIRST_YEAR} og {LAST_YEAR}.", remedy, text
        )
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise PlanError.of(
            place, "Denne datoen finnes ikke i kalenderen.", _DAY_REMEDY, text
        ) from error


def _clock_of(text: str, place: str) -> time:
    found = _CLOCK.fullmatch(text.strip())
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise PlanError.of(place, "Dette er ikke et klokkeslett.", "Skriv det som 15:30.", text)
    return time(int(found[1]), int(found[2]))
