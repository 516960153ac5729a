"""Pålegg fordeles jevnt: the third step of F-32.4, after volunteers and few orders.

What is ordered is measured against what could be ordered: the doctor's own cap over the
period. The price rises with every step of that share, so one more hour costs most where
most is already ordered, and the cheapest roster spreads orders in proportion to the caps.
Below the first step nothing is spread. «Fairly» is the rulebook's word; the shape of the
price is the municipality's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import ClassVar

from constraints.facts.order_terms import week_terms
from constraints.facts.orders import cap_of, order_parts
from constraints.law import POLICY, Act, LawRef
from constraints.wording import hours, name, number, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import IsoWeek
from scheduler.rule import Authority, Case, Level, Outcome, Rule, parameter
from scheduler.solving.draft import Draft
from scheduler.solving.model import TRUE

STEPS = (1, 2, 4, 6, 8)
"""Multiples of `free_share` at which one more minute costs one more."""


@dataclass(frozen=True)
class OrderedSpread(Rule):
    """A convex price on each doctor's ordered share of what could be ordered."""

    id: ClassVar = "ordered_spread"
    rulebook: ClassVar = ("F-32.4",)
    title: ClassVar = "Jevn fordeling av pålegg"
    title_en: ClassVar = "Even spread of ordered work"
    authority: ClassVar = Authority.FAIRNESS
    citations: ClassVar = (LawRef(Act.FF, "32", section=1, remark=True), POLICY)
    hard: ClassVar = False

    free_share: int = parameter(
        10, "Andel av egen påleggsramme før skjevhet teller", unit="%", low=5, high=50
    )

    def encode(self, draft: Draft) -> None:
        """One for each minute over each step."""
        for doctor in draft.problem.doctors:
            terms = []
            for own in week_terms(draft, doctor):
                if own.duties:
                    terms += [*own.ordered, (-own.history, TRUE)]
            if not terms:
                continue
            frame = _frame(draft.problem, doctor)
            for step in STEPS:
                over = floor(frame * step * self.free_share / 100)
                draft.penalise(Level.FAIRNESS, [(1, draft.excess(terms, over))])

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """The doctor's ordered hours in the period against the free part of the frame."""
        parts = order_parts(timetable, doctor)
        if not any(part.in_period for part in parts):
            return
        ordered = sum(part.ordered - part.history for part in parts)
        frame = _frame(timetable.problem, doctor)
        free = floor(frame * self.free_share / 100)
        duties = sorted(
            {d.id: d for part in parts if part.ordered for d in part.duties}.values(),
            key=lambda d: (d.start, d.end, d.id),
        )
        yield Case(
            self.id,
            Outcome.EXCEPTION if ordered > free else Outcome.KEPT,
            doctor.id,
            tuple(duty.id for duty in duties),
            measured=ordered / 60,
            limit=free / 60,
            margin=(free - ordered) / 60,
            unit="h",
            facts=(("frame", float(frame)),),
        )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari pålegges 40 timer i perioden, 21 % av det hun eller han kan pålegges …»"""
        minutes, frame = (case.measured or 0) * 60, case.fact("frame")
        share = f", {number(round(100 * minutes / frame))} % av rammen" if frame else ""
        return (
            f"{name(problem, case.doctor)} pålegges {hours(minutes)} i perioden{share}; "
            f"skjevhet teller fra {hours((case.limit or 0) * 60)} {source(self.citations[0])}."
        )


def _frame(problem: Problem, doctor: Doctor) -> Fraction:
    """Minutes that the doctor could be ordered to in the period, by its days."""
    days = (problem.last_day - problem.first_day).days + 1
    week = IsoWeek.of(problem.last_day)
    return cap_of(doctor, week, problem.judged_on) * Fraction(days, 7)
