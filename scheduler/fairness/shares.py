"""What each doctor's part of the plan's burden is, step by step.

All sums are exact (`Fraction`), and every step is kept so that a report can show the pocket
calculation. A duty that lacks a doctor is owed by nobody in particular, so a closed period is
settled by what was in fact worked (`FairShares.parts`, `closing`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Letter
from scheduler.domain.problem import Problem
from scheduler.domain.time import DAY, Interval, local_day, moment
from scheduler.fairness.keys import Key, apportion, key_weights
from scheduler.fairness.measures import Calendar, Measure, opening_balance
from scheduler.rule import Rule


class WeightBy(StrEnum):
    """What makes one share larger than another, before the doctor's own agreed factor."""

    EQUAL = "equal"
    PRACTICE_SHARE = "practice_share"
    LIST_SIZE = "list_size"


def available_days(
    problem: Problem, rules: Iterable[Rule], doctor: Doctor, letter: Letter = Letter.OUT_OF_HOURS
) -> int:
    """Days of the period on which the doctor owes a share of duties of this letter.

    A day is lost only where the rules' prorating bars together cover all of it.
    """
    barred: list[Interval] = sorted(
        bar.interval
        for rule in rules
        for bar in rule.bars(problem, doctor)
        if bar.prorates and letter in bar.letters and bar.interval.overlaps(problem.period)
    )
    days = (problem.last_day - problem.first_day).days + 1
    reached = problem.period.start
    index = 0
    while index < len(barred):
        start, end = max(reached, barred[index].start), barred[index].end
        index += 1
        while index < len(barred) and barred[index].start <= end:
            end = max(end, barred[index].end)
            index += 1
        reached = min(end, problem.period.end)
        first = local_day(start)
        if moment(first) < start:
            first += DAY
        days -= max(0, (local_day(reached) - first).days)
    return days


def _open_units(problem: Problem, rules: Iterable[Rule], doctor: Doctor) -> frozenset[str]:
    """The units of which no rule stops any duty for the doctor."""
    stopped = {
        problem.duty_by_id[duty_id].unit
        for rule in rules
        for case in rule.stops(problem, doctor)
        for duty_id in case.duties
    }
    return frozenset(problem.units.keys() - stopped)


@dataclass(frozen=True, slots=True)
class ShareStep:
    """One line of the pocket calculation: a doctor's part of one demand.

    Attributes:
        municipality: whose quota is shared; None where all doctors share one pool.
        demand, least: what is shared (hundredths of a point, or a number), see
            `Calendar.demand`.
        weight: the doctor's weight among the others.
        available_days, days: how much of the period a share is owed.
        total: the sum of `own` over everybody who shares.
    """

    letter: Letter
    municipality: str | None
    demand: int
    least: int
    weight: Fraction
    available_days: int
    days: int
    total: Fraction

    @property
    def own(self) -> Fraction:
        """Weight times available part of the period; 1 is a full equal share."""
        return self.weight * Fraction(self.available_days, self.days)

    @property
    def share(self) -> Fraction:
        """The doctor's part of the demand, between 0 and 1."""
        return self.own / self.total if self.total else Fraction(0)

    @property
    def part(self) -> Fraction:
        """What the doctor should have of the demand."""
        return self.demand * self.share


@dataclass(frozen=True, slots=True)
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

    @property
    def target(self) -> Fraction:
        """The fair share of this period alone."""
        return sum((step.part for step in self.steps), Fraction(0))

    @property
    def least(self) -> Fraction:
        """The fair share if weekends and holidays are joined as far as can be."""
        return sum((step.least * step.share for step in self.steps), Fraction(0))

    @property
    def carried(self) -> Fraction:
        """The opening balance as far as it is evened out in this period."""
        limit = self.target * self.carry / 100
        return max(-limit, min(limit, self.opening))

    @property
    def aim(self) -> Fraction:
        """What the doctor should have in this period, earlier periods considered."""
        return self.target - self.carried


