"""What each doctor's part of the plan's burden is, step by step.

All sums are exact (`Fraction`), and every step is kept so that a report can show the pocket
calculation. A duty that lacks a doctor is owed by nobody in particular, so a closed period is
settled by what was in fact worked (`FairShares.parts`, `closing`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import NamedTuple

from scheduler.domain.duty import Letter
from scheduler.domain.problem import Problem
from scheduler.fairness.availability import LostDays, OpenUnits, lost_by_letter
from scheduler.fairness.keys import Key, apportion, key_weights
from scheduler.fairness.measures import Calendar, Measure, opening_balance
from scheduler.rule import Rule


class WeightBy(StrEnum):
    """What makes one share larger than another, before the doctor's own agreed factor.

    Shares that are agreed one by one (a custom weight) are `EQUAL` with the doctors'
    `share_weight`, which is multiplied in whatever is chosen here.
    """

    EQUAL = "equal"
    PRACTICE_SHARE = "practice_share"
    LIST_SIZE = "list_size"


@dataclass(frozen=True, slots=True)
class OrderedDemand:
    """Municipal work of one municipality that may have to be ordered, as the rules find it.

    Attributes:
        most, least: minutes in the period: all of it, and what no agreement or offer can
            cover.
        weights: whom it can be ordered to, by doctor id, and the weight of each among them.
    """

    municipality: str
    most: int
    least: int
    weights: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Quota:
    """How a demand came to be a municipality's: its part of the whole, in whole numbers."""

    whole: int
    part: Fraction


class ShareStep(NamedTuple):
    """One line of the pocket calculation: a doctor's part of one demand.

    Attributes:
        municipality: whose quota or work is shared; None where all doctors share one pool.
        demand, least: what is shared, at most and at least, in the measure's unit: see
            `Calendar.demand` and `OrderedDemand`.
        weight: the doctor's weight among the others.
        available_days, days: how much of the period a share is owed.
        total: the sum of `own` over everybody who shares.
        lost: the days that are not available; they add up to the difference.
        quota: where the municipality's demand comes from; None without a key.
    """

    letter: Letter
    municipality: str | None
    demand: Fraction
    least: Fraction
    weight: Fraction
    available_days: int
    days: int
    total: Fraction
    lost: tuple[LostDays, ...] = ()
    quota: Quota | None = None

    @property
    def own(self) -> Fraction:
        """Weight times available part of the period; 1 is a full equal share."""
        return self.weight * Fraction(self.available_days, self.days)

    @property
    def share(self) -> Fraction:
        """The doctor's part of the demand, between 0 and 1."""
        weight, total = self.weight, self.total
        if not total:
            return Fraction(0)
        return Fraction(
            weight.numerator * self.available_days * total.denominator,
            weight.denominator * self.days * total.numerator,
        )

    @property
    def part(self) -> Fraction:
        """What the doctor should have of the demand."""
        return self.demand * self.share


@dataclass(frozen=True)
class FairShare:
    """What one doctor should have of one measure, and how it was found.

    Attributes:
        steps: one for each letter that the doctor can have; their parts add up.
        opening: balance of earlier periods (positive: did more than the share).
        carry: how much of the target the opening balance may move, in per cent.
    """

    doctor: str
    measure: Measure
    steps: tuple[ShareStep, ...]
    opening: Fraction
    carry: int = 100

    @cached_property
    def target(self) -> Fraction:
        """The fair share of this period alone."""
        return _sum([step.part for step in self.steps])

    @cached_property
    def least(self) -> Fraction:
        """The fair share if weekends and holidays are joined as far as can be."""
        return _sum([step.least * step.share for step in self.steps])

    @cached_property
    def carried(self) -> Fraction:
        """The opening balance as far as it is evened out in this period."""
        if not self.opening:
            return self.opening
        limit = self.target * self.carry / 100
        return max(-limit, min(limit, self.opening))

    @property
    def aim(self) -> Fraction:
        """What the doctor should have in this period, earlier periods considered."""
        return self.target - self.carried


