"""Noen på kontoret: an office or a shared list is never emptied by duties (F-16.1, F-16.5).

An office must be able to receive emergencies in its opening hours and arrange cover for
absence. It follows, though it is not written, that all doctors of a small office or shared
list should not be taken out at once. Read so, at each moment at which somebody of a group of
two or more has opening hours: away is who is absent, in a meeting, on a duty elsewhere, or
closed out after a night. Where absences, meetings and the former roster alone leave too few,
no duty is blamed and a human is told.
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import ClassVar

from constraints.facts.closures import (
    away_parts,
    closed_after,
    closed_hours,
    duties_with_footprints,
)
from constraints.facts.office_days import Count, OfficeDays
from constraints.facts.office_terms import could_be_away, stretches
from constraints.facts.practice import openings
from constraints.facts.practice_groups import PracticeGroup, days_judged, practice_groups
from constraints.law import POLICY, Act, LawRef
from constraints.wording import at, from_to, source
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import Interval, days_touched, local_day
from scheduler.kept import InParts, Kept
from scheduler.rule import Authority, Case, Confidence, Level, Outcome, Rule, parameter
from scheduler.solving.draft import Draft

BASE_PRICE = 100
"""Of a day on which duties leave too few at an office; each minute costs one more."""


_Taken = tuple[Duty, str, Interval]
"""A duty, the doctor who has it, and a stretch for which it takes the doctor away."""


@dataclass(frozen=True)
class OfficePresence(Rule):
    """At least `min_present` doctors are left at the office by the duties."""

    id: ClassVar = "office_presence"
    rulebook: ClassVar = ("F-16.1", "F-16.3", "F-16.4", "F-16.5", "F-20")
    title: ClassVar = "Lege til stede på kontoret"
    title_en: ClassVar = "A doctor present at the office"
    authority: ClassVar = Authority.MUNICIPALITY
    citations: ClassVar = (
        LawRef(Act.FF, "16", section=1, confidence=Confidence.DERIVED),
        LawRef(Act.FF, "16", section=2, letter="e"),
        POLICY,
    )

    min_present: int = parameter(
        1, "Leger som minst er igjen på kontoret", unit="leger", low=1, high=5, basis="F-16.5"
    )
    strictness: str = parameter(
        "soft", "Ønske eller krav", choices=("soft", "hard"), basis="F-16.5"
    )

    @property
    def binds(self) -> bool:
        """Only where the municipality has made it hard."""
        return self.strictness == "hard"

    def encode(self, draft: Draft) -> None:
        """For each stretch of an office's day in which all could be away: not all are."""
        problem = draft.problem
        parts = away_parts(problem)
        for group in practice_groups(problem):
            away = {doctor.id: could_be_away(draft, doctor, parts) for doctor in group.doctors}
            for day in days_judged(problem):
                hours = {doctor.id: openings(doctor, day) for doctor in group.doctors}
                today = {who: own.get(day, []) for who, own in away.items()}
                found = stretches(hours, today, self.min_present)
                empty = []
                for (sets, limit), (minutes, duties) in found.items():
                    gone = [(1, draft.any_of(own)) for own in sets]
                    if self.strictness == "hard":
                        draft.linear(gone, high=limit, duties=duties.values())
                        continue
                    lacking = draft.at_least(gone, limit + 1)
                    draft.penalise(Level.HEALTH, [(minutes, lacking)])
                    empty.append(lacking)
                if empty:
                    draft.penalise(Level.HEALTH, [(BASE_PRICE, draft.any_of(empty))])

    def check_roster(self, timetable: Timetable) -> Iterable[Case]:
        """Take the absences and then the duties out of the opening hours, and count."""
        problem = timetable.problem
        groups = problem.remembered("offices", lambda: practice_groups(problem))
        return InParts(part for group in groups for part in self._of_group(timetable, group))

    def check_nearby(
        self, timetable: Timetable, doctors: Set[str], duties: Set[str]
    ) -> Iterator[Case]:
        """Only the offices of these doctors, on the days of what has changed hands."""
        problem = timetable.problem
        closed = closed_hours(problem.settings)
        changed = [problem.duty_by_id[own] for own in duties if own in problem.duty_by_id]
        days = {
            day
            for duty in changed
            for day in (*days_touched(duty.interval), *days_touched(closed_after(duty, closed)))
        }
        for group in problem.remembered("offices", lambda: practice_groups(problem)):
            if not doctors.isdisjoint(doctor.id for doctor in group.doctors):
                for part in self._emptied(timetable, group, days):
                    if not isinstance(part, Kept):
                        yield from part

    def _of_group(self, timetable: Timetable, group: PracticeGroup) -> Iterator[Iterable[Case]]:
        """What was lacking before any duty, told, and then what the duties empty."""
        problem = timetable.problem
        key = ("too few already", self.min_present, *(doctor.id for doctor in group.doctors))
        yield problem.remembered(key, lambda: tuple(self._notices(problem, group)))
        yield from self._emptied(timetable, group, self._days(problem, group).open)

    def _notices(self, problem: Problem, group: PracticeGroup) -> Iterator[Case]:
        run: list[Interval] = []
        days = self._days(problem, group)
        for day in days.open:
            # either way: where so many are left, nothing is lacking when it is counted
            some = day not in days.away or days.surely_left(day, ()) >= self.min_present
            counts = [] if some else days.given(day).counts_before(self.min_present)
            lacking = [count.when for count in _lacking(counts)]
            if run and not lacking:
                yield self._notice(group, run)
                run = []
            run += lacking
        if run:
            yield self._notice(group, run)

    def _days(self, problem: Problem, group: PracticeGroup) -> OfficeDays:
        return problem.remembered(
            (self.id, *(d.id for d in group.doctors)), lambda: OfficeDays(problem, group)
        )

    def _emptied(
        self, timetable: Timetable, group: PracticeGroup, among: Set[date]
    ) -> Iterator[Iterable[Case]]:
        """Judge the duties of the doctors, on these days, a part for each day that is judged."""
        problem = timetable.problem
        days = self._days(problem, group)
        taken: dict[date, list[_Taken]] = {}
        reached: dict[date, set[str]] = {}  # whose opening hours something takes from
        among = among & days.open
        if not among:
            return
        closed = closed_hours(problem.settings)
        for doctor in group.doctors:
            who = doctor.id
            for duty, own in duties_with_footprints(timetable, doctor, closed):
                if among.isdisjoint(own.touched):
                    continue
                for day, stretch, is_open in days.reached_by(duty, own, doctor):
                    if day in among:
                        taken.setdefault(day, []).append((duty, who, stretch))
                        if is_open:
                            reached.setdefault(day, set()).add(who)
        for day in sorted(reached):
            gone = reached[day]
            judged = partial(self._judged, group, days, day, taken[day])
            left = days.surely_left(day, gone)
            # either way: what is judged is judged the same
            if left >= self.min_present and days.has_some(day, gone):
                yield Kept(1, judged, left - self.min_present)
            else:
                yield judged()

    def explain(self, problem: Problem, case: Case) -> str:
        """«Onsdag … kl. 08:00–12:00 er ingen av legene ved Fjell legesenter der …»"""
        when = ""
        if case.when:
            one_day = local_day(case.when.start) == local_day(case.when.end)
            when = from_to(case.when) if one_day else f"{at(case.when.start)} – {at(case.when.end)}"
        present, needed = int(case.measured or 0), int(case.limit or 0)
        left = f"{present} av legene" if present else "ingen av legene"
        if case.outcome is Outcome.NOTICE:
            return (
                f"{when[:1].upper()}{when[1:]} er det for få leger ved {case.fact('group')} "
                f"på grunn av fravær, møter eller forrige plan. Kontoret må ordne fraværsdekning "
                f"{source(self.citations[1])}."
            )
        if case.outcome is Outcome.KEPT:
            return (
                f"{when[:1].upper()}{when[1:]} er {left} ved {case.fact('group')} til stede; "
                f"minst {needed} skal være der {source(self.citations[0])}."
            )
        return (
            f"{when[:1].upper()}{when[1:]} er {left} ved {case.fact('group')} til stede, fordi "
            f"de andre har vakt, kommunale oppgaver eller fri etter natt; minst {needed} skal "
            f"være der {source(self.citations[0])}."
        )

    def _judged(
        self, group: PracticeGroup, days: OfficeDays, day: date, taken: list[_Taken]
    ) -> Iterator[Case]:
        """The stretches that the day's duties empty, or one case that they do not."""
        counts = days.given(day).counts(
            [(who, stretch) for _, who, stretch in taken], self.min_present
        )
        outcome = Outcome.BREACH if self.strictness == "hard" else Outcome.EXCEPTION
        fewest: Count | None = None
        found = False
        for count in _lacking(counts):
            found = True
            blamed = [duty for duty, _, own in taken if own.overlaps(count.when)]
            yield self._case(group, outcome, blamed, count)
        if found:
            return
        for count in counts:
            if count.had >= count.needed and (fewest is None or count.has < fewest.has):
                fewest = count
        if fewest:
            yield self._case(group, Outcome.KEPT, [duty for duty, _, _ in taken], fewest)

    def _case(
        self, group: PracticeGroup, outcome: Outcome, duties: Iterable[Duty], count: Count
    ) -> Case:
        in_order = sorted({d.id: d for d in duties}.values(), key=lambda d: (d.start, d.end, d.id))
        return self.case(
            outcome,
            duties=tuple([duty.id for duty in in_order]),
            when=count.when,
            measured=count.has,
            limit=count.needed,
            margin=count.has - count.needed,
            unit="leger",
            facts=(("group", group.name),),
        )

    def _notice(self, group: PracticeGroup, run: list[Interval]) -> Case:
        """Too few without any duty, from the first such moment to the last."""
        return self.case(
            Outcome.NOTICE,
            when=Interval(run[0].start, run[-1].end),
            facts=(("group", group.name),),
        )


def _lacking(counts: Iterable[Count]) -> Iterator[Count]:
    """The stretches with enough doctors before and too few after, neighbours joined."""
    joined: Count | None = None
    for count in counts:
        if not count.had >= count.needed > count.has:
            continue
        if joined and joined.when.end == count.when.start:
            when = Interval(joined.when.start, count.when.end)
            joined = min(joined, count, key=lambda c: c.has - c.needed)
            joined = joined._replace(when=when)
        else:
            if joined:
                yield joined
            joined = count
    if joined:
        yield joined
