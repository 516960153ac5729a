"""Vakter som tas samlet: nobody has only a part of a block (`Duty.block`; policy).

The municipality says which shifts of a weekend, a week or a great holiday one doctor takes
together. In the model a block is one decision, so a split block cannot come out of the
search, and `encode` is empty by design. A roster made by hand can split one, and is refused
here. Duties of the former roster are not part of a block of this period.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from constraints.law import Source
from constraints.wording import duty_named, listed, name, on_day, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, FRIDAY, SATURDAY
from scheduler.rule import Authority, Case, Confidence, Outcome, Rule


@dataclass(frozen=True)
class BlocksWhole(Rule):
    """A doctor has all duties of a block or none of them."""

    id: ClassVar = "blocks_whole"
    title: ClassVar = "Vakter som skal tas samlet"
    title_en: ClassVar = "Blocks of duties are whole"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (Source("kommunens vaktordning", confidence=Confidence.POLICY),)

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Gather the doctor's duties by block, and look for what each block lacks."""
        held: dict[str, list[str]] = {}
        for duty in timetable.duties_of(doctor.id):
            if duty.block is not None:
                held.setdefault(duty.block, []).append(duty.id)
        for block, own in held.items():
            whole = timetable.problem.units[block]
            lacking = [duty.id for duty in whole if duty.id not in own]
            yield self.case(
                Outcome.BREACH if lacking else Outcome.KEPT,
                doctor.id,
                tuple(own),
                measured=len(own),
                limit=len(whole),
                margin=-len(lacking) if lacking else None,
                unit="vakter",
                facts=(("block", block), *(("lacks", duty) for duty in lacking)),
            )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari har bare en del av helgeblokken fra … til …, som skal tas samlet, … (…).»"""
        who, cited = name(problem, case.doctor), source(self.citations[0])
        lacking = [str(value) for key, value in case.facts if key == "lacks"]
        whole = sorted(problem.duty_by_id[duty].day for duty in (*case.duties, *lacking))
        block = f"{_kind(whole)} {_from_to(whole[0], whole[-1])}, som skal tas samlet"
        if not lacking:
            return f"{who} har hele {block} {cited}."
        missing = listed(duty_named(problem, duty) for duty in lacking)
        return f"{who} har bare en del av {block}, og mangler {missing} {cited}."


def _kind(days: list[date]) -> str:
    """«helgeblokken» where all days are of one weekend, Friday included."""
    saturdays = {day + (SATURDAY - day.weekday()) * DAY for day in days}
    weekend = len(saturdays) == 1 and all(day.weekday() >= FRIDAY for day in days)
    return "helgeblokken" if weekend else "blokken"


def _from_to(first: date, last: date) -> str:
    return on_day(first) if first == last else f"fra {on_day(first)} til {on_day(last)}"
