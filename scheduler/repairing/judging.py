"""Whether a change is lawful: the independent checkers, and nothing that was broken before counts.

A breach that the roster has already is held against nobody, nor is what is left of it when
a change makes it smaller. What happened may itself break something (a doctor who needs a
backup has none): a repair must mend that.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.changes.move import Move, moved
from scheduler.changes.stops import Stop, Stops
from scheduler.domain.doctor import Doctor
from scheduler.domain.roster import Timetable
from scheduler.rule import Case, Outcome, Rule

if TYPE_CHECKING:
    from scheduler.repairing.situation import Situation


def breaches(timetable: Timetable, rules: Sequence[Rule], doctor: Doctor) -> list[Case]:
    """The breaches that the checkers find in one doctor's work."""
    return [
        case
        for rule in rules
        if rule.binds
        for case in rule.check_doctor(timetable, doctor)
        if case.outcome is Outcome.BREACH
    ]


def common_breaches(timetable: Timetable, rules: Sequence[Rule]) -> Iterator[Case]:
    """The breaches that the checkers find in the roster as a whole."""
    for rule in rules:
        if rule.binds and type(rule).check_roster is not Rule.check_roster:
            for case in rule.check_roster(timetable):
                if case.outcome is Outcome.BREACH:
                    yield case


def tolerated(case: Case, known: Collection[Case]) -> bool:
    """Whether a breach is one that was there before, or what is left of one."""
    return case in known or any(_is_less(case, own) for own in known)


def _is_less(case: Case, known: Case) -> bool:
    """Whether it is the same limit, broken by no more: by fewer duties, or in the same time."""
    same = (case.rule, case.doctor, case.unit) == (known.rule, known.doctor, known.unit)
    if not same or (case.margin is not None and known.margin is None):
        return False
    if case.margin is not None and known.margin is not None and case.margin < known.margin:
        return False
    if case.duties and set(case.duties) <= set(known.duties):
        return True
    # A sum over a week or a month: which duties make it up is of no matter.
    summed = len(case.duties) != 1 and case.limit == known.limit
    return summed and case.when is not None and case.when == known.when and case.margin is not None


class Judge:
    """Judges moves in what is left of a roster."""

    def __init__(self, situation: "Situation") -> None:
        """Judge nothing yet."""
        self._situation = situation
        self._rules = situation.rules
        self._left = situation.left
        self.stops = Stops(situation.left, situation.rules)

    @cached_property
    def caused(self) -> tuple[Case, ...]:
        """Breaches that what happened has brought, and that a repair must mend.

        A breach by nothing but duties that have begun is not among them: no repair can mend it.
        """
        before, left = self._situation.before, self._left
        found: list[Case] = []
        for doctor in left.problem.doctors:
            if doctor.id in self._situation.fallen:
                known = breaches(before, self._rules, before.problem.doctor_by_id[doctor.id])
                own = breaches(left, self._rules, doctor)
                found += [case for case in own if not tolerated(case, known)]
        common = set(common_breaches(before, self._rules))
        found += [
            case for case in common_breaches(left, self._rules) if not tolerated(case, common)
        ]
        excused = self._situation.excused
        return tuple(case for case in found if case not in excused and not self._has_begun(case))

    def _has_begun(self, case: Case) -> bool:
        duties = self._left.problem.duty_by_id
        return bool(case.duties) and all(
            own in duties and duties[own].start < self._situation.moment for own in case.duties
        )

    def own(self, move: Move) -> Stop | None:
        """What forbids the move in the view of those whom it touches."""
        stop = self.stops.own(move)
        if stop is None or stop.closed:
            return stop
        known = self._known(move)
        if all(case.doctor != stop.case.doctor for case in known):
            return stop
        # What was broken before may look different now: look at each breach.
        tried = moved(self._left, move)
        for doctor in move.doctors:
            for case in breaches(tried, self._rules, tried.problem.doctor_by_id[doctor]):
                if not tolerated(case, known):
                    return self._stop(case)
        return None

    def common(self, move: Move) -> Stop | None:
        """What forbids the move in the view of the roster, or what it leaves unmended."""
        tried = moved(self._left, move)
        for case in common_breaches(tried, self._rules):
            if not tolerated(case, self._common) or case in self.caused:
                return self._stop(case)
        for case in self.caused:
            if case.doctor is not None:
                doctor = tried.problem.doctor_by_id[case.doctor]
                if case in breaches(tried, self._rules, doctor):
                    return self._stop(case)
        return None

    def stop(self, move: Move) -> Stop | None:
        """What forbids the move, or None."""
        return self.own(move) or self.common(move)

    @cached_property
    def _common(self) -> frozenset[Case]:
        known = set(common_breaches(self._left, self._rules))
        return frozenset(known - set(self.caused))

    def _known(self, move: Move) -> set[Case]:
        problem = self._left.problem
        caused = set(self.caused)
        return {
            case
            for doctor in move.doctors
            for case in breaches(self._left, self._rules, problem.doctor_by_id[doctor])
            if case not in caused
        }

    def _stop(self, case: Case) -> Stop:
        return Stop(next(rule for rule in self._rules if rule.id == case.rule), case)
