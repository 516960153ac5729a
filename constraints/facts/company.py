"""When a doctor who may not be alone on duty has anything to share in at all.

Such a doctor takes part where somebody could stand by: on the days of duties that another
duty guards from first to last, whoever has it. On days when nothing of the kind exists no
share is owed.
"""

from collections.abc import Callable, Iterator
from datetime import date

from constraints.facts.competence import stands_by
from scheduler.domain.duty import Duty, Letter, ShiftPattern
from scheduler.domain.problem import Problem
from scheduler.domain.time import DAY, days_touched


def could_be_guarded(problem: Problem, duty: Duty) -> bool:
    """Whether other duties, or another doctor on the same one, could guard all of the duty."""
    if duty.needed > 1:
        return True
    reached = duty.start
    for other in problem.duties_touching(duty.interval):
        if other.id != duty.id and _stands_by(other, duty) and other.start <= reached:
            reached = max(reached, other.end)
    return reached >= duty.end


def closed_days(
    problem: Problem, letter: Letter, until: date, is_possible: Callable[[Duty], bool]
) -> Iterator[date]:
    """The days of the period before `until` on which no shift of the letter is possible.

    A day that no shift touches is as the last one before it that one does, and the first days
    are as the first of those; where there are no shifts at all, no day is closed.
    """
    if until <= problem.first_day:  # either way: most doctors, and a look at every duty saved
        return
    verdicts: dict[date, bool] = {}
    for duty in problem.duties:
        if duty.letter is letter and duty.day < until:
            possible = is_possible(duty)
            for day in days_touched(duty.interval):
                verdicts[day] = verdicts.get(day, False) or possible
    possible = verdicts[min(verdicts)] if verdicts else True
    day = problem.first_day
    while day < until and day <= problem.last_day:
        possible = verdicts.get(day, possible)
        if not possible:
            yield day
        day += DAY


def _stands_by(other: Duty, duty: Duty) -> bool:
    return (
        isinstance(other.type, ShiftPattern)
        and isinstance(duty.type, ShiftPattern)
        and stands_by(other.type, duty.type)
    )
