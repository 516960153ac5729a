"""What a doctor could have of what is counted: nights, weekends and great holidays."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.fairness.measures import Calendar, Measure
from scheduler.solving.draft import Draft, Var
from scheduler.solving.model import TRUE, Term

OCCASIONS = (Measure.WEEKENDS, Measure.GREAT_HOLIDAYS)
"""Measures of which several shifts may be one."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a shift counts as."""

    is_night: bool
    occasions: tuple[tuple[Measure, object], ...]


@dataclass(slots=True)
class Counted:
    """One doctor's variables: of nights, and by measure and occasion."""

    nights: list[Var] = field(default_factory=list)
    occasions: dict[Measure, dict[object, list[Var]]] = field(
        default_factory=lambda: {measure: {} for measure in OCCASIONS}
    )

    def terms(self, draft: Draft, measure: Measure) -> list[Term]:
        """Terms whose sum is how much of the measure the period gives."""
        if measure is Measure.NIGHTS:
            return [(1, var) for var in self.nights]
        return [(1, draft.any_of(own)) for own in self.occasions[measure].values()]


def counted(draft: Draft) -> Mapping[str, Counted]:
    """For each doctor what the period could give; the tail is settled already."""
    kinds = _kinds(draft.problem)
    found = {}
    for doctor in draft.problem.doctors:
        own = found[doctor.id] = Counted()
        for duty, var in draft.work_of(doctor.id):
            kind = kinds.get(duty.id)
            if kind is None or var == TRUE:
                continue
            if kind.is_night:
                own.nights.append(var)
            for measure, occasion in kind.occasions:
                own.occasions[measure].setdefault(occasion, []).append(var)
    return found


def _kinds(problem: Problem) -> Mapping[str, _Kind]:
    """What each shift of the period counts as; those that count as nothing are left out."""
    calendar = Calendar(problem)
    found: dict[str, _Kind] = {}
    for duty in problem.duties:
        if duty.is_shift:
            kind = _kind(calendar, duty)
            if kind.is_night or kind.occasions:
                found[duty.id] = kind
    return found


def _kind(calendar: Calendar, duty: Duty) -> _Kind:
    return _Kind(
        calendar.counts(Measure.NIGHTS, duty),
        tuple((m, occasion) for m in OCCASIONS for occasion in calendar.occasions(m, duty)),
    )