def _sum(parts: Sequence[Fraction]) -> Fraction:
    return sum(parts[1:], parts[0]) if parts else Fraction(0)


@dataclass(frozen=True, slots=True)
class Orphan:
    """A municipality's quota of shifts that none of its doctors can work."""

    municipality: str
    measure: Measure
    letter: Letter
    demand: int


@dataclass(frozen=True)
class FairShares:
    """Every fair share of a problem under some rules; only doctors in the pool have one."""

    shares: tuple[FairShare, ...]
    orphans: tuple[Orphan, ...] = ()

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, Measure], FairShare]:
        return {(share.doctor, share.measure): share for share in self.shares}

    def of(self, doctor: str, measure: Measure) -> FairShare | None:
        """The doctor's share, or None where no duty of the measure is open to the doctor."""
        return self._by_key.get((doctor, measure))

    @cached_property
    def _pools(self) -> Mapping[Measure, tuple[FairShare, ...]]:
        return {
            measure: tuple([share for share in self.shares if share.measure is measure])
            for measure in Measure
        }

    def pool(self, measure: Measure) -> tuple[FairShare, ...]:
        """The shares of all who take part in the measure, in the doctors' order."""
        return self._pools[measure]

    def parts(self, measure: Measure, total: int) -> Mapping[str, Fraction]:
        """A total that was in fact worked, divided as the targets are."""
        pool = self.pool(measure)
        whole = sum((share.target for share in pool), Fraction(0))
        part = total / whole if whole else whole
        return {share.doctor: share.target * part for share in pool}

    def owed(self, measure: Measure, total: int) -> Mapping[str, Fraction]:
        """What everybody should have: the target, or where no sum is known, of what all have."""
        if measure.total_is_known:
            return {share.doctor: share.target for share in self.pool(measure)}
        return self.parts(measure, total)


