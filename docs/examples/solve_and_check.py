"""Read a plan, solve it, check it, and look at it as pandas frames.

Run it as ``python docs/examples/solve_and_check.py [PLAN] [SECONDS]``.
"""

import sys
from pathlib import Path

from api import library
from scheduler.reading.faults import PlanError
from scheduler.solving.result import Ending

EXAMPLE = Path(__file__).with_name("plan.yaml")


def main(path: Path = EXAMPLE, seconds: float = 20.0) -> library.Frames | None:
    """Print what a coordinator would ask first; gives the frames, None without a roster."""
    try:
        plan = library.read(path)
    except PlanError as error:
        for fault in error.faults:
            print(fault)
        return None
    for remark in plan.remarks:
        print("Merk:", remark)

    outcome = library.solve(plan, seconds=seconds, seed=1)
    if outcome.ending is Ending.IMPOSSIBLE:
        print("Låsene strider mot regler som ikke kan fravikes:", *outcome.conflicts, sep="\n  ")
    if outcome.roster is None:
        return None

    # The engine has checked its roster already. Any other one, perhaps made by hand and read
    # with `scheduler.reading.roster.read_roster`, is judged in the same way.
    report = library.check(plan, outcome.roster)
    print(f"Lovlig: {report.lawful}. Full: {report.complete}.")

    frames = library.frames(plan, outcome.roster, report)
    print(frames.burdens.set_index("doctor")[["shifts", "nights", "weekends", "points"]])
    easter = frames.assignments[frames.assignments["holiday"] == "påske"]
    print(easter[["start_local", "hours", "pattern", "doctor"]].to_string(index=False))
    print(frames.rules.query("exceptions > 0")[["title", "exceptions", "confidence"]])
    for sentence in frames.cases.query("outcome == 'exception'")["sentence"].head(5):
        print("-", sentence)
    return frames


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLE
    main(chosen, float(sys.argv[2]) if len(sys.argv) > 2 else 20.0)
