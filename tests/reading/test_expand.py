"""Patterns, sessions and blocks become duties: clock changes, holidays, week 53."""

from datetime import timedelta
from typing import Any

import pytest

from scheduler.domain.duty import Duty
from tests.reading.plans import Document, faults, reading, the_fault, with_patterns
from tests.support import span


def duties(*patterns: Document, **more: Any) -> dict[str, Duty]:
    return dict(reading(with_patterns(*patterns, **more)).problem.duty_by_id)


def days(*patterns: Document, **more: Any) -> list[str]:
    return [duty.split("/")[1] for duty in duties(*patterns, **more)]


EASTER = {"first_day": "2027-03-22", "last_day": "2027-03-31"}  # Monday to Wednesday week after


def test_a_night_over_the_spring_clock_change_is_an_hour_short() -> None:
    night = duties({}, **EASTER)["p0/2027-03-27"]
    assert night.interval == span("2027-03-27 23:00", "2027-03-28 08:00")
    assert night.minutes == 8 * 60


def test_a_night_over_the_autumn_clock_change_is_an_hour_long() -> None:
    night = duties({}, first_day="2026-10-24", last_day="2026-10-24")["p0/2026-10-24"]
    assert night.minutes == 10 * 60


def test_a_duty_in_the_hour_that_is_skipped_falls_away_with_a_remark() -> None:
    found = reading(with_patterns({"start": "02:30", "end": "03:30"}, **EASTER))
    assert "p0/2027-03-28" not in found.problem.duty_by_id
    assert "Vakten 28.03.2027 faller bort fordi klokken stilles fram den natten." in [
        remark.text for remark in found.remarks
    ]


def test_a_day_and_night_and_a_long_weekend_of_home_duty() -> None:
    found = duties(
        {"start": "08:00", "end": "08:00"},
        {"start": "16:00", "end": "08:00", "ends_after_days": 3, "weekdays": ["fri"]},
        first_day="2027-04-02",
        last_day="2027-04-02",
    )
    assert found["p0/2027-04-02"].minutes == 24 * 60
    assert found["p1/2027-04-02"].interval == span("2027-04-02 16:00", "2027-04-05 08:00")


WEEKDAY = {"weekdays": ["mon", "tue", "wed", "thu", "fri"]}
SUNDAY = {"weekdays": ["sun"]}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        # Wednesday 24 is an eve; 25 and 26 are red; 27 is Easter Eve; 28 and 29 are red.
        (WEEKDAY, "22 23 24 30 31"),
        (SUNDAY, "25 26 28 29"),
        (SUNDAY | {"red_days": "like_weekday"}, "28"),
        (WEEKDAY | {"red_days": "like_weekday"}, "22 23 24 25 26 29 30 31"),
        (WEEKDAY | {"red_days": "never", "eves": "never"}, "22 23 30 31"),
        (SUNDAY | {"red_days": "never"}, ""),
        (WEEKDAY | {"red_days": "only"}, "25 26 28 29"),
        (WEEKDAY | {"eves": "only", "red_days": "never"}, "24 27"),
        (SUNDAY | {"eves": "only"}, "24 27"),
        (WEEKDAY | {"red_days": "only", "eves": "only"}, "24 25 26 27 28 29"),
        (SUNDAY | {"eves": "like_sunday"}, "24 25 26 27 28 29"),
        ({"weekdays": ["sat"], "eves": "like_saturday"}, "24 27"),
        (WEEKDAY | {"valid_from": "2027-03-23", "valid_until": "2027-03-30"}, "23 24 30"),
    ],
)
def test_red_days_and_eves_at_easter_2027(pattern: Document, expected: str) -> None:
    assert [day[-2:] for day in days(pattern, **EASTER)] == expected.split()


def test_17_may_2027_is_also_whit_monday_and_gives_one_duty() -> None:
    assert days(SUNDAY, first_day="2027-05-17", last_day="2027-05-17") == ["2027-05-17"]


def test_a_weekend_block_runs_from_friday_evening_to_monday_morning() -> None:
    evening = {"id": "kveld", "start": "15:30", "end": "23:00", "block": "weekend"}
    night = {"id": "natt", "block": "weekend", "block_group": "kveld"}
    found = duties(evening, night, first_day="2027-04-08", last_day="2027-04-12")
    blocks = {duty.id: duty.block for duty in found.values()}
    assert {duty for duty, block in blocks.items() if block == "kveld/weekend-2027-04-10"} == {
        "kveld/2027-04-09",
        "natt/2027-04-09",
        "kveld/2027-04-10",
        "natt/2027-04-10",
        "kveld/2027-04-11",
        "natt/2027-04-11",
    }
    assert blocks["natt/2027-04-08"] is None
    assert blocks["kveld/2027-04-12"] is None


