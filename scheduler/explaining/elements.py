"""What can be blamed: duties to be filled, duties closed to a doctor, and what rules demand.

The model here is drawn up with nothing closed from the start: what rules close is posted as
constraints of its own, so that it can be blamed, and let go, like everything else.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from functools import cached_property

from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster, Timetable
from scheduler.rule import Authority, Case, Outcome, Rule
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import broken_numbers, settle
from scheduler.solving.model import TRUE, Constraint

_BLAME = {
    Authority.WISH: 1,
    Authority.FAIRNESS: 2,
    Authority.HEALTH: 2,
    Authority.MUNICIPALITY: 2,
    Authority.AGREEMENT: 3,
    Authority.LAW: 4,
}
"""Who takes the blame: what has a high number is given up first, and so blamed last."""

_OTHERS, _ASKED = 5, 0


class Kind(StrEnum):
    """What kind of thing is blamed."""

    DEMAND = "demand"  # a duty is to be filled
    CLOSED = "closed"  # a rule closes duties to a doctor, whatever else the roster says
    RULE = "rule"  # a rule forbids some duties together, or demands something


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that can be blamed, and let go, by itself.

    Attributes:
        rule: id of the rule; empty for a demand.
        duties: ids of the duties that it is about, in order of time.
        cases: the rule's judgements; of what a rule posted, what would be broken without it.
        numbers: of the model's constraints.
        rank: see `scheduler.solving.conflict.Group`.
    """

    kind: Kind
    rule: str
    doctor: str | None
    duties: tuple[str, ...]
    numbers: tuple[int, ...]
    rank: int
    cases: tuple[Case, ...] = ()

    @property
    def case(self) -> Case | None:
        """The judgement that tells it best."""
        return self.cases[0] if self.cases else None


Demand = tuple[Duty, ...]
"""Duties that are covered together: a block, a choice, or one duty by itself."""


def demands(problem: Problem) -> tuple[Demand, ...]:
    """Everything that is to be covered, in order of time."""
    found: dict[tuple[str | int, ...], list[Duty]] = {}
    for duty in problem.duties:
        key = (duty.choice,) if duty.choice else (duty.unit, duty.needed)
        found.setdefault(key, []).append(duty)
    return tuple(map(tuple, found.values()))


