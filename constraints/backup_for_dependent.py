"""Bakvakt: a doctor who may not be alone on duty has a competent doctor behind (AMF § 7).

Carries out M-03 to M-06, M-08, M-09, case E22 and, for the two roles, M-11. Read from
secondary sources. From this follows, as derived here:

- The rule holds for primary shifts of letter a and of letter b (M-08), minute for minute.
- Behind the doctor stands another doctor who is competent: on a backup shift for the
  pattern, on the same duty, or on a primary shift with both on site at one place.
- A backup who is not competent is no backup, so a backup shift demands competence; so does
  a pattern marked `independent`, whoever else is there.
- M-05: from 30 April 2021 to 31 December 2024 a doctor with completed LIS1 and both courses
  needed no backup. The relief never made anyone a competent backup. Whether it holds after
  2024 was not found: strict unless the municipality says otherwise. A duty that runs into
  a day without relief is judged without it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import ClassVar

from constraints.facts.company import closed_days, could_be_guarded
from constraints.facts.competence import (
    Demand,
    Gap,
    Standing,
    completed_before,
    counts_as_legevakt,
    gaps,
    standing,
    stands_by,
)
from constraints.law import Act, Dated, Entry, LawRef
from constraints.wording import duty_named, from_to, listed, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty, Letter, ShiftPattern
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import Interval, days_touched, whole_days
from scheduler.kept import InParts, Kept
from scheduler.rule import Authority, Bar, Case, Confidence, Outcome, Rule, parameter
from scheduler.solving.draft import Draft, Var
from scheduler.solving.model import FALSE, TRUE

_ByDay = Callable[[], dict[date, list[tuple[Doctor, Duty]]]]
"""Who has which shift, by each day that it touches."""

_RELIEF = {
    date.min: Entry(False, date.min),
    date(2021, 4, 30): Entry(True, date(2021, 4, 30)),
}
# When the relief's end became known was not found; that it would end was known from the start.
_RELIEF_ENDED = Dated({**_RELIEF, date(2025, 1, 1): Entry(False, date.min)})
_RELIEF_GOES_ON = Dated(_RELIEF)

_LACKS = {
    Gap.LIS1: "er LIS1",
    Gap.SERVICE: "har mindre enn {clinical_months} måneders klinisk tjeneste",
    Gap.EXPERIENCE: "har verken ett år som kommunal fastlege eller {duties} legevakter",
    Gap.EMERGENCY_COURSE: "mangler kurs i akuttmedisin",
    Gap.VIOLENCE_COURSE: "mangler kurs i volds- og overgrepshåndtering",
}


@dataclass(frozen=True)
class BackupForDependent(Rule):
    """Nobody is alone on duty without the competence for it, not for a minute."""

    id: ClassVar = "backup_for_dependent"
    rulebook: ClassVar = ("M-03", "M-04", "M-05", "M-06", "M-08", "M-09", "M-11")
    title: ClassVar = "Kompetanse til å være alene på vakt, og bakvakt"
    title_en: ClassVar = "Competence to be alone on duty, and backup"
    authority: ClassVar = Authority.LAW
    citations: ClassVar = (
        LawRef(Act.AMF, "7", confidence=Confidence.SECONDARY),
        LawRef(Act.AMF, "8", confidence=Confidence.SECONDARY),
        LawRef(Act.AMF, "21", confidence=Confidence.SECONDARY),
    )

    lis1_completed_needs_bakvakt: bool = parameter(
        True, "Lege med fullført LIS1 må ha bakvakt etter 31.12.2024", basis="M-05"
    )
    legevakter_for_competence: int = parameter(
        40, "Gjennomførte legevakter som gir kompetanse", unit="vakter", fixed=True, basis="M-03"
    )
    clinical_months: int = parameter(
        30, "Klinisk tjeneste som gir kompetanse", unit="måneder", fixed=True, basis="M-03"
    )
    municipal_months: int = parameter(
        12, "Tid som kommunal fastlege som gir kompetanse", unit="måneder", fixed=True, basis="M-03"
    )

    def stops(self, problem: Problem, doctor: Doctor) -> Iterator[Case]:
        """Duties that demand a competent doctor, where nothing can make this doctor so."""
        own = standing(doctor, self._demand)
        if own.alone_from <= problem.first_day:  # either way: no need to look at each duty
            return
        for duty in problem.duties:
            if _demands_competence(duty) and own.on(duty.day).after is None:
                yield self._incompetent(doctor, duty, completed=0)

    def unowed(self, problem: Problem, doctor: Doctor) -> Iterator[Bar]:
        """The days before the doctor may be alone on which nobody could stand by."""
        own = standing(doctor, self._demand)

        def is_possible(duty: Duty) -> bool:
            if _demands_competence(duty):
                return own.on(duty.day).after is not None
            relieved = self._is_relieved(problem, doctor.id, duty)
            return relieved or could_be_guarded(problem, duty)

        for letter in (Letter.OUT_OF_HOURS, Letter.DAYTIME):
            for day in closed_days(problem, letter, own.alone_from, is_possible):
                yield Bar(
                    whole_days(day, day), frozenset({letter}), label="kan ikke være alene på vakt"
                )

    def encode(self, draft: Draft) -> None:
        """A dependent doctor's duty, segment by segment, implies that someone stands by."""
        competence = _CompetenceVariables(draft, self._demand)
        learners = competence.not_always_alone()
        if not learners:
            return
        guards = _Guards(draft, competence)
        for duty in draft.problem.duties:
            if not duty.is_shift or not any(draft.works(own, duty) for own in learners):
                continue
            if _demands_competence(duty):
                for doctor, var in draft.candidates(duty):
                    alone = competence.alone(doctor, duty)
                    draft.implies(var, [alone], doctor=doctor, duties=[duty])
                continue
            dependent = [
                (doctor, var, alone)
                for doctor, var in draft.candidates(duty)
                if (alone := competence.alone(doctor, duty)) != TRUE
                and not self._is_relieved(draft.problem, doctor, duty)
            ]
            if not dependent:
                continue
            names = {doctor for doctor, _, _ in dependent}
            for group in guards.of(duty):
                common = draft.any_of(var for doctor, var in group if doctor not in names)
                others = [(doctor, var) for doctor, var in group if doctor in names]
                for doctor, var, alone in dependent:
                    rest = [guard for other, guard in others if other != doctor]
                    draft.implies(var, [alone, common, *rest], doctor=doctor, duties=[duty])

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterable[Case]:
        """Judge the doctor on each duty that demands competence, whoever else is there."""
        duties = timetable.duties_of(doctor.id)
        own = self._standings(timetable.problem)[doctor.id]
        demanding = [duty for duty in duties if _demands_competence(duty)]

        def judged() -> Iterator[Case]:
            for duty in demanding:
                if _is_competent(own, duty, duties):
                    yield self._kept(doctor, duty, "alone")
                else:
                    yield self._incompetent(doctor, duty, completed_before(duties, duty.start))

        # either way: what is judged one by one is judged the same
        if demanding and own.alone_from > demanding[0].day:
            return judged()
        return Kept(len(demanding), judged)

    def check_roster(self, timetable: Timetable) -> Iterable[Case]:
        """For each primary duty of a dependent doctor, lay the colleagues' time over it."""
        work = [(own, timetable.duties_of(own.id)) for own in timetable.problem.doctors]
        return InParts(self._guarded(timetable, work))

    def check_nearby(
        self, timetable: Timetable, doctors: Set[str], duties: Set[str]
    ) -> Iterator[Case]:
        """Only what dependent doctors have while these doctors, or others before them, work."""
        problem = timetable.problem
        changed = [problem.duty_by_id[own] for own in duties if own in problem.duty_by_id]
        standings = self._standings(problem)
        # either way: who may be alone from the first day on is judged to be so
        dependent = [d for d in problem.doctors if standings[d.id].alone_from > problem.first_day]
        # Whoever becomes competent by duties may be so sooner or later than before the change.
        becoming = doctors & {own.id for own in dependent}
        held = (own for who in becoming for own in timetable.duties_of(who))
        days = {day for duty in (*changed, *held) for day in days_touched(duty.interval)}
        near = [
            (doctor, [own for own in timetable.duties_of(doctor.id) if _touches(own, days)])
            for doctor in dependent
        ]
        for part in self._guarded(timetable, near):
            if not isinstance(part, Kept):
                yield from part

    def _guarded(
        self, timetable: Timetable, work: Iterable[tuple[Doctor, Sequence[Duty]]]
    ) -> Iterator[Iterable[Case]]:
        """The primary duties of each doctor, a part for each."""
        standings = self._standings(timetable.problem)
        by_day = cache(partial(_shifts_by_day, timetable))  # asked for where somebody is dependent
        for doctor, duties in work:
            own = [d for d in duties if counts_as_legevakt(d) and not _demands_competence(d)]
            judged = partial(self._judged, timetable, doctor, own, by_day)
            # either way: what is judged one by one is judged the same
            if own and standings[doctor.id].alone_from > own[0].day:
                yield judged()
            else:
                yield Kept(len(own), judged)

    def _judged(
        self, timetable: Timetable, doctor: Doctor, duties: Sequence[Duty], by_day: _ByDay
    ) -> Iterator[Case]:
        problem = timetable.problem
        standings = self._standings(problem)

        def is_competent(doctor: Doctor, duty: Duty) -> bool:
            return _is_competent(standings[doctor.id], duty, timetable.duties_of(doctor.id))

        for duty in duties:
            if is_competent(doctor, duty):
                yield self._kept(doctor, duty, "alone")
            elif self._is_relieved(problem, doctor.id, duty):
                yield self._kept(doctor, duty, "relieved")
            else:
                unguarded = list(_unguarded(doctor, duty, by_day(), is_competent))
                if not unguarded:
                    yield self._kept(doctor, duty, "guarded")
                completed = completed_before(timetable.duties_of(doctor.id), duty.start)
                for interval in unguarded:
                    yield self.case(
                        Outcome.BREACH,
                        doctor.id,
                        (duty.id,),
                        when=interval,
                        measured=interval.minutes / 60,
                        limit=0,
                        margin=-interval.minutes / 60,
                        unit="h",
                        facts=self._lacks(doctor, duty, completed),
                    )

    def _standings(self, problem: Problem) -> Mapping[str, Standing]:
        demand = self._demand
        return problem.remembered(
            ("standings", demand), lambda: {d.id: standing(d, demand) for d in problem.doctors}
        )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li må ha kompetent bakvakt på Natt … fordi legen er LIS1, men … (…).»"""
        who, what = name(problem, case.doctor), duty_named(problem, case.duties[0])
        cited = source(self.citations[0])
        if case.outcome is Outcome.KEPT:
            how = {
                "alone": "har kompetanse til å være alene på",
                "relieved": "er uten krav om bakvakt på",
                "guarded": "har kompetent bakvakt gjennom hele",
            }[case.fact("kept")]
            return f"{who} {how} {what} {cited}."
        because = listed(
            _LACKS[Gap(gap)].format(
                clinical_months=self.clinical_months, duties=self.legevakter_for_competence
            )
            for gap in case.fact("lacks").split(",")
        )
        duty = problem.duty_by_id[case.duties[0]]
        if _demands_competence(duty):
            demand = "en bakvakt" if duty.is_backup else "legen på denne vakten"
            return (
                f"{who} kan ikke ha {what} fordi legen {because}; "
                f"{demand} må selv kunne være alene på vakt {cited}."
            )
        when = from_to(case.when) if case.when and case.when != duty.interval else "hele vakten"
        return (
            f"{who} må ha kompetent bakvakt på {what} fordi legen {because}, "
            f"men er uten bakvakt {when} {cited}."
        )

    @property
    def _demand(self) -> Demand:
        return Demand(self.clinical_months, self.municipal_months, self.legevakter_for_competence)

    def _is_relieved(self, problem: Problem, doctor: str, duty: Duty) -> bool:
        """Whether M-05 lets the doctor be alone on the duty, competent or not."""
        own = problem.doctor_by_id[doctor]
        completed_from = own.competence.lis1_completed_from
        if completed_from is None or completed_from > duty.day:
            return False
        lacks = gaps(own, duty.day, self._demand)
        if {Gap.LIS1, Gap.EMERGENCY_COURSE, Gap.VIOLENCE_COURSE} & set(lacks):
            return False
        relief = _RELIEF_ENDED if self.lis1_completed_needs_bakvakt else _RELIEF_GOES_ON
        return all(relief.on(day, known=problem.judged_on) for day in days_touched(duty.interval))

    def _kept(self, doctor: Doctor, duty: Duty, how: str) -> Case:
        return self.case(
            Outcome.KEPT,
            doctor.id,
            (duty.id,),
            when=duty.interval,
            facts=(("kept", how),),
        )

    def _lacks(
        self, doctor: Doctor, duty: Duty, completed: int
    ) -> tuple[tuple[str, str | int | float], ...]:
        return (("lacks", ",".join(gaps(doctor, duty.day, self._demand, completed))),)

    def _incompetent(self, doctor: Doctor, duty: Duty, completed: int) -> Case:
        return self.case(
            Outcome.BREACH,
            doctor.id,
            (duty.id,),
            when=duty.interval,
            facts=self._lacks(doctor, duty, completed),
        )


def _demands_competence(duty: Duty) -> bool:
    """Whether the doctor on the duty must be competent whoever else is there."""
    kind = duty.type
    return isinstance(kind, ShiftPattern) and (duty.is_backup or kind.independent)


# --- the encoder's side ----------------------------------------------------------------------


class _CompetenceVariables:
    """Variables «the doctor is competent when the duty starts», one chain for each doctor."""

    def __init__(self, draft: Draft, demand: Demand) -> None:
        self._draft = draft
        self._standing = {d.id: standing(d, demand) for d in draft.problem.doctors}
        self._chains: dict[str, tuple[list[datetime], list[Var]]] = {}

    def not_always_alone(self) -> list[str]:
        """The doctors who may not be alone from the period's first day on."""
        first = self._draft.problem.first_day
        return [own for own, known in self._standing.items() if known.on(first).after != 0]

    def alone(self, doctor: str, duty: Duty) -> Var:
        """TRUE, FALSE, or true exactly where enough duties end before this one starts."""
        after = self._standing[doctor].on(duty.day).after
        if after is None:
            return FALSE
        if after == 0:
            return TRUE
        if doctor not in self._chains:
            self._chains[doctor] = self._chain(doctor, after)
        ends, reached = self._chains[doctor]
        return reached[bisect_right(ends, duty.start)]

    def _chain(self, doctor: str, needed: int) -> tuple[list[datetime], list[Var]]:
        """The ends of the doctor's possible duties, and «`needed` of the first i are worked».

        Level k holds after a duty if it held before, or if level k-1 did and the duty is
        worked. Long sums for each duty would be quadratic in the number of duties.
        """
        possible = sorted(
            (duty.end, duty.id, var)
            for duty, var in self._draft.work_of(doctor)
            if var != TRUE and counts_as_legevakt(duty)
        )
        levels = [TRUE] + [FALSE] * needed
        reached = [levels[needed]]
        for _, _, var in possible:
            for k in range(needed, 0, -1):
                if levels[k - 1] != FALSE:
                    terms = [
                        (2, levels[k]),  # either way: more than 2 does the same
                        (1, levels[k - 1]),
                        (1, var),
                    ]
                    levels[k] = self._draft.at_least(terms, 2)
            reached.append(levels[needed])
        return [end for end, _, _ in possible], reached


