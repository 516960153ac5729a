from typing import Any

import pandas as pd
import pytest

from constraints.cover import Cover
from constraints.rest_between_work import RestBetweenWork
from scheduler.checking import check
from scheduler.writing.frames import (
    assignments_frame,
    burdens_frame,
    cases_frame,
    rules_frame,
)
from tests.support import EVENING, NIGHT, doctor, duty, problem, roster
from tests.writing.sample import KARI, alone, nobody, sample

RULES = (Cover(), RestBetweenWork())


def test_one_row_an_assignment_in_order_of_time() -> None:
    frame = assignments_frame(sample())
    assert list(frame["doctor_id"]) == ["kari", "ola", "ola", "kari", "ola", "kari"]
    assert frame["start_utc"].is_monotonic_increasing


def test_hours_and_moments_survive_both_clock_changes() -> None:
    frame = assignments_frame(sample())
    nights = frame[frame["pattern_id"] == "natt"]
    assert list(nights["hours"]) == [8.0, 10.0]
    assert list(nights["start_local"].map(str)) == [
        "2027-03-27 23:00:00+01:00",
        "2027-10-30 23:00:00+02:00",
    ]
    assert list(nights["end_utc"].map(str)) == [
        "2027-03-28 06:00:00+00:00",
        "2027-10-31 07:00:00+00:00",
    ]
    real = (frame["end_utc"] - frame["start_utc"]).dt.total_seconds() / 3600
    assert list(real) == list(frame["hours"])


def test_columns_have_their_types_also_without_rows() -> None:
    full, empty = assignments_frame(sample()), assignments_frame(nobody())
    assert len(empty) == 0
    assert full.dtypes.to_dict() == empty.dtypes.to_dict()
    assert str(full.dtypes["start_local"]) == "datetime64[us, Europe/Oslo]"
    assert str(full.dtypes["end_utc"]) == "datetime64[us, UTC]"


def test_a_session_has_no_presence_and_no_role() -> None:
    frame: Any = assignments_frame(sample()).set_index("pattern_id")
    assert pd.isna(frame.loc["sykehjem", "presence"])
    assert pd.isna(frame.loc["sykehjem", "role"])
    assert frame.loc["bak", "role"] == "backup"
    assert frame.loc["hjemme", "presence"] == "home"


def test_night_weekend_and_holiday_are_told() -> None:
    first: Any = assignments_frame(sample()).iloc[0]
    assert (bool(first["night"]), bool(first["weekend"])) == (True, True)
    assert (first["holiday"], first["points"], first["place"]) == ("påske", 1.33, "Legevakta")


def test_one_row_a_doctor_also_without_duties() -> None:
    frame = burdens_frame(sample()).set_index("doctor_id")
    assert list(frame.index) == ["kari", "ola", "tom"]
    assert frame.loc["kari", "on_site_hours"] == 18.0
    assert frame.loc["kari", "municipal_hours"] == 7.5
    assert frame.loc["ola", "backup_hours"] == 8.0
    assert frame.loc["tom", "points"] == 0.0
    assert frame["duties"].sum() == 6


def test_rules_are_counted_with_their_source_and_least_margin() -> None:
    own = alone(
        KARI,
        duty("2027-01-04 16:00", "23:00", EVENING),
        duty("2027-01-05 08:30", "15:00", EVENING),
        duty("2027-01-05 22:00", "2027-01-06 08:00", NIGHT),
    )
    frame: Any = rules_frame(check(own, RULES)).set_index("rule")
    rest: Any = frame.loc["rest_between_work"]
    assert (rest["checked"], rest["breaches"]) == (2, 1)
    assert rest["least_margin"] == pytest.approx(-1.0)
    assert (rest["unit"], rest["authority"], rest["confidence"]) == (
        "h",
        "agreement",
        "secondary",
    )
    assert rest["citation"] == "SFS 2305 pkt. 7.4"
    assert pd.isna(frame.loc["cover", "least_margin"])


def test_every_finding_has_its_sentence() -> None:
    own = sample()
    report = check(own, RULES)
    frame = cases_frame(report)
    assert list(frame["outcome"]) == ["hole"]
    told: Any = frame.iloc[0]
    assert told["sentence"] == report.sentence(report.uncovered[0])
    assert "mangler 1 lege" in told["sentence"]
    assert str(told["start_local"]) == "2027-04-01 16:00:00+02:00"
    assert (told["measured"], told["limit"]) == (1.0, 2.0)
    assert pd.isna(told["doctor"])


def test_a_breach_names_its_doctor_and_duties_and_may_have_no_time() -> None:
    first = duty("2027-01-04 16:00", "23:00", EVENING)
    second = duty("2027-01-05 06:00", "15:00", EVENING)
    own = roster(problem([KARI], [first, second]), {"kari": [first, second]})
    row: Any = cases_frame(check(own, RULES)).iloc[0]
    assert (row["outcome"], row["doctor"]) == ("breach", "Kari Ødegård")
    assert row["duties"] == f"{first.id}, {second.id}"
    assert pd.isna(row["start_local"])
    assert row["margin"] == -1.0


def test_no_findings_and_no_rules_leave_empty_frames_of_the_same_types() -> None:
    found = cases_frame(check(sample(), RULES))
    own = alone(doctor(), duty("2027-01-04 16:00", "23:00"))
    assert cases_frame(check(own, RULES)).dtypes.to_dict() == found.dtypes.to_dict()
    none = rules_frame(check(own, ()))
    assert (len(none), str(none.dtypes["checked"])) == (0, "int64")
