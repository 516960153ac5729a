"""How a period is settled: the ledger after a roster."""

from collections.abc import Mapping

from scheduler.domain.calendar import GreatHoliday
from scheduler.domain.duty import Letter
from scheduler.domain.problem import Account
from scheduler.domain.roster import Timetable
from scheduler.fairness.keys import apportion
from scheduler.fairness.measures import Calendar, Measure, opening_balance
from scheduler.fairness.shares import FairShares


def closing_accounts(shares: FairShares, timetable: Timetable) -> tuple[Account, ...]:
    """The ledger after this roster: opening balance + worked - fair part of what was worked.

    The parts are rounded so that they add up to what was worked; a measure's balances keep
    their sum from period to period.
    """
    problem = timetable.problem
    calendar = Calendar(problem)
    closing: dict[tuple[str, Measure], int] = {}
    for measure in Measure:
        worked = {
            d.id: calendar.worked(measure, timetable.duties_of(d.id)) for d in problem.doctors
        }
        pool = shares.pool(measure)
        targets = [share.target for share in pool]
        if any(targets):
            rounded = apportion(sum(worked.values()), targets)
            parts = dict(zip((share.doctor for share in pool), rounded, strict=True))
        else:
            parts = worked
        for doctor in problem.doctors:
            opening = opening_balance(problem.account_of[doctor.id], measure)
            own = worked[doctor.id] - parts.get(doctor.id, 0)
            closing[doctor.id, measure] = opening + own
    return tuple(
        Account(
            doctor.id,
            points=closing[doctor.id, Measure.POINTS],
            nights=closing[doctor.id, Measure.NIGHTS],
            weekends=closing[doctor.id, Measure.WEEKENDS],
            great_holidays=closing[doctor.id, Measure.GREAT_HOLIDAYS],
            holidays=_memory(timetable, doctor.id),
        )
        for doctor in problem.doctors
    )


def _memory(timetable: Timetable, doctor: str) -> Mapping[GreatHoliday, int]:
    """The last year of each great holiday, this roster's out-of-hours shifts included."""
    years = dict(timetable.problem.account_of[doctor].holidays)
    for duty in timetable.duties_of(doctor):
        if duty.letter is Letter.OUT_OF_HOURS:
            for block in duty.holidays:
                years[block.holiday] = max(block.year, years.get(block.holiday, block.year))
    return years
