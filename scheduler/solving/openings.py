"""Who could have what: the decisions of a model, as a table of doctors and units."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

import numpy as np

from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Assignment, Problem
from scheduler.eligibility import Places, unit_places
from scheduler.solving.model import FALSE, TRUE
from scheduler.solving.packed import Numbers, Sums
from scheduler.solving.posting import Var
from scheduler.solving.stencil import Held
from scheduler.solving.store import Family

_WASTE = 1.4
"""A doctor joins a stencil whose duties are at most so many times as many as the doctor's own."""


class Openings:
    """A variable for each doctor and unit that nothing closes: doctor by doctor, unit by unit.

    Args:
        problem: what is to be rostered.
        closed: for each rule, the units that it closes to each doctor.
        named: where given, only these pairs of doctor and unit get a variable.
    """

    def __init__(
        self,
        problem: Problem,
        closed: Sequence[Mapping[str, Places]],
        named: Collection[tuple[str, str]] | None,
    ) -> None:
        """Number the variables."""
        self.problem = problem
        self._row = {doctor.id: row for row, doctor in enumerate(problem.doctors)}
        self._column = unit_places(problem)
        self._units = tuple(problem.units)
        is_open = np.full((len(self._row), len(self._column)), named is None)
        for doctor, unit in named or ():
            if doctor in self._row:
                is_open[self._row[doctor], self._column[unit]] = True
        for of_rule in closed:
            for doctor, units in of_rule.items():
                is_open[self._row[doctor], units] = False
        self.table = np.zeros(is_open.shape, dtype=np.int64)
        self.decisions = int(is_open.sum())
        self.table[is_open] = np.arange(2, self.decisions + 2)
        rows, columns = np.nonzero(is_open)
        self._owner_rows, self._owner_columns = rows.astype(np.int32), columns.astype(np.int32)
        self._work: dict[str, tuple[tuple[Duty, Var], ...]] = {}
        self._candidates: dict[str, tuple[tuple[str, Var], ...]] = {}
        self._past = {
            doctor: {(duty.id, duty.interval) for duty in tail}
            for doctor, tail in problem.tail_of.items()
        }

    def variable(self, doctor: str, unit: str) -> Var:
        """The variable of a pair; FALSE where there is none."""
        row, column = self._row.get(doctor), self._column.get(unit)
        return FALSE if row is None or column is None else int(self.table[row, column])

    def owner(self, var: Var) -> tuple[str, str]:
        """Doctor and unit of a decision.

        Raises:
            IndexError: it is none.
        """
        if not 2 <= var < self.decisions + 2:
            raise IndexError(f"var ({var}) must be a decision, from 2 to {self.decisions + 1}")
        row, column = self._owner_rows[var - 2], self._owner_columns[var - 2]
        return self.problem.doctors[row].id, self._units[column]

    def assignments(self, chosen: Iterable[Var]) -> Iterator[Assignment]:
        """The assignments behind these decisions."""
        for var in chosen:
            doctor, unit = self.owner(var)
            for duty in self.problem.units[unit]:
                yield Assignment(duty.id, doctor)

    def concerns(self, doctor: str, duty: Duty) -> bool:
        """Whether the doctor could have the duty, or has had it."""
        return (
            self.variable(doctor, duty.unit) != FALSE
            or (duty.id, duty.interval) in self._past[doctor]
        )

    @cached_property
    def _in_time(self) -> tuple[tuple[Duty, ...], Numbers]:
        """The duties in order of time, and the column of each."""
        duties = sorted(self.problem.duties, key=_in_order)
        return tuple(duties), np.array([self._column[d.unit] for d in duties], dtype=np.int64)

    def forget(self) -> None:
        """Let go of what was made for those who post."""
        self._work.clear()
        self._candidates.clear()
        self.__dict__.pop("_held", None)

    def work_of(self, doctor: str) -> tuple[tuple[Duty, Var], ...]:
        """Everything the doctor did (the tail, TRUE) or could do, in order of time."""
        known = self._work.get(doctor)
        if known is None:
            work = [(duty, TRUE) for duty in self.problem.tail_of[doctor]]
            if doctor in self._row:
                duties, columns = self._in_time
                variables = self.table[self._row[doctor], columns]
                places = np.flatnonzero(variables)
                own = zip(places.tolist(), variables[places].tolist(), strict=True)
                work += [(duties[place], var) for place, var in own]
            if self.problem.tail_of[doctor]:
                work.sort(key=lambda held: _in_order(held[0]))
            known = self._work[doctor] = tuple(work)
        return known

    def sessions_of(self, doctor: str) -> tuple[tuple[Duty, Var], ...]:
        """What of `work_of` is no shift."""
        work = [(duty, TRUE) for duty in self.problem.tail_of[doctor] if not duty.is_shift]
        past = bool(work)
        if doctor in self._row:
            duties, columns = self._sessions
            variables = self.table[self._row[doctor], columns]
            places = np.flatnonzero(variables)
            own = zip(places.tolist(), variables[places].tolist(), strict=True)
            work += [(duties[place], var) for place, var in own]
        if past:
            work.sort(key=lambda held: _in_order(held[0]))
        return tuple(work)

    @cached_property
    def _sessions(self) -> tuple[tuple[Duty, ...], Numbers]:
        """What of `_in_time` is no shift."""
        duties, columns = self._in_time
        kept = [place for place, duty in enumerate(duties) if not duty.is_shift]
        return tuple([duties[place] for place in kept]), columns[kept]

    def candidates(self, unit: str) -> tuple[tuple[str, Var], ...]:
        """The doctors who could have the unit, with their variables."""
        known = self._candidates.get(unit)
        if known is None:
            variables = self.table[:, self._column[unit]]
            rows = np.flatnonzero(variables)
            own = zip(rows.tolist(), variables[rows].tolist(), strict=True)
            known = tuple([(self.problem.doctors[row].id, var) for row, var in own])
            self._candidates[unit] = known
        return known

    def crews(self, units: Sequence[Sequence[str]]) -> Family:
        """For each of these groups of units the sum of all its candidates' variables."""
        owners = np.repeat(np.arange(len(units)), [len(own) for own in units])
        columns = np.array([self._column[u] for own in units for u in own], dtype=np.int64)
        across = self.table[:, columns].T
        places, doctors = np.nonzero(across)
        owners, variables = owners[places], across[places, doctors]
        coefficients = np.ones(len(variables), dtype=np.int64)
        if len(columns) > len(units):
            order = np.lexsort((variables, owners))
            owners, variables = owners[order], variables[order]
            first = np.ones(len(owners), dtype=np.bool_)
            first[1:] = (owners[1:] != owners[:-1]) | (variables[1:] != variables[:-1])
            begins = np.flatnonzero(first)
            coefficients = np.diff(begins, append=len(owners))
            owners, variables = owners[begins], variables[begins]
        return Family(np.bincount(owners, minlength=len(units)), coefficients, variables)

    # --- doctors who are alike -----------------------------------------------------------

    def groups(self, doctors: Collection[str] | None = None) -> Iterator[Held]:
        """Doctors who could have much the same shifts, each group as a stencil needs it."""
        for rows, held in self._held:
            if doctors is None:
                yield held
                continue
            own = [n for n, row in enumerate(rows) if self.problem.doctors[row].id in doctors]
            if own:
                chosen = tuple(held.doctors[n] for n in own)
                yield Held(chosen, held.work, held.past, held.values[own])

    @cached_property
    def _held(self) -> tuple[tuple[tuple[int, ...], Held], ...]:
        return tuple((tuple(rows), self._hold(rows)) for rows in self._alike())

    def _alike(self) -> list[list[int]]:
        """Rows of doctors, put together where their shifts are nearly the same.

        Municipal sessions do not part them: they are few, and each municipality has its own.
        """
        kinds: dict[str, list[int]] = {}
        for unit, duties in self.problem.units.items():
            if duties[0].is_shift:
                kinds.setdefault(duties[0].type.id, []).append(self._column[unit])
        many = {kind: len(columns) for kind, columns in kinds.items()}
        could: dict[frozenset[str], list[int]] = {}
        found: dict[str, list[bool]] = {
            kind: (self.table[:, columns] != FALSE).any(axis=1).tolist()
            for kind, columns in kinds.items()
        }
        for row, doctor in enumerate(self.problem.doctors):
            if self.table[row].any() or self.problem.tail_of[doctor.id]:
                own = frozenset(kind for kind, is_open in found.items() if is_open[row])
                could.setdefault(own, []).append(row)
        groups: list[tuple[set[str], int, list[int]]] = []
        for own, rows in sorted(could.items(), key=lambda c: -sum(many[k] for k in c[0])):
            least = sum(many[kind] for kind in own)
            home = next((g for g in groups if own <= g[0] and g[1] <= _WASTE * least), None)
            if home is None:
                groups.append((set(own), least, list(rows)))
            else:
                home[2].extend(rows)
        return [sorted(rows) for _, _, rows in groups]

    def _hold(self, rows: list[int]) -> Held:
        doctors: tuple[Doctor, ...] = tuple(self.problem.doctors[row] for row in rows)
        own = self.table[rows]
        columns = np.flatnonzero(own.any(axis=0))
        place = dict(zip(columns.tolist(), range(2, len(columns) + 2), strict=True))
        duties, column_of = self._in_time
        work = [
            (duty, place[column])
            for duty, column in zip(duties, column_of.tolist(), strict=True)
            if column in place
        ]
        past: dict[object, Var] = {}
        begin = len(columns) + 2
        worked: list[tuple[int, Var]] = []
        for number, doctor in enumerate(doctors):
            for duty in self.problem.tail_of[doctor.id]:
                key = duty.id, duty.interval
                if key not in past:
                    past[key] = begin + len(past)
                    work.append((duty, past[key]))
                worked.append((number, past[key]))
        if past:
            work.sort(key=lambda held: _in_order(held[0]))
        values = np.zeros((len(doctors), begin + len(past)), dtype=np.int64)
        values[:, TRUE] = TRUE
        values[:, 2:begin] = own[:, columns]
        for number, var in worked:
            values[number, var] = TRUE
        return Held(doctors, tuple(work), range(begin, begin + len(past)), values)

    # --- for the search ------------------------------------------------------------------

    def groupings(self) -> dict[str, Sums]:
        """Which decisions belong together: by doctor, and by unit in time.

        `days` holds the numbers of the units that begin on one day.
        """
        first = {unit: duties[0] for unit, duties in self.problem.units.items()}
        units = sorted(self._units, key=lambda unit: (first[unit].start, unit))
        columns = np.array([self._column[unit] for unit in units], dtype=np.int64)
        across = self.table[:, columns].T
        counts = (across != FALSE).sum(axis=1)
        held = [unit for unit, count in zip(units, counts.tolist(), strict=True) if count]
        days: dict[date, int] = {}
        for unit in held:
            day = first[unit].day
            days[day] = days.get(day, 0) + 1
        of_doctor = (self.table != FALSE).sum(axis=1)
        return {
            "doctors": _grouped(of_doctor[of_doctor > 0], np.arange(2, self.decisions + 2)),
            "units": _grouped(counts[counts > 0], across[across != FALSE]),
            "days": _grouped(np.array(list(days.values()), dtype=np.int64), np.arange(len(held))),
        }


def _in_order(duty: Duty) -> tuple[object, object, str]:
    return duty.start, duty.end, duty.id


def _grouped(counts: Numbers, members: Numbers) -> Sums:
    begins = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=begins[1:])
    return Sums(begins, np.ones(len(members), dtype=np.int64), members)
