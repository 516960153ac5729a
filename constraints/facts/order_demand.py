"""How much municipal work may have to be ordered in a period, and to whom (F-32.2, F-32.4).

What must be ordered at the least: in each ISO week, the work on each municipal duty beyond
all that is agreed or offered by anybody to whom the work is open. The bound is proven for
every roster without holes: within a week and a duty nobody's voluntary work exceeds the
minutes in force, nor the open sessions. It is shared by the cap, so by the practice share.
"""

from collections.abc import Iterable, Mapping

from constraints.facts.orders import (
    can_be_ordered,
    cap_of,
    counts,
    in_force,
    minutes_by_week,
    order_parts,
    week_days,
)
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty, MunicipalDuty
from scheduler.domain.problem import Agreement, Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import IsoWeek
from scheduler.fairness.availability import OpenUnits
from scheduler.fairness.shares import OrderedDemand


def ordered_demands(problem: Problem, opened: OpenUnits) -> tuple[OrderedDemand, ...]:
    """Each municipality's own counting work, in the problem's order; those without are left out.

    Weights are hours a week that can be ordered.

    Args:
        problem: the plan.
        opened: for each doctor the units that no rule stops.
    """
    found = []
    week = IsoWeek.of(problem.last_day)
    work: dict[str, list[Duty]] = {}
    for duty in problem.duties:
        if isinstance(duty.type, MunicipalDuty) and counts(duty):
            work.setdefault(duty.type.municipality, []).append(duty)
    for town in problem.municipalities:
        duties = work.get(town.id)
        if not duties:
            continue
        able = opened.of_some({duty.unit for duty in duties})
        weights = {
            doctor.id: cap / 60
            for doctor in problem.doctors
            if can_be_ordered(doctor, duties[0])  # as all of one municipality
            and (cap := cap_of(doctor, week, problem.judged_on))
            and doctor.id in able
        }
        most = sum(max(d.minutes for d in own) * own[0].needed for own in _choices(duties))
        found.append(OrderedDemand(town.id, most, _least(problem, opened, duties), weights))
    return tuple(found)


def ordered_in_period(timetable: Timetable, doctor: Doctor) -> int:
    """Minutes that the roster orders the doctor to, beyond what the tail alone had."""
    return timetable.remembered(
        doctor.id,
        "ordered",
        lambda: sum(part.ordered - part.history for part in order_parts(timetable, doctor)),
    )


def _choices(duties: Iterable[Duty]) -> list[list[Duty]]:
    """The duties of one choice together; all others alone."""
    found: dict[str, list[Duty]] = {}
    for duty in duties:
        found.setdefault(duty.choice or duty.id, []).append(duty)
    return list(found.values())


def _least(problem: Problem, opened: OpenUnits, duties: Iterable[Duty]) -> int:
    """Minutes beyond agreements and offers, week by week and duty by duty."""
    needed: dict[tuple[IsoWeek, str], int] = {}
    pieces: dict[tuple[IsoWeek, str], list[tuple[Duty, int]]] = {}
    for own in _choices(duties):
        kind = own[0].type.id
        minutes = [dict(minutes_by_week(duty)) for duty in own]
        for duty, by_week in zip(own, minutes, strict=True):
            for week, length in by_week.items():
                pieces.setdefault((week, kind), []).append((duty, length))
        # Whichever day of a choice is used, this much falls into the week.
        for week in minutes[0]:
            least = min(by_week.get(week, 0) for by_week in minutes)
            needed[week, kind] = needed.get((week, kind), 0) + least * own[0].needed
    willing: dict[str, dict[str, list[Agreement]]] = {}
    for agreement in problem.agreements:
        willing.setdefault(agreement.duty, {}).setdefault(agreement.doctor, []).append(agreement)
    return sum(
        max(0, amount - _voluntary(willing.get(kind, {}), opened, week, kind, pieces[week, kind]))
        for (week, kind), amount in needed.items()
    )


def _voluntary(
    willing: Mapping[str, Iterable[Agreement]],
    opened: OpenUnits,
    week: IsoWeek,
    kind: str,
    pieces: Iterable[tuple[Duty, int]],
) -> int:
    """The most that these doctors' agreements and offers can cover of the week's work."""
    own = list(pieces)
    first, *later = week_days(week)
    found = 0
    for doctor, agreements in willing.items():
        # What is in force grows only where something begins.
        days = {first, *(own.span.first for own in agreements if own.span.first in later)}
        given = max(sum(in_force(agreements, kind, day)) for day in days)
        if given:
            able = sum(minutes for duty, minutes in own if opened.has(doctor, duty.unit))
            found += min(given, able)
    return found
