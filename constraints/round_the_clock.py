"""Døgnberedskap: a doctor on duty at every minute, or a practice that is open (M-01, M-02).

`cover` sees that the planned duties are filled; this rule sees time for which no duty was
planned at all. Read and derived here:

- On duty is a doctor on a primary shift, at home or on site, of letter a or b, also one of
  the former roster that runs into the period. A backup alone is nobody on duty.
- In ordinary opening hours the practices receive emergencies themselves (F-16.1), so time
  in which one of them is open is covered; where none is, the municipality owes cover
  (F-16.2). A practice is open when its doctor is not absent; what else the doctor does that
  day is not looked at. The practices of all municipalities are taken together.
- The guide says «bør», its draft of 2025 «skal»: an uncovered interval is shown as a hole.
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from operator import attrgetter
from typing import ClassVar

from constraints.facts.practice import openings
from constraints.law import Act, LawRef, Source
from constraints.wording import from_to, on_day, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import Interval, days_between, days_touched, local_day, whole_days
from scheduler.rule import Authority, Case, Confidence, Outcome, Rule, parameter

_NUMERALS = ("ingen", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti")


@dataclass(frozen=True)
class RoundTheClock(Rule):
    """At least `min_doctors_24_7` doctors on duty at every minute of the period."""

    id: ClassVar = "round_the_clock"
    rulebook: ClassVar = ("M-01", "M-02", "F-8.3", "F-16.1", "F-16.2")
    title: ClassVar = "Lege på vakt hele døgnet"
    title_en: ClassVar = "A doctor on duty round the clock"
    authority: ClassVar = Authority.LAW
    citations: ClassVar = (
        LawRef(Act.HOTL, "3-2", confidence=Confidence.SECONDARY),
        LawRef(Act.AMF, "6", letter="c", confidence=Confidence.SECONDARY),
        LawRef(Act.FF, "16", section=2, letter="a", remark=True),
        Source("Helsedirektoratets veileder for legevakt og legevaktsentral"),
    )
    hard: ClassVar = False

    min_doctors_24_7: int = parameter(
        1, "Minste antall leger på vakt til enhver tid", unit="leger", low=1, high=10, basis="M-01"
    )
    offices_cover_daytime: bool = parameter(
        True, "Åpne legekontorer dekker åpningstiden sin", basis="F-16.1, F-16.2"
    )

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Each uncovered interval, and each day without one with its smallest number."""
        problem = timetable.problem
        present: list[tuple[Interval, int]] = []
        for doctor in problem.doctors:
            present += timetable.remembered(
                doctor.id, "on duty", partial(_on_duty, timetable, doctor.id)
            )
        opened = problem.remembered(
            ("open practices", self.offices_cover_daytime), lambda: self._open_practices(problem)
        )
        stretches = list(_stretches(problem, present, opened))
        fewest: dict[date, int] = {}
        for stretch in stretches:
            if not stretch.is_open:
                for day in days_touched(stretch.interval):
                    fewest[day] = min(fewest.get(day, stretch.doctors), stretch.doctors)
        for day in days_between(problem.first_day, problem.last_day):
            least = fewest.get(day, self.min_doctors_24_7)
            if least >= self.min_doctors_24_7:
                yield self._case(Outcome.KEPT, whole_days(day, day), least)
        for hole in self._holes(stretches):
            unfilled = tuple(
                duty.id
                for duty in timetable.holes
                if _is_primary(duty) and duty.interval.overlaps(hole.interval)
            )
            case = self._case(Outcome.HOLE, hole.interval, hole.doctors)
            yield case._replace(duties=unfilled)

    def check_nearby(
        self, timetable: Timetable, doctors: Set[str], duties: Set[str]
    ) -> Iterator[Case]:
        """Nothing: uncovered time is a hole."""
        yield from ()

    def explain(self, problem: Problem, case: Case) -> str:
        """«Ingen lege er på vakt lørdag … kl. 08:00–15:00; det skal alltid være minst én (…).»"""
        present, demanded = int(case.measured or 0), int(case.limit or 0)
        cited = source(self.citations[0])
        if case.outcome is Outcome.KEPT and case.when:
            day = on_day(local_day(case.when.start))
            return f"Kravet om minst {_doctors(demanded)} på vakt er oppfylt hele {day} {cited}."
        who = _doctors(present).capitalize() if present == 0 else f"Bare {_doctors(present)}"
        when = from_to(case.when) if case.when else ""
        more = "flere vakter" if present else "vakt"
        why = "" if case.duties else f", og planen har ingen {more} der"
        return (
            f"{who} er på vakt {when}{why}; "
            f"det skal alltid være minst {_NUMERALS[demanded]} {cited}."
        )

    def _case(self, outcome: Outcome, when: Interval, doctors: int) -> Case:
        return self.case(
            outcome,
            when=when,
            measured=doctors,
            limit=self.min_doctors_24_7,
            margin=doctors - self.min_doctors_24_7,
            unit="leger",
        )

    def _holes(self, stretches: Iterable["_Stretch"]) -> Iterator["_Stretch"]:
        """The uncovered intervals, as long as they get, with the fewest doctors of each."""
        hole: _Stretch | None = None
        for stretch in stretches:
            if stretch.is_open or stretch.doctors >= self.min_doctors_24_7:
                if hole:
                    yield hole
                hole = None
            elif hole:
                interval = Interval(hole.interval.start, stretch.interval.end)
                hole = _Stretch(interval, min(hole.doctors, stretch.doctors), is_open=False)
            else:
                hole = stretch
        if hole:
            yield hole

    def _open_practices(self, problem: Problem) -> tuple[Interval, ...]:
        """When at least one practice is open with its doctor there."""
        if not self.offices_cover_daytime:
            return ()
        alike: dict[tuple[object, ...], list[Doctor]] = {}
        for doctor in problem.doctors:
            alike.setdefault((doctor.opening_hours, doctor.agreement), []).append(doctor)
        found: set[Interval] = set()
        for doctors in alike.values():
            aways = {
                tuple(absence.interval for absence in problem.absences_of.get(doctor.id, ()))
                for doctor in doctors
            }
            for day in days_between(problem.first_day, problem.last_day):
                for opening in openings(doctors[0], day):
                    for away in aways:
                        near = [own for own in away if own.overlaps(opening)]
                        found.update(_without(opening, near))
                        if not near:
                            break  # somebody is there all the time
        return tuple(_union(found))


