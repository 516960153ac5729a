"""Lengste hjemmevakt: how long a doctor is bound at home without a pause (policy).

Home duties that touch or overlap are one stretch. Municipalities give home duty away by days
and weeks, so the length is read off the clock: a week from Friday to Friday is 168 hours
also when the autumn clock makes it 169 in real time, and no more in spring's 167.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar

from constraints.facts.stretches import longer_than, merged, segments
from constraints.law import Source
from constraints.wording import at, hours, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import MINUTE, Interval
from scheduler.kept import Kept
from scheduler.rule import Authority, Case, Confidence, Level, Outcome, Rule, parameter
from scheduler.solving.draft import Draft
from scheduler.solving.model import TRUE

BASE_PRICE = 100
PRICE_PER_HOUR = 1


_CLOCK_CHANGE = timedelta(hours=1)  # either way: any time that is not too short
"""So much longer by the clock than in real time a stretch can be, in spring."""


@dataclass(frozen=True)
class LongestHomeDuty(Rule):
    """Home duty lasts a week by the clock at most; more than three days of it cost."""

    id: ClassVar = "longest_home_duty"
    rulebook: ClassVar = ("S-07",)
    title: ClassVar = "Lengste sammenhengende hjemmevakt"
    title_en: ClassVar = "Longest stretch of home duty"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (Source("kommunens grense for hjemmevakt", confidence=Confidence.POLICY),)

    home_duty_target: int = parameter(72, "Ønsket lengste hjemmevakt", unit="h", low=16, high=168)
    max_home_duty_block: int = parameter(168, "Lengste hjemmevakt", unit="h", low=16, high=168)

    def stops(self, problem: Problem, doctor: Doctor) -> Iterator[Case]:
        """A single duty that is too long by itself."""
        for duties in self.closed(problem, doctor):
            for duty in duties:
                yield self._case(doctor, (duty,))

    def closed(self, problem: Problem, doctor: Doctor) -> Sequence[Sequence[Duty]]:
        """The same duties, whoever the doctor is."""
        most = self.max_home_duty_block * 60
        own = problem.remembered(
            ("longest_home_duty", most),
            lambda: [d for d in problem.duties if d.is_home and d.interval.clock_minutes > most],
        )
        return (own,)

    def encode(self, draft: Draft) -> None:
        """Of pieces that could make a stretch too long, one is left out, or there is a price."""
        least = 60 * min(self.max_home_duty_block, self.home_duty_target)
        if _longest(draft.problem) <= least:  # either way: at the limit nothing is too long
            return
        for doctor in draft.problem.doctors:
            cut = segments([w for w in draft.work_of(doctor.id) if w[0].is_home])
            for limit in {self.max_home_duty_block, self.home_duty_target}:
                for way in longer_than(cut, _over(limit * 60), lambda var: var == TRUE):
                    held = {draft.any_of(var for _, var in s.holders) for s in way}
                    terms = [(1, var) for var in sorted(held)]
                    if limit == self.max_home_duty_block:
                        duties = {duty.id: duty for s in way for duty, _ in s.holders}
                        draft.linear(
                            terms, high=len(terms) - 1, doctor=doctor.id, duties=duties.values()
                        )
                    if limit == self.home_duty_target:
                        surely = Interval(way[0].start, way[-1].surely_until)
                        beyond = surely.clock_minutes - limit * 60
                        # either way: 0 or a minute is no hour (the clocks of autumn can give less)
                        beyond = max(0, beyond)
                        price = BASE_PRICE + PRICE_PER_HOUR * beyond // 60
                        draft.penalise(Level.HEALTH, [(price, draft.excess(terms, len(terms) - 1))])

    @property
    def reach(self) -> timedelta:
        """A stretch that is just too long."""
        return timedelta(days=1, hours=max(self.max_home_duty_block, self.home_duty_target))

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterable[Case]:
        """Gather the doctor's home duties into stretches and measure each."""
        stretches = list(self._stretches(timetable, doctor))
        cases = partial(map, partial(self._case, doctor), stretches)
        # either way: nothing is measured where there are no stretches
        longest = max([_whole(own).minutes for own in stretches], default=0)
        limit = min(self.home_duty_target, self.max_home_duty_block)
        least = limit - (longest + _CLOCK_CHANGE // MINUTE) / 60
        # either way: what is judged one by one is judged the same
        return cases() if least < 0 else Kept(len(stretches), cases, least)

    def _stretches(self, timetable: Timetable, doctor: Doctor) -> Iterator[tuple[Duty, ...]]:
        """The stretches that duties of the period prolong."""
        own = timetable.ids_of(doctor.id)
        work = [duty for duty in timetable.work_of(doctor.id) if duty.is_home]
        past = [_whole(stretch) for stretch in merged([d for d in work if d.id not in own])]
        for stretch in merged(work):
            # What lies wholly inside a stretch of the former roster does not prolong it.
            longer = not any(before.covers(_whole(stretch)) for before in past)
            if longer and any(duty.id in own for duty in stretch):
                yield stretch

    def _case(self, doctor: Doctor, stretch: tuple[Duty, ...]) -> Case:
        whole = _whole(stretch)
        minutes = whole.clock_minutes
        outcome, limit = Outcome.KEPT, self.home_duty_target
        if minutes > self.max_home_duty_block * 60:
            outcome, limit = Outcome.BREACH, self.max_home_duty_block
        elif minutes > self.home_duty_target * 60:
            outcome = Outcome.EXCEPTION
        return self.case(
            outcome,
            doctor.id,
            tuple([duty.id for duty in stretch]),
            when=whole,
            measured=minutes / 60,
            limit=limit,
            margin=limit - minutes / 60,
            unit="h",
        )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li har hjemmevakt i 128 timer i strekk, fra … til …; målet er høyst 72 timer.»"""
        word = "grensen er" if case.outcome is Outcome.BREACH else "målet er høyst"
        when = f", fra {at(case.when.start)} til {at(case.when.end)}" if case.when else ""
        return (
            f"{name(problem, case.doctor)} har hjemmevakt i {hours((case.measured or 0) * 60)} i "
            f"strekk{when}; {word} {hours((case.limit or 0) * 60)} {source(self.citations[0])}."
        )


def _whole(stretch: tuple[Duty, ...]) -> Interval:
    return Interval(stretch[0].start, max(duty.end for duty in stretch))


def _longest(problem: Problem) -> int:
    """Minutes by the clock that no stretch of home duty can exceed, whoever had all of it."""
    past = [past.duty for past in problem.tail]
    work = sorted((d.start, d.end) for d in (*problem.duties, *past) if d.is_home)
    longest = timedelta()
    begin = until = None
    for start, end in work:
        if begin is None or until is None or start > until:
            begin, until = start, end
        until = max(until, end)
        longest = max(longest, until - begin)
    return (longest + _CLOCK_CHANGE) // MINUTE


def _over(minutes: int) -> Callable[[datetime, datetime], bool]:
    return lambda start, end: Interval(start, end).clock_minutes > minutes
