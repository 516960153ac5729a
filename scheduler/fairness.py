"""Fair shares: what each doctor's part of the plan's burden is, step by step.

The engine knows no law: which doctors can have which duties, and on which days a share is
owed, is read from the rules that are handed in. All sums are exact (`Fraction`), and every
step is kept so that a report can show the pocket calculation.

A duty that lacks a doctor is owed by nobody in particular, so a closed period is settled by
what was in fact worked (`FairShares.parts`, `closing_accounts`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from scheduler.domain.calendar import GreatHoliday
from scheduler.domain.doctor import Doctor
from scheduler.domain.duty import Duty, Letter
from scheduler.domain.problem import Account, Problem
from scheduler.domain.roster import Timetable
from scheduler.domain.time import DAY, Interval, local_day, moment
from scheduler.rule import Rule

HALF = Fraction(1, 2)


class Measure(StrEnum):
    """A class of burden that is shared out."""

    POINTS = "points"  # hundredths of a burden point, all shifts
    NIGHTS = "nights"  # night duties
    WEEKENDS = "weekends"  # weekends with at least one duty
    GREAT_HOLIDAYS = "great_holidays"  # great holidays with at least one duty


class WeightBy(StrEnum):
    """What makes one share larger than another, before the doctor's own agreed factor."""

    EQUAL = "equal"
    PRACTICE_SHARE = "practice_share"
    LIST_SIZE = "list_size"


class Key(StrEnum):
    """How municipalities share before their doctors do."""

    NONE = "none"  # one pool of doctors, whatever their municipality
    POSTS = "posts"  # number of GPs
    POPULATION = "population"
    HALF = "half"  # one half in equal parts, one half by population
    CUSTOM = "custom"  # Municipality.key


# --- whole numbers by weight ---------------------------------------------------------------