def uncovered_by_plan(problem: Problem, rule: RoundTheClock) -> tuple[Interval, ...]:
    """The intervals that even a fully staffed plan leaves without enough doctors.

    A duty that may be placed on any of several days covers none of them for certain.
    """
    staffed = [
        (duty.interval, duty.needed)
        for duty in problem.duties
        if _is_primary(duty) and duty.choice is None
    ]
    for tail in problem.tail_of.values():
        staffed += [(i, 1) for i in _union(duty.interval for duty in tail if _is_primary(duty))]
    stretches = _stretches(problem, staffed, rule._open_practices(problem))
    return tuple(hole.interval for hole in rule._holes(stretches))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Time in which the number of doctors on duty, and whether a practice is open, is one."""

    interval: Interval
    doctors: int
    is_open: bool


def _stretches(
    problem: Problem, present: Iterable[tuple[Interval, int]], open_: Iterable[Interval]
) -> Iterator[_Stretch]:
    """The whole period, cut wherever anything changes."""
    begin, close = problem.period.start, problem.period.end
    # either way: nothing is asked after the end
    changes: dict[datetime, list[int]] = {problem.period.end: [0, 0]}
    for column, interval, number in (
        *((0, interval, number) for interval, number in present),
        *((1, interval, 1) for interval in open_),  # either way: open is open
    ):
        if interval.end > begin and interval.start < close:
            start = max(interval.start, begin)
            end = min(interval.end, close)
            changes.setdefault(start, [0, 0])[column] += number
            changes.setdefault(end, [0, 0])[column] -= number
    since, doctors, open_now = problem.period.start, 0, 0
    for moment, (more, opened) in sorted(changes.items()):
        if moment > since:
            yield _Stretch(Interval(since, moment), doctors, open_now > 0)
        since, doctors, open_now = moment, doctors + more, open_now + opened


def _on_duty(timetable: Timetable, doctor: str) -> list[tuple[Interval, int]]:
    """When the doctor is on duty, as one doctor however many shifts run."""
    shifts = (duty.interval for duty in timetable.work_of(doctor) if _is_primary(duty))
    return [(interval, 1) for interval in _union(shifts)]


def _union(intervals: Iterable[Interval]) -> Iterator[Interval]:
    """The same time as intervals that do not touch, in order of time."""
    current: Interval | None = None
    for interval in sorted(intervals, key=attrgetter("start")):
        if current and interval.start <= current.end:  # either way: the same time
            current = Interval(current.start, max(current.end, interval.end))
        else:
            if current:
                yield current
            current = interval
    if current:
        yield current


def _without(interval: Interval, away: Iterable[Interval]) -> Iterator[Interval]:
    """What is left of the interval outside absences that overlap it."""
    start = interval.start
    for gap in _union(away):
        if gap.start > start:
            yield Interval(start, gap.start)
        start = gap.end
    if start < interval.end:
        yield Interval(start, interval.end)


def _is_primary(duty: Duty) -> bool:
    return duty.is_shift and not duty.is_backup


def _doctors(count: int) -> str:
    """«ingen lege», «én lege», «to leger»."""
    return f"{_NUMERALS[count]} {'lege' if count < 2 else 'leger'}"
