"""Rows of Dato, Vakt and Lege to a roster, with every fault and where it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Assignment, Problem
from scheduler.domain.roster import Roster
from scheduler.domain.time import local
from scheduler.reading.faults import Fault, PlanError, listed, meant, shown
from scheduler.reading.roster_cells import clock_in, day_in
from scheduler.reading.roster_grids import Grid
from scheduler.reading.scalars import tidy

OWN_SHEET = "rader"
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "day": ("dato", "vaktdato", "date"),
    "kind": ("vakt", "vakttype", "vaktnavn", "vaktkode", "shift"),
    "doctor": ("lege", "vaktlege", "navn", "legens navn", "doctor"),
    "start": ("fra", "start", "fra kl", "fra kl.", "kl", "kl.", "starttid"),
    "duty_id": ("vakt-id", "vaktid", "vakt id"),
    "doctor_id": ("lege-id", "legeid", "lege id"),
}
UNCOVERED = ("udekket", "ledig", "-", "–")
_OF_A_PLAN = {"Plan", "Kommuner", "Vakttyper", "Forrige plan"}  # sheets that no roster has
SEARCHED = 30  # rows in which the headings may stand
_FORMAT = "Tabellen må ha kolonnene Dato, Vakt og Lege, med overskriftene på én rad."


def roster_of_grids(grids: Sequence[Grid], problem: Problem, name: str) -> Roster:
    """The roster in all tables that have the headings; of our own workbook, the sheet «Rader».

    Raises:
        PlanError: with every fault at once; or there is no such table.
    """
    tables = [table for grid in grids if (table := _table(grid, problem)) is not None]
    own = [table for table in tables if tidy(table.grid.sheet).casefold() == OWN_SHEET]
    if {grid.sheet for grid in grids} >= _OF_A_PLAN:
        raise PlanError.of(
            name,
            "Dette er arbeidsboken med planen, ikke en vaktplan.",
            "Oppgi filen med vaktene, for eksempel vaktplan.json eller vaktplan.xlsx.",
        )
    if not tables:
        raise PlanError.of(
            name, "Fant ingen tabell med vakter.", f"{_FORMAT} {_headings_found(grids)}".strip()
        )
    found: list[Assignment] = []
    faults: list[Fault] = []
    for table in own or tables:
        found.extend(table.read())
        faults.extend(table.faults)
    faults.extend(_repeated(own or tables))
    if faults:
        raise PlanError(faults)
    return Roster.of(problem, found)


@dataclass
class _Table:
    """One table that is being read.

    Attributes:
        columns: field -> index of the column, for the fields that the table has.
        header: row number of the headings; `titles` the headings as they were written.
    """

    grid: Grid
    columns: Mapping[str, int]
    header: int
    titles: Mapping[str, str]
    problem: Problem
    names: "_Names"
    faults: list[Fault] = field(default_factory=list)
    places: list[tuple[Assignment, str]] = field(default_factory=list)

    def read(self) -> Iterable[Assignment]:
        """The assignments of all rows without fault."""
        for number, cells in self.grid.rows:
            if number <= self.header:
                continue
            row = _Row(self, number, cells)
            if row.is_empty:
                continue
            before = len(self.faults)
            duty, doctor = row.duty(), row.doctor()
            if duty is not None and doctor is not None and len(self.faults) == before:
                own = Assignment(duty.id, doctor.id)
                self.places.append((own, f"{self.grid.place}, rad {number}"))
                yield own


@dataclass(frozen=True, slots=True)
class _Row:
    """One row and what it means; what it does not mean becomes a fault of the table."""

    table: _Table
    number: int
    cells: tuple[Any, ...]

    @property
    def is_empty(self) -> bool:
        return all(self.cell(name) is None for name in self.table.columns)

    def cell(self, name: str) -> Any:
        """The value in a column, or None where the column or the value lacks."""
        index = self.table.columns.get(name)
        return self.cells[index] if index is not None and index < len(self.cells) else None

    def text(self, name: str) -> str:
        """The value as text to compare; whole numbers without decimals."""
        value = self.cell(name)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else tidy(str(value))

    def fault(self, name: str, problem: str, remedy: str) -> None:
        """Note a fault in a column of this row."""
        place = f"{self.table.grid.place}, rad {self.number}"
        if name in self.table.titles:
            place += f", kolonne «{shown(self.table.titles[name])}»"
        self.table.faults.append(Fault(place, shown(self.cell(name)), problem, remedy))

    def duty(self) -> Duty | None:
        """The duty that the row speaks of."""
        given = self.text("duty_id")
        if not given:
            return self._by_day()
        duty = self.table.problem.duty_by_id.get(given)
        if duty is None:
            hint = meant(given, self.table.problem.duty_by_id)
            self.fault(
                "duty_id",
                "Planen har ingen vakt med denne id-en.",
                f"{hint} Rett id-en, eller tøm cellen.".strip(),
            )
            return None
        return self._agreeing(duty)

    def _agreeing(self, duty: Duty) -> Duty | None:
        """The duty, if what else the row says of it is the same."""
        start = local(duty.start)
        agrees = {
            "day": self.cell("day") is None or day_in(self.cell("day")) == duty.day,
            "kind": not self.text("kind") or duty.type.id in self.table.names.kinds(self),
            "start": self.cell("start") is None or clock_in(self.cell("start")) == start.time(),
        }
        for name, own in agrees.items():
            if not own:
                self.fault(
                    name,
                    f"Vakt-ID på samme rad gjelder {duty.type.name} {start:%d.%m.%Y kl. %H:%M}.",
                    "Rett cellen, eller tøm Vakt-ID hvis raden gjelder en annen vakt.",
                )
        return duty if all(agrees.values()) else None

    def _by_day(self) -> Duty | None:
        day = day_in(self.cell("day"))
        if day is None:
            missing = self.cell("day") is None
            self.fault(
                "day",
                "Datoen mangler." if missing else "Dette er ikke en dato.",
                "Skriv datoen som 27.03.2027.",
            )
        kinds = self.table.names.kinds(self)
        if not kinds:
            known = [kind.name for kind in self.table.problem.types]
            self.fault(
                "kind",
                "Planen har ingen slik vakt." if self.text("kind") else "Vakten mangler.",
                f"{meant(self.text('kind'), known)} Planen har {listed(known)}.".strip(),
            )
        return self._on_day(day, kinds) if day and kinds else None

    def _on_day(self, day: date, kinds: frozenset[str]) -> Duty | None:
        """The one duty of these kinds that starts on the day, at the clock time if it is given."""
        problem = self.table.problem
        if not problem.first_day <= day <= problem.last_day:
            self.fault(
                "day",
                "Dagen ligger utenfor planens periode.",
                f"Perioden er {problem.first_day:%d.%m.%Y}–{problem.last_day:%d.%m.%Y}.",
            )
            return None
        on_day = self.table.names.on_day.get(day, ())
        own = [duty for duty in on_day if duty.type.id in kinds]
        if self.cell("start") is not None and own:
            clock = clock_in(self.cell("start"))
            if clock is None:
                self.fault("start", "Dette er ikke et klokkeslett.", "Skriv det som 23:00.")
                return None
            at_clock = [d for d in own if local(d.start).time() == clock]
            if not at_clock:
                starts = [f"{local(duty.start):%H:%M}" for duty in own]
                self.fault("start", f"Vakten begynner {listed(starts)}.", "Rett klokkeslettet.")
                return None
            own = at_clock
        if len(own) == 1:
            return own[0]
        if own:
            self.fault(
                "kind",
                f"Det er {len(own)} slike vakter denne dagen.",
                "Legg til kolonnen Fra med klokkeslett, eller Vakt-ID: "
                f"{listed(duty.id for duty in own)}.",
            )
        else:
            there = listed(dict.fromkeys(duty.type.name for duty in on_day))
            self.fault(
                "kind",
                "Det er ingen slik vakt denne dagen.",
                f"Denne dagen har {there}." if there else "Denne dagen har ingen vakter.",
            )
        return None

    def doctor(self) -> Doctor | None:
        """The doctor of the row, or None: a hole, or a fault."""
        name, by_id = self.text("doctor"), self.text("doctor_id")
        # Somebody may be called «-»: with the id of that doctor beside it, it is a name.
        if name.casefold() in UNCOVERED and not self._is_name_of(name, by_id):
            name = ""
        if not name and by_id and "doctor" in self.table.columns:
            self.fault(
                "doctor",
                "Legen mangler, men Lege-ID er utfylt.",
                "Skriv navnet, eller tøm Lege-ID hvis vakten er udekket.",
            )
            return None
        found = self._known("doctor", name) if name else ()
        own = self._known("doctor_id", by_id) if by_id else found
        if not found and not own:
            return None
        if name and by_id and found and own:
            own = tuple(doctor for doctor in own if doctor in found)
            if not own:
                self.fault(
                    "doctor",
                    f"Navnet og Lege-ID «{shown(by_id)}» er to forskjellige leger.",
                    "Rett den ene, eller slett kolonnen Lege-ID.",
                )
                return None
        if len(own) > 1:
            ids = listed(doctor.id for doctor in own)
            self.fault("doctor", "Flere leger heter dette.", f"Skriv id-en i stedet: {ids}.")
            return None
        return own[0] if own else None

    def _is_name_of(self, name: str, by_id: str) -> bool:
        named = self.table.names.doctors.get(name.casefold(), ())
        return any(doctor.id == by_id for doctor in named)

    def _known(self, column: str, text: str) -> tuple[Doctor, ...]:
        found = self.table.names.doctors.get(text.casefold(), ())
        if not found:
            known = [doctor.name for doctor in self.table.problem.doctors]
            self.fault(
                column,
                "Planen har ingen lege med dette navnet eller denne id-en.",
                f"{meant(text, known)} Skriv navnet slik det står i planen.".strip(),
            )
        return found


class _Names:
    """What people may call the doctors and duties of a problem."""

    def __init__(self, problem: Problem) -> None:
        self.doctors: dict[str, tuple[Doctor, ...]] = {}
        for doctor in problem.doctors:
            for word in {_folded(doctor.id), _folded(doctor.name)}:
                self.doctors[word] = (*self.doctors.get(word, ()), doctor)
        self._kinds: dict[str, frozenset[str]] = {}
        for kind in problem.types:
            for word in {_folded(kind.id), _folded(kind.name)}:
                self._kinds[word] = self._kinds.get(word, frozenset()) | {kind.id}
        self.on_day: dict[date, tuple[Duty, ...]] = {}
        for duty in problem.duties:
            self.on_day[duty.day] = (*self.on_day.get(duty.day, ()), duty)

    def kinds(self, row: _Row) -> frozenset[str]:
        """Ids of the kinds of duty that the row's word means."""
        return self._kinds.get(row.text("kind").casefold(), frozenset())


