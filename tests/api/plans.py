"""A plan that is solved in a moment, and the command line called as from a shell."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from api.cli.main import run
from tests.support import PATIENCE

Document = dict[str, Any]

ALL_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
# The search of such a plan ends when it is proven, so the time is none that a machine needs.
QUICK = ("--time-limit", str(PATIENCE), "--workers", "1")


def _doctor(doctor_id: str, name: str) -> Document:
    return {
        "id": doctor_id,
        "name": name,
        "municipality": "fjell",
        "employment": "self_employed",
        "born": "1980-06-01",
        "opening_hours": [{"weekdays": ALL_DAYS[:5], "start": "08:00", "end": "15:30"}],
        "competence": {
            "specialist_from": "2016-03-01",
            "emergency_course_from": "2022-05-10",
            "violence_course_from": "2022-05-12",
            "radio_from": "2020-01-15",
        },
    }


_TINY: Document = {
    "format": "rettvakt-plan",
    "version": 1,
    "title": "Fjell, mars 2027",
    "first_day": "2027-03-01",
    "last_day": "2027-03-14",
    "judged_on": "2026-11-21",
    "municipalities": [{"id": "fjell", "name": "Fjell", "inhabitants": 3000}],
    "places": [{"id": "lv", "name": "Legevakta", "municipality": "fjell"}],
    "doctors": [
        _doctor("kari", "Kari Nordmann"),
        _doctor("ola", "Ola Bråten"),
        _doctor("siv", "Siv Åsen"),
    ],
    "patterns": [
        {
            "id": "kveld",
            "name": "Hjemmevakt hverdag",
            "presence": "home",
            "place": "lv",
            "start": "15:30",
            "end": "08:00",
            "weekdays": ALL_DAYS[:5],
            "red_days": "never",
            "duty_class": 1,
        },
        {
            "id": "helg",
            "name": "Hjemmevakt helg",
            "presence": "home",
            "place": "lv",
            "start": "08:00",
            "end": "08:00",
            "weekdays": ALL_DAYS[5:],
            "red_days": "like_sunday",
            "duty_class": 1,
        },
    ],
    "tail": [
        {"doctor": doctor, "pattern": "kveld" if day < 27 else "helg", "date": f"2027-02-{day}"}
        for doctor, day in zip(["kari", "ola", "siv"] * 5, range(15, 29), strict=False)
        if day not in (20, 21)
    ],
}


def tiny(change: Callable[[Document], object] | None = None) -> Document:
    """A copy of the plan, changed: three doctors and two weeks of home duty."""
    document = deepcopy(_TINY)
    if change:
        change(document)
    return document


def plan_file(
    folder: Path, change: Callable[[Document], object] | None = None, name: str = "plan.json"
) -> Path:
    """The plan as a file."""
    file = folder / name
    file.write_text(json.dumps(tiny(change), ensure_ascii=False), encoding="utf-8")
    return file


def everybody_away(document: Document) -> None:
    """Nobody can be on duty on Wednesday 3 March."""
    document["absences"] = [
        {"doctor": own["id"], "kind": "course", "start": "2027-03-03", "end": "2027-03-04"}
        for own in document["doctors"]
    ]


def rettvakt(*arguments: object) -> int:
    """The exit code of `rettvakt` with these arguments, in this process."""
    return run([str(argument) for argument in arguments])
