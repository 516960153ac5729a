"""Why this doctor has a duty and not that one: exchanges tried, then rosters made anew.

First every direct exchange with everybody else (`scheduler.receipts`). Then, for those who are
looked at more closely, a whole search with the one change fixed, from the exchange where there is
one. Its values are bounded like those of any search, so what is proven is told apart from what was
found in the time.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.changes.move import Move, moved
from scheduler.changes.stops import Stop
from scheduler.domain.problem import Pin
from scheduler.domain.roster import LevelResult, Roster, Timetable
from scheduler.engine import Options, solve
from scheduler.explaining.conflict import Explainer, Finding, HoleAnswer
from scheduler.explaining.costs import Change, Scorer, Value
from scheduler.receipts.ways import Obstacles, Way, Ways
from scheduler.rule import Rule
from scheduler.solving.result import Ending

_LEAST_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Compared:
    """One step of the objective in the roster as it stands and with the change.

    Attributes:
        bound: no lawful roster with the change, as good on the steps before, is better than this.
        proven: nothing better with the change exists.
    """

    title: str
    before: float
    after: float
    bound: float
    proven: bool
    unit: str

    @property
    def differs(self) -> bool:
        """Whether it is worse or better than in the roster as it stands."""
        return abs(self.after - self.before) > 1e-9


@dataclass(frozen=True, slots=True)
class Resolved:
    """The best roster that was found with the change fixed.

    Attributes:
        steps: all steps of the objective, in their order.
    """

    roster: Roster
    steps: tuple[Compared, ...]

    @property
    def first(self) -> Compared | None:
        """The first step that differs: it decides which roster is better."""
        return next((step for step in self.steps if step.differs), None)

    @property
    def better(self) -> bool:
        """The search that made the roster as it stands had not found this."""
        return self.first is not None and self.first.after < self.first.before

    @property
    def proven(self) -> bool:
        """Whether it is proven that the change cannot cost less.

        Either the first step that differs is as good as it can be, as all before it are, or
        its bound lies above the roster as it stands.
        """
        for step in self.steps:
            if step.bound > step.before + 1e-9:
                return True
            if not step.proven:
                return False
            if step.differs:
                return True
        return True


@dataclass(frozen=True, slots=True)
class Candidate:
    """One other doctor for some duties.

    Attributes:
        stop: the rule that forbids the direct hand-over and every exchange; None for a lawful
            one.
        move: the best direct exchange, or the hand-over that is forbidden.
        changes: what it does to the steps of the objective.
        answer: where no direct exchange is lawful: whether another roster gives the doctor the
            duties.
        resolved: what a search with the change fixed found; None where none was made or none
            found a roster in its time.
    """

    doctor: str
    move: Move
    stop: Stop | None = None
    changes: tuple[Change, ...] = ()
    answer: HoleAnswer | None = None
    resolved: Resolved | None = None

    @property
    def able(self) -> bool:
        """The doctor can lawfully have it: by an exchange, or in another roster."""
        return self.stop is None or (
            self.answer is not None and self.answer.finding is Finding.POSSIBLE
        )


class Holders:
    """Answers for one roster."""

    def __init__(
        self, timetable: Timetable, rules: Sequence[Rule], explainer: Explainer | None = None
    ) -> None:
        """Nothing is tried before it is asked for."""
        self.timetable = timetable
        self.problem = timetable.problem
        self._rules = tuple(rules)
        self._ways = Ways(timetable, rules)
        self._explainer = explainer
        self._found: dict[tuple[str, str], Obstacles] = {}

    def others(self, holder: str, unit: str, *, most: int = 3) -> tuple[Candidate, ...]:
        """Everybody else for a unit that a doctor has, the best first.

        Args:
            holder: who has it.
            unit: a duty or a block.
            most: of so many lawful exchanges, the best ones, the effect on every step is told.
        """
        found = self._without(holder, unit)
        able = [way for way in found.ways if way.lawful and way.other]
        forbidden = [way for way in found.ways if not way.lawful and way.other]
        told = [self._candidate(way, priced=n < most) for n, way in enumerate(able)]
        return (*told, *(self._candidate(way, priced=False) for way in forbidden))

    def one(
        self,
        holder: str,
        doctor: str,
        unit: str,
        *,
        seconds: float,
        seed: int = 1,
        workers: int | None = None,
        stop: threading.Event | None = None,
    ) -> Candidate:
        """One other doctor, with a search in which the doctor has the unit.

        Args:
            holder: who has it now.
            doctor: who shall have it instead.
            unit: a duty or a block.
            seconds: of the search.
            seed: of the search.
            workers: threads of the search; None means the cores that the process may use.
            stop: set it to end early.
        """
        way = self._way(self._without(holder, unit), doctor)
        plain = Move(((holder, unit),), ((doctor, unit),))
        own = self._candidate(way, priced=True) if way else Candidate(doctor, plain)
        start = moved(self.timetable, own.move).roster if own.stop is None else None
        if own.stop is not None:
            if own.stop.closed:
                return own
            answer = self.explainer.hand(self.timetable, doctor, unit)
            own = replace(own, answer=answer)
            if answer.finding is not Finding.POSSIBLE or answer.roster is None:
                return own
            start = answer.roster
        if start is None or seconds < _LEAST_SECONDS:
            return own
        options = Options(seconds, workers, seed, start.assignments)
        return replace(own, resolved=self._resolved(holder, doctor, unit, options, stop))

    @property
    def explainer(self) -> Explainer:
        """The plan's explainer, built when it is first needed."""
        if self._explainer is None:
            self._explainer = Explainer(self.problem, self._rules)
        return self._explainer

    def _without(self, holder: str, unit: str) -> Obstacles:
        """What can be done with each other doctor; tried once."""
        if (holder, unit) not in self._found:
            self._found[holder, unit] = self._ways.without(holder, unit)
        return self._found[holder, unit]

    @cached_property
    def _scorer(self) -> Scorer:
        return Scorer(self.problem, self._rules, [self.timetable.roster])

    def _way(self, found: Obstacles, doctor: str) -> Way | None:
        return next((way for way in found.ways if way.other == doctor), None)

    def _candidate(self, way: Way, *, priced: bool) -> Candidate:
        if way.other is None:
            raise ValueError("way must be with another doctor")
        told: tuple[Change, ...] = ()
        if way.lawful and priced:
            after = moved(self.timetable, way.move).roster
            told = self._scorer.changes(self.timetable.roster, after)
        return Candidate(way.other, way.move, way.stop, told)

    def _resolved(
        self,
        holder: str,
        doctor: str,
        unit: str,
        options: Options,
        stop: threading.Event | None,
    ) -> Resolved | None:
        """What a search finds with the change fixed."""
        duties = self.problem.units[unit]
        pins = [Pin(doctor, duty.id) for duty in duties]
        pins += [Pin(holder, duty.id, works=False) for duty in duties]
        fixed = {(pin.doctor, pin.duty) for pin in pins}
        kept = [pin for pin in self.problem.pins if (pin.doctor, pin.duty) not in fixed]
        problem = replace(self.problem, pins=(*kept, *pins))
        outcome = solve(problem, self._rules, options, stop=stop)
        if outcome.ending is not Ending.SOLVED or outcome.roster is None:
            return None
        before = self._scorer.values(self.timetable.roster)
        steps = _compared(before, outcome.roster.provenance.levels)
        return Resolved(outcome.roster, steps)


def _compared(before: Sequence[Value], after: Sequence[LevelResult]) -> tuple[Compared, ...]:
    by_key = {level.level: level for level in after}
    return tuple(
        Compared(was.title, was.amount, now.value, now.bound, now.proven, was.unit)
        for was in before
        if (now := by_key.get(was.step))
    )
