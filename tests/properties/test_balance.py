"""Equal duties and equal doctors: one run gives everybody equally many."""

from collections import Counter
from datetime import date, timedelta

from constraints.catalogue import rules_for
from scheduler.domain.doctor import Competence
from scheduler.engine import Options, solve
from scheduler.solving.result import Ending
from tests.support import EVENING, doctor, duty, problem

LONG_AGO = date(2015, 1, 1)
READY = Competence(
    specialist_from=LONG_AGO,
    emergency_course_from=LONG_AGO,
    violence_course_from=LONG_AGO,
    radio_from=LONG_AGO,
)


def test_28_equal_duties_and_4_equal_doctors_are_7_each() -> None:
    first = date(2027, 2, 1)
    days = [first + timedelta(days=number) for number in range(28)]
    case = problem(
        [doctor(name, competence=READY) for name in ("Kari", "Ola", "Per", "Anne")],
        [duty(f"{day} 17:00", "22:00", EVENING) for day in days],
        first_day=first,
        last_day=days[-1],
    )
    outcome = solve(case, rules_for(case), Options(seconds=30, workers=1))
    assert outcome.ending is Ending.SOLVED
    assert outcome.roster is not None
    assert outcome.report is not None
    assert outcome.report.lawful
    counts = Counter(own.doctor for own in outcome.roster.assignments)
    assert counts == {"kari": 7, "ola": 7, "per": 7, "anne": 7}
    worst = next(level for level in outcome.roster.provenance.levels if "worst" in level.level)
    assert worst.proven
    assert worst.value == 0