def apportion(total: int, weights: Sequence[Fraction]) -> tuple[int, ...]:
    """Share out a whole number by weight: largest remainder, the earlier one at a tie.

    Raises:
        ValueError: a weight is negative, or something is to be shared and none is positive.
    """
    if any(weight < 0 for weight in weights):
        raise ValueError(f"weights ({[str(w) for w in weights]}) must not be negative")
    whole = sum(weights, Fraction(0))
    if not total:
        return (0,) * len(weights)
    if not whole:
        raise ValueError(f"weights ({[str(w) for w in weights]}) must hold a positive one")
    exact = [total * weight / whole for weight in weights]
    parts = [part.__floor__() for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return tuple(parts)


def key_weights(problem: Problem, key: Key) -> tuple[Fraction, ...]:
    """Each municipality's part of the whole by the key, in the problem's order.

    Raises:
        ValueError: the key gives every municipality nothing (no GPs, no inhabitants, no
            custom key).
    """
    if key is Key.NONE:
        raise ValueError("key (none) must be one that divides between municipalities")
    towns = problem.municipalities
    gps = [
        sum(d.employment.is_gp and d.municipality == town.id for d in problem.doctors)
        for town in towns
    ]
    population = [town.inhabitants for town in towns]
    if key is Key.HALF:
        people = _normal([Fraction(p) for p in population], key)
        return tuple(HALF / len(towns) + HALF * part for part in people)
    if key is Key.CUSTOM:
        return _normal([town.key or Fraction(0) for town in towns], key)
    return _normal([Fraction(n) for n in (gps if key is Key.POSTS else population)], key)


def _normal(weights: list[Fraction], key: Key) -> tuple[Fraction, ...]:
    whole = sum(weights, Fraction(0))
    if not whole:
        raise ValueError(f"key ({key}) must give at least one municipality a part")
    return tuple(weight / whole for weight in weights)


@dataclass(frozen=True, slots=True)
class MunicipalQuota:
    """How many shifts are a municipality's to fill or to pay.

    Attributes:
        part: its part of the whole by the key.
    """

    municipality: str
    part: Fraction
    duties: int


def municipal_quota(problem: Problem, key: Key) -> tuple[MunicipalQuota, ...]:
    """The plan's shifts shared out between the municipalities in whole numbers.

    The quota depends on the key alone: it stays where it is when all of a municipality's
    doctors are exempt.
    """
    total = sum(duty.needed for duty in _shifts(problem))
    parts = key_weights(problem, key)
    return tuple(
        MunicipalQuota(town.id, part, duties)
        for town, part, duties in zip(
            problem.municipalities, parts, apportion(total, parts), strict=True
        )
    )


# --- who owes how much of the time ---------------------------------------------------------


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


# --- what there is to share ----------------------------------------------------------------


def _shifts(problem: Problem) -> list[Duty]:
    """The shifts to be worked: of a choice only the first, for just so many are needed."""
    seen: set[str] = set()
    found = []
    for duty in problem.duties:
        if duty.is_shift and (duty.choice is None or duty.choice not in seen):
            found.append(duty)
            seen.add(duty.choice or duty.id)
    return found


@dataclass(frozen=True)
class Calendar:
    """Which occasions (weekends, great holidays) each out-of-hours shift belongs to.

    Great holidays that overlap are one occasion, so 17 May on Whit Monday counts once.
    """

    problem: Problem

    @cached_property
    def _holiday_number(self) -> Mapping[object, int]:
        blocks = sorted({block for duty in self.problem.duties for block in duty.holidays})
        number: dict[object, int] = {}
        current = 0
        reached = blocks[0].interval.end if blocks else None
        for block in blocks:
            if reached is None or block.interval.start >= reached:
                current += 1
                reached = block.interval.end
            reached = max(reached, block.interval.end)
            number[block] = current
        return number

    def occasions(self, measure: Measure, duty: Duty) -> tuple[object, ...]:
        """The weekends (their Saturdays) or great holidays of which the shift is a part."""
        if duty.letter is not Letter.OUT_OF_HOURS:
            return ()
        if measure is Measure.WEEKENDS:
            return duty.weekends
        if measure is Measure.GREAT_HOLIDAYS:
            return tuple(sorted({self._holiday_number[block] for block in duty.holidays}))
        return ()

    def counts(self, measure: Measure, duty: Duty) -> bool:
        """Whether the duty bears on the measure."""
        if measure is Measure.POINTS:
            return duty.is_shift
        if measure is Measure.NIGHTS:
            return duty.letter is Letter.OUT_OF_HOURS and duty.is_night
        return bool(self.occasions(measure, duty))

    def worked(self, measure: Measure, duties: Iterable[Duty]) -> int:
        """How much of the measure one doctor's duties are."""
        own = [duty for duty in duties if self.counts(measure, duty)]
        if measure is Measure.POINTS:
            return sum(duty.burden for duty in own)
        if measure is Measure.NIGHTS:
            return len(own)
        return len({occasion for duty in own for occasion in self.occasions(measure, duty)})

    def demand(self, measure: Measure, letter: Letter) -> tuple[int, int]:
        """What the plan asks for: at most, and at least.

        Points and nights are what they are. For weekends and great holidays the most is one
        doctor for each duty or block, the least as many doctors as are needed at once.
        """
        own = [
            duty
            for duty in _shifts(self.problem)
            if duty.letter is letter and self.counts(measure, duty)
        ]
        if measure is Measure.POINTS:
            total = sum(duty.burden * duty.needed for duty in own)
            return total, total
        if measure is Measure.NIGHTS:
            total = sum(duty.needed for duty in own)
            return total, total
        found: dict[object, list[Duty]] = {}
        for duty in own:
            for occasion in self.occasions(measure, duty):
                found.setdefault(occasion, []).append(duty)
        most = sum(
            sum({duty.unit: duty.needed for duty in duties}.values()) for duties in found.values()
        )
        return most, sum(_peak(duties) for duties in found.values())


def _peak(duties: Iterable[Duty]) -> int:
    """The largest number of doctors needed at one time."""
    changes = sorted(
        change
        for duty in duties
        for change in ((duty.start, duty.needed), (duty.end, -duty.needed))
    )
    now = most = 0
    for _, change in changes:
        now += change
        most = max(most, now)
    return most


# --- shares --------------------------------------------------------------------------------


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
    opening: int
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
        return max(-limit, min(limit, Fraction(self.opening)))

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


def opening_balance(account: Account, measure: Measure) -> int:
    """What the ledger says of the measure."""
    return {
        Measure.POINTS: account.points,
        Measure.NIGHTS: account.nights,
        Measure.WEEKENDS: account.weekends,
        Measure.GREAT_HOLIDAYS: account.great_holidays,
    }[measure]


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


# --- after the period ----------------------------------------------------------------------


def closing_accounts(shares: FairShares, timetable: Timetable) -> tuple[Account, ...]:
    """The ledger after this roster: opening balance + worked - fair part of what was worked.

    The parts are rounded so that they add up to what was worked; a measure's balances keep
    their sum from period to period.
    """
    problem = timetable.problem
    calendar = Calendar(problem)
    closing: dict[tuple[str, Measure], int] = {}
    for measure in Measure:
        worked = {
            d.id: calendar.worked(measure, timetable.duties_of(d.id)) for d in problem.doctors
        }
        pool = shares.pool(measure)
        targets = [share.target for share in pool]
        if any(targets):
            rounded = apportion(sum(worked.values()), targets)
            parts = dict(zip((share.doctor for share in pool), rounded, strict=True))
        else:
            parts = worked
        for doctor in problem.doctors:
            opening = opening_balance(problem.account_of[doctor.id], measure)
            own = worked[doctor.id] - parts.get(doctor.id, 0)
            closing[doctor.id, measure] = opening + own
    return tuple(
        Account(
            doctor.id,
            points=closing[doctor.id, Measure.POINTS],
            nights=closing[doctor.id, Measure.NIGHTS],
            weekends=closing[doctor.id, Measure.WEEKENDS],
            great_holidays=closing[doctor.id, Measure.GREAT_HOLIDAYS],
            holidays=_memory(timetable, doctor.id),
        )
        for doctor in problem.doctors
    )


def _memory(timetable: Timetable, doctor: str) -> Mapping[GreatHoliday, int]:
    """The last year of each great holiday, this roster's out-of-hours shifts included."""
    years = dict(timetable.problem.account_of[doctor].holidays)
    for duty in timetable.duties_of(doctor):
        if duty.letter is Letter.OUT_OF_HOURS:
            for block in duty.holidays:
                years[block.holiday] = max(block.year, years.get(block.holiday, block.year))
    return years
