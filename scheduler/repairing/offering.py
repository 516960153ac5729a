"""Lawful moves as options: what each does to people, accounts and what stays open, ranked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from scheduler.changes.move import Move, moved
from scheduler.domain.roster import Timetable
from scheduler.repairing.judging import Judge
from scheduler.repairing.options import (
    LevelChange,
    Option,
    Person,
    Standing,
    call_key,
    rest_around,
    wished,
)
from scheduler.repairing.scoring import Scores
from scheduler.repairing.situation import Situation

Standings = Callable[[Timetable, Sequence[str]], Mapping[str, Standing]]
"""Where some doctors stand in a roster."""


@dataclass(frozen=True, slots=True)
class Draw:
    """A lawful move, with what is proven of it."""

    move: Move
    fewest: bool = False
    best: bool = False


class Offering:
    """Makes options of moves in one situation."""

    def __init__(self, situation: Situation, judge: Judge, standings: Standings) -> None:
        """Nothing is looked at yet.

        Args:
            situation: what is left of the roster.
            judge: the checkers.
            standings: tells where doctors stand.
        """
        self._situation = situation
        self._judge = judge
        self._standings = standings

    def options(self, draws: Sequence[Draw], scores: Scores) -> tuple[Option, ...]:
        """The options that are worth their people, the best first.

        Args:
            draws: each move once.
            scores: of a model that holds all of them.
        """
        found = []
        for own in draws:
            score = scores.score(own.move)
            found.append(self._option(own, score, scores.levels(score)))
        return tuple(sorted(filter(_worth(found), found), key=lambda option: option.rank))

    def _option(
        self, draw: Draw, score: tuple[int, ...], levels: tuple[LevelChange, ...]
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


def _worth(options: Sequence[Option]) -> Callable[[Option], bool]:
    """Whether no option with fewer people is as good: nobody is disturbed for nothing."""
    return lambda own: all(
        len(other.people) >= len(own.people) or other.score > own.score for other in options
    )
