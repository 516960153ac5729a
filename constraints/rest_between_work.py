"""Hviletid: eight hours off between two pieces of work (S-04).

Read from secondary sources: «at least 8 h off between two work periods; the work period
includes the day practice». From this follows, as derived here:

- Pieces that touch are one work period; `longest_presence` limits how long it may be.
- Practice, sessions and daytime duty belong to the working day, so a shift later the same
  day continues it. After a shift the rest is owed before anything else.
- Home duty of the classes in `rest_counts_home_duty` is itself rest (no call-out assumed).
- The practice after a night is closed by `practice_after_night`, not here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import ClassVar

from constraints.facts.work import REST_HOME_DUTY, is_work, same_working_day, working_by
from constraints.law import Source
from constraints.wording import duty_named, hours, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import MINUTE
from scheduler.kept import Kept
from scheduler.rule import Authority, Case, Outcome, Rule, parameter
from scheduler.solving.draft import Draft

_Pause = tuple[str, str, int]
"""The duties, by id, before and after a pause, and its minutes."""


@dataclass(frozen=True)
class RestBetweenWork(Rule):
    """At least `min_rest` hours between the end of a shift and the doctor's next work."""

    id: ClassVar = "rest_between_work"
    rulebook: ClassVar = ("S-04", "S-05", "W-07")
    title: ClassVar = "Hviletid mellom arbeidsperioder"
    title_en: ClassVar = "Rest between pieces of work"
    authority: ClassVar = Authority.AGREEMENT
    citations: ClassVar = (Source("SFS 2305", "pkt. 7.4"),)
    sfs_only: ClassVar = True

    min_rest: int = parameter(
        8, "Minste hvile mellom to arbeidsperioder", unit="h", low=8, high=11, basis="S-04"
    )
    rest_counts_home_duty: str = parameter(
        "class 1",
        "Hjemmevakt som regnes som hvile (vaktklasse)",
        choices=REST_HOME_DUTY,
        basis="W-07, S-04",
    )

    def encode(self, draft: Draft) -> None:
        """Of two duties too close together, a doctor has at most one."""
        min_rest = self.min_rest * 60 * MINUTE
        for own in draft.stencils():
            work = [w for w in own.work if self._is_work(w[0])]
            for index, first in enumerate(work):
                for second in work[index + 1 :]:
                    gap = second[0].start - first[0].end
                    if gap >= min_rest:
                        # Starts are sorted, so everything further on starts later still.
                        break
                    if gap > timedelta() and not same_working_day(first[0], second[0]):
                        own.not_both(first, second)

    @property
    def reach(self) -> timedelta:
        """A pause that is too short, with a day for the daytime work that it follows."""
        return timedelta(days=1, hours=self.min_rest)

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterable[Case]:
        """Walk the doctor's work in order of time and measure each pause after a shift."""
        pauses = list(self._pauses(timetable, doctor))
        least = min([rest for _, _, rest in pauses], default=self.min_rest * 60)
        cases = partial(self._judged, doctor, pauses)
        # either way: what is judged one by one is judged the same
        if least < self.min_rest * 60:
            return cases()
        return Kept(len(pauses), cases, least / 60 - self.min_rest)

    def _pauses(self, timetable: Timetable, doctor: Doctor) -> Iterator[_Pause]:
        own = timetable.ids_of(doctor.id)
        owed = self.min_rest * 60 * MINUTE
        before: list[Duty] = []
        for duty in working_by(timetable, doctor, self.rest_counts_home_duty):
            start = duty.start
            for earlier in before:
                pause = start - earlier.end
                if pause < MINUTE or same_working_day(earlier, duty):
                    continue
                if duty.id not in own and earlier.id not in own:
                    continue
                yield earlier.id, duty.id, pause // MINUTE
            # Whoever comes later starts later: what has been rested from need not be kept.
            before = [e for e in before if start - e.end < owed]  # either way: then kept
            before.append(duty)

    def _judged(self, doctor: Doctor, pauses: Sequence[_Pause]) -> Iterator[Case]:
        for earlier, later, rest in pauses:
            yield self.case(
                Outcome.KEPT if rest >= self.min_rest * 60 else Outcome.BREACH,
                doctor.id,
                (earlier, later),
                measured=rest / 60,
                limit=self.min_rest,
                margin=rest / 60 - self.min_rest,
                unit="h",
            )

    def explain(self, problem: Problem, case: Case) -> str:
        """Say the rest and the demand: «Kari får 7,5 timer hvile mellom … og …; kravet er …»."""
        first, second = (duty_named(problem, duty, case.doctor) for duty in case.duties)
        rest = hours((case.measured or 0) * 60)
        return (
            f"{name(problem, case.doctor)} får {rest} hvile mellom {first} og {second}; "
            f"kravet er {hours((case.limit or 0) * 60)} {source(self.citations[0])}."
        )

    def _is_work(self, duty: Duty) -> bool:
        return is_work(duty, self.rest_counts_home_duty)