Guard = tuple[str, Var]  # a doctor, and «is there and competent»


class _Guards:
    """For each primary duty: who could stand by, in each of its segments."""

    def __init__(self, draft: Draft, competence: _CompetenceVariables) -> None:
        self._draft = draft
        self._competence = competence
        shifts = [(duty, draft.candidates(duty)) for duty in draft.problem.duties if duty.is_shift]
        for doctor, tail in draft.problem.tail_of.items():
            shifts += [(duty, ((doctor, TRUE),)) for duty in tail if duty.is_shift]
        self._shifts = sorted(shifts, key=lambda shift: shift[0].start)
        self._longest = max((duty.end - duty.start for duty, _ in shifts), default=timedelta())
        self._protectors: dict[str, tuple[list[int], list[datetime]]] = {}
        self._guards: dict[int, tuple[Guard, ...]] = {}

    def of(self, duty: Duty) -> Iterator[tuple[Guard, ...]]:
        """The guards of each segment; a segment that has all guards of another is left out."""
        around = list(self._around(duty))
        # Where a guard comes on duty those before remain, so only ends make a new segment.
        ends = {self._shifts[i][0].end for i in around}
        cuts = {duty.start, *(end for end in ends if duty.interval.contains(end))}
        segments = {
            frozenset(i for i in around if self._shifts[i][0].interval.contains(cut))
            for cut in cuts
        }
        colleagues = self._competent(duty, self._draft.candidates(duty))
        for segment in sorted(segments, key=sorted):
            if not any(smaller < segment for smaller in segments):
                yield (*colleagues, *(guard for i in sorted(segment) for guard in self._of(i)))

    def _around(self, duty: Duty) -> Iterator[int]:
        """The shifts that share time with the duty and whose doctors would stand by."""
        if duty.type.id not in self._protectors:
            found = [
                i
                for i, (other, _) in enumerate(self._shifts)
                if isinstance(other.type, ShiftPattern)
                and isinstance(duty.type, ShiftPattern)
                and stands_by(other.type, duty.type)
            ]
            starts = [self._shifts[i][0].start for i in found]
            self._protectors[duty.type.id] = found, starts
        found, starts = self._protectors[duty.type.id]
        first = bisect_left(starts, duty.start - self._longest)
        for index in found[first : bisect_left(starts, duty.end)]:
            other = self._shifts[index][0]
            if other is not duty and other.interval.overlaps(duty.interval):
                yield index

    def _of(self, index: int) -> tuple[Guard, ...]:
        if index not in self._guards:
            self._guards[index] = self._competent(*self._shifts[index])
        return self._guards[index]

    def _competent(self, duty: Duty, candidates: Iterable[Guard]) -> tuple[Guard, ...]:
        """The doctors who could have the duty, each with «has it and is competent»."""
        found = []
        for doctor, var in candidates:
            alone = self._competence.alone(doctor, duty)
            if alone == TRUE:
                found.append((doctor, var))
            elif alone != FALSE:
                found.append((doctor, self._draft.all_of([var, alone])))
        return tuple(found)