class Ground:
    """A plan's model with everything that could be blamed.

    Attributes:
        elements: rules and what they close, in the order of the rules.
        law: the numbers of their constraints; later ones are demands that were asked about.
    """

    def __init__(self, problem: Problem, rules: Sequence[Rule]) -> None:
        """Build the model; about as long as a draft of the plan takes."""
        self.problem = problem
        self.rules = {rule.id: rule for rule in rules}
        binding = [rule for rule in rules if rule.binds]
        self.draft = Draft(problem, binding, released=[rule.id for rule in binding])
        self.model = self.draft.model
        for number in range(len(self.model.constraints)):
            self._on(number)
        self._demands: dict[tuple[tuple[str, ...], int], int] = {}
        self.elements = (*self._posted(), *self._closed(binding))
        self.law = range(len(self.model.constraints))

    # --- elements ------------------------------------------------------------------------

    def _posted(self) -> Iterator[Element]:
        """What the rules posted; one element for each rule, doctor and duties."""
        found: dict[tuple[str, str | None, tuple[str, ...]], list[int]] = {}
        for number, constraint in enumerate(self.model.constraints):
            reason = self.draft.reasons[constraint.reason]
            found.setdefault((reason.rule, reason.doctor, reason.duties), []).append(number)
        for (rule, doctor, duties), numbers in found.items():
            yield Element(Kind.RULE, rule, doctor, duties, tuple(numbers), self._rank(rule))

    def _closed(self, rules: Sequence[Rule]) -> Iterator[Element]:
        """What rules close; one element for each absence, exemption, wish, ..."""
        for rule in rules:
            for doctor in self.problem.doctors:
                found: dict[tuple[object, ...], list[Case]] = {}
                for case in rule.stops(self.problem, doctor):
                    found.setdefault((case.when, case.facts), []).append(case)
                for cases in found.values():
                    duties = tuple(dict.fromkeys(d for case in cases for d in case.duties))
                    numbers = tuple(self._shut(doctor.id, duties))
                    rank = self._rank(rule.id)
                    yield Element(
                        Kind.CLOSED, rule.id, doctor.id, duties, numbers, rank, tuple(cases)
                    )

    def _shut(self, doctor: str, duties: Iterable[str]) -> Iterator[int]:
        for unit in dict.fromkeys(self.problem.duty_by_id[duty].unit for duty in duties):
            yield self._post([(doctor, unit)], None, 0)

    def demand(self, duties: Demand, needed: int, *, asked: bool = False) -> Element:
        """That so many doctors have the duties.

        Args:
            duties: what is covered together.
            needed: how many doctors.
            asked: it is what the question is about, and is blamed whatever else is.
        """
        ids = tuple(duty.id for duty in duties)
        if (ids, needed) not in self._demands:
            units = dict.fromkeys(duty.unit for duty in duties)
            pairs = [(doctor.id, unit) for unit in units for doctor in self.problem.doctors]
            self._demands[ids, needed] = self._post(pairs, needed, None)
        rank = _ASKED if asked else _OTHERS
        return Element(Kind.DEMAND, "", None, ids, (self._demands[ids, needed],), rank)

    def hand(self, doctor: str, duties: Sequence[Duty]) -> Element:
        """That one doctor has a unit: what a question is about."""
        ids = tuple(duty.id for duty in duties)
        key = ((doctor, *ids), 1)
        if key not in self._demands:
            self._demands[key] = self._post([(doctor, duties[0].unit)], 1, None)
        return Element(Kind.DEMAND, "", doctor, ids, (self._demands[key],), _ASKED)

    def _post(self, pairs: Iterable[tuple[str, str]], low: int | None, high: int | None) -> int:
        units = self.problem.units
        terms = tuple((1, self.draft.works(who, units[unit][0])) for who, unit in pairs)
        number = self.model.demand(Constraint(terms, low, high, TRUE, -1))
        self._on(number)
        return number

    def _rank(self, rule: str) -> int:
        return _BLAME[self.rules[rule].authority]

    # --- surroundings --------------------------------------------------------------------

    def near(self, duties: Iterable[Duty], days: int | None) -> frozenset[int]:
        """The decisions about units that lie at most so many days from these; None: all."""
        own = list(duties)
        if days is None or not own:
            return frozenset(range(2, self.model.decisions + 2))
        pause = timedelta(days=days)
        start = min(duty.start for duty in own) - pause
        end = max(duty.end for duty in own) + pause
        return frozenset(
            var
            for unit, together in self.problem.units.items()
            if together[0].start < end and together[-1].end > start
            for _, var in self.draft.candidates(self.problem.units[unit][0])
        )

    def touching(self, decisions: Collection[int]) -> frozenset[int]:
        """The constraints that speak of one of these decisions."""
        return frozenset(n for var in decisions for n in self._constraints.get(var, ()))

    @cached_property
    def _constraints(self) -> dict[int, list[int]]:
        """The constraints that speak of each decision, or of what follows from it."""
        return {}

    def _on(self, number: int) -> None:
        constraint = self.model.constraints[number]
        for var in self._speaks_of([constraint.only_if, *(v for _, v in constraint.terms)]):
            self._constraints.setdefault(var, []).append(number)

    def _speaks_of(self, variables: Iterable[int]) -> frozenset[int]:
        first = self.model.decisions + 2
        found: set[int] = set()
        for var in variables:
            if TRUE < var < first:
                found.add(var)
            elif var >= first:
                if var not in self._support:
                    terms = self.model.definitions[var - first].terms
                    self._support[var] = self._speaks_of(own for _, own in terms)
                found |= self._support[var]
        return frozenset(found)

    @cached_property
    def _support(self) -> dict[int, frozenset[int]]:
        """The decisions on which each definition depends."""
        return {}

    # --- rosters -------------------------------------------------------------------------

    def chosen(self, roster: Roster) -> frozenset[int]:
        """The decisions of a roster."""
        return frozenset(self.draft.decision_indices(roster.assignments))

    def keeps(self, chosen: frozenset[int]) -> bool:
        """Whether a choice of decisions keeps every rule."""
        return next(self.unkept(chosen), None) is None

    def unkept(self, chosen: frozenset[int]) -> Iterator[int]:
        """The numbers of the rules' constraints that a choice of decisions does not keep."""
        values = settle(self.model, chosen)
        yield from (n for n, _ in broken_numbers(self.model, values) if n in self.law)

    def roster(self, chosen: Iterable[int]) -> Roster:
        """The roster behind decisions."""
        return Roster.of(self.problem, self.draft.assignments(sorted(chosen)))

    def told(
        self,
        element: Element,
        without: frozenset[int],
        asked: Set[str],
        spoken_of: Set[str],
    ) -> Element:
        """The element with the judgements that tell it best first.

        Args:
            element: of a conflict.
            without: decisions that keep everything else of the conflict.
            asked: ids of the duties that were asked about.
            spoken_of: ids of all duties that the conflict is about.
        """
        if element.kind is not Kind.RULE:
            first = sorted(
                element.cases,
                key=lambda c: (asked.isdisjoint(c.duties), spoken_of.isdisjoint(c.duties)),
            )
            return replace(element, cases=tuple(first))
        rule = self.rules[element.rule]
        timetable = Timetable(self.problem, self.roster(without))
        cases = [
            case
            for case in _judgements(rule, timetable, element.doctor)
            if case.outcome is Outcome.BREACH
        ]
        own = set(element.duties)
        near = [case for case in cases if own.intersection(case.duties)] or cases
        near.sort(key=lambda case: -len(own.intersection(case.duties)))
        return replace(element, cases=tuple(near))


def _judgements(rule: Rule, timetable: Timetable, doctor: str | None) -> Iterator[Case]:
    """What the rule says of one doctor, or of all."""
    problem = timetable.problem
    whom = [problem.doctor_by_id[doctor]] if doctor else problem.doctors
    for who in whom:
        yield from rule.check_doctor(timetable, who)
    for case in rule.check_roster(timetable):
        if doctor is None or case.doctor in (None, doctor):
            yield case
