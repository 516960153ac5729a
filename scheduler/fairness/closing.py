"""How a period is settled: what was worked against the fair part of it, measure by measure."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.fairness.keys import apportion
from scheduler.fairness.measures import Calendar, Measure, opening_balance
from scheduler.fairness.shares import FairShares

Worked = Mapping[tuple[str, Measure], int]
"""What each doctor has worked of each measure, in the measure's unit."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """One doctor and one measure over a period, in the measure's unit.

    Attributes:
        opening: balance of earlier periods.
        carried: the part of it that this period was to even out.
        target: the fair share that was planned for; None outside the pool.
        worked: what the doctor has in the roster.
        part: the fair part of what all have worked, to the measure's `resolution`; 0 outside
            the pool, so that a volunteer's work is all credit. All parts add up to what all
            have worked.
    """

    doctor: str
    measure: Measure
    opening: Fraction
    carried: Fraction
    target: Fraction | None
    worked: int
    part: Fraction

    @property
    def change(self) -> Fraction:
        """What the period adds to the balance; over all doctors it sums to zero."""
        return self.worked - self.part

    @property
    def closing(self) -> Fraction:
        """Balance after the period."""
        return self.opening + self.change


def worked_shifts(timetable: Timetable) -> Worked:
    """What everybody has worked, as far as shifts alone decide it: nothing is ordered."""
    return {
        (doctor.id, measure): amount
        for doctor in timetable.problem.doctors
        for measure, amount in shifts_by(timetable, doctor.id).items()
    }


def shifts_by(timetable: Timetable, doctor: str) -> Mapping[Measure, int]:
    """What one doctor has worked, as far as shifts alone decide it."""
    calendar, duties = Calendar.of(timetable.problem), timetable.duties_of(doctor)
    return timetable.remembered(
        doctor, "shifts worked", lambda: {own: calendar.worked(own, duties) for own in Measure}
    )


def settle(problem: Problem, shares: FairShares, worked: Worked) -> tuple[Settlement, ...]:
    """Settle a period by what was worked: one line for each measure and doctor.

    Where nobody owes any share, nobody's balance moves.
    """
    found = []
    for measure in Measure:
        pool = {share.doctor: share for share in shares.pool(measure)}
        total = sum(worked[doctor.id, measure] for doctor in problem.doctors)
        parts = _parts(measure, total, {who: share.target for who, share in pool.items()})
        for doctor in problem.doctors:
            own = worked[doctor.id, measure]
            share = pool.get(doctor.id)
            found.append(
                Settlement(
                    doctor.id,
                    measure,
                    opening_balance(problem.account_of[doctor.id], measure),
                    share.carried if share else Fraction(0),
                    share.target if share else None,
                    own,
                    Fraction(own) if parts is None else parts.get(doctor.id, Fraction(0)),
                )
            )
    return tuple(found)


def _parts(
    measure: Measure, total: int, targets: Mapping[str, Fraction]
) -> Mapping[str, Fraction] | None:
    """The total by the targets, in steps of the measure that add up to it; None: no targets."""
    if not any(targets.values()):
        return None
    steps = apportion(int(total / measure.resolution), list(targets.values()))
    return {who: step * measure.resolution for who, step in zip(targets, steps, strict=True)}
