"""Aldersgrense for fastlegeavtalen: the GP agreement ends at 70, at the latest at 80.

F-12.1 to F-12.3, E23. The agreement lapses without notice on the 70th birthday unless a
time-limited extension is recorded, and no extension reaches the absolute age, which was 75
before 2026 (F-41). Which absolute age counts is judged for each day by the law of that day.

The paragraph speaks of the GP agreement. So it binds GPs, and those who stand in for one
with the same obligations, but not LIS1 and hired duty doctors: these serve on an employment
contract or an engagement, whose days `agreement_span` keeps.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from constraints.bars import Bar, BarRule, touches, whole
from constraints.law import Act, Dated, Entry, LawRef
from constraints.wording import name, on_day, short_day, source
from scheduler.domain.doctor import Doctor, Span
from scheduler.domain.problem import Problem
from scheduler.domain.time import DAY, birthday
from scheduler.rule import Authority, Case, Confidence, parameter

ABSOLUTE_AGE = Dated(
    {
        date(2013, 1, 1): Entry(75, known=date(2012, 8, 29)),
        date(2026, 1, 1): Entry(80, known=date(2025, 12, 2)),
    }
)


@dataclass(frozen=True)
class AgreementEnd(BarRule):
    """No duty of any letter after the GP agreement has lapsed by age."""

    id: ClassVar = "agreement_end"
    rulebook: ClassVar = ("F-12.1", "F-12.2", "F-12.3", "F-41")
    title: ClassVar = "Fastlegeavtalen opphører ved aldersgrensen"
    title_en: ClassVar = "The GP agreement ends at the age limit"
    authority: ClassVar = Authority.LAW
    citations: ClassVar = (
        LawRef(Act.FF, "12", section=3),
        LawRef(Act.FF, "12", section=3, remark=True, confidence=Confidence.DERIVED),
    )

    age: int = parameter(70, "Alder da avtalen faller bort", unit="år", fixed=True, basis="F-12.1")

    def bars(self, problem: Problem, doctor: Doctor) -> Iterator[Bar]:
        """From the 70th birthday or the end of the extension; within it, beyond the last age."""
        key = self, doctor.id
        return iter(problem.remembered(key, lambda: tuple(self._bars(problem, doctor))))

    def _bars(self, problem: Problem, doctor: Doctor) -> Iterator[Bar]:
        if not doctor.employment.is_gp:
            return
        lapse = birthday(doctor.born, self.age)
        until = doctor.extension_until
        if until is None or until < lapse:
            yield self._bar(Span(lapse), ("age", self.age))
            return
        for first_in_force, last_in_force, age in ABSOLUTE_AGE.spans(known=problem.judged_on):
            first = max(first_in_force, birthday(doctor.born, age))
            last = min(last_in_force or until, until)
            if first <= last:
                yield self._bar(Span(first, last), ("age", age))
        yield self._bar(Span(until + DAY), ("until", until.isoformat()))

    @staticmethod
    def _bar(span: Span, fact: tuple[str, str | int]) -> Bar:
        return Bar(whole(span), label="uten avtale", facts=(fact,))

    def explain(self, problem: Problem, case: Case) -> str:
        """«Fastlegeavtalen til Kari Li faller bort ved fylte 70 år …, og … berører tiden …»."""
        who = name(problem, case.doctor)
        facts = dict(case.facts)
        duty = touches(problem, case, "tiden etter dette")
        if "until" in facts:
            until = short_day(date.fromisoformat(case.fact("until")))
            start = f"Forlengelsen av fastlegeavtalen til {who} varer til og med {until}"
        elif facts["age"] == self.age:
            doctor = problem.doctor_by_id[str(case.doctor)]
            day = on_day(birthday(doctor.born, self.age))
            start = f"Fastlegeavtalen til {who} faller bort ved fylte {self.age} år, {day}"
        else:
            start = f"Fastlegeavtalen til {who} kan ikke forlenges ut over fylte {facts['age']} år"
            return f"{start}, og {duty} {source(self.citations[1])}."
        return f"{start}, og {duty} {source(self.citations[0])}."