@dataclass(frozen=True, slots=True)
class Orphan:
    """A municipality's quota that none of its doctors can work."""

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

    def pool(self, measure: Measure) -> tuple[FairShare, ...]:
        """The shares of all who take part in the measure, in the doctors' order."""
        return tuple(share for share in self.shares if share.measure is measure)

    def parts(self, measure: Measure, total: int) -> Mapping[str, Fraction]:
        """A total that was in fact worked, divided as the targets are."""
        pool = self.pool(measure)
        whole = sum((share.target for share in pool), Fraction(0))
        return {s.doctor: total * s.target / whole if whole else Fraction(0) for s in pool}


def fair_shares(
    problem: Problem,
    rules: Sequence[Rule],
    *,
    weight_by: WeightBy = WeightBy.EQUAL,
    prorate: bool = True,
    key: Key = Key.NONE,
    carry: int = 100,
) -> FairShares:
    """Work out every doctor's fair share of every measure. Call it once and keep the result.

    A doctor takes part in a measure if at least one of its duties is stopped by no rule.

    Args:
        problem: the plan.
        rules: those whose `stops` and `bars` decide who takes part, and when.
        weight_by: what makes shares unequal; `Doctor.share_weight` is multiplied in always.
        prorate: days on which no share is owed make the share smaller.
        key: how municipalities share first.
        carry: how much of a target an opening balance may move, in per cent.
    """
    calendar = Calendar(problem)
    weights = _weights(problem, weight_by)
    days = (problem.last_day - problem.first_day).days + 1
    kinds = [
        (Measure.POINTS, Letter.OUT_OF_HOURS),
        (Measure.POINTS, Letter.DAYTIME),
        (Measure.NIGHTS, Letter.OUT_OF_HOURS),
        (Measure.WEEKENDS, Letter.OUT_OF_HOURS),
        (Measure.GREAT_HOLIDAYS, Letter.OUT_OF_HOURS),
    ]
    units = {
        (measure, letter): {
            duty.unit
            for duty in problem.duties
            if duty.letter is letter and calendar.counts(measure, duty)
        }
        for measure, letter in kinds
    }
    pools: dict[tuple[Measure, Letter], list[Doctor]] = {kind: [] for kind in kinds}
    available: dict[tuple[str, Letter], int] = {}
    for doctor in problem.doctors:
        open_units = _open_units(problem, rules, doctor)
        for kind in kinds:
            if units[kind] & open_units:
                pools[kind].append(doctor)
        for letter in (Letter.OUT_OF_HOURS, Letter.DAYTIME):
            available[doctor.id, letter] = (
                available_days(problem, rules, doctor, letter) if prorate else days
            )
    steps: dict[tuple[str, Measure], list[ShareStep]] = {}
    orphans = []
    for measure, letter in kinds:
        most, least = calendar.demand(measure, letter)
        for town, own_most, own_least in _quotas(problem, key, most, least):
            sharing = [d for d in pools[measure, letter] if town in (None, d.municipality)]
            total = sum(
                (weights[d.id] * Fraction(available[d.id, letter], days) for d in sharing),
                Fraction(0),
            )
            if town is not None and own_most and not total:
                orphans.append(Orphan(town, measure, letter, own_most))
            for doctor in sharing:
                steps.setdefault((doctor.id, measure), []).append(
                    ShareStep(
                        letter,
                        town,
                        own_most,
                        own_least,
                        weights[doctor.id],
                        available[doctor.id, letter],
                        days,
                        total,
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
) -> Iterable[tuple[str | None, int, int]]:
    """Whose demand it is: one common pool, or each municipality's quota."""
    if not most:
        return ()
    if key is Key.NONE:
        return ((None, most, least),)
    parts = key_weights(problem, key)
    return zip(
        (town.id for town in problem.municipalities),
        apportion(most, parts),
        apportion(least, parts),
        strict=True,
    )
