"""Vakttid: letter a lies outside ordinary opening hours, letter b in the daytime (F-33.1).

FF § 33 names «ordinary opening hours» without a clock. The clock times are the agreement's
way of speaking (S-08: legevakt is 16-08 and weekends; S-09 for the daytime), so a departure
is told once for each pattern and refuses nothing. Derived here: eves are working days on
which practices close earlier than usual, so letter a is not judged on them; letter b on a
weekend or a red day lies outside the daytime altogether.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import datetime, time
from typing import ClassVar

from constraints.law import Act, LawRef, Source
from constraints.wording import duty_named, source
from scheduler.domain.calendar import is_eve, is_rest_day
from scheduler.domain.duty import Duty, Letter
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import Interval, days_touched, moment
from scheduler.rule import Authority, Case, Confidence, Outcome, Rule, parameter

_MORNING = tuple(f"{hour:02}:{half}" for hour in range(6, 11) for half in ("00", "30"))
_AFTERNOON = tuple(f"{hour:02}:{half}" for hour in range(14, 20) for half in ("00", "30"))


@dataclass(frozen=True)
class DutyHoursWindow(Rule):
    """Each pattern's duties lie in the hours that its letter speaks of."""

    id: ClassVar = "duty_hours_window"
    rulebook: ClassVar = ("S-08", "S-09", "F-33.1")
    title: ClassVar = "Vakttid utenfor og innenfor ordinær åpningstid"
    title_en: ClassVar = "Duty hours outside and inside ordinary opening hours"
    authority: ClassVar = Authority.AGREEMENT
    citations: ClassVar = (
        LawRef(Act.FF, "33", section=1, letter="a"),
        LawRef(Act.FF, "33", section=1, letter="b"),
        Source("SFS 2305", "pkt. 6.4 og 9.5", Confidence.SECONDARY),
    )
    hard: ClassVar = False

    offices_open: str = parameter(
        "08:00", "Ordinær åpningstid på hverdager, fra", choices=_MORNING, basis="S-08"
    )
    offices_close: str = parameter(
        "16:00", "Ordinær åpningstid på hverdager, til", choices=_AFTERNOON, basis="S-08"
    )
    daytime_from: str = parameter(
        "07:00", "Daglegevakt tidligst fra", choices=_MORNING, basis="policy"
    )
    daytime_to: str = parameter(
        "17:00", "Daglegevakt senest til", choices=_AFTERNOON, basis="policy"
    )

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Look at every duty of the plan; one case for each pattern."""
        problem = timetable.problem
        patterns: dict[str, list[Duty]] = {}
        for duty in problem.duties:
            if duty.is_shift:
                patterns.setdefault(duty.type.id, []).append(duty)
        hours = (self.offices_open, self.offices_close, self.daytime_from, self.daytime_to)
        outside = problem.remembered((self.id, hours), lambda: self._outside(problem))
        for pattern, duties in sorted(patterns.items()):
            astray = tuple(duty.id for duty in duties if duty.id in outside)
            yield self.case(
                Outcome.NOTICE if astray else Outcome.KEPT,
                duties=astray,
                measured=len(astray),
                limit=0,
                margin=-len(astray),
                unit="vakter",
                facts=(("pattern", pattern), ("letter", duties[0].letter.value)),
            )

    def check_nearby(
        self, timetable: Timetable, doctors: Set[str], duties: Set[str]
    ) -> Iterator[Case]:
        """Nothing: the plan is judged, whoever works."""
        yield from ()

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kveld tirsdag … ligger i ordinær åpningstid (08:00–16:00 på hverdager) …»"""
        if case.fact("letter") == Letter.OUT_OF_HOURS:
            inside, outside, cited = "i", "utenfor", source(self.citations[0])
            hours = f"ordinær åpningstid, {self.offices_open}–{self.offices_close} på hverdager"
        else:
            inside, outside, cited = "utenfor", "i", source(self.citations[1])
            hours = f"dagtid, {self.daytime_from}–{self.daytime_to} på hverdager"
        if case.outcome is Outcome.KEPT:
            pattern = problem.type_by_id[case.fact("pattern")].name
            return f"{pattern} ligger {outside} {hours} {cited}."
        first = duty_named(problem, case.duties[0])
        others = len(case.duties) - 1
        if others:
            first += f" og {others} {'annen' if others == 1 else 'andre'} av samme vakttype"
        return f"{first} ligger helt eller delvis {inside} {hours} {cited}."

    def _outside(self, problem: Problem) -> set[str]:
        """Ids of the shifts that are outside the hours of their letter."""
        alike: dict[tuple[Letter, datetime, datetime], list[Duty]] = {}
        for duty in problem.duties:
            if duty.is_shift:
                alike.setdefault((duty.letter, duty.start, duty.end), []).append(duty)
        return {duty.id for own in alike.values() if not self._fits(own[0]) for duty in own}

    def _fits(self, duty: Duty) -> bool:
        """Whether the duty lies in the hours of its letter."""
        if duty.letter is Letter.OUT_OF_HOURS:
            opened, closed = time.fromisoformat(self.offices_open), self.offices_close
            return not any(
                Interval(moment(day, opened), moment(day, time.fromisoformat(closed))).overlaps(
                    duty.interval
                )
                for day in days_touched(duty.interval)
                if not is_rest_day(day) and not is_eve(day)
            )
        first, last = time.fromisoformat(self.daytime_from), time.fromisoformat(self.daytime_to)
        window = Interval(moment(duty.day, first), moment(duty.day, last))
        return not is_rest_day(duty.day) and window.covers(duty.interval)
