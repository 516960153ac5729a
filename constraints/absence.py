"""Fravær: no duty touches a recorded absence by a minute.

The absence keeps the doctor from all letters, exact to the minute, so that half a course day
leaves the evening open. Which absences also lessen the share that is owed is the
municipality's choice; as it stands parental leave and long sick leave do. Sick leave that is
prolonged without a gap counts as one when its length is measured. No law prescribes the
rule: it is what absence means. The kind of absence is never told (P-3).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import ClassVar

from constraints.bars import Bar, BarRule, touches
from constraints.law import Source
from constraints.wording import at, name, on_day, source
from scheduler.domain.doctor import Absence as Away
from scheduler.domain.doctor import AbsenceKind, Doctor
from scheduler.domain.problem import Problem
from scheduler.domain.time import DAY, MINUTE, Interval, local, local_day
from scheduler.rule import Authority, Case, Confidence, parameter


@dataclass(frozen=True)
class Absence(BarRule):
    """A doctor who is away has no duty."""

    id: ClassVar = "absence"
    rulebook: ClassVar = ("P-3",)
    title: ClassVar = "Ingen vakt i fravær"
    title_en: ClassVar = "No duty while absent"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (Source("registrert fravær", confidence=Confidence.POLICY),)

    prorates_parental: bool = parameter(True, "Foreldrepermisjon gir mindre vaktandel")
    prorates_sick: bool = parameter(True, "Langt sykefravær gir mindre vaktandel")
    prorates_holiday: bool = parameter(False, "Ferie gir mindre vaktandel")
    prorates_course: bool = parameter(False, "Kurs gir mindre vaktandel")
    prorates_other: bool = parameter(False, "Annet fravær gir mindre vaktandel")
    long_sick_days: int = parameter(
        17, "Sykefravær regnes som langt fra og med dag", unit="dager", low=1, high=366
    )

    def bars(self, problem: Problem, doctor: Doctor) -> Iterator[Bar]:
        """Each absence as it was recorded; found once, for shares ask as well."""
        key = self, doctor.id
        return iter(problem.remembered(key, lambda: tuple(self._bars(problem, doctor))))

    def _bars(self, problem: Problem, doctor: Doctor) -> Iterator[Bar]:
        absences = problem.absences_of.get(doctor.id, ())
        long_sick = [s for s in _joined(absences) if _days(s) >= self.long_sick_days]
        for absence in absences:
            prorates = {
                AbsenceKind.PARENTAL: self.prorates_parental,
                AbsenceKind.SICK: self.prorates_sick
                and any(stretch.covers(absence.interval) for stretch in long_sick),
                AbsenceKind.HOLIDAY: self.prorates_holiday,
                AbsenceKind.COURSE: self.prorates_course,
                AbsenceKind.OTHER: self.prorates_other,
            }[absence.kind]
            yield Bar(absence.interval, prorates=prorates, label="borte")

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li er borte fra … til …, og … berører fraværet (registrert fravær).»"""
        away = ""
        if case.when is not None:
            away = _stretch(case.when)
        return (
            f"{name(problem, case.doctor)} er borte {away}, og "
            f"{touches(problem, case, 'fraværet')} {source(self.citations[0])}."
        )


def _stretch(own: Interval) -> str:
    """«fra onsdag 24. mars 2027 til og med …» where it is whole days, else with clock times."""
    start, end = local(own.start), local(own.end)
    if start.time() != time() or end.time() != time():
        return f"fra {at(own.start)} til {at(own.end)}"
    first, last = start.date(), end.date() - DAY
    if first == last:
        return on_day(first)
    return f"fra {on_day(first)} til og med {on_day(last)}"


def _joined(absences: tuple[Away, ...]) -> list[Interval]:
    """Sick leave without gaps between, as whole stretches."""
    found: list[Interval] = []
    for own in sorted(a.interval for a in absences if a.kind is AbsenceKind.SICK):
        if found and own.start <= found[-1].end:
            found[-1] = Interval(found[-1].start, max(found[-1].end, own.end))
        else:
            found.append(own)
    return found


def _days(stretch: Interval) -> int:
    """How many calendar days the stretch touches."""
    return (local_day(stretch.end - MINUTE) - local_day(stretch.start)).days + 1
