"""The shape of rules that close a stretch of time to a doctor.

Such a rule says only when and for which letters (`bars`); the model leaves the variables
out, and the checker here walks the doctor's work and the bars together in order of time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from constraints.wording import FAR_FUTURE, FAR_PAST, duty_named
from scheduler.domain.doctor import Doctor, Span
from scheduler.domain.duty import Letter
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import MINUTE, Interval, whole_days
from scheduler.rule import Bar, Case, Outcome, Rule, parameter

# Moments as counts of the least step of time since then.
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta.resolution
_MINUTE = MINUTE // _TICK


class BarRule(Rule):
    """A rule that is told by its `bars` alone."""

    @property
    def reach(self) -> timedelta:
        """Each duty is judged by itself."""
        return timedelta(0)

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Judge each duty against each bar of its letter: the distance, or the overlap."""
        who = doctor.id
        duties = timetable.duties_of(who)
        bars = list(self.bars(timetable.problem, doctor)) if duties else []
        # In whole numbers, for the same duties are held against bar after bar.
        work = [
            (d.letter, (d.start - _EPOCH) // _TICK, (d.end - _EPOCH) // _TICK, (d.id,))
            for d in (duties if bars else ())
        ]
        for bar in bars:
            when, facts, letters = bar.interval, bar.facts, bar.letters
            first, last = (when.start - _EPOCH) // _TICK, (when.end - _EPOCH) // _TICK
            for letter, start, end, own in work:
                if letter not in letters:
                    continue
                if bar.by_start:
                    end = start + _MINUTE
                # Positive: time between duty and bar; negative: how far one reaches into the other.
                apart = start - last
                if apart < 0 and first - end > apart:
                    apart = first - end
                distance = apart / _MINUTE
                yield self.case(
                    Outcome.KEPT if distance >= 0 else Outcome.BREACH,
                    who,
                    own,
                    when,
                    None,
                    None,
                    distance / 60,
                    "h",
                    facts,
                )


@dataclass(frozen=True)
class ExemptionRule(BarRule):
    """A rule that frees a doctor from letter a duties, and from nothing else (F-33.12)."""

    overlap: str = parameter(
        "any",
        "Vakt som bare delvis ligger i fritaket: hvert minutt teller, eller starten avgjør",
        choices=("any", "start"),
        basis="F-33.14",
    )

    def free(self, span: Span) -> Bar:
        """The bar of an exemption that holds on these days."""
        return Bar(
            whole(span),
            frozenset({Letter.OUT_OF_HOURS}),
            by_start=self.overlap == "start",
            label="fritatt",
        )


def whole(span: Span) -> Interval:
    """The days of the span as real time; an open end lies far away (`wording.days`)."""
    return whole_days(span.first or date(FAR_PAST, 1, 1), span.last or date(FAR_FUTURE, 12, 31))


def touches(problem: Problem, case: Case, what: str) -> str:
    """«Natt lørdag … berører fritaket», or «berører ikke fritaket» where the case is kept."""
    word = "berører ikke" if case.outcome is Outcome.KEPT else "berører"
    return f"{duty_named(problem, case.duties[0])} {word} {what}"


__all__ = ["Bar", "BarRule", "ExemptionRule", "touches", "whole"]
