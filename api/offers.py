"""Offers for rings as a person writes them: who would be rid of which duty, and would take what.

offers:
  - doctor: Kari Nordmann
    gives: natt 12.03.2027
    takes: [kveld, helgevakt dag 20.03.2027]
  - doctor: Ola By
    gives: kveld 17.03.2027

Without `takes` any duty will do that is lawful. A table has the columns Lege, Gir and Tar.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from api.cli.duties import NotOneDutyError, duty_meant
from api.cli.people import NotOneDoctorError, named
from api.offers_table import table_of
from scheduler.domain.problem import Problem
from scheduler.reading.faults import Fault, PlanError, meant, shown
from scheduler.reading.faults import Path as Place
from scheduler.reading.load import load
from scheduler.reading.places import Source
from scheduler.reading.roster import content_of
from scheduler.swaps.judge import Judge
from scheduler.swaps.rings import SwapOffer
from scheduler.writing.phrases import duty_text

TABLES = (".xlsx", ".csv")
_FIELDS = ("doctor", "gives", "takes")
_SHAPE = "Skriv «offers:» og under den en liste der hver rad har «doctor», «gives» og «takes»."


def read_offers(file: Path, judge: Judge) -> tuple[SwapOffer, ...]:
    """The offers in a YAML or JSON file, a workbook or a csv file, for the roster that is judged.

    Raises:
        PlanError: with every fault of the file at once.
    """
    if file.suffix.casefold() in TABLES:
        content, name = content_of(file, "", "Skriv byttetilbudene i den, og lagre den.")
        return offers_in(table_of(content, name), judge, name)
    return offers_in(load(file, _SHAPE), judge, file.name)


def offers_in(source: Source, judge: Judge, name: str) -> tuple[SwapOffer, ...]:
    """The offers of a document that has been read.

    Raises:
        PlanError: with every fault at once.
    """
    data = source.data
    if not isinstance(data, Mapping) or not isinstance(data.get("offers"), list):
        raise PlanError.of(name, "Filen har ingen liste over tilbud.", _SHAPE)
    faults = [
        *source.faults,
        *(
            Fault(source.places.name((str(key),)), "", f"Feltet «{shown(key)}» er ukjent.", _SHAPE)
            for key in data
            if key != "offers"
        ),
    ]
    if not data["offers"]:
        faults.append(Fault(name, "", "Listen over tilbud er tom.", _SHAPE))
    reader = _Reader(source, judge, faults)
    offers = [
        own
        for number, row in enumerate(data["offers"])
        if (own := reader.offer(("offers", number), row)) is not None
    ]
    if faults:
        raise PlanError(faults)
    return tuple(offers)


class _Reader:
    """Reads rows and gathers what is wrong with them."""

    def __init__(self, source: Source, judge: Judge, faults: list[Fault]) -> None:
        self._source = source
        self._judge = judge
        self._problem: Problem = judge.timetable.problem
        self._faults = faults
        self._seen: dict[tuple[str, str], Place] = {}

    def offer(self, path: Place, row: Any) -> SwapOffer | None:
        """One row, or None after telling what is wrong with it."""
        if not isinstance(row, Mapping):
            self._fault(path, row, "Raden er ikke et tilbud.", _SHAPE)
            return None
        before = len(self._faults)
        for key in row:
            if key not in _FIELDS:
                remedy = meant(str(key), _FIELDS) or "Feltene er «doctor», «gives» og «takes»."
                self._fault((*path, str(key)), None, f"Feltet «{shown(key)}» er ukjent.", remedy)
        doctor = self._doctor((*path, "doctor"), row.get("doctor"))
        unit = self._unit((*path, "gives"), row.get("gives"))
        accepts = None
        if row.get("takes") is not None:
            accepts = frozenset(self._units((*path, "takes"), row["takes"]))
        if doctor is None or unit is None or len(self._faults) > before:
            return None
        if not self._judge.has((doctor, unit)):
            first = self._problem.units[unit][0]
            self._fault(
                (*path, "gives"),
                row.get("gives"),
                f"{self._name(doctor)} har ikke {duty_text(first)}.",
                self._holders(unit),
            )
            return None
        if (doctor, unit) in self._seen:
            self._fault(path, None, "Den samme vakten er tilbudt to ganger.", "Slett den ene.")
            return None
        self._seen[doctor, unit] = path
        return SwapOffer(doctor, unit, accepts)

    def _doctor(self, path: Place, value: Any) -> str | None:
        if not isinstance(value, str) or not value.strip():
            self._fault(path, value, "Her må legen stå.", "Skriv navnet eller id-en til legen.")
            return None
        try:
            return named(self._problem.doctors, value).id
        except NotOneDoctorError as error:
            self._fault(path, value, error.problem, error.remedy)
            return None

    def _unit(self, path: Place, value: Any) -> str | None:
        if not isinstance(value, str) or not value.strip():
            remedy = "Skriv vakttype og dato, for eksempel «natt 27.03.2027»."
            self._fault(path, value, "Her må vakten stå.", remedy)
            return None
        try:
            return duty_meant(self._problem, value).unit
        except NotOneDutyError as error:
            self._fault(path, value, error.problem, error.remedy)
            return None

    def _units(self, path: Place, value: Any) -> Iterator[str]:
        """Duties by kind and day, or all of a kind."""
        values: Sequence[Any] = value if isinstance(value, list) else [value]
        for number, own in enumerate(values):
            place = (*path, number) if isinstance(value, list) else path
            kinds = self._kinds(own)
            if kinds:
                yield from (d.unit for d in self._problem.duties if d.type.id in kinds)
            elif unit := self._unit(place, own):
                yield unit

    def _kinds(self, value: Any) -> frozenset[str]:
        """The shift patterns and municipal duties with this id or name."""
        key = " ".join(str(value).split()).casefold()
        return frozenset(
            own.id
            for own in self._problem.types
            if key in (own.id.casefold(), " ".join(own.name.split()).casefold())
        )

    def _name(self, doctor: str) -> str:
        return self._problem.doctor_by_id[doctor].name

    def _holders(self, unit: str) -> str:
        first = self._problem.units[unit][0]
        holders = [self._name(own) for own in self._judge.timetable.doctors_on(first.id)]
        return f"Den har {' og '.join(holders)}." if holders else "Vakten er udekket."

    def _fault(self, path: Place, value: Any, problem: str, remedy: str) -> None:
        place = self._source.places.name(path)
        self._faults.append(Fault(place, shown(value), problem, remedy))
