"""The arithmetic of § 32: what is agreed, what is ordered, and what is left to order.

Work within a signed agreement or an offer is voluntary; the rest of the counting work is
ordered. How an agreement was read:

- A session uses what is in force on the day on which it starts.
- The minutes of an agreement are for a whole ISO week, also where it begins or ends inside
  the week. Sessions on days with at most t minutes in force use at most t minutes between
  them, so that an agreement that is renewed in mid-week does not give the week twice.
- A session that crosses Sunday midnight is divided by its real minutes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import NamedTuple

from constraints.law import Dated, Entry
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty, MunicipalDuty
from scheduler.domain.problem import Agreement, MeetingKind, Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import IsoWeek

CAP = Dated(
    {
        # § 12 of the former regulation (F: old § 12 -> new § 32).
        date(2013, 1, 1): Entry(450, known=date(2012, 8, 29)),
        date(2026, 1, 1): Entry(450, known=date(2025, 12, 2)),
    }
)
"""Minutes a week that a doctor in full-time practice can be ordered to (F-32.1)."""

# either way: it has been the same since 2013
FULL_CAP_HOURS = CAP.on(date(2026, 1, 1), known=date(2025, 12, 2)) / 60
"""The same in hours, as the regulation of 2025 has it."""


class OrderPart(NamedTuple):
    """One doctor's work on one municipal duty in one ISO week, tail included.

    A named tuple because a year has a thousand, and no frozen class is made as quickly.

    Attributes:
        kind: id of the municipal duty.
        duties: the sessions, in order of time.
        minutes: worked inside the week; `voluntary` and `ordered` add up to it.
        history: what the tail alone had ordered; no roster of the period can undo it.
        in_period: whether a session of the period takes part.
        can_order: whether the doctor can be ordered to this duty at all.
    """

    doctor: str
    week: IsoWeek
    kind: str
    duties: tuple[Duty, ...]
    minutes: int
    voluntary: int
    ordered: int
    history: int
    in_period: bool
    can_order: bool


@dataclass(frozen=True, slots=True)
class OrderWeek:
    """The § 32 account of one doctor in one ISO week, in minutes.

    Attributes:
        cap: the most that can be ordered, exact; 0 for who is not a GP.
        agreed, offered: in signed agreements and in offers on counting duties.
        voluntary: counting work inside agreements and offers.
        ordered: counting work beyond them.
        meetings: administrative meetings.
        left: what can still be ordered, in whole minutes.
    """

    doctor: str
    week: IsoWeek
    cap: Fraction
    agreed: int
    offered: int
    voluntary: int
    ordered: int
    meetings: int
    left: int


def cap_of(doctor: Doctor, week: IsoWeek, known: date) -> Fraction:
    """Minutes that the doctor can be ordered to in the week (F-32.2); 0 for non-GPs.

    Args:
        doctor: whose agreed practice share counts, never the opening hours.
        week: the ISO week.
        known: the day whose law holds.
    """
    if not doctor.employment.is_gp:
        return Fraction(0)
    return CAP.on(week.monday, known=known) * doctor.practice_share


def meeting_minutes(problem: Problem, doctor: str, week: IsoWeek) -> int:
    """Minutes of administrative meetings inside the week (F-32.5, F-32.6)."""
    return sum(
        [
            meeting.interval.overlap_minutes(week.interval)
            for meeting in problem.meetings_of.get(doctor, ())
            if meeting.kind is MeetingKind.ADMINISTRATIVE
        ]
    )


def weeks_of(problem: Problem) -> tuple[IsoWeek, ...]:
    """The weeks of the period, and those after it into which a duty runs."""
    return problem.remembered("weeks with duties", lambda: _weeks_of(problem))


def _weeks_of(problem: Problem) -> tuple[IsoWeek, ...]:
    weeks = list(problem.weeks)
    last_end = max((duty.end for duty in problem.duties), default=problem.period.end)
    while weeks[-1].interval.end < last_end:
        weeks.append(weeks[-1].plus(1))
    return tuple(weeks)


def minutes_by_week(duty: Duty) -> tuple[tuple[IsoWeek, int], ...]:
    """The real minutes of the duty in each ISO week that it touches."""
    week = duty.week
    if duty.end <= week.interval.end:  # either way: the loop finds the same
        return ((week, duty.minutes),)
    found = []
    while week.interval.start < duty.end:  # either way: no minutes there
        found.append((week, duty.interval.overlap_minutes(week.interval)))
        week = week.plus(1)
    return tuple(found)


def counts(duty: Duty) -> bool:
    """Whether the duty is municipal work that counts in the cap (F-32.8)."""
    return isinstance(duty.type, MunicipalDuty) and duty.type.counts_in_cap


def can_be_ordered(doctor: Doctor, duty: Duty) -> bool:
    """Whether the duty can be ordered: a GP, and a task of the GP's own municipality (F-3)."""
    return (
        doctor.employment.is_gp
        and isinstance(duty.type, MunicipalDuty)
        and duty.type.municipality == doctor.municipality
    )


