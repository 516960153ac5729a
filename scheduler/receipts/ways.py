"""The direct exchanges by which a duty could have changed hands, each tried once.

A hand-over gives the duty to another doctor; an exchange gives one back. Of each doctor the
better of both is kept, or the rule that stands against the hand-over. Exchanges are tried
nearest in time first, and at most `MOST_EXCHANGES` of them for each duty.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.changes.move import Hand, Move
from scheduler.changes.stops import Stop, Stops
from scheduler.changes.trials import Change, Changes, Trials
from scheduler.domain.duty import Duty
from scheduler.domain.roster import Timetable
from scheduler.rule import Rule

MOST_EXCHANGES = 3000
MOST_SURE = 3  # lawful ways, the best ones, that are shown to the rules for the whole roster too


@dataclass(frozen=True, slots=True)
class Way:
    """What could have been done with one other doctor.

    Attributes:
        other: the other doctor; None where nobody else would be touched.
        stop: the rule that forbids the hand-over; None for a lawful way.
        changes: what it does to the steps of the objective; None where it is forbidden.
        first: the first step that it changes; None where it changes none, or is forbidden.
    """

    other: str | None
    move: Move
    stop: Stop | None = None
    changes: Changes | None = None
    first: Change | None = None

    @property
    def lawful(self) -> bool:
        """No rule forbids it."""
        return self.stop is None

    @property
    def better(self) -> bool:
        """It is lawful and makes the plan better."""
        return self.first is not None and self.first.after < self.first.before

    @property
    def equal(self) -> bool:
        """It is lawful and changes nothing that counts."""
        return self.lawful and self.first is None


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What stood against a doctor's being spared, or being given, some duties.

    Attributes:
        own: the rule by which the doctor cannot be without, or have, them at all.
        ways: one for each other doctor, the best lawful one first, then what is forbidden.
    """

    doctor: str
    duties: tuple[Duty, ...]
    own: Stop | None = None
    ways: tuple[Way, ...] = ()

    @property
    def best(self) -> Way | None:
        """The lawful way that would have cost least."""
        return self.ways[0] if self.ways and self.ways[0].lawful else None