def _folded(text: str) -> str:
    return tidy(text).casefold()


def _table(grid: Grid, problem: Problem) -> _Table | None:
    """The table whose headings stand in the first rows of the grid, or None."""
    for number, cells in grid.rows[:SEARCHED]:
        words = [tidy(str(cell)).casefold() if cell is not None else "" for cell in cells]
        columns = {
            name: next(words.index(word) for word in known if word in words)
            for name, known in HEADINGS.items()
            if any(word in words for word in known)
        }
        has_duty = "duty_id" in columns or {"day", "kind"} <= columns.keys()
        if has_duty and ("doctor" in columns or "doctor_id" in columns):
            titles = {name: str(cells[index]) for name, index in columns.items()}
            return _Table(grid, columns, number, titles, problem, _Names(problem))
    return None


def _headings_found(grids: Sequence[Grid]) -> str:
    """What stands in the first row that might have been headings."""
    for grid in grids:
        for _, cells in grid.rows[:1]:
            words = [shown(cell) for cell in cells if isinstance(cell, str)]
            if len(words) > 1:
                return f"Første rad har {listed(words, most=8)}."
    return ""


def _repeated(tables: Sequence[_Table]) -> Iterable[Fault]:
    seen: dict[Assignment, str] = {}
    for table in tables:
        for own, place in table.places:
            if own in seen:
                doctor = table.problem.doctor_by_id[own.doctor].name
                yield Fault(
                    place,
                    shown(doctor),
                    f"Legen har allerede denne vakten ({seen[own]}).",
                    "Slett den ene raden, eller skriv en annen lege.",
                )
            seen.setdefault(own, place)