def in_force(agreements: Iterable[Agreement], kind: str, day: date) -> tuple[int, int]:
    """Signed and offered minutes a week on this municipal duty, in force on the day."""
    signed = offered = 0
    for agreement in agreements:
        if agreement.duty == kind and agreement.span.contains(day):
            if agreement.signed:
                signed += agreement.minutes_per_week
            else:
                offered += agreement.minutes_per_week
    return signed, offered


def order_parts(
    timetable: Timetable, doctor: Doctor, *, counting: bool = True
) -> tuple[OrderPart, ...]:
    """The doctor's municipal work by week and duty, divided in voluntary and ordered.

    Args:
        timetable: whose work.
        doctor: whose work.
        counting: the duties that count in the cap, or those that do not.
    """
    return timetable.remembered_of_sessions(
        doctor.id, ("order parts", counting), lambda: _order_parts(timetable, doctor, counting)
    )


def _order_parts(timetable: Timetable, doctor: Doctor, counting: bool) -> tuple[OrderPart, ...]:
    problem = timetable.problem
    agreements = problem.agreements_of.get(doctor.id, ())
    own = timetable.ids_of(doctor.id)
    pieces: dict[tuple[IsoWeek, str], list[tuple[Duty, int]]] = {}
    for duty in timetable.work_of(doctor.id):
        if not duty.is_shift and counts(duty) is counting:
            for week, minutes in minutes_by_week(duty):
                pieces.setdefault((week, duty.type.id), []).append((duty, minutes))
    found = []
    for (week, kind), part in sorted(pieces.items(), key=lambda item: item[0]):
        minutes = sum([minutes for _, minutes in part])
        ordered = ordered_minutes(agreements, kind, part)
        past = [(duty, minutes) for duty, minutes in part if duty.id not in own]
        found.append(
            OrderPart(
                doctor.id,
                week,
                kind,
                tuple(duty for duty, _ in part),
                minutes,
                minutes - ordered,
                ordered,
                # either way: of nothing nothing is ordered
                ordered_minutes(agreements, kind, past) if past else 0,
                len(past) < len(part),
                can_be_ordered(doctor, part[0][0]),
            )
        )
    return tuple(found)


def ordered_minutes(
    agreements: Iterable[Agreement], kind: str, part: Iterable[tuple[Duty, int]]
) -> int:
    """What of one week's work on one municipal duty no agreement or offer covers.

    The days with least in force are served first; each session takes what is still free.
    """
    own = tuple([agreement for agreement in agreements if agreement.duty == kind])
    if not own:
        return sum(minutes for _, minutes in part)
    pieces = sorted((sum(in_force(own, kind, duty.day)), minutes) for duty, minutes in part)
    used = ordered = 0
    for available, minutes in pieces:
        given = min(minutes, max(0, available - used))
        used += given
        ordered += minutes - given
    return ordered


def order_weeks(timetable: Timetable) -> tuple[OrderWeek, ...]:
    """The account of every GP and week of the period, and of others where they work.

    Sorted as the problem's doctors, then by week.
    """
    problem = timetable.problem
    weeks = weeks_of(problem)
    found = []
    for doctor in problem.doctors:
        parts: dict[IsoWeek, list[OrderPart]] = {}
        for part in order_parts(timetable, doctor):
            parts.setdefault(part.week, []).append(part)
        for week in weeks:
            own = parts.get(week, [])
            if not own and not doctor.employment.is_gp:
                continue
            agreed, offered = _weekly(problem, doctor.id, week)
            cap = cap_of(doctor, week, problem.judged_on)
            voluntary = sum(part.voluntary for part in own)
            ordered = sum(part.ordered for part in own)
            meetings = meeting_minutes(problem, doctor.id, week)
            left = max(0, floor(cap - meetings - voluntary - ordered))
            found.append(
                OrderWeek(doctor.id, week, cap, agreed, offered, voluntary, ordered, meetings, left)
            )
    return tuple(found)


def _weekly(problem: Problem, doctor: str, week: IsoWeek) -> tuple[int, int]:
    """Signed and offered minutes on counting duties: for each duty the week's best day."""
    agreements = problem.agreements_of.get(doctor, ())
    signed = offered = 0
    for kind in sorted({agreement.duty for agreement in agreements}):
        if _counting(problem.type_by_id, kind):
            days = [in_force(agreements, kind, day) for day in week_days(week)]
            signed += max(day[0] for day in days)
            offered += max(day[1] for day in days)
    return signed, offered


def _counting(types: Mapping[str, object], kind: str) -> bool:
    found = types.get(kind)
    return isinstance(found, MunicipalDuty) and found.counts_in_cap


@lru_cache(maxsize=5_000)
def week_days(week: IsoWeek) -> tuple[date, ...]:
    """Monday to Sunday."""
    return tuple(date.fromisocalendar(week.year, week.number, n) for n in range(1, 8))
