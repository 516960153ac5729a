"""The judge of all engines: what a roster is worth and what it breaks, whoever made it.

The value is reckoned from the assignments alone; what an engine says of itself counts only where
the judge agrees.
"""

from collections.abc import Sequence

from benchmarks.instances import Loaded
from scheduler.checking import check
from scheduler.domain.problem import Assignment
from scheduler.domain.roster import Roster, Timetable
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import settle, step_values

_NEAR = 1e-4


def values(
    loaded: Loaded, assignments: Sequence[Assignment]
) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Keys and values of the steps, in the units in which they are shown."""
    draft = Draft(loaded.problem, loaded.rules)
    model = draft.model
    reached = step_values(model, settle(model, set(draft.decision_indices(assignments))))
    keys = tuple(step.key for step in model.steps)
    return keys, tuple(
        round(float(v / s.scale), 6) for s, v in zip(model.steps, reached, strict=True)
    )


def faults(
    loaded: Loaded,
    assignments: Sequence[Assignment],
    titles: Sequence[str],
    claimed: Sequence[float],
) -> list[str]:
    """What the checkers refuse, and where an engine's own values are better than the judge's."""
    timetable = Timetable(loaded.problem, Roster.of(loaded.problem, assignments))
    report = check(timetable, loaded.rules, explain_holes=False)
    found = [report.sentence(case) for case in report.breaches]
    keys, reached = values(loaded, assignments)
    own = dict(zip(keys, reached, strict=True))
    found += [
        f"{title}: said {value:g}, is {own[title]:g}"
        for title, value in zip(titles, claimed, strict=True)
        if title in own and value < own[title] - _NEAR * max(1.0, abs(own[title]))
    ]
    return found
