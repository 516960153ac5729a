"""Timefold, in the Python and Java that the user names: a model for each kind of instance."""

import json
import subprocess
from pathlib import Path
from typing import Any

from benchmarks.engines import timefold_staff, timefold_table
from benchmarks.engines.found import Effort, Found
from benchmarks.instances import Loaded
from benchmarks.judge import Scorer
from benchmarks.record import Point
from scheduler.domain.problem import Assignment

PEERS = Path(__file__).resolve().parent.parent / "peers"
_START_UP = 120  # seconds beyond the limit before Java is taken for hung


def run(loaded: Loaded, effort: Effort, python: str) -> Found:
    """Solve; each roster that it kept on the way is scored by our judge.

    A last roster that breaks hard demands is handed back as it is: the judge tells what is broken.

    Raises:
        ValueError: there is no model for the instance, or Timefold did not answer.
    """
    if loaded.published is not None:
        instance = loaded.published
        answer = _ask(python, "timefold_staff.py", timefold_staff.task(instance), effort)
        titles: tuple[str, ...] = ("cover",)
        told = [
            (seconds, *timefold_staff.scored(instance, roster))
            for seconds, roster in answer["rosters"]
        ]
        last: tuple[Assignment, ...] = timefold_staff.assignments(answer["rosters"][-1][1])
    elif loaded.name.startswith("table/"):
        answer = _ask(python, "timefold_table.py", timefold_table.task(loaded), effort)
        scorer = Scorer(loaded)
        titles = scorer.keys
        rosters = [(own[0], timefold_table.assignments(own[1])) for own in answer["rosters"]]
        # It keeps feasible ones only; of the last one nothing is known.
        lawful = [True] * (len(rosters) - 1) + [scorer.lawful(rosters[-1][1])]
        told = [
            (seconds, scorer.values(own), kept)
            for (seconds, own), kept in zip(rosters, lawful, strict=True)
        ]
        last = rosters[-1][1]
    else:
        raise ValueError(f"instance ({loaded.name}) must be published/ or table/ for Timefold")
    curve: list[Point] = []
    for seconds, values, kept in told:
        if kept and (not curve or values < curve[-1].values):
            curve.append(Point(round(seconds, 3), values))
    return Found(
        round(answer["build"], 2), titles, last, told[-1][1], (None,) * len(titles), tuple(curve)
    )


def _ask(python: str, script: str, task: dict[str, Any], effort: Effort) -> dict[str, Any]:
    plain = task | {"seconds": effort.seconds, "seed": effort.seed}
    done = subprocess.run(
        [python, str(PEERS / script)],
        input=json.dumps(plain) + "\n",
        capture_output=True,
        text=True,
        timeout=effort.seconds + _START_UP,
        check=False,
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise ValueError(f"Timefold ended with {done.returncode}: {last[0]}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer
