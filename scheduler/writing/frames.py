"""Tidy pandas frames of a roster and its report, for those who analyse.

English columns, one fact a cell, missing values missing. An empty roster gives empty frames
with the same columns and types. Importing pandas takes seconds: import this file lazily.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from scheduler.checking import Report, RuleReport
from scheduler.domain.duty import ShiftPattern
from scheduler.domain.roster import Timetable
from scheduler.domain.time import OSLO
from scheduler.rule import Case
from scheduler.tallies import tally
from scheduler.writing.rows import municipality_name, place_name

LOCAL = f"datetime64[us, {OSLO.key}]"
UTC = "datetime64[us, UTC]"

_ASSIGNMENTS = {
    "duty_id": "str",
    "date": "datetime64[us]",
    "start_local": LOCAL,
    "end_local": LOCAL,
    "start_utc": UTC,
    "end_utc": UTC,
    "hours": "float64",
    "pattern_id": "str",
    "pattern": "str",
    "letter": "str",
    "presence": "str",
    "role": "str",
    "place": "str",
    "doctor_id": "str",
    "doctor": "str",
    "municipality": "str",
    "night": "bool",
    "weekend": "bool",
    "holiday": "str",
    "points": "float64",
}
_BURDENS = {
    "doctor_id": "str",
    "doctor": "str",
    "municipality": "str",
    "share_weight": "float64",
    "duties": "int64",
    "shifts": "int64",
    "sessions": "int64",
    "shift_hours": "float64",
    "on_site_hours": "float64",
    "home_hours": "float64",
    "backup_hours": "float64",
    "nights": "int64",
    "weekends": "int64",
    "great_holidays": "int64",
    "holiday_names": "str",
    "points": "float64",
    "opening_points": "float64",
    "municipal_hours": "float64",
}
_RULES = {
    "rule": "str",
    "title": "str",
    "authority": "str",
    "citation": "str",
    "confidence": "str",
    "hard": "bool",
    "checked": "int64",
    "breaches": "int64",
    "holes": "int64",
    "exceptions": "int64",
    "notices": "int64",
    "least_margin": "float64",
    "unit": "str",
}
_CASES = {
    "rule": "str",
    "title": "str",
    "outcome": "str",
    "doctor_id": "str",
    "doctor": "str",
    "duties": "str",
    "start_local": LOCAL,
    "end_local": LOCAL,
    "measured": "float64",
    "limit": "float64",
    "margin": "float64",
    "unit": "str",
    "sentence": "str",
}


def assignments_frame(timetable: Timetable) -> pd.DataFrame:
    """One row an assignment, in order of time.

    `date` is the Oslo day on which the duty starts, `hours` real time, `points` burden points;
    `presence` and `role` are missing for municipal sessions, `holiday` joins several by «, ».
    """
    problem = timetable.problem
    found = []
    for duty in problem.duties:
        kind = duty.type
        shift = kind if isinstance(kind, ShiftPattern) else None
        for doctor_id in timetable.doctors_on(duty.id):
            doctor = problem.doctor_by_id[doctor_id]
            found.append(
                {
                    "duty_id": duty.id,
                    "date": duty.day,
                    "start_local": duty.start,
                    "end_local": duty.end,
                    "start_utc": duty.start,
                    "end_utc": duty.end,
                    "hours": duty.minutes / 60,
                    "pattern_id": kind.id,
                    "pattern": kind.name,
                    "letter": duty.letter.value,
                    "presence": shift.presence.value if shift else None,
                    "role": shift.role.value if shift else None,
                    "place": place_name(timetable, duty),
                    "doctor_id": doctor.id,
                    "doctor": doctor.name,
                    "municipality": municipality_name(timetable, doctor),
                    "night": duty.is_night,
                    "weekend": bool(duty.weekends),
                    "holiday": ", ".join(b.holiday.value for b in duty.holidays) or None,
                    "points": duty.burden / 100,
                }
            )
    return _frame(found, _ASSIGNMENTS)


def burdens_frame(timetable: Timetable) -> pd.DataFrame:
    """One row a doctor: counts, real hours and burden points of this roster.

    `opening_points` is the balance that the ledger of earlier periods brought along.
    """
    problem = timetable.problem
    found = []
    for own in tally(timetable):
        doctor = problem.doctor_by_id[own.doctor]
        found.append(
            {
                "doctor_id": doctor.id,
                "doctor": doctor.name,
                "municipality": municipality_name(timetable, doctor),
                "share_weight": float(doctor.share_weight),
                "duties": own.duties,
                "shifts": own.shifts,
                "sessions": own.sessions,
                "shift_hours": own.shift_minutes / 60,
                "on_site_hours": own.on_site_minutes / 60,
                "home_hours": own.home_minutes / 60,
                "backup_hours": own.backup_minutes / 60,
                "nights": own.nights,
                "weekends": len(own.weekends),
                "great_holidays": own.holiday_count,
                "holiday_names": ", ".join(own.great_holidays) or None,
                "points": own.points,
                "opening_points": problem.account_of[doctor.id].points / 100,
                "municipal_hours": own.municipal_minutes / 60,
            }
        )
    return _frame(found, _BURDENS)


def rules_frame(report: Report) -> pd.DataFrame:
    """One row a rule, in the order of the report.

    `least_margin` is the smallest margin of any judgement, in `unit`; negative: outside the
    limit; missing: the rule measures nothing or had nothing to judge.
    """
    return _frame([_rule(own) for own in report.rules], _RULES)


def cases_frame(report: Report) -> pd.DataFrame:
    """One row a breach, hole, exception or notice, with the rule's sentence in bokmål."""
    return _frame(
        [
            _case(report, own, case)
            for own in report.rules
            for case in (*own.breaches, *own.holes, *own.exceptions, *own.notices)
        ],
        _CASES,
    )