class Ways:
    """Tries what could have been done in one roster."""

    def __init__(
        self,
        timetable: Timetable,
        rules: Sequence[Rule],
        trials: Callable[[], Trials] | None = None,
    ) -> None:
        """The model is built when a move is first tried.

        Args:
            timetable: the roster.
            rules: of its plan.
            trials: gives those of the same roster, where they are kept for other questions too.
        """
        self.timetable = timetable
        self.stops = Stops(timetable, rules)
        self._make_trials = trials or (lambda: Trials(timetable, rules))

    def without(self, doctor: str, unit: str, unwelcome: Iterable[str] = ()) -> Obstacles:
        """What stood against sparing the doctor a unit that the roster gives.

        Args:
            doctor: who has it.
            unit: the duty or block.
            unwelcome: units that the doctor would rather not have in exchange.
        """
        problem = self.timetable.problem
        duties = problem.units[unit]
        alone = Move(off=((doctor, unit),))
        shunned = {*unwelcome, unit}
        holders = self.timetable.doctors_on(duties[0].id)
        places = self._places(unit)
        ways = []
        for other in problem.doctors:
            if other.id in holders and other.id != doctor:
                continue
            plain = [
                Move(alone.off, ((other.id, place),))
                for place in places
                if not (other.id == doctor and place in shunned)
            ]
            back = [] if other.id == doctor else self._held(other.id, duties[0], shunned)
            exchanges = (
                Move((*move.off, (other.id, given)), (*move.on, (doctor, given)))
                for given in back
                if self._trials.open((doctor, given))
                for move in plain
                if (other.id, given) not in move.on
            )
            if plain:
                ways.append(self._way(other.id if other.id != doctor else None, plain, exchanges))
        return self._found(doctor, duties, ways, alone)

    def having(self, doctor: str, units: Sequence[str], welcome: Iterable[str] = ()) -> Obstacles:
        """What stood against giving the doctor units that the roster does not give.

        Args:
            doctor: who wants them.
            units: all of them are to be given together.
            welcome: units that the doctor wants to keep.
        """
        problem = self.timetable.problem
        duties = tuple(duty for unit in units for duty in problem.units[unit])
        on = tuple((doctor, unit) for unit in units)
        for unit in units:
            if closed := self.stops.closed(doctor, unit):
                return Obstacles(doctor, duties, closed)
        kept = {*welcome, *units}
        ways = []
        for givers in self._givers(doctor, units):
            plain = Move(givers, on)
            others = tuple(dict.fromkeys(who for who, _ in givers))
            other = others[0] if len(others) == 1 else None
            back = self._held(doctor, duties[0], kept) if other else []
            exchanges = (
                Move((*givers, (doctor, given)), (*on, (other, given)))
                for given in back
                if other and self._trials.open((other, given))
            )
            ways.append(self._way(other, [plain], exchanges))
        return self._found(doctor, duties, ways, Move(on=on))

    @cached_property
    def _trials(self) -> Trials:
        return self._make_trials()

    def _found(
        self, doctor: str, duties: tuple[Duty, ...], ways: Iterable[Way], alone: Move
    ) -> Obstacles:
        """The ways in order: lawful and best first."""
        own = list(ways)
        able = sorted(
            (way for way in own if way.changes is not None), key=lambda way: way.changes or ()
        )
        forbidden = [way for way in own if way.changes is None]
        sure: list[Way] = []
        while able and len(sure) < MOST_SURE:
            way = able.pop(0)
            stop = self.stops.common(way.move)
            if stop:
                forbidden.append(Way(way.other, way.move, stop))
            else:
                sure.append(way)
        able = sure + able
        reason = None if able else self._reason(doctor, alone, forbidden)
        return Obstacles(doctor, duties, reason, (*able, *forbidden))

    def _reason(self, doctor: str, alone: Move, forbidden: Sequence[Way]) -> Stop | None:
        """What would have forbidden it whoever the other is, where nothing lawful was found."""
        if stop := self.stops.own(alone):
            return stop
        stops = [way.stop for way in forbidden if way.stop and not way.stop.closed]
        same = stops and all(s == stops[0] for s in stops) and stops[0].case.doctor == doctor
        return stops[0] if same else None

    def _way(self, other: str | None, plain: Sequence[Move], exchanges: Iterable[Move]) -> Way:
        """The best lawful move with one doctor, else what forbids the first."""
        best: tuple[Move, Changes] | None = None
        left = MOST_EXCHANGES
        for move in (*plain, *exchanges):
            if not left:
                break
            left -= 1
            changes = self._trials.changes(move, best[1] if best else None)
            if changes is not None:
                best = (move, changes)
        if best:
            move, changes = best
            stop = self.stops.own(move)
            if stop is None:
                return Way(other, move, None, changes, self._trials.first(changes))
            return Way(other, move, stop)
        move = plain[0]
        return Way(other, move, self.stops.own(move) or self.stops.common(move))

    def _places(self, unit: str) -> tuple[str, ...]:
        """The unit, and the other days of a choice on which its work could be done."""
        choice = self.timetable.problem.units[unit][0].choice
        if choice is None:
            return (unit,)
        days = [duty.unit for duty in self.timetable.choices[choice]]
        return tuple(dict.fromkeys((unit, *days)))

    def _held(self, doctor: str, near: Duty, but: set[str]) -> list[str]:
        """The doctor's units but these, the nearest in time first."""
        problem = self.timetable.problem
        units = {duty.unit for duty in self.timetable.duties_of(doctor)} - but
        return sorted(
            units, key=lambda unit: (abs(problem.units[unit][0].start - near.start), unit)
        )

    def _givers(self, doctor: str, units: Sequence[str]) -> Iterator[tuple[Hand, ...]]:
        """For each way to make room for one doctor on all of the units: who gives way."""
        problem = self.timetable.problem
        rooms: list[list[tuple[Hand, ...]]] = []
        for unit in units:
            first = problem.units[unit][0]
            held = [
                (who, place)
                for place in self._places(unit)
                for who in self.timetable.doctors_on(problem.units[place][0].id)
                if who != doctor or place not in units
            ]
            room: list[tuple[Hand, ...]] = [()] if self.timetable.missing(first) else []
            rooms.append([*room, *((hand,) for hand in held)])
        if len(rooms) == 1:
            yield from rooms[0]
        else:
            # Several at once: the first who could give way on each of them.
            yield tuple(dict.fromkeys(hand for room in rooms if room for hand in room[0]))
