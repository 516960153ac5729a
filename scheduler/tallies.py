"""What each doctor has in a roster, counted once for every export and page.

Hours are real time: the night of a clock change is an hour shorter or longer. Nights,
weekends and holidays count legevakt only; municipal sessions have their own minutes.
"""

from dataclasses import dataclass
from datetime import date

from scheduler.domain.calendar import GreatHoliday, HolidayBlock, holiday_occasions
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable


@dataclass(frozen=True, slots=True)
class Tally:
    """One doctor's sums over a roster.

    Attributes:
        doctor: the doctor's id.
        shifts: number of legevakt shifts; `sessions`: number of municipal sessions.
        on_site_minutes, home_minutes: first-line shifts; `backup_minutes`: backup shifts,
            wherever the doctor waits.
        weekends: the Saturdays of the distinct weekends touched.
        holidays: the distinct great holidays touched, in order of time.
        burden: hundredths of a burden point, of shifts and sessions together.
    """

    doctor: str
    shifts: int
    sessions: int
    on_site_minutes: int
    home_minutes: int
    backup_minutes: int
    nights: int
    weekends: tuple[date, ...]
    holidays: tuple[HolidayBlock, ...]
    burden: int
    municipal_minutes: int

    @property
    def duties(self) -> int:
        """Shifts and sessions."""
        return self.shifts + self.sessions

    @property
    def shift_minutes(self) -> int:
        """On-site, home and backup minutes together."""
        return self.on_site_minutes + self.home_minutes + self.backup_minutes

    @property
    def points(self) -> float:
        """Burden points."""
        return self.burden / 100

    @property
    def holiday_count(self) -> int:
        """How many great holidays; those that overlap are one, as in the fair shares."""
        return len(set(holiday_occasions(self.holidays).values()))

    @property
    def great_holidays(self) -> tuple[GreatHoliday, ...]:
        """The great holidays without their years."""
        return tuple(block.holiday for block in self.holidays)


def tally(timetable: Timetable) -> tuple[Tally, ...]:
    """One tally for each doctor of the problem, in the problem's order."""
    return tuple(_tally_of(timetable, doctor) for doctor in timetable.problem.doctors)


def _tally_of(timetable: Timetable, doctor: Doctor) -> Tally:
    return timetable.remembered(
        doctor.id, "tally", lambda: _tally(doctor, timetable.duties_of(doctor.id))
    )


def _tally(doctor: Doctor, duties: tuple[Duty, ...]) -> Tally:
    shifts = [duty for duty in duties if duty.is_shift]
    sessions = [duty for duty in duties if not duty.is_shift]
    first_line = [duty for duty in shifts if not duty.is_backup]
    return Tally(
        doctor=doctor.id,
        shifts=len(shifts),
        sessions=len(sessions),
        on_site_minutes=sum(duty.minutes for duty in first_line if not duty.is_home),
        home_minutes=sum(duty.minutes for duty in first_line if duty.is_home),
        backup_minutes=sum(duty.minutes for duty in shifts if duty.is_backup),
        nights=sum(duty.is_night for duty in shifts),
        weekends=tuple(sorted({day for duty in shifts for day in duty.weekends})),
        holidays=tuple(sorted({block for duty in shifts for block in duty.holidays})),
        burden=sum(duty.burden for duty in duties),
        municipal_minutes=sum(duty.minutes for duty in sessions),
    )
