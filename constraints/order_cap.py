"""Taket for pålagte timer: at most 7.5 hours a week can be ordered (F-32.1 to F-32.10).

Read so: the municipality can order a GP only as far as all counting municipal work of the
week, administrative meetings included, stays within 7.5 hours times the agreed practice
share. Work inside a signed agreement or an offer is voluntary and may go beyond, but then
nothing can be ordered on top of it. Derived here:

- «Per week» is the ISO week, without carry-over (F-32.10); with `cap_averaging_weeks` the
  mean of any so many consecutive weeks that end in the period.
- Legevakt never uses up the cap (F-33.4, S-12). Daytime duty does so only where the
  municipality says so; it then narrows the room for orders but is never itself limited.
- Only a GP can be ordered, and only to tasks of the own municipality (F-3): all others work
  within agreements and offers.
- Work on a duty that does not count in the cap is no § 32 work and so rests on agreement;
  where none is recorded a human is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor
from operator import attrgetter
from typing import ClassVar

from constraints.facts.order_terms import week_terms
from constraints.facts.orders import (
    FULL_CAP_HOURS,
    OrderPart,
    cap_of,
    meeting_minutes,
    minutes_by_week,
    order_parts,
    weeks_of,
)
from constraints.law import Act, LawRef, Source
from constraints.wording import hours, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty, Letter
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import Interval, IsoWeek
from scheduler.rule import Authority, Case, Confidence, Outcome, Rule, parameter
from scheduler.solving.draft import Draft
from scheduler.solving.model import TRUE, Term

_IN_TIME = attrgetter("start", "end", "id")


@dataclass(frozen=True)
class OrderCap(Rule):
    """Orders fit under the cap together with meetings and agreed work, or there are none."""

    id: ClassVar = "order_cap"
    rulebook: ClassVar = (
        "F-32.1",
        "F-32.2",
        "F-32.3",
        "F-32.5",
        "F-32.6",
        "F-32.7",
        "F-32.8",
        "F-32.10",
        "F-32.11",
        "F-33.4",
        "S-12",
    )
    title: ClassVar = "Tak for pålagte allmennlegeoppgaver"
    title_en: ClassVar = "Cap on ordered municipal work"
    authority: ClassVar = Authority.LAW
    citations: ClassVar = (
        LawRef(Act.FF, "32", section=1),
        LawRef(Act.FF, "32", section=1, remark=True),
        LawRef(Act.FF, "32", section=2),
        LawRef(Act.FF, "33", section=2),
        LawRef(Act.FF, "32", section=1, confidence=Confidence.DERIVED),
        Source("KS og Legeforeningen", "avtale av 23. mai 2022"),
    )

    cap_other_tasks: float = parameter(
        FULL_CAP_HOURS, "Tak for pålegg ved full praksis", unit="h", fixed=True, basis="F-32.1"
    )
    cap_averaging_weeks: int = parameter(
        1, "Uker som taket regnes over", unit="uker", low=1, high=8, basis="F-32.10"
    )
    admin_meetings_count: bool = parameter(
        True, "Administrative møter regnes med", fixed=True, basis="F-32.5"
    )
    daytime_counts_in_cap: bool = parameter(False, "Daglegevakt regnes med", basis="F-33.4")

    def encode(self, draft: Draft) -> None:
        """Where anything is ordered, all that counts stays within the cap."""
        problem = draft.problem
        span = self.cap_averaging_weeks
        windows = [[last.plus(-n) for n in range(span)] for last in weeks_of(problem)]
        rooms: dict[Fraction | str, list[int]] = {}
        for doctor in problem.doctors:
            terms = {own.week: own for own in week_terms(draft, doctor)}
            for part in terms.values():
                if part.duties:
                    draft.linear(
                        part.never, high=part.never_history, doctor=doctor.id, duties=part.duties
                    )
            if not doctor.employment.is_gp:
                continue
            daytime = self._daytime_terms(draft, doctor)
            # Those without meetings have as much where they have the same share.
            key = doctor.id if doctor.id in problem.meetings_of else doctor.practice_share
            room = rooms.get(key)
            if room is None:
                room = [floor(self._free(problem, doctor, window)) for window in windows]
                rooms[key] = room
            for window, free in zip(windows, room, strict=True):
                own = [terms[week] for week in window if week in terms]
                if not own:
                    continue
                work = [term for part in own for term in part.work]
                duties = [duty for part in own for duty in part.duties]
                shared = [term for week in window for term in daytime.get(week, ())]
                most = sum(minutes for minutes, _ in (*work, *shared))
                if most <= free:  # either way: at the limit nothing is forbidden
                    continue
                condition = TRUE
                if shared or not all(part.only_orders for part in own):
                    condition = draft.at_least([t for part in own for t in part.ordered], 1)
                draft.linear(
                    [*work, *shared],
                    high=free,
                    only_if=condition,
                    doctor=doctor.id,
                    duties=duties,
                )

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Add up each week by agreement and order, then compare the orders with the room."""
        if self.daytime_counts_in_cap:
            yield from self._checked(timetable, doctor)
            return
        _, cases = timetable.remembered_of_sessions(
            # A rule's settings are mappings, so it is known by who it is; it is kept to stay that.
            doctor.id,
            (OrderCap, id(self)),
            lambda: (self, tuple(self._checked(timetable, doctor))),
        )
        yield from cases

    def _checked(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        problem = timetable.problem
        parts: dict[IsoWeek, list[OrderPart]] = {}
        for part in order_parts(timetable, doctor):
            parts.setdefault(part.week, []).append(part)
        for week, own in parts.items():
            never = [part for part in own if part.in_period and not part.can_order]
            if never:
                yield self._unorderable(doctor, week, never)
        span = self.cap_averaging_weeks
        near = {week.plus(n) if n else week for week in parts for n in range(span)}
        weeks = problem.remembered((self.id, "weeks"), lambda: frozenset(weeks_of(problem)))
        for last in sorted(near & weeks) if doctor.employment.is_gp else ():
            window = [last.plus(1 - span + n) for n in range(span)]
            own = [part for week in window for part in parts.get(week, ())]
            daytime = self._daytime_of(timetable, doctor, window)
            in_period = [part for part in own if part.in_period]
            if in_period or any(duty.id in problem.duty_by_id for duty, _ in daytime):
                yield self._judged(problem, doctor, window, own, daytime)
        yield from self._outside_the_cap(timetable, doctor)

    def explain(self, problem: Problem, case: Case) -> str:
        """«I uke 5 (2027) pålegges Kari 4 timer, men kan bare pålegges 2,5 timer: …»"""
        who, amount = name(problem, case.doctor), hours((case.measured or 0) * 60)
        if case.outcome is Outcome.NOTICE:
            return (
                f"{who} har {amount} {case.fact('kind')} uten avtale. Oppgaven regnes ikke med "
                f"i taket for pålegg og må derfor bygge på avtale {source(self.citations[2])}."
            )
        weeks, room = case.fact("weeks"), hours((case.limit or 0) * 60)
        if not case.fact("orderable"):
            if case.outcome is Outcome.KEPT:
                return f"I {weeks} har {who} bare avtalte oppgaver {source(self.citations[0])}."
            return (
                f"I {weeks} får {who} {amount} uten avtale, men bare kommunens egne fastleger kan "
                f"pålegges kommunale oppgaver {source(self.citations[0])}."
            )
        if case.outcome is Outcome.KEPT:
            return (
                f"I {weeks} pålegges {who} {amount}, og kan pålegges inntil {room} "
                f"{source(self.citations[0])}."
            )
        taken = case.fact("taken")
        what = "møter, daglegevakt" if self.daytime_counts_in_cap else "møter"
        why = f", og {what} og avtalt arbeid tar {hours(taken)}" if taken else ""
        return (
            f"I {weeks} pålegges {who} {amount}, men kan bare pålegges {room}: taket er "
            f"{hours(case.fact('cap'))}{why} {source(self.citations[0])}."
        )

    def _free(self, problem: Problem, doctor: Doctor, window: list[IsoWeek]) -> Fraction:
        """The caps of the weeks less their administrative meetings."""
        free = self._cap(problem, doctor, window)
        if self.admin_meetings_count:
            free -= sum(meeting_minutes(problem, doctor.id, week) for week in window)
        return free

    def _cap(self, problem: Problem, doctor: Doctor, window: list[IsoWeek]) -> Fraction:
        """The law's cap, or the rule's own where that is lower (in a what-if)."""
        share = doctor.practice_share.as_integer_ratio(), doctor.employment.is_gp
        known: dict[tuple[IsoWeek, IsoWeek], Fraction]
        known = problem.remembered((self.id, self.cap_other_tasks, share), dict)
        key = window[0], window[-1]
        if key not in known:
            known[key] = self._cap_of(problem, doctor, window)
        return known[key]

    def _cap_of(self, problem: Problem, doctor: Doctor, window: list[IsoWeek]) -> Fraction:
        own = self._own_cap * doctor.practice_share
        return sum(
            (min(own, cap_of(doctor, week, problem.judged_on)) for week in window), Fraction(0)
        )

    @cached_property
    def _own_cap(self) -> Fraction:
        """Minutes a week at full practice."""
        return Fraction(str(self.cap_other_tasks)) * 60

    def _daytime_terms(self, draft: Draft, doctor: Doctor) -> dict[IsoWeek, list[Term]]:
        found: dict[IsoWeek, list[Term]] = {}
        if self.daytime_counts_in_cap:
            for duty, var in draft.work_of(doctor.id):
                if duty.letter is Letter.DAYTIME:
                    for week, minutes in minutes_by_week(duty):
                        found.setdefault(week, []).append((minutes, var))
        return found

    def _daytime_of(
        self, timetable: Timetable, doctor: Doctor, window: list[IsoWeek]
    ) -> list[tuple[Duty, int]]:
        """Daytime duties that reach into the weeks, with their minutes there."""
        if not self.daytime_counts_in_cap:
            return []
        stretch = Interval(window[0].interval.start, window[-1].interval.end)
        return [
            (duty, duty.interval.overlap_minutes(stretch))
            for duty in timetable.work_of(doctor.id)
            if duty.letter is Letter.DAYTIME and duty.interval.overlaps(stretch)
        ]

    def _judged(
        self,
        problem: Problem,
        doctor: Doctor,
        window: list[IsoWeek],
        own: list[OrderPart],
        daytime: list[tuple[Duty, int]],
    ) -> Case:
        """What is ordered against what could be."""
        ordered = sum([part.ordered for part in own])
        cap = self._cap(problem, doctor, window)
        taken = sum([part.voluntary for part in own]) + sum([minutes for _, minutes in daytime])
        if self.admin_meetings_count:
            taken += sum([meeting_minutes(problem, doctor.id, week) for week in window])
        # In parts of a minute, of which the cap is a whole number.
        minute = cap.denominator
        room = max(0, cap.numerator - taken * minute)
        left = room - ordered * minute
        duties = {duty.id: duty for part in own for duty in part.duties}
        duties |= {duty.id: duty for duty, _ in daytime}
        first, last = window[0], window[-1]
        one = first == last
        return self.case(
            Outcome.BREACH if left < 0 else Outcome.KEPT,
            doctor.id,
            tuple([duty.id for duty in sorted(duties.values(), key=_IN_TIME)]),
            when=first.interval if one else Interval(first.interval.start, last.interval.end),
            measured=ordered / 60,
            limit=room / (minute * 60),
            margin=left / (minute * 60) if ordered else None,
            unit="h",
            facts=(
                ("weeks", str(first) if one else f"{first} til {last}"),
                ("cap", float(cap)),
                ("taken", taken),
                ("orderable", 1),  # either way: anything but 0
            ),
        )

    def _unorderable(self, doctor: Doctor, week: IsoWeek, never: list[OrderPart]) -> Case:
        """Work beyond agreements on duties to which the doctor cannot be ordered."""
        added = sum(part.ordered - part.history for part in never)
        return self.case(
            Outcome.BREACH if added else Outcome.KEPT,
            doctor.id,
            tuple(duty.id for part in never for duty in part.duties),
            when=week.interval,
            measured=added / 60,
            limit=0,
            margin=-added / 60 if added else None,
            unit="h",
            facts=(("weeks", str(week)), ("orderable", 0)),
        )

    def _outside_the_cap(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """One notice a duty that does not count in the cap and is not agreed."""
        found: dict[str, list[OrderPart]] = {}
        for part in order_parts(timetable, doctor, counting=False):
            if part.ordered > part.history:
                found.setdefault(part.kind, []).append(part)
        for kind, parts in found.items():
            duties = dict.fromkeys(duty.id for part in parts for duty in part.duties)
            yield self.case(
                Outcome.NOTICE,
                doctor.id,
                tuple(duties),
                measured=sum(part.ordered - part.history for part in parts) / 60,
                unit="h",
                facts=(("kind", timetable.problem.type_by_id[kind].name),),
            )
