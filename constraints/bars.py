"""The shape of rules that close a stretch of time to a doctor.

Such a rule says only when and for which letters (`bars`); the model leaves the variables
out, and the checker here walks the doctor's work and the bars together in order of time.
"""

from collections.abc import Iterator

from scheduler.domain.doctor import Doctor
from scheduler.domain.roster import Timetable
from scheduler.domain.time import MINUTE
from scheduler.rule import Bar, Case, Outcome, Rule


class BarRule(Rule):
    """A rule that is told by its `bars` alone."""

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Judge each duty against each bar of its letter: the distance, or the overlap."""
        for bar in self.bars(timetable.problem, doctor):
            for duty in timetable.duties_of(doctor.id):
                if duty.letter not in bar.letters:
                    continue
                if bar.by_start:
                    end = duty.start + MINUTE
                else:
                    end = duty.end
                # Positive: time between duty and bar; negative: how far one reaches into the other.
                distance = max(bar.interval.start - end, duty.start - bar.interval.end) / MINUTE
                yield Case(
                    self.id,
                    Outcome.KEPT if distance >= 0 else Outcome.BREACH,
                    doctor.id,
                    (duty.id,),
                    when=bar.interval,
                    margin=distance / 60,
                    unit="h",
                    facts=bar.facts,
                )


__all__ = ["Bar", "BarRule"]
