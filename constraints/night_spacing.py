"""Avstand mellom netter: some days from one night block to the next (policy).

Nights of work in a row are one block; the municipality may ask for blocks of two or more, or
for single nights, where each night is a block by itself. A block is counted from its last
night to the first of the next. `spacing` looks at all other pairs of shifts and leaves nights
to this rule; how many may follow one another is for `consecutive_nights`, and the pause after
a night for the rules of rest.

Every stretch of `min_days` nights may hold one block; each block more costs `price` for each
such stretch. A night counts as in `consecutive_nights`: on site, or at home in class 2 or
higher. The former roster counts but costs nothing by itself, and a block that may go on after
the last day is not too short.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import ClassVar

from constraints.facts.work import is_working_night, night_work, nights
from constraints.law import POLICY
from constraints.wording import counted, name, on_day, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY
from scheduler.rule import Authority, Case, Level, Outcome, Rule, parameter, price_parameter
from scheduler.solving.draft import Draft, Var
from scheduler.solving.model import FALSE
from scheduler.solving.stencil import Stencil

SINGLE = 1


@dataclass(frozen=True)
class NightSpacing(Rule):
    """A doctor's night blocks lie `min_days` days apart and are as long as is wished."""

    id: ClassVar = "night_spacing"
    title: ClassVar = "Avstand mellom nattevakter"
    title_en: ClassVar = "Spacing of nights"
    authority: ClassVar = Authority.WISH
    citations: ClassVar = (POLICY,)
    hard: ClassVar = False

    min_days: int = parameter(
        7, "Minste avstand fra en natt til neste nattbolk (1: ingen)", unit="dager", low=1, high=28
    )
    nights_together: int = parameter(
        0, "Netter som helst tas på rad (0: det samme, 1: enkeltvis)", unit="netter", low=0, high=4
    )
    price: int = price_parameter(5, "Pris for hver dag som mangler i avstanden")
    short_block_price: int = price_parameter(20, "Pris for hver natt som mangler i en nattbolk")

    def encode(self, draft: Draft) -> None:
        """In each stretch, count the blocks beyond one; and the nights that a block lacks."""
        for own in draft.stencils():
            taken: dict[date, set[Var]] = {}
            for duty, var in own.work:
                for night in _nights(duty):
                    taken.setdefault(night, set()).add(var)
            works = {night: own.any_of(variables) for night, variables in taken.items()}
            begins = {
                # either way: any weight of the night before lifts it
                night: own.at_least([(1, var), (-1, works.get(night - DAY, FALSE))], 1)
                for night, var in works.items()
            }
            self._encode_distances(own, works, works if self._single else begins)
            free = {night: own.without_past(variables) for night, variables in taken.items()}
            self._encode_lengths(own, works, begins, free)

    def _encode_distances(
        self, stencil: Stencil, works: Mapping[date, Var], begins: Mapping[date, Var]
    ) -> None:
        """A block lies in a stretch where it begins in it, or goes on in its first night."""
        if not self.price:
            return
        for first in sorted({night - n * DAY for night in works for n in range(self.min_days)}):
            own = [begins.get(first + n * DAY, FALSE) for n in range(1, self.min_days)]
            own.append(works.get(first, FALSE))
            beyond = stencil.excess([(1, var) for var in own], 1, spares_past=True)
            stencil.penalise(Level.WISHES, [(self.price, beyond)])

    def _encode_lengths(
        self,
        stencil: Stencil,
        works: Mapping[date, Var],
        begins: Mapping[date, Var],
        free: Mapping[date, Sequence[int]],
    ) -> None:
        """A price for each night that does not follow, where a block begins in the period.

        `free` tells who has not had the night in the former roster.
        """
        last = stencil.problem.last_day
        for night, begun in begins.items():
            run = []
            for more in range(1, self.nights_together):
                run.append(works.get(night + more * DAY, FALSE))
                if night <= last - more * DAY:
                    with stencil.only(free[night]):
                        # either way: any weight of the nights that follow lifts the price
                        lacks = stencil.excess([(1, begun), (-1, stencil.all_of(run))], 0)
                        stencil.penalise(Level.WISHES, [(self.short_block_price, lacks)])

    @property
    def reach(self) -> timedelta:
        """From a block to a near one, or a block that is long enough."""
        return timedelta(days=2 + max(self.min_days, self.nights_together))

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Gather the nights into blocks, and go from each block to the next."""
        held: dict[date, list[Duty]] = {}
        for duty, taken in night_work(timetable, doctor):
            for night in taken if duty.is_shift else ():
                held.setdefault(night, []).append(duty)
        past = {n for d in timetable.problem.tail_of[doctor.id] for n in _nights(d)}
        blocks: list[list[date]] = []
        for night in sorted(held):
            if blocks and blocks[-1][-1] == night - DAY and not self._single:
                blocks[-1].append(night)
            else:
                blocks.append([night])
        for before, after in pairwise(blocks) if self.price else ():
            if not past >= {before[-1], after[0]}:
                apart = (after[0] - before[-1]).days
                own = [before[-1], after[0]]
                yield self._case(doctor, "distance", held, own, apart, self.min_days)
        for block in blocks if self.nights_together > SINGLE and self.short_block_price else ():
            if block[0] not in past:
                room = (timetable.problem.last_day - block[0]).days + 1
                wanted = min(self.nights_together, room)
                yield self._case(doctor, "length", held, block, len(block), wanted)

    def _case(
        self,
        doctor: Doctor,
        what: str,
        held: Mapping[date, list[Duty]],
        own: list[date],
        measured: int,
        wanted: int,
    ) -> Case:
        """A distance in days, or a block's length in nights, against what is wished."""
        return self.case(
            Outcome.KEPT if measured >= wanted else Outcome.EXCEPTION,
            doctor.id,
            tuple(dict.fromkeys(duty.id for night in own for duty in held[night])),
            measured=measured,
            limit=wanted,
            margin=measured - wanted,
            unit="dager" if what == "distance" else "netter",
            facts=(("first", own[0].isoformat()), ("last", own[-1].isoformat()), ("what", what)),
        )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari har 3 dager fra natt til … til natt til …; ønsket avstand er minst 7 dager (…).»"""
        who, cited = name(problem, case.doctor), source(self.citations[0])
        first, last = (
            f"natt til {on_day(date.fromisoformat(case.fact(key)) + DAY)}"
            for key in ("first", "last")
        )
        measured, wanted = int(case.measured or 0), int(case.limit or 0)
        if case.fact("what") == "length":
            block = first if first == last else f"{first} til {last}"
            return (
                f"{who} har en nattbolk på {counted(measured, 'natt', 'netter')} ({block}); "
                f"ønsket er minst {counted(wanted, 'natt', 'netter')} på rad {cited}."
            )
        return (
            f"{who} har {counted(measured, 'dag', 'dager')} fra {first} til {last}; "
            f"ønsket avstand er minst {counted(wanted, 'dag', 'dager')} {cited}."
        )

    @property
    def _single(self) -> bool:
        return self.nights_together == SINGLE


def _nights(duty: Duty) -> tuple[date, ...]:
    """The nights of work that the duty takes, by the day on which each begins."""
    return nights(duty.interval) if is_working_night(duty) else ()
