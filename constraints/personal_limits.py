"""Personlige grenser: what is agreed with one doctor about amount and kind of shifts.

GP and municipality may agree on more or fewer duties (F-33.17). Limits speak of legevakt shifts
of both letters, home and backup duty included; municipal sessions are not counted. Months are
calendar months in Oslo, and a shift belongs to the month, and the weekday, of the day on which
it starts. A weekend is counted once however many shifts touch it, in the month of its Saturday.
Shifts of the former roster count, but history alone is never a breach.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from constraints.law import Source
from constraints.wording import MONTHS, WEEKDAYS, duty_named, name, source
from scheduler.domain.doctor import Doctor
from scheduler.domain.doctor import PersonalLimits as Limits
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, SATURDAY, Interval, add_months, days_between, local, moment
from scheduler.rule import Authority, Case, Confidence, Outcome, Rule
from scheduler.solving.draft import Draft, Var

_NAMES = {
    "duties": ("vakt", "vakter"),
    "nights": ("nattevakt", "nattevakter"),
    "weekends": ("helg med vakt", "helger med vakt"),
}


@dataclass(frozen=True)
class PersonalLimits(Rule):
    """No shift of a kind that is agreed away, and no more in a month than agreed."""

    id: ClassVar = "personal_limits"
    rulebook: ClassVar = ("F-33.17",)
    title: ClassVar = "Avtalte grenser for den enkelte legen"
    title_en: ClassVar = "Limits agreed with one doctor"
    authority: ClassVar = Authority.AGREEMENT
    citations: ClassVar = (
        Source("avtalen med legen", confidence=Confidence.POLICY),
        Source("Legeforeningen om plikten til å delta i legevakt"),
    )

    def stops(self, problem: Problem, doctor: Doctor) -> Iterator[Case]:
        """Shifts of a kind, a weekday or a time of day that is agreed away."""
        limits = doctor.limits
        if not (limits.no_nights or limits.not_weekdays or limits.not_patterns):
            return
        for duty in problem.duties:
            if not duty.is_shift:
                continue
            if limits.no_nights and duty.is_night:
                yield self._unary(doctor, duty, "night", Outcome.BREACH)
            if duty.day.weekday() in limits.not_weekdays:
                yield self._unary(doctor, duty, "weekday", Outcome.BREACH)
            if duty.type.id in limits.not_patterns:
                yield self._unary(doctor, duty, "pattern", Outcome.BREACH)

    def encode(self, draft: Draft) -> None:
        """For each limit and month: the shifts, or the weekends with a shift, are few enough."""
        for doctor in draft.problem.doctors:
            asked = _monthly(doctor.limits)
            if not asked:
                continue
            shifts: dict[tuple[str, date], list[tuple[Duty, Var]]] = {}
            weekends: dict[date, dict[date, list[tuple[Duty, Var]]]] = {}
            for duty, var in draft.work_of(doctor.id):
                if not duty.is_shift:
                    continue
                month = duty.day.replace(day=1)  # either way: any day names the month
                shifts.setdefault(("duties", month), []).append((duty, var))
                if duty.is_night:
                    shifts.setdefault(("nights", month), []).append((duty, var))
                for saturday in duty.weekends:
                    # either way: any day names the month
                    of_month = weekends.setdefault(saturday.replace(day=1), {})
                    of_month.setdefault(saturday, []).append((duty, var))
            for (kind, _), work in shifts.items():
                if kind in asked:
                    draft.at_most(
                        asked[kind],
                        [var for _, var in work],
                        doctor=doctor.id,
                        duties=[duty for duty, _ in work],
                    )
            if "weekends" in asked:
                for of_month in weekends.values():
                    draft.at_most(
                        asked["weekends"],
                        [draft.any_of(var for _, var in work) for work in of_month.values()],
                        doctor=doctor.id,
                        duties=[duty for work in of_month.values() for duty, _ in work],
                    )

    def check_doctor(self, timetable: Timetable, doctor: Doctor) -> Iterator[Case]:
        """Judge each shift by kind, then count month by month in the calendar."""
        limits = doctor.limits
        if limits == Limits():  # either way: nothing is asked of any shift
            return
        own = [duty for duty in timetable.duties_of(doctor.id) if duty.is_shift]
        for duty in own:
            weekday = local(duty.start).weekday()
            for kind, asked, broken in (
                ("night", limits.no_nights, duty.is_night),
                ("weekday", limits.not_weekdays, weekday in limits.not_weekdays),
                ("pattern", limits.not_patterns, duty.type.id in limits.not_patterns),
            ):
                if asked:
                    outcome = Outcome.BREACH if broken else Outcome.KEPT
                    yield self._unary(doctor, duty, kind, outcome)
        asked_monthly = _monthly(limits)
        if not own or not asked_monthly:
            return
        ids = {duty.id for duty in own}
        work = [duty for duty in timetable.work_of(doctor.id) if duty.is_shift]
        # A Sunday shift on the first of a month takes a weekend of the month before.
        first = min(day for duty in own for day in (duty.day, *duty.weekends))
        month, last = first.replace(day=1), max(duty.end for duty in own)
        while moment(month) < last:  # either way: nothing is left at the end
            after = add_months(month, 1)
            span = Interval(moment(month), moment(after))
            starting = [duty for duty in work if span.contains(duty.start)]
            saturdays = (d for d in days_between(month, after - DAY) if d.weekday() == SATURDAY)
            weekends = [Interval(moment(day), moment(day + 2 * DAY)) for day in saturdays]
            counted = {
                "duties": [[duty] for duty in starting],
                "nights": [[duty] for duty in starting if duty.is_night],
                "weekends": [[d for d in work if d.interval.overlaps(w)] for w in weekends],
            }
            for kind, limit in asked_monthly.items():
                groups = [group for group in counted[kind] if group]
                history = sum(any(duty.id not in ids for duty in group) for group in groups)
                if len(groups) > history:  # else the period adds nothing to the tail
                    yield self.case(
                        Outcome.KEPT if len(groups) <= limit else Outcome.BREACH,
                        doctor.id,
                        tuple(dict.fromkeys(duty.id for group in groups for duty in group)),
                        when=span,
                        measured=len(groups),
                        limit=limit,
                        margin=limit - len(groups),
                        unit=_NAMES[kind][1],
                        facts=(("limit", kind),),
                    )
            month = after

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari Li har 5 vakter i mars 2027; avtalt grense er 4 (avtalen med legen).»"""
        who, citation = name(problem, case.doctor), source(self.citations[0])
        kind = case.fact("limit")
        if kind in _NAMES:
            one, many = _NAMES[kind]
            count, most = int(case.measured or 0), int(case.limit or 0)
            first = local(case.when.start).date() if case.when else problem.first_day
            return (
                f"{who} har {count} {one if count == 1 else many} i "
                f"{MONTHS[first.month - 1]} {first.year}; avtalt grense er {most} {citation}."
            )
        duty = duty_named(problem, case.duties[0])
        day = problem.duty_by_id[case.duties[0]].day.weekday()
        agreed = {
            "night": "nattevakter",
            "weekday": f"vakter som begynner på en {WEEKDAYS[day]}",
            "pattern": f"vakter av typen {problem.duty_by_id[case.duties[0]].type.name}",
        }[kind]
        if case.outcome is Outcome.KEPT:
            return f"{duty} er innenfor det som er avtalt med {who} {citation}."
        return f"{who} skal etter avtale ikke ha {agreed}, og kan derfor ikke ha {duty} {citation}."

    def _unary(self, doctor: Doctor, duty: Duty, kind: str, outcome: Outcome) -> Case:
        return self.case(
            outcome,
            doctor.id,
            (duty.id,),
            when=duty.interval,
            facts=(("limit", kind),),
        )


def _monthly(limits: Limits) -> dict[str, int]:
    """The monthly limits that are set."""
    found = {
        "duties": limits.max_duties_per_month,
        "nights": limits.max_nights_per_month,
        "weekends": limits.max_weekends_per_month,
    }
    return {kind: limit for kind, limit in found.items() if limit is not None}
