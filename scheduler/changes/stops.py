"""Which rule forbids a change: judged by the independent checkers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.changes.move import Move, moved
from scheduler.domain.doctor import Doctor
from scheduler.domain.roster import Timetable
from scheduler.rule import Case, Outcome, Rule


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


class Stops:
    """Asks the rules that bind in the order in which they are explained.

    What the roster breaks already is held against nobody.
    """

    def __init__(self, timetable: Timetable, rules: Sequence[Rule]) -> None:
        """Nothing is judged before it is asked for."""
        self.timetable = timetable
        self._rules = [rule for rule in rules if rule.binds]
        self._joint = [r for r in self._rules if type(r).check_roster is not Rule.check_roster]
        self._all = tuple(rules)
        self._closed: dict[str, Mapping[str, Stop]] = {}
        self._before: dict[str, frozenset[Case]] = {}

    def closed(self, doctor: str, unit: str) -> Stop | None:
        """What closes a unit to the doctor from the start, or None."""
        if doctor not in self._closed:
            self._closed[doctor] = self._closed_to(self._doctor(doctor))
        own = self._closed[doctor]
        duties = self.timetable.problem.units[unit]
        return next((own[duty.id] for duty in duties if duty.id in own), None)

    def own(self, move: Move) -> Stop | None:
        """What forbids the move in the view of those whom it touches, each by themselves."""
        for doctor, unit in move.on:
            if stop := self.closed(doctor, unit):
                return stop
        tried = moved(self.timetable, move)
        for who in map(self._doctor, move.doctors):
            for rule in self._rules:
                for case in _breaches(rule.check_doctor(tried, who)):
                    if case not in self._broken(who):
                        return Stop(rule, case)
        return None

    def common(self, move: Move) -> Stop | None:
        """What forbids the move in the view of the roster as a whole."""
        tried = moved(self.timetable, move)
        for rule in self._joint:
            for case in _breaches(rule.check_roster(tried)):
                if case not in self._common:
                    return Stop(rule, case)
        return None

    def departures(self, move: Move) -> tuple[Stop, ...]:
        """Departures from main rules that the move would bring, in the order of the rules."""
        tried = moved(self.timetable, move)
        found = []
        for rule in self._all:
            for doctor in map(self._doctor, move.doctors):
                before = set(rule.check_doctor(self.timetable, doctor))
                found += [
                    Stop(rule, case)
                    for case in rule.check_doctor(tried, doctor)
                    if case.outcome is Outcome.EXCEPTION and case not in before
                ]
        return tuple(found)

    def _doctor(self, doctor: str) -> Doctor:
        return self.timetable.problem.doctor_by_id[doctor]

    def _closed_to(self, doctor: Doctor) -> Mapping[str, Stop]:
        """For each duty closed to the doctor: the first rule that closes it."""
        found: dict[str, Stop] = {}
        for rule in self._all:
            for case in rule.stops(self.timetable.problem, doctor):
                for duty_id in case.duties:
                    found.setdefault(duty_id, Stop(rule, case, closed=True))
        return found

    def _broken(self, doctor: Doctor) -> frozenset[Case]:
        if doctor.id not in self._before:
            self._before[doctor.id] = frozenset(
                case
                for rule in self._rules
                for case in _breaches(rule.check_doctor(self.timetable, doctor))
            )
        return self._before[doctor.id]

    @cached_property
    def _common(self) -> frozenset[Case]:
        return frozenset(
            case for rule in self._joint for case in _breaches(rule.check_roster(self.timetable))
        )


def _breaches(cases: Iterator[Case]) -> Iterator[Case]:
    return (case for case in cases if case.outcome is Outcome.BREACH)
