"""Lengste tilstedevakt: how long a doctor works on site without a pause (W-03, as policy).

Shifts on site and sessions that touch are one stretch, measured in real time: the autumn
night makes it an hour longer. Pieces that overlap nobody can have (`one_place_at_a_time`), so
they form no stretch here. The own practice and home duty are not part of it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar

from constraints.facts.stretches import chains, longest_chains
from constraints.law import Act, LawRef, Source
from constraints.wording import duty_named, hours, listed, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import MINUTE, Interval
from scheduler.kept import Kept
from scheduler.rule import (
    Authority,
    Case,
    Confidence,
    Level,
    Outcome,
    Rule,
    parameter,
    price_parameter,
)
from scheduler.solving.draft import Draft, Var


@dataclass(frozen=True)
class LongestPresence(Rule):
    """Work on site lasts `max_onsite_shift` hours at most; longer than the target, it costs."""

    id: ClassVar = "longest_presence"
    rulebook: ClassVar = ("W-03",)
    title: ClassVar = "Lengste sammenhengende tilstedevakt"
    title_en: ClassVar = "Longest stretch of work on site"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (
        Source(
            "kommunens grense for tilstedevakt, etter mønster av arbeidsmiljøloven § 10-6",
            confidence=Confidence.POLICY,
        ),
        LawRef(Act.AML, "10-6", section=8, confidence=Confidence.SECONDARY),
    )

    onsite_shift_target: int = parameter(
        13, "Ønsket lengste tilstedevakt", unit="h", low=8, high=24, basis="W-03"
    )
    max_onsite_shift: int = parameter(
        16, "Lengste tilstedevakt", unit="h", low=8, high=24, basis="W-03"
    )
    price: int = price_parameter(100, "Pris for vakt ut over den ønskede lengden")
    price_per_hour: int = price_parameter(10, "Pris i tillegg for hver time ut over den")

    def stops(self, problem: Problem, doctor: Doctor) -> Iterator[Case]:
        """A single duty that is too long by itself."""
        for duties in self.closed(problem, doctor):
            for duty in duties:
                yield self._case(doctor, (duty,))

    def closed(self, problem: Problem, doctor: Doctor) -> Sequence[Sequence[Duty]]:
        """The same duties, whoever the doctor is."""
        most = self.max_onsite_shift * 60
        own = problem.remembered(
            ("longest_presence", most),
            lambda: [duty for duty in problem.duties if not duty.is_home and duty.minutes > most],
        )
        return (own,)

    def encode(self, draft: Draft) -> None:
        """Of pieces that could make a stretch too long, one is left out, or there is a price."""
        for own in draft.stencils():
            held: dict[tuple[Interval, bool], list[tuple[Duty, Var]]] = {}
            for duty, var in own.work:
                if not duty.is_home:
                    held.setdefault((duty.interval, own.is_past(var)), []).append((duty, var))
            worked = {key: own.any_of(v for _, v in work) for key, work in held.items()}
            groups = [(key[0], key) for key in held]
            for limit in {self.max_onsite_shift, self.onsite_shift_target}:
                allowed = timedelta(hours=limit)
                for chain in chains(groups, _over(allowed), lambda key: key[1]):
                    terms = [(1, worked[key]) for _, key in chain]
                    if limit == self.max_onsite_shift:
                        duties = [duty for _, key in chain for duty, _ in held[key]]
                        own.linear(terms, high=len(terms) - 1, duties=duties)
                    if limit == self.onsite_shift_target and self.weighs:
                        beyond = (chain[-1][0].end - chain[0][0].start - allowed) // MINUTE
                        price = max(1, self.price + self.price_per_hour * beyond // 60)
                        own.penalise(Level.HEALTH, [(price, own.excess(terms, len(terms) - 1))])

    @property
    def reach(self) -> timedelta:
        """A chain that is just too long."""
        # either way: who looks farther finds the same
        return timedelta(days=1, hours=max(self.max_onsite_shift, self.onsite_shift_target))

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterable[Case]:
        """Follow the doctor's work on site from piece to touching piece and measure each chain."""
        own = timetable.ids_of(doctor.id)
        work = [duty for duty in timetable.work_of(doctor.id) if not duty.is_home]
        stretches = [
            stretch
            for stretch in longest_chains(work)
            if not own.isdisjoint([duty.id for duty in stretch])
        ]
        lengths = [stretch[-1].end - stretch[0].start for stretch in stretches]
        # either way: nothing is measured where there are no stretches
        longest = max(lengths, default=timedelta(0)) // MINUTE
        least = min(self.onsite_shift_target, self.max_onsite_shift) - longest / 60
        judged = partial(map, partial(self._case, doctor), stretches)
        # either way: what is judged one by one is judged the same
        return judged() if least < 0 else Kept(len(stretches), judged, least)

    def _case(self, doctor: Doctor, stretch: tuple[Duty, ...]) -> Case:
        whole = Interval(stretch[0].start, stretch[-1].end)
        minutes = whole.minutes
        outcome, limit = Outcome.KEPT, self.onsite_shift_target
        if minutes > self.max_onsite_shift * 60:
            outcome, limit = Outcome.BREACH, self.max_onsite_shift
        elif minutes > self.onsite_shift_target * 60:
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
        """«Kari Li er til stede i 17 timer uten pause: …; grensen er 16 timer (…).»"""
        word = "grensen er" if case.outcome is Outcome.BREACH else "målet er høyst"
        return (
            f"{name(problem, case.doctor)} er på vakt i {hours((case.measured or 0) * 60)} i "
            f"strekk: {listed(duty_named(problem, duty, case.doctor) for duty in case.duties)}; "
            f"{word} {hours((case.limit or 0) * 60)} {source(self.citations[0])}."
        )


def _over(allowed: timedelta) -> Callable[[datetime, datetime], bool]:
    return lambda start, end: end - start > allowed