def fair_shares(
    problem: Problem,
    rules: Sequence[Rule],
    *,
    weight_by: WeightBy = WeightBy.EQUAL,
    prorate: bool = True,
    key: Key = Key.NONE,
    carry: int = 100,
    orders: Sequence[OrderedDemand] = (),
    ordered_points: Fraction = Fraction(0),
    opened: OpenUnits | None = None,
) -> FairShares:
    """Work out every doctor's fair share of every measure. Call it once and keep the result.

    A doctor takes part in a measure if at least one of its duties is stopped by no rule.

    Args:
        problem: the plan.
        rules: those whose `stops` and `unowed` decide who takes part, and when.
        weight_by: what makes shares unequal; `Doctor.share_weight` is multiplied in always.
        prorate: days on which no share is owed make the share smaller.
        key: how municipalities share their shifts first.
        carry: how much of a target an opening balance may move, in per cent.
        orders: municipal work that may have to be ordered; every municipality's own.
        ordered_points: hundredths of a point that one ordered minute weighs.
        opened: the open units by the same rules, where they are known already.
    """
    days = (problem.last_day - problem.first_day).days + 1
    weights = _weights(problem, weight_by)
    pots = [
        *_shift_pots(problem, key, weights, opened or OpenUnits(problem, rules)),
        *_ordered_pots(orders, ordered_points),
    ]
    barring = [rule for rule in rules if prorate and _closes_time(rule)]
    lost = {
        (doctor.id, letter): stretches
        for doctor in problem.doctors
        for letter, stretches in lost_by_letter(problem, barring, doctor).items()
    }
    available = {who: days - sum(own.days for own in stretches) for who, stretches in lost.items()}
    steps: dict[tuple[str, Measure], list[ShareStep]] = {}
    orphans = []
    for pot in pots:
        part = lcm(*[weight.denominator for weight in pot.weights.values()])
        whole = sum(
            weight.numerator * (part // weight.denominator) * available[doctor, pot.letter]
            for doctor, weight in pot.weights.items()
        )
        total = Fraction(whole, part * days)
        if pot.quota and pot.most and not total:
            orphans.append(Orphan(str(pot.municipality), pot.measure, pot.letter, int(pot.most)))
        for doctor, weight in pot.weights.items():
            steps.setdefault((doctor, pot.measure), []).append(
                ShareStep(
                    pot.letter,
                    pot.municipality,
                    pot.most,
                    pot.least,
                    weight,
                    available[doctor, pot.letter],
                    days,
                    total,
                    lost[doctor, pot.letter],
                    pot.quota,
                )
            )
    return FairShares(
        tuple(
            FairShare(
                doctor.id,
                measure,
                tuple(steps[doctor.id, measure]),
                opening_balance(problem.account_of[doctor.id], measure),
                carry,
            )
            for measure in Measure
            for doctor in problem.doctors
            if (doctor.id, measure) in steps
        ),
        tuple(orphans),
    )


def _closes_time(rule: Rule) -> bool:
    """Whether it says of any time that a doctor is kept from duties or owes no share."""
    return type(rule).bars is not Rule.bars or type(rule).unowed is not Rule.unowed


@dataclass(frozen=True, slots=True)
class _Pot:
    """Something that is shared, and the weights of those who share it, by doctor id."""

    measure: Measure
    letter: Letter
    municipality: str | None
    most: Fraction
    least: Fraction
    weights: Mapping[str, Fraction]
    quota: Quota | None = None


def _shift_pots(
    problem: Problem,
    key: Key,
    weights: Mapping[str, Fraction],
    opened: OpenUnits,
) -> Iterator[_Pot]:
    """Shifts: one common pot, or one for each municipality's quota."""
    calendar = Calendar.of(problem)
    letters = (Letter.OUT_OF_HOURS, Letter.DAYTIME)
    of_letter = {own: [duty for duty in problem.duties if duty.letter is own] for own in letters}
    for measure in Measure:
        counted = calendar.counted[measure]
        for letter in letters:
            most, least = calendar.demand(measure, letter)
            if not most:
                continue
            able = opened.of_some({d.unit for d in of_letter[letter] if d.id in counted})
            sharing = [doctor for doctor in problem.doctors if doctor.id in able]
            for town, own_most, own_least, quota in _quotas(problem, key, most, least):
                own = {d.id: weights[d.id] for d in sharing if town in (None, d.municipality)}
                yield _Pot(
                    measure, letter, town, Fraction(own_most), Fraction(own_least), own, quota
                )


def _ordered_pots(orders: Sequence[OrderedDemand], ordered_points: Fraction) -> Iterator[_Pot]:
    """Municipal work: each municipality's own, in minutes and, if it weighs, in points."""
    for own in orders:
        town, letter, least = own.municipality, Letter.MUNICIPAL, Fraction(own.least)
        yield _Pot(Measure.ORDERED, letter, town, Fraction(own.most), least, own.weights)
        if ordered_points:
            # How much is ordered is known when the roster is; at least so much will be.
            points = least * ordered_points
            yield _Pot(Measure.POINTS, letter, town, points, points, own.weights)


def _weights(problem: Problem, weight_by: WeightBy) -> Mapping[str, Fraction]:
    """Each doctor's weight; a doctor without a list weighs as an average list does."""
    lists = [d.list_size for d in problem.doctors if d.list_size]
    mean = Fraction(sum(lists), len(lists)) if lists else Fraction(1)
    found = {}
    for doctor in problem.doctors:
        weight = doctor.share_weight
        if weight_by is WeightBy.PRACTICE_SHARE:
            weight *= doctor.practice_share
        elif weight_by is WeightBy.LIST_SIZE:
            weight *= Fraction(doctor.list_size or mean) / mean
        found[doctor.id] = weight
    return found


def _quotas(
    problem: Problem, key: Key, most: int, least: int
) -> Iterable[tuple[str | None, int, int, Quota | None]]:
    """Whose demand it is: one common pool, or each municipality's quota."""
    if key is Key.NONE:
        return ((None, most, least, None),)
    parts = key_weights(problem, key)
    return zip(
        (town.id for town in problem.municipalities),
        apportion(most, parts),
        apportion(least, parts),
        (Quota(most, part) for part in parts),
        strict=True,
    )
