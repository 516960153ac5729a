"""Ordered § 32 minutes in the words of the draft, for the rules that limit or price them.

Of the work on one municipal duty in a week, W(t) is what lies on days with at most t minutes
in force. Ordered is the largest W(t) - t. Each t adds its own excess to what the smaller ones
have found, so the sum is exact for every choice of decisions, and never too small in a search.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import gcd

from constraints.facts.orders import (
    can_be_ordered,
    counts,
    in_force,
    minutes_by_week,
    ordered_minutes,
)
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty
from scheduler.domain.time import Interval, IsoWeek
from scheduler.solving.draft import Draft, Var
from scheduler.solving.model import TRUE, Term, collect


@dataclass(frozen=True, slots=True)
class WeekTerms:
    """What one doctor could work on counting municipal duties in one week, in minutes.

    Attributes:
        work: all of it.
        ordered: the part beyond agreements and offers.
        history: ordered by the tail alone.
        never: the part of `ordered` on duties that the doctor cannot be ordered to.
        never_history: of that, what the tail alone has.
        duties: the sessions of the period that could add to it.
        only_orders: nothing is agreed or offered, so that all work is ordered.
    """

    week: IsoWeek
    work: tuple[Term, ...]
    ordered: tuple[Term, ...]
    history: int
    never: tuple[Term, ...]
    never_history: int
    duties: tuple[Duty, ...]
    only_orders: bool


def week_terms(draft: Draft, doctor: Doctor) -> tuple[WeekTerms, ...]:
    """The weeks in which the doctor has or could have counting work, in order of time."""
    known = draft.memo.get((week_terms, doctor.id))
    if known is None:
        known = draft.memo[week_terms, doctor.id] = tuple(_week_terms(draft, doctor))
    found: tuple[WeekTerms, ...] = known
    return found


def _week_terms(draft: Draft, doctor: Doctor) -> Iterator[WeekTerms]:
    agreements = draft.problem.agreements_of.get(doctor.id, ())
    lengths: dict[Interval, tuple[tuple[IsoWeek, int], ...]]
    lengths = draft.problem.remembered("minutes by week", dict)
    pieces: dict[IsoWeek, dict[str, list[tuple[Duty, Var, int]]]] = {}
    for duty, var in draft.sessions_of(doctor.id):
        if counts(duty):
            if duty.interval not in lengths:  # not its id: the tail may have it longer for another
                lengths[duty.interval] = minutes_by_week(duty)
            for week, minutes in lengths[duty.interval]:
                kinds = pieces.setdefault(week, {})
                kinds.setdefault(duty.type.id, []).append((duty, var, minutes))
    for week, kinds in sorted(pieces.items()):
        ordered: list[Term] = []
        never: list[Term] = []
        history = never_history = 0
        for kind, own in kinds.items():
            levels: dict[int, list[Term]] = {}
            for duty, var, minutes in own:
                level = sum(in_force(agreements, kind, duty.day)) if agreements else 0
                levels.setdefault(level, []).append((minutes, var))
            terms = _ordered(draft, levels)
            past = [(duty, minutes) for duty, var, minutes in own if var == TRUE]
            before = ordered_minutes(agreements, kind, past)
            ordered += terms
            history += before
            if not can_be_ordered(doctor, own[0][0]):
                never += terms
                never_history += before
        work = tuple((m, var) for own in kinds.values() for _, var, m in own)
        yield WeekTerms(
            week,
            work,
            tuple(ordered),
            history,
            tuple(never),
            never_history,
            tuple(duty for own in kinds.values() for duty, var, _ in own if var != TRUE),
            sorted(work) == sorted(ordered),
        )


def _ordered(draft: Draft, levels: dict[int, list[Term]]) -> list[Term]:
    """Terms whose sum is what is ordered, from work by the minutes in force on its day."""
    so_far: list[Term] = []
    ordered: list[Term] = []
    for level, terms in sorted(levels.items()):
        so_far += terms
        if level == 0:  # either way: the same sum, with a variable less
            ordered += terms
            continue
        net, constant = collect([*so_far, *((-c, var) for c, var in ordered)])
        if net:
            # In the largest unit in which all of it is whole: half hours, as a rule.
            unit = gcd(level, constant, *(c for c, _ in net))
            parts = [(c // unit, var) for c, var in (*net, (constant, TRUE))]
            ordered.append((unit, draft.excess(parts, level // unit)))
        else:
            ordered.append((max(0, constant - level), TRUE))
    return ordered
