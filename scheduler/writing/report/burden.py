"""What each doctor has of the burden, beside the fair share."""

from dataclasses import dataclass

from scheduler.tallies import Tally
from scheduler.writing.legality import LegalityReport, Target
from scheduler.writing.report.words import signed
from scheduler.writing.wording import number

NONE = "–"


@dataclass(frozen=True, slots=True)
class BurdenLine:
    """One doctor.

    Attributes:
        points, target, carried, off: burden points, the share of this period, the balance of
            earlier periods, and how far the points are from the share less the balance.
        nights, weekends, holidays: «4 (3,5)»: what the doctor has, and the fair share.
        bar, mark: points and aim as parts of the longest bar, 0 to 1; a mark of -1: none.
        told: the bar in words.
    """

    doctor: str
    shifts: int
    hours: str
    points: str
    target: str
    carried: str
    off: str
    nights: str
    weekends: str
    holidays: str
    bar: float
    mark: float
    told: str


def burden(legality: LegalityReport) -> tuple[BurdenLine, ...]:
    """One line a doctor, in the doctors' order."""
    aims = [t.aim for t in legality.targets.values() if t.aim is not None]
    points = {own.doctor: _points(legality, own.doctor) for own in legality.tallies}
    longest = max([*points.values(), *aims, 0.01])
    return tuple(
        _line(
            legality.name(own.doctor),
            own,
            points[own.doctor],
            legality.targets.get(own.doctor) or Target(None),
            longest,
        )
        for own in legality.tallies
    )


def _points(legality: LegalityReport, doctor: str) -> float:
    """Points of legevakt and of what is ordered, as in the shares."""
    duties = legality.timetable.duties_of(doctor)
    ordered = legality.targets.get(doctor, Target(None)).ordered_points
    return sum(duty.burden for duty in duties if duty.is_shift) / 100 + ordered


def _line(name: str, own: Tally, points: float, target: Target, longest: float) -> BurdenLine:
    aim = target.aim
    told = f"{name}: {number(points)} poeng"
    if aim is not None:
        told += f", mål {number(max(0.0, aim))}"
    return BurdenLine(
        name,
        own.shifts,
        number(round(own.shift_minutes / 60, 1)),
        number(points),
        NONE if target.points is None else number(target.points),
        signed(target.carried) if target.carried else NONE,
        NONE if aim is None else signed(points - aim),
        _beside(own.nights, target.nights),
        _beside(len(own.weekends), target.weekends),
        _beside(own.holiday_count, target.great_holidays),
        round(points / longest, 4),
        -1.0 if aim is None else round(max(0.0, aim) / longest, 4),
        told,
    )


def _beside(value: int, target: float | None) -> str:
    return str(value) if target is None else f"{value} ({number(round(target, 1))})"
