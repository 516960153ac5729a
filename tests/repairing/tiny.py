"""Tiny random repairs, and the brute force that settles what they are worth."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, product
from math import prod
from random import Random

from constraints.absence import Absence as AbsenceRule
from constraints.consecutive_duties import ConsecutiveDuties
from constraints.consecutive_nights import ConsecutiveNights
from constraints.cover import Cover
from constraints.fair_share import FairShare
from constraints.one_place_at_a_time import OnePlaceAtATime
from constraints.one_shift_a_day import OneShiftADay
from constraints.personal_limits import PersonalLimits
from constraints.pins import Pins
from constraints.rest_between_work import RestBetweenWork
from constraints.wishes import Wishes
from scheduler.changes.move import Move
from scheduler.domain.doctor import Absence, AbsenceKind
from scheduler.domain.doctor import PersonalLimits as Limits
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Assignment, Attitude, Pin, Problem, Wish
from scheduler.domain.roster import Roster, Timetable
from scheduler.domain.time import Interval
from scheduler.repairing.judging import breaches, common_breaches, tolerated
from scheduler.repairing.options import Standing
from scheduler.repairing.situation import Situation, cut, newly_closed, situation
from scheduler.rule import Rule
from tests.support import NIGHT, doctor, duty, problem, utc

_OTHERS: tuple[Rule, ...] = (
    AbsenceRule(),
    OnePlaceAtATime(),
    RestBetweenWork(),
    OneShiftADay(),
    ConsecutiveNights(consecutive_nights_target=2, max_consecutive_nights=2),
    ConsecutiveDuties(),
    PersonalLimits(),
    Pins(),
    Cover(),
    Wishes(),
)
RULES: tuple[Rule, ...] = (*_OTHERS, FairShare(others=_OTHERS))


MOST_ROSTERS = 700


def standings(_: Timetable, doctors: Sequence[str]) -> dict[str, Standing]:
    """Nobody stands anywhere: fairness is tested elsewhere."""
    return {who: Standing(0, 0, 0) for who in doctors}


def tiny(seed: int) -> Situation:
    """Three or four doctors, five to seven duties in as many days, one of them falls ill."""
    rng = Random(seed)
    start = date(2027, 3, 1)
    doctors = [
        doctor(name, limits=Limits(max_duties_per_month=rng.choice([None, None, 2, 3])))
        for name in ("Anne", "Bo", "Cato", "Dina")[: rng.choice([3, 3, 4])]
    ]
    days = rng.choice([4, 5])
    duties = _duties(rng, start, days, blocks=rng.random() < 0.3)
    plain = problem(doctors, duties, first_day=start, last_day=start + timedelta(days=days + 2))
    given = _roster(rng, plain)
    for _ in range(40 if rng.random() < 0.7 else 0):
        # Mostly rosters with few breaches; some are left as they fell out.
        other = _roster(rng, plain)
        if _broken(plain, other) < _broken(plain, given):
            given = other
    moment = utc(f"{start + timedelta(days=rng.choice([0, 1]))} 12:00")
    sick = rng.choice(doctors).id
    away = Interval(moment, moment + timedelta(days=rng.choice([1, 2, 9])))
    plain = replace(plain, pins=_pins(rng, plain, given, sick), wishes=_wishes(rng, plain))
    after = replace(plain, absences=(Absence(sick, away, AbsenceKind.SICK),))
    before = Timetable(plain, Roster.of(plain, given))
    closed = tuple(newly_closed(before, RULES, after, RULES, moment))
    alone = cut(before, closed, moment)
    after = replace(
        after,
        duties=_free(replace(o, block=None) if o.id in alone else o for o in after.duties),
    )
    return situation(
        before,
        after,
        RULES,
        closed,
        moment=moment,
        frozen_until=moment + timedelta(hours=rng.choice([0, 0, 24])),
        fallen={sick},
    )


def _duties(rng: Random, start: date, days: int, *, blocks: bool) -> list[Duty]:
    found = []
    for number in range(days):
        day = start + timedelta(days=number)
        block = f"par/{number // 2}" if blocks else None
        found.append(duty(f"{day} 15:30", f"{day} 23:00", needed=rng.choice([1, 1, 1, 2])))
        if rng.random() < 0.5:
            after = day + timedelta(days=1)
            found.append(duty(f"{day} 23:00", f"{after} 08:00", NIGHT, block=block))
    return list(_free(found[:7]))


def _free(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """A duty that is alone in its block is simply a duty."""
    own = tuple(duties)
    blocks = [one.block for one in own]
    return tuple(replace(o, block=o.block if blocks.count(o.block) > 1 else None) for o in own)


def _roster(rng: Random, plain: Problem) -> list[Assignment]:
    given = []
    for duties in plain.units.values():
        few = duties[0].needed - (rng.random() < 0.05)
        for who in rng.sample(plain.doctors, few):
            given += [Assignment(own.id, who.id) for own in duties]
    return given


def _broken(plain: Problem, given: list[Assignment]) -> int:
    return sum(1 for _ in _all_breaches(Timetable(plain, Roster.of(plain, given))))


def _pins(rng: Random, plain: Problem, given: list[Assignment], sick: str) -> tuple[Pin, ...]:
    others = [own for own in given if own.doctor != sick]
    if not others or rng.random() < 0.6:
        return ()
    own = rng.choice(others)
    unit = plain.duty_by_id[own.duty].unit
    return tuple(Pin(own.doctor, member.id) for member in plain.units[unit])


def _wishes(rng: Random, plain: Problem) -> tuple[Wish, ...]:
    return tuple(
        Wish(f"ø{n}", own.id, Attitude.RATHER_NOT, rng.choice(plain.duties).interval)
        for n, own in enumerate(plain.doctors)
        if rng.random() < 0.5
    )


def _all_breaches(timetable: Timetable) -> Iterator[object]:
    for who in timetable.problem.doctors:
        yield from breaches(timetable, RULES, who)
    yield from common_breaches(timetable, RULES)


class Checkers:
    """Whether the checkers find nothing in a whole roster that was not there before."""

    def __init__(self, own: Situation) -> None:
        self._own = {who.id: breaches(own.before, RULES, who) for who in own.problem.doctors}
        self._common = list(common_breaches(own.before, RULES))

    def take(self, after: Timetable) -> bool:
        """The roster as a whole first: it is judged in a moment."""
        return all(tolerated(c, self._common) for c in common_breaches(after, RULES)) and all(
            tolerated(case, self._own[who.id])
            for who in after.problem.doctors
            for case in breaches(after, RULES, who)
        )


def enumerated(own: Situation) -> dict[int, list[tuple[int, bool, Move]]] | None:
    """For each number of people touched: changes, whether nobody is only relieved, and the move.

    None where there are too many rosters to try.
    """
    plain, left = own.problem, own.left
    units = sorted(own.open_units | own.fillable)
    ways = []
    for unit in units:
        held = frozenset(left.doctors_on(plain.units[unit][0].id))
        number = own.wanted[unit]
        others = [who.id for who in plain.doctors]
        sets = [frozenset(one) for one in combinations(others, number)]
        if unit not in own.open_units:
            sets = [one for one in sets if held <= one]
        ways.append([(one, held) for one in sets])
    fixed = [a for a in left.roster.assignments if plain.duty_by_id[a.duty].unit not in units]
    found: dict[int, list[tuple[int, bool, Move]]] = {}
    checkers = Checkers(own)
    if prod(map(len, ways)) > MOST_ROSTERS:
        return None
    for way in product(*ways):
        on = [(who, u) for u, (new, old) in zip(units, way, strict=True) for who in new - old]
        off = [(who, u) for u, (new, old) in zip(units, way, strict=True) for who in old - new]
        people = {who for who, _ in (*on, *off)} - own.fallen
        if len(people) > 3:
            continue
        chosen = [
            Assignment(one.id, who)
            for u, (new, _) in zip(units, way, strict=True)
            for who in new
            for one in plain.units[u]
        ]
        if not checkers.take(Timetable(plain, Roster.of(plain, [*fixed, *chosen]))):
            continue
        changes = len({u for _, u in (*on, *off)})
        paid = {who for who, _ in off} <= {who for who, _ in on}
        move = Move(tuple(sorted(off)), tuple(sorted(on)))
        found.setdefault(len(people), []).append((changes, paid, move))
    return found