# --- the checker's side ----------------------------------------------------------------------


def _is_competent(own: Standing, duty: Duty, duties: Sequence[Duty]) -> bool:
    """Whether the doctor, who has these duties in the period, may be alone on the duty."""
    after = own.on(duty.day).after
    return after == 0 or (after is not None and completed_before(duties, duty.start) >= after)


def _touches(duty: Duty, days: Set[date]) -> bool:
    return any(day in days for day in days_touched(duty.interval))


def _shifts_by_day(timetable: Timetable) -> dict[date, list[tuple[Doctor, Duty]]]:
    """Who has which shift, by each day that it touches, the tail included."""
    found: dict[date, list[tuple[Doctor, Duty]]] = {}
    for doctor in timetable.problem.doctors:
        for duty in timetable.work_of(doctor.id):
            if duty.is_shift:
                for day in days_touched(duty.interval):
                    found.setdefault(day, []).append((doctor, duty))
    return found


def _unguarded(
    doctor: Doctor,
    duty: Duty,
    by_day: dict[date, list[tuple[Doctor, Duty]]],
    is_competent: Callable[[Doctor, Duty], bool],
) -> Iterator[Interval]:
    """The stretches of the duty in which no competent colleague stands by the doctor."""
    guarded_until = duty.start
    guards = {
        (other.start, other.end)
        for day in days_touched(duty.interval)
        for colleague, other in by_day[day]
        if colleague.id != doctor.id
        and other.interval.overlaps(duty.interval)
        and (other.id == duty.id or _stand_together(other, duty))
        and is_competent(colleague, other)
    }
    for start, end in sorted(guards):
        if start > guarded_until:
            yield Interval(guarded_until, start)
        guarded_until = max(guarded_until, end)
    if guarded_until < duty.end:
        yield Interval(guarded_until, duty.end)


def _stand_together(other: Duty, duty: Duty) -> bool:
    return (
        isinstance(other.type, ShiftPattern)
        and isinstance(duty.type, ShiftPattern)
        and stands_by(other.type, duty.type)
    )
