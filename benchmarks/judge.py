"""The judge of all engines: what a roster is worth and what it breaks, whoever made it.

The value is reckoned from the assignments alone; what an engine says of itself counts only where
the judge agrees.
"""

from collections.abc import Sequence

from benchmarks.engines.found import Found
from benchmarks.instances import Loaded
from scheduler.checking import check
from scheduler.domain.problem import Assignment
from scheduler.domain.roster import Roster, Timetable
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import settle, step_values
from scheduler.standings import standings

_NEAR = 1e-4


class Scorer:
    """What rosters of one instance are worth; builds the model once.

    Attributes:
        keys: of the steps.
    """

    def __init__(self, loaded: Loaded) -> None:
        """Build the whole model: what nobody does has a price as well."""
        self._loaded = loaded
        self._draft = Draft(loaded.problem, loaded.rules)
        self.keys = tuple(step.key for step in self._draft.model.steps)

    def values(self, assignments: Sequence[Assignment]) -> tuple[float, ...]:
        """The values of the steps, in the units in which they are shown."""
        model = self._draft.model
        decided = set(self._draft.decision_indices(assignments))
        reached = step_values(model, settle(model, decided))
        return tuple(
            round(float(v / s.scale), 6) for s, v in zip(model.steps, reached, strict=True)
        )

    def heaviest(self, assignments: Sequence[Assignment]) -> float | None:
        """The points of whoever is furthest over the fair share; None without any."""
        decided = set(self._draft.decision_indices(assignments))
        found = standings(self._draft, settle(self._draft.model, decided))
        return round(found[0].points, 2) if found and found[0].points > 0 else None

    def lawful(self, assignments: Sequence[Assignment]) -> bool:
        """Whether the checkers take it, holes apart."""
        roster = Roster.of(self._loaded.problem, assignments)
        timetable = Timetable(self._loaded.problem, roster)
        return check(timetable, self._loaded.rules, explain_holes=False).lawful


def faults(loaded: Loaded, found: Found, reached: Sequence[float]) -> list[str]:
    """What the checkers refuse, and where an engine's own values are better than the judge's.

    Args:
        loaded: the instance.
        found: what an engine reached, a roster at least.
        reached: the judge's values of it.
    """
    roster = Roster.of(loaded.problem, found.assignments or ())
    report = check(Timetable(loaded.problem, roster), loaded.rules, explain_holes=False)
    return [
        *(report.sentence(case) for case in report.breaches),
        *(
            f"{title}: said {said:g}, is {value:g}"
            for title, said, value in zip(found.titles, found.values, reached, strict=True)
            if said < value - _NEAR * max(1.0, abs(value))
        ),
    ]
