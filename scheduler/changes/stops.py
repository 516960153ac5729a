"""Which rule forbids a change: judged by the independent checkers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from scheduler.changes.move import Move, moved
from scheduler.domain.doctor import Doctor
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import Interval
from scheduler.kept import Kept
from scheduler.rule import Authority, Case, Outcome, Rule

_MOST_WORKS = 20_000
"""So many pieces of work that were judged are remembered."""


@dataclass(frozen=True, slots=True)
class Stop:
    """The first case against a change.

    Attributes:
        closed: the duty is closed to the doctor from the start, whatever else the roster says.
    """

    rule: Rule
    case: Case
    closed: bool = False

    def sentence(self, timetable: Timetable) -> str:
        """The rule's own sentence."""
        return self.rule.explain(timetable.problem, self.case)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of a change: all that it would bring and that is not so already.

    Each in the order of the rules.

    Attributes:
        breaches: hard rules that would be broken.
        exceptions: departures from main rules, as the rules themselves allow them.
        departures: exceptions on which the municipality has put a price.
        wishes: wishes that would be refused; no rule is departed from by that.
    """

    breaches: tuple[Stop, ...] = ()
    exceptions: tuple[Stop, ...] = ()
    departures: tuple[Stop, ...] = ()
    wishes: tuple[Stop, ...] = ()

    @property
    def lawful(self) -> bool:
        """No rule forbids the change."""
        return not self.breaches


class Stops:
    """Asks the rules in the order in which they are explained.

    What the roster breaks already is held against nobody. What is judged of a doctor's own work
    is remembered with the roster, and handed on where that work is the same.
    """

    def __init__(self, timetable: Timetable, rules: Sequence[Rule]) -> None:
        """Nothing is judged before it is asked for."""
        self.timetable = timetable
        self._all = tuple(rules)
        self._judging = tuple(r for r in rules if r.binds or r.weighs)
        self._rules = tuple(rule for rule in self._judging if rule.binds)
        self._joint = tuple(
            r for r in self._judging if type(r).check_roster is not Rule.check_roster
        )
        self._whole: dict[str, Set[Case]] = {}
        self._tried: tuple[Move, Timetable] | None = None
        self._weighs = {rule.id for rule in self._judging if rule.weighs}
        self._works: dict[tuple[str, tuple[str, ...]], tuple[Stop, ...]] = {}

    def prepare(self) -> None:
        """Judge all work, and the roster as a whole, as they stand, before a move is tried."""
        for doctor in self.timetable.problem.doctors:
            self._known(doctor)
        for rule in self._joint:
            self._common(rule)

    def tried(self, move: Move) -> Timetable:
        """The roster after the move; the latest one is remembered."""
        if self._tried is None or self._tried[0] is not move:
            self._tried = move, moved(self.timetable, move)
        return self._tried[1]

    def closed(self, doctor: str, unit: str) -> Stop | None:
        """What closes a unit to the doctor from the start, or None."""
        problem = self.timetable.problem
        # The key is who asks, for rules hold mappings; they are kept so that it stays theirs.
        key = ("closed", doctor, tuple(map(id, self._all)))
        _, own = problem.remembered(
            key, lambda: (self._all, self._closed_to(problem.doctor_by_id[doctor]))
        )
        return next((own[duty.id] for duty in problem.units[unit] if duty.id in own), None)

    def own(self, move: Move) -> Stop | None:
        """What forbids the move in the view of those whom it touches, each by themselves."""
        for doctor, unit in move.on:
            if stop := self.closed(doctor, unit):
                return stop
        tried = self.tried(move)
        for doctor in move.doctors:
            who, changed = self._doctor(doctor), _stretch(tried.problem, move, doctor)
            for rule in self._rules:
                for case in self._brought(rule, tried, who, changed):
                    if case.outcome is Outcome.BREACH:
                        return Stop(rule, case)
        return None

    def common(self, move: Move) -> Stop | None:
        """What forbids the move in the view of the roster as a whole."""
        binding = [rule for rule in self._joint if rule.binds]
        return next(self._joint_stops(move, binding, (Outcome.BREACH,)), None)

    def departures(self, move: Move) -> tuple[Stop, ...]:
        """Exceptions that the move would bring, with a price or without, in order of the rules."""
        found = [
            stop
            for doctor in move.doctors
            for stop in self._new(move, doctor)
            if stop.case.outcome is Outcome.EXCEPTION
        ]
        return tuple(sorted(found, key=self._place))

    def verdict(self, move: Move) -> Verdict:
        """All that the move would bring, judged by every rule."""
        found = [stop for doctor in move.doctors for stop in self._new(move, doctor)]
        found += self._joint_stops(move, self._joint, (Outcome.BREACH, Outcome.EXCEPTION))
        found.sort(key=self._place)
        crossed = [stop for stop in found if stop.case.outcome is Outcome.EXCEPTION]
        unpriced = [stop for stop in crossed if not stop.rule.prices]
        return Verdict(
            tuple(stop for stop in found if stop.case.outcome is Outcome.BREACH),
            tuple(own for own in unpriced if own.rule.authority is not Authority.WISH),
            tuple(stop for stop in crossed if stop.rule.prices),
            tuple(own for own in unpriced if own.rule.authority is Authority.WISH),
        )

    def _doctor(self, doctor: str) -> Doctor:
        return self.timetable.problem.doctor_by_id[doctor]

    def _place(self, stop: Stop) -> int:
        return self._order[stop.rule.id]

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {rule.id: place for place, rule in enumerate(self._all)}

    def _closed_to(self, doctor: Doctor) -> Mapping[str, Stop]:
        """For each duty closed to the doctor: the first rule that closes it."""
        found: dict[str, Stop] = {}
        for rule in self._all:
            for case in rule.stops(self.timetable.problem, doctor):
                for duty_id in case.duties:
                    found.setdefault(duty_id, Stop(rule, case, closed=True))
        return found

    def _new(self, move: Move, doctor: str) -> tuple[Stop, ...]:
        """What the doctor's own work breaks or departs from, and did not before."""
        tried = self.tried(move)
        key = doctor, tuple(duty.id for duty in tried.duties_of(doctor))
        if key not in self._works:
            if len(self._works) >= _MOST_WORKS:
                self._works.clear()
            who, changed = self._doctor(doctor), _stretch(tried.problem, move, doctor)
            self._works[key] = tuple(
                Stop(rule, case)
                for rule in self._judging
                for case in self._brought(rule, tried, who, changed)
            )
        return self._works[key]

    def _brought(
        self, rule: Rule, tried: Timetable, doctor: Doctor, changed: Interval
    ) -> Sequence[Case]:
        """What the rule finds broken or departed from in the doctor's work that was not so before.

        A rule that looks at the neighbourhood of a change alone tells whether there is anything;
        then all of the work is judged.
        """
        found = self._new_of(rule, rule.check_doctor_nearby(tried, doctor, changed), doctor)
        if found and rule.is_local:
            return self._new_of(rule, rule.check_doctor(tried, doctor), doctor)
        return found

    def _new_of(self, rule: Rule, cases: Iterable[Case], doctor: Doctor) -> Sequence[Case]:
        found = self._counted(rule, cases)
        known = self._known(doctor) if found else frozenset()
        return [case for case in found if case not in known]

    def _counted(self, rule: Rule, cases: Iterable[Case]) -> list[Case]:
        """The breaches, and the exceptions where they count."""
        if isinstance(cases, Kept):
            return []
        breach, kept = Outcome.BREACH, Outcome.KEPT
        exception = Outcome.EXCEPTION if rule.id in self._weighs else breach
        return [
            case
            for case in cases
            if case.outcome is not kept and case.outcome in (breach, exception)
        ]

    def _known(self, doctor: Doctor) -> Set[Case]:
        """What the doctor's work breaks or departs from already; remembered with the roster."""
        key = ("known", tuple(map(id, self._all)))

        def found() -> tuple[object, Set[Case]]:
            judged = (
                self._counted(r, r.check_doctor(self.timetable, doctor)) for r in self._judging
            )
            return self._all, frozenset(chain.from_iterable(judged))

        _, own = self.timetable.remembered(doctor.id, key, found)
        return own

    def _joint_stops(
        self, move: Move, rules: Sequence[Rule], outcomes: Sequence[Outcome]
    ) -> Iterator[Stop]:
        """What the roster as a whole would break or depart from, and does not now."""
        tried = self.tried(move)
        doctors = set(move.doctors)
        units = {unit for _, unit in (*move.on, *move.off)}
        duties = {duty.id for unit in units for duty in tried.problem.units[unit]}
        for rule in rules:
            for case in rule.counting(rule.check_nearby(tried, doctors, duties)):
                if case.outcome in outcomes and case not in self._common(rule):
                    yield Stop(rule, case)

    def _common(self, rule: Rule) -> Set[Case]:
        """What the rule finds of the roster as a whole that is not kept."""
        if rule.id not in self._whole:
            self._whole[rule.id] = frozenset(
                case
                for case in rule.counting(rule.check_roster(self.timetable))
                if case.outcome is not Outcome.KEPT
            )
        return self._whole[rule.id]


def _stretch(problem: Problem, move: Move, doctor: str) -> Interval:
    """From the first to the last of the duties that the doctor gets or is spared."""
    duties = (*move.taken(problem, doctor), *move.given(problem, doctor))
    return Interval(min(duty.start for duty in duties), max(duty.end for duty in duties))
