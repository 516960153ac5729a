"""Timefold on a published instance, in the Python and Java that the user names."""

import json
import subprocess
from pathlib import Path
from typing import Any

from benchmarks import curtois
from benchmarks.engines.found import Effort, Found, Track
from benchmarks.instances import Loaded

SCRIPT = Path(__file__).resolve().parent.parent / "peers" / "timefold_staff.py"
_START_UP = 120  # seconds for Java and the translation of the model, beside the limit


def run(loaded: Loaded, effort: Effort, python: str) -> Found:
    """Solve with its quick-start model; it tells of the end only.

    A roster that breaks hard demands is handed back as it is: the scorer tells what is broken.

    Raises:
        ValueError: the instance is not a published one, or Timefold did not answer.
    """
    instance = loaded.published
    if instance is None:
        raise ValueError(f"instance ({loaded.name}) must be a published one for this engine")
    track = Track()
    done = subprocess.run(
        [python, str(SCRIPT)],
        input=json.dumps(_task(instance, effort)) + "\n",
        capture_output=True,
        text=True,
        timeout=effort.seconds + _START_UP,
        check=False,
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise ValueError(f"Timefold ended with {done.returncode}: {last[0]}")
    roster = json.loads(done.stdout.splitlines()[-1])["roster"]
    plan = {
        (person, int(day)): shift
        for key, shift in roster.items()
        for person, _, day in [key.rpartition("/")]
    }
    objective, broken = curtois.score(instance, plan)
    value = (objective / 60,)
    if not broken:
        track.note(value)
    assignments = tuple(curtois.assignments_of(plan))
    return Found(0.0, ("cover",), assignments, value, (None,), tuple(track.points))


def _task(instance: curtois.Instance, effort: Effort) -> dict[str, Any]:
    return {
        "days": instance.days,
        "seconds": effort.seconds,
        "seed": effort.seed,
        "shifts": [
            {"id": own.id, "minutes": own.minutes, "not_before": sorted(own.not_before)}
            for own in instance.shifts.values()
        ],
        "people": [
            {
                "id": own.id,
                "most": dict(own.max_shifts),
                "max_minutes": own.max_minutes,
                "min_minutes": own.min_minutes,
                "max_run": own.max_run,
                "min_run": own.min_run,
                "min_off": own.min_off,
                "max_weekends": own.max_weekends,
            }
            for own in instance.staff.values()
        ],
        "off": {person: sorted(days) for person, days in instance.days_off.items()},
        "wanted": _requests(instance.on),
        "unwanted": _requests(instance.off),
        "covers": [
            {
                "key": f"{own.day}/{own.shift}",
                "needed": own.needed,
                "under": own.under,
                "over": own.over,
            }
            for own in instance.cover
        ],
    }


def _requests(requests: tuple[curtois.Request, ...]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for own in requests:
        day = found.setdefault(f"{own.employee}/{own.day}", {})
        day[own.shift] = day.get(own.shift, 0) + own.weight
    return found