def test_friday_daytime_is_no_weekend() -> None:
    day = {"start": "08:00", "end": "15:30", "block": "weekend"}
    found = duties(day, first_day="2027-04-09", last_day="2027-04-11")
    assert found["p0/2027-04-09"].block is None
    assert found["p0/2027-04-10"].block == "p0/weekend-2027-04-10"


def test_week_53_is_one_block_over_new_year_of_128_hours() -> None:
    home = {"presence": "home", "block": "week", "block_group": "ukevakt"}
    weekday = home | {
        "start": "16:00",
        "end": "08:00",
        "weekdays": ["mon", "tue", "wed", "thu", "fri"],
        "red_days": "like_weekday",
    }
    weekend = home | {"start": "08:00", "end": "08:00", "weekdays": ["sat", "sun"]}
    weekend["red_days"] = "like_weekday"
    found = duties(weekday, weekend, first_day="2026-12-28", last_day="2027-01-10")
    blocks: dict[str | None, int] = {}
    for duty in found.values():
        blocks[duty.block] = blocks.get(duty.block, 0) + duty.minutes
    assert blocks == {"ukevakt/week-2026-W53": 128 * 60, "ukevakt/week-2027-W01": 128 * 60}


def test_the_edge_of_the_period_cuts_a_block() -> None:
    found = duties({"block": "week"}, first_day="2026-12-31", last_day="2027-01-05")
    assert [d.block for d in found.values()] == ["p0/week-2026-W53"] * 4 + ["p0/week-2027-W01"] * 2


def test_weeks_may_change_on_a_friday() -> None:
    found = duties(
        {"block": "week", "week_starts_on": "fri"}, first_day="2027-04-01", last_day="2027-04-10"
    )
    assert found["p0/2027-04-01"].block is None  # alone in its week
    assert found["p0/2027-04-02"].block == "p0/week-2027-04-02"
    assert found["p0/2027-04-08"].block == "p0/week-2027-04-02"
    assert found["p0/2027-04-09"].block == "p0/week-2027-04-09"


def test_a_holiday_goes_before_the_weekend_and_the_week() -> None:
    pattern = {"block": ["week", "weekend", "holiday:easter"]}
    found = duties(pattern, first_day="2027-03-19", last_day="2027-04-04")
    assert found["p0/2027-03-20"].block == "p0/weekend-2027-03-20"
    assert found["p0/2027-03-22"].block == "p0/week-2027-W12"
    assert found["p0/2027-03-24"].block == "p0/easter-2027"
    assert found["p0/2027-03-29"].block == "p0/easter-2027"
    assert found["p0/2027-03-30"].block == "p0/week-2027-W13"


def test_every_great_holiday_can_be_a_block_and_christmas_keeps_its_year() -> None:
    found = duties({"block": "holiday"}, first_day="2026-12-23", last_day="2027-01-02")
    assert found["p0/2026-12-23"].block is None
    assert found["p0/2026-12-24"].block == "p0/christmas-2026"
    assert found["p0/2027-01-01"].block == "p0/new_year-2026"


def test_keep_together_is_soft() -> None:
    duty = duties({"keep_together": "weekend"})["p0/2027-04-10"]
    assert (duty.block, duty.together) == (None, "p0/weekend-2027-04-10")


def test_two_patterns_of_one_block_that_overlap_are_a_fault() -> None:
    pattern = {"block": "weekend", "block_group": "helg"}
    fault = the_fault(with_patterns(pattern, pattern | {"start": "22:00"}))
    assert fault.place == "patterns[0].block"
    assert fault.problem == "«P1» og «P0» tas samlet, men går samtidig 05.03.2027."


def test_two_patterns_of_one_block_need_equally_many_doctors() -> None:
    pattern = {"block": "weekend", "block_group": "helg"}
    evening = pattern | {"start": "16:00", "end": "23:00", "needed": 2}
    told = faults(with_patterns(pattern, evening))
    assert {fault.problem for fault in told} == {
        "«P1» og «P0» tas samlet, men trenger ikke like mange leger.",
        "«P0» og «P1» tas samlet, men trenger ikke like mange leger.",
    }


def test_a_pattern_without_a_day_in_the_period_is_remarked() -> None:
    found = reading(with_patterns({}, {"valid_from": "2030-01-01"}))
    assert "Vakttypen «P1» gir ingen vakter i perioden." in [r.text for r in found.remarks]


