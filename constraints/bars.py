"""The shape of rules that close a stretch of time to a doctor.

Such a rule says only when and for which letters (`bars`); the model leaves the variables
out, and the checker here walks the doctor's work and the bars together in order of time.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from constraints.wording import FAR_FUTURE, FAR_PAST, duty_named
from scheduler.domain.doctor import Doctor, Span
from scheduler.domain.duty import Letter
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import MINUTE, Interval, whole_days
from scheduler.kept import Kept
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
        # either way: who looks farther finds the same
        return timedelta(0)

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterable[Case]:
        """Judge each duty against each bar of its letter: the distance, or the overlap."""
        if not timetable.duties_of(doctor.id):
            return ()
        bars = list(self.bars(timetable.problem, doctor))
        beside = [_beside(bar, _laid_out(timetable, doctor.id, bar)) for bar in bars]
        least = min([near for _, near in beside if near is not None], default=None)
        if least is None:  # no bar speaks of any of the duties
            return ()
        # either way: what is judged one by one is judged the same
        if least < timedelta(0):
            return self._judged(timetable, doctor, bars)
        return Kept(
            sum([count for count, _ in beside]),
            partial(self._judged, timetable, doctor, bars),
            least // _TICK / _MINUTE / 60,
        )

    def _judged(self, timetable: Timetable, doctor: Doctor, bars: Sequence[Bar]) -> Iterator[Case]:
        who = doctor.id
        # In whole numbers, for the same duties are held against bar after bar.
        work = [
            (d.letter, (d.start - _EPOCH) // _TICK, (d.end - _EPOCH) // _TICK, (d.id,))
            for d in timetable.duties_of(who)
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


class _LaidOut(NamedTuple):
    """A doctor's duties of some letters in order of time.

    Attributes:
        starts: when each starts.
        ends: by when each one and all before it have ended.
    """

    starts: Sequence[datetime]
    ends: Sequence[datetime]


def _laid_out(timetable: Timetable, doctor: str, bar: Bar) -> _LaidOut:
    """The duties that the bar speaks of; where it asks for starts, the first minute of each."""

    def found() -> _LaidOut:
        duties = [duty for duty in timetable.duties_of(doctor) if duty.letter in bar.letters]
        starts = [duty.start for duty in duties]
        ends = [start + MINUTE for start in starts] if bar.by_start else [d.end for d in duties]
        return _LaidOut(starts, list(accumulate(ends, max)))

    return timetable.remembered(doctor, (_LaidOut, bar.letters, bar.by_start), found)


def _beside(bar: Bar, work: _LaidOut) -> tuple[int, timedelta | None]:
    """How many duties the bar is held against, and how near the nearest is; under 0: inside."""
    place = bisect_left(work.starts, bar.interval.end)
    near = [bar.interval.start - work.ends[place - 1]] if place else []
    if place < len(work.starts):
        near.append(work.starts[place] - bar.interval.end)
    return len(work.starts), min(near, default=None)


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
