"""The plain plan that the service is measured with."""

from datetime import date

from api import library
from benchmarks.plain_plan import plain_plan
from scheduler.reading.plan import Plan


def test_a_plain_plan_reads_without_fault_and_has_its_size() -> None:
    shifts = (("kveld", "Kveld", "15:30", "22:00"), ("natt", "Natt", "22:00", "08:00"))
    own = plain_plan("Year", date(2027, 1, 1), date(2027, 1, 31), 10, shifts)
    problem = library.understand(Plan.model_validate(own)).problem
    assert [doctor.name for doctor in problem.doctors][:2] == ["Lege 0", "Lege 1"]
    assert len(problem.doctors) == 10
    assert len(problem.duties) == 2 * 31
