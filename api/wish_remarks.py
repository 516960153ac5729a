"""What a coordinator should know of the wishes before a roster is made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from constraints.cannot_wish import CannotWish
from constraints.facts.wishes import duties_meant
from scheduler.domain.doctor import Doctor
from scheduler.domain.problem import Attitude, Problem
from scheduler.rule import Rule
from scheduler.writing.phrases import duty_text, listed

MOST = 10


def impossible_by_wish(problem: Problem, rules: Sequence[Rule]) -> Iterator[str]:
    """The duties that nobody can have because all who could have said «kan ikke».

    Nobody is named, for remarks stand in the report too. Days of a choice are left out: their
    work can be done on another day.
    """
    own = [rule for rule in rules if isinstance(rule, CannotWish) and rule.binds]
    small = _refused_duties(problem)
    if not own or not small.duties:
        return
    others = [rule for rule in rules if not isinstance(rule, CannotWish)]
    able: dict[str, int] = dict.fromkeys(small.units, 0)
    left: dict[str, int] = dict.fromkeys(small.units, 0)
    for doctor in small.doctors:
        closed, refused = _stopped(small, others, doctor), _stopped(small, own, doctor)
        for unit in small.units:
            able[unit] += unit not in closed
            left[unit] += unit not in closed and unit not in refused
    found = [unit for unit in small.units if able[unit] and not left[unit]]
    for unit in found[:MOST]:
        duties = listed(duty_text(duty) for duty in small.units[unit])
        who = "Den eneste som ellers kunne ta dette, har"
        if able[unit] > 1:
            who = f"Alle {able[unit]} som ellers kunne ta dette, har"
        yield f"Ønsker: {duties} blir stående uten lege. {who} meldt «kan ikke»."
    if len(found) > MOST:
        yield f"Ønsker: og {len(found) - MOST} slike vakter til."


def _refused_duties(problem: Problem) -> Problem:
    """The problem with the duties only of which some doctor has said «kan ikke»."""
    units = {
        duty.unit
        for wish in problem.wishes
        if wish.attitude is Attitude.CANNOT
        for duty in duties_meant(problem, wish)
        if duty.choice is None
    }
    return replace(problem, duties=tuple(duty for duty in problem.duties if duty.unit in units))


def _stopped(problem: Problem, rules: Sequence[Rule], doctor: Doctor) -> set[str]:
    by_id: Mapping[str, str] = {duty.id: duty.unit for duty in problem.duties}
    return {
        by_id[duty]
        for rule in rules
        for case in rule.stops(problem, doctor)
        for duty in case.duties
        if duty in by_id
    }
