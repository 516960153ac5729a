"""Luft mellom vaktene: some days between a doctor's shifts (policy, a matter of comfort).

Shifts belong to the Oslo day on which they start. Shifts of one block, and shifts that had
better go to one doctor (`Duty.together`), are one turn of duty and need no air between them.
What health needs is kept by the rules of rest; this only spreads what is left. Between two
turns that are nights alone it asks for nothing: that distance is priced by `night_spacing`.

Every stretch of `min_days` days may hold one turn; each turn more costs `price` for each
such stretch, so two turns on one day cost most and two almost far enough apart least.
Turns of the former roster count but cost nothing by themselves.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from constraints.facts.work import is_working_night, turn_of
from constraints.law import POLICY
from constraints.wording import counted, duty_named, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, Interval
from scheduler.rule import Authority, Case, Level, Outcome, Rule, parameter, price_parameter
from scheduler.solving.draft import Draft, Var


@dataclass(frozen=True)
class Spacing(Rule):
    """A doctor's turns of duty start at least `min_days` days apart where that can be."""

    id: ClassVar = "spacing"
    title: ClassVar = "Luft mellom vaktene"
    title_en: ClassVar = "Days between a doctor's shifts"
    authority: ClassVar = Authority.WISH
    citations: ClassVar = (POLICY,)
    hard: ClassVar = False

    min_days: int = parameter(
        3, "Minste avstand fra vakt til vakt (1: ingen)", unit="dager", low=1, high=14
    )
    price: int = price_parameter(5, "Pris for hver dag som mangler i avstanden")

    def encode(self, draft: Draft) -> None:
        """In each stretch of days, count the turns beyond one."""
        if self.min_days < 2:  # one turn a day is not asked for
            return
        nightly = _nightly(draft.problem)
        for own in draft.stencils():
            turns: dict[Hashable, dict[date, set[Var]]] = {}
            for duty, var in own.work:
                if duty.is_shift:
                    turns.setdefault(turn_of(duty), {}).setdefault(duty.day, set()).add(var)
            short: dict[date, list[Var]] = {}  # turns of one day, which is nearly all
            long: dict[date, dict[Hashable, set[Var]]] = {}
            nights: dict[date, set[Var]] = {}
            for turn, days in turns.items():
                for day, variables in days.items():
                    if turn in nightly:
                        nights.setdefault(day, set()).update(variables)
                    elif len(days) == 1:
                        short.setdefault(day, []).append(own.any_of(variables))
                    else:
                        long.setdefault(day, {})[turn] = variables
            busy = short.keys() | long.keys() | nights.keys()
            for first in sorted({day - n * DAY for day in busy for n in range(self.min_days)}):
                stretch = [first + n * DAY for n in range(self.min_days)]
                joined: dict[Hashable, set[Var]] = {}
                for day in stretch:
                    for turn, variables in long.get(day, {}).items():
                        joined.setdefault(turn, set()).update(variables)
                worked = [var for day in stretch for var in short.get(day, ())]
                worked += [own.any_of(variables) for variables in joined.values()]
                if worked:  # either way: nights alone are one and have no price
                    worked.append(own.any_of(v for day in stretch for v in nights.get(day, ())))
                if len(worked) > 1:  # either way: one turn alone has no price
                    beyond = own.excess([(1, var) for var in worked], 1, spares_past=True)
                    own.penalise(Level.WISHES, [(self.price, beyond)])

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Walk the shifts in order of time and measure from turn to turn."""
        if self.min_days < 2:
            return
        problem = timetable.problem
        nightly = problem.remembered("nightly turns", lambda: _nightly(problem))
        own = timetable.ids_of(doctor.id)
        history = {turn_of(d): d.day for d in problem.tail_of[doctor.id] if d.is_shift}
        if history:  # nights are one: another one is no nearer where the former roster had one
            latest_night = max(
                (history.get(night, date.min) for night in nightly), default=date.min
            )
            history |= dict.fromkeys(nightly, latest_night)
        latest: dict[Hashable, Duty] = {}
        told: set[frozenset[Hashable]] = set()
        for duty in timetable.work_of(doctor.id):
            if not duty.is_shift:
                continue
            turn, day = turn_of(duty), duty.day
            # Days only grow: a turn that is far enough away now is never close again.
            still_close: dict[Hashable, Duty] = {}
            for other, earlier in latest.items():
                apart = (day - earlier.day).days
                close = apart < self.min_days
                if close:
                    still_close[other] = earlier
                if other == turn or (duty.id not in own and earlier.id not in own):
                    continue
                pair = frozenset((turn, other))
                if pair in told or pair <= nightly:
                    continue
                # Turns that both go back into the former roster were close already there.
                if history and all(history.get(t, date.min) >= earlier.day for t in pair):
                    continue
                if close:
                    told.add(pair)
                yield self.case(
                    Outcome.EXCEPTION if close else Outcome.KEPT,
                    doctor.id,
                    (earlier.id, duty.id),
                    measured=apart,
                    limit=self.min_days,
                    margin=apart - self.min_days,
                    unit="dager",
                )
            latest = still_close
            latest[turn] = duty

    def check_doctor_nearby(
        self, timetable: Timetable, doctor: Doctor, changed: Interval
    ) -> Iterator[Case]:
        """Only the turns that are close to the change, and those that are close to them."""
        longest: timedelta = timetable.problem.remembered(
            "longest turn", lambda: _longest(timetable.problem)
        )
        # Which pair is told of two turns depends on all of both.
        wide = 2 * (longest + self.min_days * DAY + DAY)
        span = Interval(changed.start - wide, changed.end + wide)
        return self.check_doctor(timetable.near(doctor.id, span), doctor)

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari har 1 dag fra … til …; ønsket avstand er minst 3 dager (…).»"""
        first, second = (duty_named(problem, duty, case.doctor) for duty in case.duties)
        apart = counted(int(case.measured or 0), "dag", "dager")
        wanted = counted(int(case.limit or 0), "dag", "dager")
        return (
            f"{name(problem, case.doctor)} har {apart} fra {first} til {second}; "
            f"ønsket avstand er minst {wanted} {source(self.citations[0])}."
        )


def _nightly(problem: Problem) -> frozenset[Hashable]:
    """The turns of which every shift is a night of work."""
    shifts = [d for d in (*problem.duties, *(p.duty for p in problem.tail)) if d.is_shift]
    turns: dict[bool, set[Hashable]] = {False: set(), True: set()}
    for duty in shifts:
        turns[is_working_night(duty)].add(turn_of(duty))
    return frozenset(turns[True] - turns[False])


def _longest(problem: Problem) -> timedelta:
    """From the first start to the last end of the longest turn."""
    turns: dict[Hashable, Interval] = {}
    for duty in (*problem.duties, *(past.duty for past in problem.tail)):
        known = turns.setdefault(turn_of(duty), duty.interval)
        turns[turn_of(duty)] = Interval(min(known.start, duty.start), max(known.end, duty.end))
    return max((own.end - own.start for own in turns.values()), default=timedelta(0))
