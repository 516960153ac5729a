"""The ways out: one person by the checkers, several by the exact search, all judged and ranked."""

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

from scheduler.changes.move import Move, moved
from scheduler.domain.problem import Assignment
from scheduler.domain.roster import Timetable
from scheduler.repairing.direct import direct
from scheduler.repairing.drift import in_order
from scheduler.repairing.judging import Judge
from scheduler.repairing.options import (
    Finding,
    LevelChange,
    Option,
    Person,
    Proof,
    Repair,
    Standing,
    call_key,
    rest_around,
    wished,
)
from scheduler.repairing.scoring import Scores
from scheduler.repairing.situation import Situation
from scheduler.solving.cpsat import Effort
from scheduler.solving.draft import Draft, Var
from scheduler.solving.evaluate import broken_numbers, settle
from scheduler.solving.model import FALSE
from scheduler.solving.smallest_change import (
    Aim,
    Exchange,
    Found,
    Literals,
    Scope,
    Wanted,
)

Standings = Callable[[Timetable, Sequence[str]], Mapping[str, Standing]]
"""Where some doctors stand in a roster."""

MOST_REFUSALS = 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How far to look.

    Attributes:
        seconds: wall time of the exact search at most.
        people: so many others are touched at most, if that suffices.
        options: so many are offered for each number of people.
        near: days around what is open that are looked at first.
        workers, seed: of the solver.
    """

    seconds: float = 20.0
    people: int = 3
    options: int = 3
    near: int = 14
    workers: int = 1
    seed: int = 1


def repair(
    situation: Situation,
    standings: Standings,
    limits: Limits | None = None,
    stop: threading.Event | None = None,
) -> Repair:
    """The smallest lawful changes that give everything that is open a doctor again.

    What the plan has come to break since the roster was made is mended too. Where not all of it
    can be, no more is excused than is needed, and the situation of the answer says what.

    Args:
        situation: what is left of the roster.
        standings: tells where doctors stand, by the rule of fair shares.
        limits: how far to look.
        stop: set it to end early.
    """
    own, ends = limits or Limits(), stop or threading.Event()
    until = time.monotonic() + own.seconds

    def repairing(now: Situation, part: float) -> "_Repairing":
        left = max(0.0, until - time.monotonic())
        return _Repairing(now, standings, replace(own, seconds=left * part), ends)

    if not situation.drift:
        return repairing(situation, 1.0).run()
    found = repairing(situation, 0.5).run()
    if found.options or found.nothing_open:
        return found
    excused = situation.drift
    if len(excused) > 1:  # else mending it has just been tried
        for case in in_order(situation.drift):
            fewer = replace(situation, excused=excused - {case})
            if repairing(fewer, 0.5 / len(situation.drift)).mends():
                excused -= {case}
    return repairing(replace(situation, excused=excused), 1.0).run()


def chosen(situation: Situation, move: Move, standings: Standings) -> Repair:
    """One lawful move as the only option: nothing is looked for.

    Args:
        situation: what is left of the roster.
        move: what changes hands.
        standings: tells where doctors stand.
    """
    return _Repairing(situation, standings, Limits(), threading.Event()).only(move)


def _worth(options: Sequence[Option]) -> Callable[[Option], bool]:
    """Whether no option with fewer people is as good: nobody is disturbed for nothing."""
    return lambda own: all(
        len(other.people) >= len(own.people) or other.score > own.score for other in options
    )


@dataclass(frozen=True, slots=True)
class _Draw:
    """A lawful move, with what is proven of it."""

    move: Move
    fewest: bool = False
    best: bool = False


class _Repairing:
    def __init__(
        self, situation: Situation, standings: Standings, limits: Limits, stop: threading.Event
    ) -> None:
        self._situation = situation
        self._standings = standings
        self._limits = limits
        self._stop = stop
        self._until = time.monotonic() + limits.seconds
        self._judge = Judge(situation)
        self._findings: list[Finding] = []
        self._draws: list[_Draw] = []
        self._scores: Scores | None = None
        self._scored: frozenset[Move] = frozenset()

    def run(self) -> Repair:
        """One person, two, three; then any number; then as much as can be filled."""
        situation = self._situation
        if not situation.gaps and not self._judge.caused:
            return Repair(situation, (), (), ())
        tried = direct(situation, self._judge)
        fits = not self._judge.caused  # else somebody may have to give something away too
        lawful = [move for move in tried.moves if fits or self._judge.common(move) is None]
        self._alone(lawful, all_tried=tried.all_tried and fits and self._nothing_back())
        for people in range(2, self._limits.people + 1):
            self._several(people)
        if not self._draws:
            self._any_number()
        if not self._draws:
            self._partial()
        return Repair(situation, self._options(), tuple(self._findings), tried.refused)

    def mends(self) -> bool:
        """Whether what must be mended can be, near what is open or broken, whatever is filled."""
        found, _ = self._asked(self._near, Wanted(Aim.MOST))
        return found.chosen is not None

    def only(self, move: Move) -> Repair:
        """What a move does."""
        self._draws.append(_Draw(move))
        return Repair(self._situation, self._options(), (), ())

    # --- one person --------------------------------------------------------------------------

    def _alone(self, moves: Sequence[Move], *, all_tried: bool) -> None:
        """The lawful moves by one doctor; where there is none, whether that is proven."""
        ranked = self._ranked(moves)
        sure: list[Move] = []
        for move in ranked:
            if any(move.doctors == other.doctors for other in sure):
                continue  # the same doctor, with work placed on another day: the best is enough
            if len(sure) < self._most_alone and self._judge.common(move) is None:
                sure.append(move)
        if sure:
            changes = len(sure[0].on)
            self._findings.append(Finding(1, True, Proof.TRIED, changes, fewest=True))
            self._draws += [
                _Draw(move, fewest=True, best=all_tried and number == 0)
                for number, move in enumerate(sure)
            ]
        elif all_tried:
            self._findings.append(Finding(1, False, Proof.TRIED))
        else:
            self._several(1)

    @property
    def _most_alone(self) -> int:
        """More are shown of those with one person: any of them may say no."""
        return 2 * self._limits.options

    def _nothing_back(self) -> bool:
        """Whether those who fell out can take nothing, so that nobody can exchange with them."""
        situation = self._situation
        return not any(
            self._judge.stops.closed(doctor, unit) is None
            for doctor in situation.fallen
            if doctor in situation.problem.doctor_by_id
            for unit in situation.open_units
        )

    def _ranked(self, moves: Sequence[Move]) -> list[Move]:
        """By what they cost."""
        if len(moves) < 2:
            return list(moves)
        scores = self._scores_of(moves)
        return sorted(moves, key=lambda move: (len(move.on), scores.score(move), move.on))

    def _scores_of(self, moves: Sequence[Move]) -> Scores:
        """A model that can score all of these; the last one, if it can."""
        if self._scores is None or not self._scored.issuperset(moves):
            self._scores, self._scored = Scores(self._situation, moves), frozenset(moves)
        return self._scores

    # --- several people ----------------------------------------------------------------------

    def _several(self, people: int) -> None:
        """Options with exactly so many people; first near what is open, then everywhere."""
        extra = bool(
            self._draws
        )  # fewer suffice: only exchanges in which everybody takes something
        wanted = Wanted(people=people, paid=extra)
        found, proof = self._search(wanted, wide=not extra)
        if found.chosen is None:
            exists = False if proof is Proof.SOLVER else None
            if not extra:
                self._findings.append(Finding(people, exists, proof))
            return
        self._findings.append(Finding(people, True, Proof.SOLVER, found.changes, found.fewest))
        together: list[frozenset[str]] = []
        while found.chosen is not None:
            move = self._move(found.chosen)
            self._draws.append(_Draw(move, fewest=found.fewest, best=found.best))
            others = frozenset(move.doctors) - self._situation.fallen
            together.append(others)
            if len(together) >= self._limits.options or self._left() <= 0:
                return
            found, _ = self._search(replace(wanted, without=tuple(together)), wide=False)

    def _any_number(self) -> None:
        """The fewest people that suffice, however many."""
        found, proof = self._search(Wanted())
        if found.chosen is None:
            exists = False if proof is Proof.SOLVER else None
            self._findings.append(Finding(None, exists, proof))
            return
        self._findings.append(Finding(None, True, Proof.SOLVER, found.changes, found.fewest))
        self._draws.append(_Draw(self._move(found.chosen), found.fewest, found.best))

    def _partial(self) -> None:
        """As much as can be filled."""
        found, _ = self._search(Wanted(Aim.MOST))
        if found.chosen is not None:
            self._draws.append(_Draw(self._move(found.chosen), found.fewest, found.best))

    def _search(self, wanted: Wanted, *, wide: bool = True) -> tuple[Found, Proof]:
        """Ask the exact search, until the checkers agree; near first, then everywhere."""
        near = self._near
        found, proof = self._asked(near, wanted)
        small = self._reach == self._situation.open_units
        if found.chosen is not None:
            # Proven near by is not proven everywhere, unless there is nothing else.
            least = found.fewest and (small or found.changes <= self._least(wanted))
            found = replace(found, fewest=least, best=found.best and small)
            if least or wanted.paid or wanted.without or self._left() <= 0:
                return found, proof
            further, _ = self._asked(self._far, wanted)
            return (found if further.chosen is None else further), proof
        if small or not wide:
            return found, proof
        if self._left() <= 0:
            return Found(), Proof.OPEN
        return self._asked(self._far, wanted)

    def _asked(self, ground: "_Ground", wanted: Wanted) -> tuple[Found, Proof]:
        refused: list[Literals] = []
        while len(refused) <= MOST_REFUSALS:
            left = self._left()
            if left <= 0 or self._stop.is_set():
                return Found(), Proof.OPEN
            # Half of what is left, so that the questions that come after have time too.
            seconds = left if wanted.aim is Aim.MOST else left / 2
            effort = Effort(seconds, self._limits.workers, self._limits.seed)
            asked = replace(wanted, refused=tuple(refused))
            found = ground.exchange.search(asked, effort, self._stop)
            if found.chosen is None:
                return found, Proof.SOLVER if found.proven_none else Proof.OPEN
            self._ground = ground
            if self._judge.stop(self._move(found.chosen)) is None:
                return found, Proof.SOLVER
            refused.append(ground.exchange.literals(found.chosen))
        return Found(), Proof.OPEN

    def _least(self, wanted: Wanted) -> int:
        """So many units change hands at the least, wherever one looks."""
        gaps = self._situation.gaps
        slots = sum(gaps.values())
        more = 0 if wanted.people is None else max(0, wanted.people - slots)
        return len(gaps) + (more + 1) // 2

    def _move(self, chosen: Iterable[Var]) -> Move:
        """What is different from what is left, as a move."""
        ground = self._ground
        problem = self._situation.problem
        now = {
            (a.doctor, problem.duty_by_id[a.duty].unit) for a in ground.draft.assignments(chosen)
        }
        was = {
            (a.doctor, problem.duty_by_id[a.duty].unit)
            for a in ground.draft.assignments(ground.exchange.scope.base)
        }
        return Move(off=tuple(sorted(was - now)), on=tuple(sorted(now - was)))

    @cached_property
    def _reach(self) -> frozenset[str]:
        """The open units within some days of what is open or broken."""
        situation, problem = self._situation, self._situation.problem
        days = timedelta(days=self._limits.near)
        moments = [problem.units[unit][0].start for unit in situation.fillable]
        moments += [
            problem.duty_by_id[duty].start
            for case in self._judge.caused
            for duty in case.duties
            if duty in problem.duty_by_id
        ]
        if not moments:
            return situation.open_units
        first, last = min(moments) - days, max(moments) + days
        return frozenset(
            unit for unit in situation.open_units if first <= problem.units[unit][0].start <= last
        )

    @cached_property
    def _near(self) -> "_Ground":
        return _Ground(self._situation, self._judge, self._reach)

    @cached_property
    def _far(self) -> "_Ground":
        return _Ground(self._situation, self._judge, self._situation.open_units)

    def _left(self) -> float:
        return self._until - time.monotonic()

    # --- options -----------------------------------------------------------------------------

    def _options(self) -> tuple[Option, ...]:
        draws = list({own.move: own for own in reversed(self._draws)}.values())
        if not draws:
            return ()
        scores = self._scores_of([own.move for own in draws])
        found = []
        for own in draws:
            score = scores.score(own.move)
            found.append(self._option(own, score, scores.levels(score)))
        return tuple(sorted(filter(_worth(found), found), key=lambda option: option.rank))

    def _option(
        self, draw: _Draw, score: tuple[int, ...], levels: tuple[LevelChange, ...]
    ) -> Option:
        situation, move = self._situation, draw.move
        after = moved(situation.left, move)
        doctors = move.doctors
        was = self._standings(situation.before, doctors)
        now = self._standings(after, doctors)
        people = [self._person(doctor, move, after, was[doctor], now[doctor]) for doctor in doctors]
        others = [own for own in people if own.doctor not in situation.fallen]
        missing = {
            key: lacks
            for key, wanted in situation.wanted.items()
            if (lacks := wanted - situation.have(key, after)) > 0
        }
        units = {unit for _, unit in (*move.on, *move.off)}
        return Option(
            move,
            tuple(sorted(others, key=lambda own: call_key(situation.problem, own))),
            tuple(own for own in people if own.doctor in situation.fallen),
            len(units),
            levels,
            score,
            tuple(own for own in self._judge.stops.departures(move) if not own.rule.prices),
            missing,
            draw.fewest,
            draw.best,
        )

    def _person(
        self, doctor: str, move: Move, after: Timetable, was: Standing, now: Standing
    ) -> Person:
        problem = self._situation.problem
        taken = move.taken(problem, doctor)
        against, wanted = wished(problem, doctor, taken)
        return Person(
            doctor,
            self._in_time(unit for who, unit in move.on if who == doctor),
            self._in_time(unit for who, unit in move.off if who == doctor),
            was,
            now,
            rest_around(after, doctor, taken),
            against,
            wanted,
        )

    def _in_time(self, units: Iterable[str]) -> tuple[str, ...]:
        starts = self._situation.problem.units
        return tuple(sorted(units, key=lambda unit: (starts[unit][0].start, unit)))


class _Ground:
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
