"""Burden points in the words of the draft, freed from what a point is.

All points of a plan times a constant give the same integers here: what counts is how duties
compare. Shifts weigh what their patterns say, ordered municipal work so much a minute.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import gcd

from constraints.facts.order_terms import week_terms
from constraints.facts.orders import FULL_CAP_HOURS, counts, minutes_by_week
from constraints.facts.squares import rounded
from scheduler.domain.doctor import Doctor
from scheduler.domain.problem import Problem
from scheduler.solving.draft import Draft, Var
from scheduler.solving.model import TRUE, Term

PARTS = 1000
"""Into so many parts a typical duty is divided where points are squared."""

FINEST = 1000
"""A typical duty is at least about so many units where the worst-off are compared."""

Points = Sequence[tuple[Fraction | int, Var]]
"""Hundredths of a point for each variable."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How hundredths of a point become whole numbers.

    Attributes:
        units: for one hundredth, where the worst-off are compared; every duty is exact.
        parts: for one hundredth, where deviations are squared; duties are rounded.
    """

    units: Fraction
    parts: Fraction

    @classmethod
    def of(cls, weights: Iterable[Fraction], typical: Fraction) -> "Scale":
        """The scale of what there is to work, by the burden of a typical duty."""
        own = {abs(points) for points in weights if points}
        if not own or not typical:
            return cls(Fraction(1), Fraction(0))  # either way: there is nothing to compare
        least = reduce(_gcd, own)
        fold = max(1, rounded(FINEST * least / typical))
        return cls(fold / least, PARTS / typical)

    @property
    def step(self) -> Fraction:
        """How many parts a typical duty is."""
        return Fraction(PARTS)

    def exact(self, work: Points) -> list[Term]:
        """Terms whose sum is the points exactly."""
        known = {points: int(points * self.units) for points in {points for points, _ in work}}
        return [(known[points], var) for points, var in work]

    def coarse(self, work: Points) -> list[Term]:
        """Terms whose sum is the points, each to the nearest part of a typical duty."""
        known = {points: rounded(points * self.parts) for points in {p for p, _ in work}}
        return [(known[points], var) for points, var in work]


def weights_of(problem: Problem, ordered_minute: Fraction) -> Iterator[Fraction]:
    """All that any doctor's points are sums of, in hundredths of a point.

    It follows from the plan alone, so that the scale is the same whichever rules stop whom.
    """
    for duty in problem.duties:
        if duty.is_shift:
            yield Fraction(duty.burden)
    for duty in (*problem.duties, *(past.duty for past in problem.tail)):
        if counts(duty):
            for _, minutes in minutes_by_week(duty):
                yield minutes * ordered_minute
    for agreement in problem.agreements:
        yield agreement.minutes_per_week * ordered_minute


def typical_duty(problem: Problem, ordered_minute: Fraction) -> Fraction:
    """The mean burden of the shifts that are given away at once, in hundredths of a point.

    Without any that weigh, a full cap of ordered work; 0 where that weighs nothing either.
    """
    burdens = problem.remembered("burdens", lambda: tuple(_burdens(problem)))
    if any(burdens):
        return Fraction(sum(burdens), len(burdens))
    return ordered_minute * Fraction(FULL_CAP_HOURS) * 60


def _burdens(problem: Problem) -> Iterator[int]:
    """What each of the shifts that are given away at once weighs."""
    for duties in problem.units.values():
        if duties[0].is_shift:
            yield sum(duty.burden for duty in duties)


def points_terms(
    draft: Draft, doctors: Iterable[str], ordered_minute: Fraction
) -> Mapping[str, Points]:
    """For each of the doctors the points of everything that the period could give."""
    found = {}
    for doctor in doctors:
        own: list[tuple[Fraction | int, Var]] = [
            (duty.burden, var)
            for duty, var in draft.work_of(doctor)
            if var != TRUE and duty.is_shift
        ]
        if ordered_minute:
            terms = ordered_terms(draft, draft.problem.doctor_by_id[doctor])
            own += [(minutes * ordered_minute, var) for minutes, var in terms]
        found[doctor] = own
    return found


def ordered_terms(draft: Draft, doctor: Doctor) -> list[Term]:
    """Terms whose sum is the minutes ordered in the period, without what the tail alone had.

    A term that is an excess is held down by the level of orders, which comes before
    fairness, so that a wish for more points cannot blow it up.
    """
    found: list[Term] = []
    for own in week_terms(draft, doctor):
        if own.duties:
            found += [*own.ordered, (-own.history, TRUE)]
    return found


def _gcd(one: Fraction, other: Fraction) -> Fraction:
    """The largest number of which both are whole multiples."""
    low = one.denominator * other.denominator
    return Fraction(gcd(one.numerator * other.denominator, other.numerator * one.denominator), low)
