"""A plan as plain as can be, of any size, to measure the service with."""

from collections.abc import Iterable
from datetime import date
from typing import Any


def plain_plan(
    title: str, first: date, last: date, doctors: int, shifts: Iterable[tuple[str, str, str, str]]
) -> dict[str, Any]:
    """The plan as it would be written down: one municipality, one place, home duty every day.

    Args:
        title: of the plan.
        first: its first day.
        last: its last day.
        doctors: how many; «d0», called «Lege 0», and so on.
        shifts: id, name, start and end («15:30») of each pattern.
    """
    return {
        "format": "rettvakt-plan",
        "version": 1,
        "title": title,
        "first_day": str(first),
        "last_day": str(last),
        "judged_on": "2026-11-21",
        "municipalities": [{"id": "fjell", "name": "Fjell", "inhabitants": 300 * doctors}],
        "places": [{"id": "lv", "name": "Legevakta", "municipality": "fjell"}],
        "doctors": [
            {
                "id": f"d{n}",
                "name": f"Lege {n}",
                "municipality": "fjell",
                "employment": "self_employed",
                "born": "1980-06-01",
            }
            for n in range(doctors)
        ],
        "patterns": [
            {
                "id": own,
                "name": name,
                "presence": "home",
                "place": "lv",
                "start": start,
                "end": end,
                "weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
                "red_days": "like_sunday",
                "duty_class": 1,
            }
            for own, name, start, end in shifts
        ],
    }
