"""What may change within reach, as the model of the exact search."""

from collections.abc import Iterable

from scheduler.changes.move import Move
from scheduler.domain.problem import Assignment
from scheduler.repairing.judging import Judge
from scheduler.repairing.situation import Situation
from scheduler.solving.draft import Draft, Var
from scheduler.solving.evaluate import broken_numbers, settle
from scheduler.solving.model import FALSE
from scheduler.solving.smallest_change import Exchange, Scope


class Ground:
    """The model of what may change within reach, and the search on it."""

    def __init__(self, situation: Situation, judge: Judge, reach: frozenset[str]) -> None:
        """Only what stands and what could come instead gets a variable."""
        self._situation = situation
        problem = situation.problem
        left = situation.left.roster.assignments
        free = reach | situation.fillable
        candidates = [
            Assignment(problem.units[unit][0].id, doctor.id)
            for unit in free
            for doctor in problem.doctors
        ]
        self.draft = Draft(problem, situation.rules, only=[*left, *candidates])
        base = frozenset(self.draft.decision_indices(left))
        # A duty that somebody has although it is closed to them has no variable: leave it alone.
        hidden = {
            problem.duty_by_id[own.duty].unit
            for own in left
            if self.draft.works(own.doctor, problem.duty_by_id[own.duty]) == FALSE
        }
        mend = frozenset(
            number
            for number, own in broken_numbers(self.draft.model, settle(self.draft.model, base))
            if self._is_caused(judge, own.reason)
        )
        self.exchange = Exchange(self.draft.model, self._scope(base, reach, hidden, mend))

    def move(self, chosen: Iterable[Var]) -> Move:
        """What is different from what is left, as a move."""
        problem = self._situation.problem
        now = {(a.doctor, problem.duty_by_id[a.duty].unit) for a in self.draft.assignments(chosen)}
        was = {
            (a.doctor, problem.duty_by_id[a.duty].unit)
            for a in self.draft.assignments(self.exchange.scope.base)
        }
        return Move(off=tuple(sorted(was - now)), on=tuple(sorted(now - was)))

    def _is_caused(self, judge: Judge, reason: int) -> bool:
        own = self.draft.reasons[reason]
        return any(
            (case.rule, case.doctor) == (own.rule, own.doctor)
            and (not own.duties or not case.duties or not set(own.duties).isdisjoint(case.duties))
            for case in judge.caused
        )

    def _scope(
        self,
        base: frozenset[Var],
        reach: frozenset[str],
        hidden: set[str],
        mend: frozenset[int],
    ) -> Scope:
        situation, problem = self._situation, self._situation.problem
        people: dict[str, list[Var]] = {}
        others: dict[str, list[Var]] = {}
        units: list[tuple[Var, ...]] = []
        for unit in sorted((reach | situation.fillable) - hidden):
            first = problem.units[unit][0]
            own = []
            for doctor, var in self.draft.candidates(first):
                if unit in reach or var not in base:  # in the frozen window nobody gives way
                    own.append(var)
                    kept = others if doctor in situation.fallen else people
                    kept.setdefault(doctor, []).append(var)
            if own:
                units.append(tuple(own))
        demands = []
        for key, wanted in situation.wanted.items():
            variables = tuple(
                var
                for unit in situation.groups[key]
                for _, var in self.draft.candidates(problem.units[unit][0])
            )
            seen = sum(var in base for var in variables)
            unseen = situation.have(key, situation.left) - seen
            demands.append((variables, seen, max(0, wanted - unseen)))
        return Scope(
            base,
            frozenset(var for own in units for var in own),
            {doctor: tuple(own) for doctor, own in people.items()},
            {doctor: tuple(own) for doctor, own in others.items()},
            tuple(units),
            tuple(demands),
            mend,
        )
