"""F-33.1, SFS 2305 (S-08, S-09): letter a outside opening hours, letter b in the daytime."""

import pytest

from constraints.duty_hours_window import DutyHoursWindow
from scheduler.domain.duty import Duty
from scheduler.domain.time import Interval
from tests.support import (
    BACKUP,
    DAYTIME,
    EVENING,
    HOME,
    NIGHT,
    NURSING_HOME,
    doctor,
    duty,
    notices,
    utc,
    verify,
    worked_by,
)

RULE = DutyHoursWindow()
KARI = doctor("Kari")


def astray(work: Duty, rule: DutyHoursWindow = RULE) -> bool:
    timetable = worked_by(KARI, work)
    assert not verify(rule, timetable)
    return bool(notices(rule, timetable))


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2027-02-02 16:00", "2027-02-03 08:00", False),
        ("2027-02-02 15:59", "2027-02-03 08:00", True),
        ("2027-02-02 16:00", "2027-02-03 08:01", True),
        ("2027-02-05 16:00", "2027-02-08 08:00", False),  # a whole weekend
        ("2027-02-05 16:00", "2027-02-08 08:01", True),
        ("2027-02-06 08:00", "2027-02-06 16:00", False),  # a Saturday
        ("2027-05-17 08:00", "2027-05-18 08:00", False),  # 17 May, a Monday
        ("2027-02-01 08:00", "2027-02-06 08:00", True),  # a whole week
    ],
)
def test_letter_a(start: str, end: str, told: bool) -> None:
    for kind in (EVENING, HOME, BACKUP):
        assert astray(duty(start, end, kind)) == told


def test_letter_a_is_not_judged_on_eves() -> None:
    for day in ("2027-03-24", "2027-12-24", "2027-12-31"):
        assert not astray(duty(f"{day} 12:00", "23:00"))
    assert astray(duty("2027-12-23 12:00", "23:00"))


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2027-02-02 07:00", "17:00", False),
        ("2027-02-02 06:59", "17:00", True),
        ("2027-02-02 07:00", "17:01", True),
        ("2027-02-02 08:00", "2027-02-03 08:00", True),
        ("2027-02-06 08:00", "15:00", True),  # a Saturday
        ("2027-05-17 08:00", "15:00", True),
        ("2027-03-24 08:00", "12:00", False),  # Wednesday before Easter
    ],
)
def test_letter_b(start: str, end: str, told: bool) -> None:
    assert astray(duty(start, end, DAYTIME)) == told


def test_clock_changes() -> None:
    for start, end in (("2026-03-29 16:00", "2026-03-30"), ("2026-10-25 16:00", "2026-10-26")):
        assert not astray(duty(start, f"{end} 08:00", NIGHT))
        assert astray(duty(start, f"{end} 08:01", NIGHT))
    day = Duty("d", DAYTIME, Interval(utc("2026-03-30 07:00"), utc("2026-03-30 17:00")))
    assert not astray(day)


def test_sessions_are_not_judged() -> None:
    timetable = worked_by(KARI, duty("2027-02-02 18:00", "20:00", NURSING_HOME))
    assert not list(RULE.check(timetable))


def test_own_opening_hours() -> None:
    early = DutyHoursWindow(offices_close="15:30", offices_open="09:00")
    assert not astray(duty("2027-02-02 15:30", "2027-02-03 09:00"), early)
    assert astray(duty("2027-02-02 15:29", "23:00"), early)
    assert astray(duty("2027-02-02 23:00", "2027-02-03 09:01"), early)
    long_ = DutyHoursWindow(daytime_from="08:00", daytime_to="18:00")
    assert not astray(duty("2027-02-02 08:00", "18:00", DAYTIME), long_)
    assert astray(duty("2027-02-02 07:59", "18:00", DAYTIME), long_)
    assert astray(duty("2027-02-02 08:00", "18:01", DAYTIME), long_)


def test_one_notice_a_pattern_names_exactly_its_two_duties() -> None:
    good = duty("2027-02-01 16:00", "23:00")
    first, second = duty("2027-02-02 15:00", "23:00"), duty("2027-02-03 14:00", "23:00")
    night = duty("2027-02-03 23:00", "2027-02-04 08:00", NIGHT)
    timetable = worked_by(KARI, good, first, second, night)
    [case] = notices(RULE, timetable)
    assert (case.duties, case.measured) == ((first.id, second.id), 2)
    assert (case.limit, case.margin) == (0, -2)
    assert len(list(RULE.check(timetable))) == 2
    assert RULE.explain(timetable.problem, case) == (
        "Kveld tirsdag 2. februar 2027 kl. 15:00–23:00 og 1 annen av samme vakttype ligger helt "
        "eller delvis i ordinær åpningstid, 08:00–16:00 på hverdager "
        "(fastlegeforskriften § 33 første ledd bokstav a)."
    )


def test_sentences() -> None:
    timetable = worked_by(KARI, duty("2027-02-06 08:00", "15:00", DAYTIME))
    [case] = notices(RULE, timetable)
    assert RULE.explain(timetable.problem, case) == (
        "Daglegevakt lørdag 6. februar 2027 kl. 08:00–15:00 ligger helt eller delvis utenfor "
        "dagtid, 07:00–17:00 på hverdager (fastlegeforskriften § 33 første ledd bokstav b)."
    )
    three = [duty(f"2027-02-0{day} 15:00", "23:00") for day in (2, 3, 4)]
    timetable = worked_by(KARI, *three)
    [case] = notices(RULE, timetable)
    assert "og 2 andre av samme vakttype" in RULE.explain(timetable.problem, case)
    timetable = worked_by(KARI, duty("2027-02-02 16:00", "23:00"))
    assert [RULE.explain(timetable.problem, case) for case in RULE.check(timetable)] == [
        "Kveld ligger utenfor ordinær åpningstid, 08:00–16:00 på hverdager "
        "(fastlegeforskriften § 33 første ledd bokstav a)."
    ]


def test_the_choices_are_half_hours() -> None:
    by_name = {p.name: p for p in DutyHoursWindow.parameters()}
    for name, first, last in (
        ("offices_open", "06:00", "10:30"),
        ("offices_close", "14:00", "19:30"),
        ("daytime_from", "06:00", "10:30"),
        ("daytime_to", "14:00", "19:30"),
    ):
        choices = by_name[name].choices
        assert (choices[0], choices[-1], len(choices) % 2) == (first, last, 0)
    assert by_name["offices_open"].default in by_name["offices_open"].choices