def test_a_pattern_that_gives_too_many_duties_is_stopped() -> None:
    document = with_patterns(
        *[{"id": f"q{n}"} for n in range(70)], first_day="2027-01-01", last_day="2028-12-31"
    )
    assert "Planen gir flere enn 50000 vakter og økter." in [f.problem for f in faults(document)]


# ---- municipal duties ----------------------------------------------------------------------------

WORK = {"id": "sh", "name": "Sykehjem", "municipality": "fjell", "place": "lv"}


def sessions(*rows: Document, **more: Any) -> dict[str, Duty]:
    usual = {"duty": "sh", "weekdays": ["tue"], "start": "12:00", "end": "15:00"}
    own = [usual | row for row in rows]
    found = duties({"valid_from": "2199-01-01"}, municipal_duties=[WORK], sessions=own, **more)
    return {duty: value for duty, value in found.items() if duty.startswith("sh/")}


def test_a_session_each_tuesday_named_by_its_clock() -> None:
    found = sessions({}, first_day="2027-04-01", last_day="2027-04-14")
    assert list(found) == ["sh/2027-04-06/12:00", "sh/2027-04-13/12:00"]


def test_every_second_week_is_counted_from_the_named_week_also_backwards_and_over_week_53() -> None:
    found = sessions(
        {"every_weeks": 2, "from_week": "2027-W02"}, first_day="2026-12-14", last_day="2027-01-31"
    )
    assert [duty[3:13] for duty in found] == [
        "2026-12-15",
        "2026-12-29",
        "2027-01-12",
        "2027-01-26",
    ]


def test_red_days_and_school_holidays_have_no_session() -> None:
    terms = [{"name": "Vår", "first_day": "2027-03-30", "last_day": "2027-05-14"}]
    found = sessions(
        {"weekdays": ["mon"], "term_only": True},
        first_day="2027-03-22",
        last_day="2027-05-24",
        school_terms=terms,
    )
    assert [duty[8:13] for duty in found] == ["04-05", "04-12", "04-19", "04-26", "05-03", "05-10"]


HOURS = {"weekdays": ["mon", "tue", "wed", "thu", "fri"], "start": "08:00", "end": "15:00"}


def test_hours_a_week_become_a_choice_of_sessions_no_longer_than_the_window() -> None:
    found = sessions(HOURS | {"hours_per_week": 10}, first_day="2027-04-05", last_day="2027-04-11")
    assert len(found) == 5
    assert {d.choice for d in found.values()} == {"sh/2027-W14/08:00/mon"}
    assert {d.needed for d in found.values()} == {2}
    assert {d.minutes for d in found.values()} == {300}


def test_a_short_week_has_room_for_fewer() -> None:
    found = sessions(HOURS | {"hours_per_week": 35}, first_day="2027-03-22", last_day="2027-03-28")
    assert {duty[3:13] for duty in found} == {"2027-03-22", "2027-03-23", "2027-03-24"}
    assert {d.needed for d in found.values()} == {3}


def test_a_week_that_two_periods_share_is_asked_for_once() -> None:
    row = HOURS | {"hours_per_week": 5}
    before = sessions(row, first_day="2027-04-05", last_day="2027-04-06")
    after = sessions(row, first_day="2027-04-07", last_day="2027-04-11")
    assert (len(before), len(after)) == (0, 3)


def test_hours_that_find_no_room_are_a_fault() -> None:
    document = with_patterns(
        {},
        municipal_duties=[WORK],
        sessions=[HOURS | {"duty": "sh", "weekdays": ["mon"], "hours_per_week": 8}],
    )
    fault = the_fault(document)
    assert (fault.place, fault.value) == ("sessions[0].hours_per_week", "8.0")


def test_the_same_session_twice_is_a_fault() -> None:
    row = {"duty": "sh", "weekdays": ["tue"], "start": "12:00", "end": "15:00"}
    document = with_patterns(
        {},
        municipal_duties=[WORK],
        sessions=[row, row],
        first_day="2027-04-05",
        last_day="2027-04-11",
    )
    assert the_fault(document).problem == "Økten 06.04.2027 finnes allerede (sessions[0])."


def test_meetings_that_come_back_are_laid_out() -> None:
    meeting = {
        "doctor": "åse",
        "kind": "dialogue",
        "date": "2027-02-25",
        "start": "13:00",
        "end": "14:00",
        "every_weeks": 2,
        "until": "2027-04-08",
    }
    problem = reading(with_patterns({}, meetings=[meeting])).problem
    assert [m.interval.start.date().isoformat() for m in problem.meetings] == [
        "2027-03-11",
        "2027-03-25",
        "2027-04-08",
    ]
    assert problem.meetings[0].interval.minutes == timedelta(hours=1) // timedelta(minutes=1)