def _rule(own: RuleReport) -> dict[str, Any]:
    judged = (*own.closest, *own.breaches, *own.holes, *own.exceptions, *own.notices)
    closest = min((case for case in judged if case.margin is not None), key=_margin, default=None)
    return {
        "rule": own.rule.id,
        "title": own.rule.title,
        "authority": own.rule.authority.value,
        "citation": str(own.rule.citations[0]) if own.rule.citations else None,
        "confidence": own.rule.confidence.value if own.rule.citations else None,
        "hard": own.rule.hard,
        "checked": own.checked,
        "breaches": len(own.breaches),
        "holes": len(own.holes),
        "exceptions": len(own.exceptions),
        "notices": len(own.notices),
        "least_margin": closest.margin if closest else None,
        "unit": (closest.unit or None) if closest else None,
    }


def _margin(case: Case) -> float:
    return case.margin or 0.0


def _case(report: Report, own: RuleReport, case: Case) -> dict[str, Any]:
    doctor = report.timetable.problem.doctor_by_id.get(case.doctor or "")
    return {
        "rule": own.rule.id,
        "title": own.rule.title,
        "outcome": case.outcome.value,
        "doctor_id": case.doctor,
        "doctor": doctor.name if doctor else None,
        "duties": ", ".join(case.duties) or None,
        "start_local": case.when.start if case.when else None,
        "end_local": case.when.end if case.when else None,
        "measured": case.measured,
        "limit": case.limit,
        "margin": case.margin,
        "unit": case.unit or None,
        "sentence": report.sentence(case),
    }


def _frame(found: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """A frame with exactly these columns and types, also when there is no row."""
    listed = list(found)
    return pd.DataFrame(
        {name: _column([row[name] for row in listed], kind) for name, kind in columns.items()}
    )


def _column(values: list[Any], kind: str) -> "pd.DatetimeIndex | pd.Series[Any]":
    if kind in (LOCAL, UTC):
        # Values are UTC moments; a zone's own datetimes would not survive the clock change.
        moments = pd.to_datetime(values, utc=True).as_unit("us")
        return moments.tz_convert(OSLO) if kind == LOCAL else moments
    return pd.Series(values, dtype=kind)
