"""Every doctor by every rule: what the checkers found, counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.domain.roster import Timetable
from scheduler.rule import Case, Outcome, Rule

_WORST = (Outcome.BREACH, Outcome.HOLE, Outcome.EXCEPTION, Outcome.NOTICE, Outcome.KEPT)


@dataclass(slots=True)
class Cell:
    """What one rule found of one doctor's work, or of what concerns several.

    Attributes:
        checked: judgements made.
        found: those that are not kept.
        closest: the kept one with the least margin; None where nothing is measured.
    """

    checked: int = 0
    found: list[Case] = field(default_factory=list)
    closest: Case | None = None

    @property
    def outcome(self) -> Outcome:
        """The worst of them."""
        return min((case.outcome for case in self.found), key=_WORST.index, default=Outcome.KEPT)


Cells = Mapping[tuple[str | None, str], Cell]
"""By doctor (None: what concerns several) and rule."""


def matrix(timetable: Timetable, rules: Sequence[Rule]) -> Cells:
    """Ask every rule about the roster; a rule that judged nothing of a doctor has no cell."""
    cells: dict[tuple[str | None, str], Cell] = {}
    for rule in rules:
        for case in rule.check(timetable):
            cell = cells.setdefault((case.doctor, rule.id), Cell())
            cell.checked += 1
            if case.outcome is not Outcome.KEPT:
                cell.found.append(case)
            elif case.margin is not None and (
                cell.closest is None or case.margin < (cell.closest.margin or 0.0)
            ):
                cell.closest = case
    return cells
