"""Random rosters at the limits of the rules, and what the full checkers say of a change."""

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache

from constraints.catalogue import rules_for
from constraints.fair_share import FairShare
from scheduler.changes.move import Hand, Move
from scheduler.domain.doctor import Absence, AbsenceKind, Competence, PersonalLimits
from scheduler.domain.problem import Assignment, Attitude, Pin, Problem, Wish
from scheduler.domain.roster import Roster, Timetable
from scheduler.domain.time import Interval
from scheduler.rule import Case, Outcome, Rule
from scheduler.swaps.judge import Judge
from tests import support
from tests.properties.problems import STYLES, draw_problem, draw_roster

LONG_AGO = date(2015, 1, 1)
READY = Competence(
    specialist_from=LONG_AGO,
    emergency_course_from=LONG_AGO,
    violence_course_from=LONG_AGO,
    radio_from=LONG_AGO,
)
TRAINED = Competence(
    emergency_course_from=LONG_AGO, violence_course_from=LONG_AGO, radio_from=LONG_AGO
)
FIRST = date(2027, 2, 1)

EASY = 1000
"""From this seed on there is room in the roster, so that much can change hands."""


@cache
def rules_of(seed: int) -> tuple[Problem, tuple[Rule, ...]]:
    """A small problem with its rules."""
    problem = _easy(seed) if seed >= EASY else draw_problem(seed, doctors=5, duties=12, days=30)
    return problem, rules_for(problem)


@cache
def judge_of(seed: int) -> Judge:
    """A judge of a random roster of the problem of this seed."""
    problem, rules = rules_of(seed)
    chance = random.Random(seed)
    timetable = draw_roster(problem, chance, STYLES[seed % len(STYLES)])
    if seed >= EASY:
        doctors = [own.id for own in problem.doctors]
        drawn = (Assignment(duty.id, chance.choice(doctors)) for duty in problem.duties)
        timetable = Timetable(problem, Roster.of(problem, drawn))
    fair = next(rule for rule in rules if isinstance(rule, FairShare))
    return Judge(timetable, rules, fair.shares(problem), fair.worked_by)


def _easy(seed: int) -> Problem:
    """Six doctors, one in need of a backup, a shift every second day, and reasons against some."""
    chance = random.Random(seed)
    names = ("anne", "berit", "cato", "dag", "eva", "finn")
    days = [FIRST + timedelta(days=2 * n) for n in range(9)]
    shifts = [support.duty(f"{day} 16:00", "23:00") for day in days]
    backups = [
        support.duty(f"{day} 16:00", "23:00", support.BACKUP)
        for day in days
        if chance.random() < 0.4
    ]
    doctors = [
        support.doctor(
            name.title(),
            competence=TRAINED if name == "finn" else READY,
            limits=PersonalLimits(max_duties_per_month=chance.choice((None, None, 2, 3))),
        )
        for name in names
    ]
    away = [chance.choice(days) for _ in range(3)]
    wishes = [(chance.choice(names), chance.choice(days)) for _ in range(3)]
    return support.problem(
        doctors,
        [*shifts, *backups],
        absences=[
            Absence(
                chance.choice(names), support.span(f"{day} 00:00", "23:59"), AbsenceKind.HOLIDAY
            )
            for day in away
        ],
        wishes=[
            Wish(f"w{n}", who, Attitude.CANNOT, _whole(day)) for n, (who, day) in enumerate(wishes)
        ],
        pins=[Pin(chance.choice(names), chance.choice(shifts).id, works=False)],
    )


def _whole(day: date) -> Interval:
    return support.span(f"{day} 00:00", "23:59")


def after(timetable: Timetable, move: Move) -> Timetable:
    """The roster after a move, laid out from nothing."""
    problem = timetable.problem

    def assignments(hands: Iterable[Hand]) -> set[Assignment]:
        return {Assignment(duty.id, who) for who, unit in hands for duty in problem.units[unit]}

    left = set(timetable.roster.assignments) - assignments(move.off)
    return Timetable(problem, Roster.of(problem, left | assignments(move.on)))


def _found(timetable: Timetable, rules: Sequence[Rule], outcome: Outcome) -> set[Case]:
    return {case for rule in rules for case in rule.check(timetable) if case.outcome is outcome}


@cache
def _before(seed: int, outcome: Outcome) -> set[Case]:
    return _found(judge_of(seed).timetable, rules_of(seed)[1], outcome)


def new_breaches(seed: int, move: Move) -> set[Case]:
    """What the full checkers find broken after the move and did not find before."""
    binding = [rule for rule in rules_of(seed)[1] if rule.binds]
    tried = after(judge_of(seed).timetable, move)
    return _found(tried, binding, Outcome.BREACH) - _before(seed, Outcome.BREACH)


def new_exceptions(seed: int, move: Move) -> set[Case]:
    """The same of departures, with a price and without."""
    tried = after(judge_of(seed).timetable, move)
    found = _found(tried, rules_of(seed)[1], Outcome.EXCEPTION)
    return found - _before(seed, Outcome.EXCEPTION)
