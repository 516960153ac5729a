"""What could leave too few at an office, in the variables of the model."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from constraints.facts.closures import AwayPart, takes_from_practice
from constraints.facts.practice_groups import surely_away
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.time import Interval, days_touched
from scheduler.solving.draft import Draft, Var
from scheduler.solving.model import TRUE

Leave = tuple[Interval, Var, Duty | None]
"""When a doctor is away, where which variable is true, and the duty; fixed things have none."""


def could_be_away(
    draft: Draft,
    doctor: Doctor,
    parts: Mapping[tuple[str, Interval], tuple[AwayPart, ...]],
) -> dict[date, list[Leave]]:
    """By day: what takes the doctor from the office, fixed things as TRUE.

    Args:
        draft: in which the doctor's possible duties stand.
        doctor: who could be away.
        parts: of each duty, what touches anybody's opening hours (`away_parts`).
    """
    found: dict[date, list[Leave]] = {}
    for interval in surely_away(draft.problem, doctor.id):
        for day in days_touched(interval):
            found.setdefault(day, []).append((interval, TRUE, None))
    for duty, var in draft.work_of(doctor.id):
        for part in parts.get((duty.id, duty.interval), ()):
            if part.closure or takes_from_practice(duty, doctor):
                found.setdefault(part.day, []).append((part.interval, var, duty))
    return found


def stretches(
    hours: Mapping[str, Sequence[Interval]],
    away: Mapping[str, Sequence[Leave]],
    min_present: int,
) -> dict[tuple[frozenset[frozenset[Var]], int], tuple[int, dict[str, Duty]]]:
    """What could leave too few: (who could be away how, how many may) -> minutes, duties.

    Args:
        hours: each doctor's opening hours of one day.
        away: what could take each doctor away on that day.
        min_present: how many doctors must be left, where so many have opening hours.
    """
    cuts = {moment for own in hours.values() for o in own for moment in (o.start, o.end)}
    if not cuts:
        return {}
    first, last = min(cuts), max(cuts)
    for own in away.values():
        for interval, _, _ in own:
            moments = (interval.start, interval.end)
            cuts |= {m for m in moments if first < m < last}  # either way: both are cuts
    found: dict[tuple[frozenset[frozenset[Var]], int], tuple[int, dict[str, Duty]]] = {}
    if not any(duty for own in away.values() for _, _, duty in own):
        return {}  # either way: nothing of this roster takes anybody away
    for start, end in pairwise(sorted(cuts)):
        scheduled = [who for who, own in hours.items() if any(o.contains(start) for o in own)]
        needed = min(min_present, len(scheduled))
        if not needed:
            continue
        leaving = {
            who: [(var, duty) for i, var, duty in away[who] if i.contains(start)]
            for who in scheduled
        }
        free = [own for own in leaving.values() if all(var != TRUE for var, _ in own)]
        could = [own for own in free if own]
        limit = len(free) - needed
        if limit < 0 or len(could) <= limit:  # either way: at the limit nothing is forbidden
            continue
        key = frozenset(frozenset(var for var, _ in own) for own in could), limit
        minutes, duties = found.get(key, (0, {}))
        duties |= {duty.id: duty for own in could for _, duty in own if duty}
        found[key] = minutes + Interval(start, end).minutes, duties
    return found
