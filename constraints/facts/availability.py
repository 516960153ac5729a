"""On how many days a doctor owes a share of the duties (F-33.18, E1)."""

from collections.abc import Iterable

from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Letter
from scheduler.domain.problem import Problem
from scheduler.domain.time import DAY, MINUTE, local_day
from scheduler.rule import Rule


def available_days(problem: Problem, rules: Iterable[Rule], doctor: Doctor, letter: Letter) -> int:
    """Days of the period of which no minute is barred by a bar that prorates, for this letter.

    With a right of exemption from 15 March, 73 of the 181 days of January to June are left.
    """
    barred = sorted(
        (local_day(bar.interval.start), local_day(bar.interval.end - MINUTE))
        for rule in rules
        for bar in rule.bars(problem, doctor)
        if bar.prorates and letter in bar.letters
    )
    left = (problem.last_day - problem.first_day).days + 1
    counted = problem.first_day - DAY  # everything up to this day has been judged
    for first, last in barred:
        first, last = max(first, counted + DAY), min(last, problem.last_day)
        if first <= last:
            left -= (last - first).days + 1
            counted = last
    return left
