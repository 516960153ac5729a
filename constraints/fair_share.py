"""Rettferdig fordeling av legevakt (F-33.17, F-33.18, F-20; points by S-13 and W-07).

The starting point is even distribution among those in the rota; nothing in the regulation
makes shares proportional, so equal is the default and the other weights are choices of the
municipality. What a doctor and the municipality have agreed (`Doctor.share_weight`) is
multiplied in always. What one duty weighs stands in its pattern (`ShiftPattern.burden`).

The worst-off come first: z = points of the roster - aim, the aim being the fair share less
the balance of earlier periods (`scheduler.fairness`). Then every deviation in points,
nights, weekends and great holidays has a convex price that follows the square of the
deviation at 1, 3 and 5 steps and is straight in between; slopes per step are 1, 4 and 8.
A step is a typical duty for points and one for nights. Weekends and great holidays have no
sum known beforehand (a doctor may take two duties of one weekend), so fewer is never worse:
thresholds stand evenly from the least fair number to the most and each one is dearer.

Fairness is no breach: the checker tells result and fair share of everybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar

from constraints.law import Act, LawRef, Source
from constraints.wording import name, number, source
from scheduler.domain.duty import Duty
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.fairness.closing import Settlement, settle, worked_shifts
from scheduler.fairness.keys import Key
from scheduler.fairness.measures import Calendar, Measure
from scheduler.fairness.shares import FairShares, WeightBy, fair_shares
from scheduler.rule import Authority, Case, Confidence, Level, Outcome, Rule, parameter
from scheduler.solving.draft import Draft, Var
from scheduler.solving.model import TRUE, Term

LATER_STEPS = ((1, 3), (3, 4))  # so many steps from the aim the slope grows by so much
THRESHOLDS = 6  # at most, for weekends and great holidays

_UNIT = {
    Measure.POINTS: "belastningspoeng",
    Measure.NIGHTS: "netter",
    Measure.WEEKENDS: "helger",
    Measure.GREAT_HOLIDAYS: "høytider",
}
_ONE = {
    Measure.POINTS: "belastningspoeng",
    Measure.NIGHTS: "natt",
    Measure.WEEKENDS: "helg",
    Measure.GREAT_HOLIDAYS: "høytid",
}


@dataclass(frozen=True)
class FairShare(Rule):
    """The worst-off doctor first, then small deviations from everybody's fair share.

    Attributes:
        others: the rules in force beside this one; they decide who takes part and when a
            share is owed. Set by the catalogue, not by the municipality.
    """

    id: ClassVar = "fair_share"
    rulebook: ClassVar = ("F-33.17", "F-33.18", "F-20", "W-07", "S-13")
    title: ClassVar = "Rettferdig fordeling av vaktbelastningen"
    title_en: ClassVar = "Fair shares of the burden"
    authority: ClassVar = Authority.FAIRNESS
    citations: ClassVar = (
        Source("Legeforeningen", "om rett og plikt til å delta i legevakt"),
        LawRef(Act.FF, "33", section=1, confidence=Confidence.DERIVED),
    )
    hard: ClassVar = False

    weight: str = parameter(
        "equal",
        "Hva en full andel følger",
        choices=tuple(WeightBy),
        basis="F-33.17, F-33.18",
    )
    prorate: bool = parameter(True, "Mindre andel når legen er fritatt eller borte i perioden")
    key: str = parameter(
        "none", "Fordelingsnøkkel mellom kommunene", choices=tuple(Key), basis="policy, E25"
    )
    carry: int = parameter(
        100,
        "Største del av andelen som saldoen fra før kan flytte",
        unit="prosent",
        low=0,
        high=300,
    )
    leximin_depth: int = parameter(
        3, "Antall leger med tyngst belastning som vurderes hver for seg", low=1, high=10
    )
    night_price: int = parameter(
        100, "Pris for én natt over andelen", unit="hundredels poeng", low=0, high=1000
    )
    weekend_price: int = parameter(
        100, "Pris for én helg over andelen", unit="hundredels poeng", low=0, high=1000
    )
    holiday_price: int = parameter(
        200, "Pris for én høytid over andelen", unit="hundredels poeng", low=0, high=1000
    )
    others: tuple[Rule, ...] = ()

    def shares(self, problem: Problem) -> FairShares:
        """Everybody's fair share under the settings; call once and keep the result."""
        return fair_shares(
            problem,
            self.others,
            weight_by=WeightBy(self.weight),
            prorate=self.prorate,
            key=Key(self.key),
            carry=self.carry,
        )

    def settlements(self, timetable: Timetable) -> tuple[Settlement, ...]:
        """What everybody worked of each measure beside the fair part of it."""
        problem = timetable.problem
        return settle(problem, self.shares(problem), worked_shifts(timetable))

    def encode(self, draft: Draft) -> None:
        """Post the worst-off, then the convex prices."""
        problem = draft.problem
        shares = self.shares(problem)
        calendar = Calendar(problem)
        shifts = {
            doctor.id: [w for w in draft.work_of(doctor.id) if w[1] != TRUE and w[0].is_shift]
            for doctor in problem.doctors
        }
        points = {
            share.doctor: [(duty.burden, var) for duty, var in shifts[share.doctor]]
            for share in shares.pool(Measure.POINTS)
        }
        draft.minimise_worst(
            Level.FAIRNESS,
            "Mest over sin rettferdige del",
            [(points[share.doctor], -_rounded(share.aim)) for share in shares.pool(Measure.POINTS)],
            depth=self.leximin_depth,
            scale=100,
            unit="poeng",
        )
        step = _typical_duty(problem)
        for share in shares.pool(Measure.POINTS):
            _deviation(draft, points[share.doctor], share.aim, step, 1)
        for share in shares.pool(Measure.NIGHTS):
            nights = [
                (1, var)
                for duty, var in shifts[share.doctor]
                if calendar.counts(Measure.NIGHTS, duty)
            ]
            _deviation(draft, nights, share.aim, 1, self.night_price)
        for measure, price in (
            (Measure.WEEKENDS, self.weekend_price),
            (Measure.GREAT_HOLIDAYS, self.holiday_price),
        ):
            for share in shares.pool(measure):
                occasions: dict[object, list[Var]] = {}
                for duty, var in shifts[share.doctor]:
                    for occasion in calendar.occasions(measure, duty):
                        occasions.setdefault(occasion, []).append(var)
                worked = [(1, draft.any_of(variables)) for variables in occasions.values()]
                _rising(draft, worked, share.least - share.carried, share.aim, price)

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Tell everybody's result and fair share; weekends by what was in fact worked."""
        problem = timetable.problem
        shares = self.shares(problem)
        calendar = Calendar(problem)
        for measure in Measure:
            scale = 100 if measure is Measure.POINTS else 1
            own: dict[str, tuple[Duty, ...]] = {
                doctor.id: tuple(
                    duty
                    for duty in timetable.duties_of(doctor.id)
                    if calendar.counts(measure, duty)
                )
                for doctor in problem.doctors
            }
            worked = {doctor: calendar.worked(measure, duties) for doctor, duties in own.items()}
            parts = shares.parts(measure, sum(worked.values()))
            for share in shares.pool(measure):
                joined = measure in (Measure.WEEKENDS, Measure.GREAT_HOLIDAYS)
                target = parts[share.doctor] if joined else share.target
                balance = share.carried + worked[share.doctor] - target
                yield Case(
                    self.id,
                    Outcome.KEPT,
                    share.doctor,
                    tuple(duty.id for duty in own[share.doctor]),
                    measured=worked[share.doctor] / scale,
                    limit=float(target / scale),
                    margin=float(-balance / scale) if measure is Measure.POINTS else None,
                    unit=_UNIT[measure],
                    facts=(
                        ("measure", measure.value),
                        ("carried", float(share.carried / scale)),
                        ("balance", float(balance / scale)),
                    ),
                )
        for share in shares.pool(Measure.POINTS):
            has_shift = any(duty.is_shift for duty in timetable.duties_of(share.doctor))
            if share.aim >= 100 and not has_shift:
                yield Case(
                    self.id,
                    Outcome.NOTICE,
                    share.doctor,
                    measured=0,
                    limit=float(share.aim / 100),
                    unit=_UNIT[Measure.POINTS],
                )
        for orphan in shares.orphans:
            if orphan.measure is Measure.POINTS:
                yield Case(
                    self.id,
                    Outcome.NOTICE,
                    measured=0,
                    limit=orphan.demand / 100,
                    unit=_UNIT[Measure.POINTS],
                    facts=(("municipality", orphan.municipality), ("letter", orphan.letter.value)),
                )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari har 12,5 belastningspoeng; en rettferdig andel er 11,9 (…).»"""
        limit = number(case.limit or 0)
        facts = dict(case.facts)
        if case.outcome is Outcome.NOTICE and case.doctor is None:
            town = next(m.name for m in problem.municipalities if m.id == facts["municipality"])
            return (
                f"{town} har etter fordelingsnøkkelen en andel på {limit} {case.unit}, men ingen "
                "av kommunens leger kan ta vaktene; andelen er ikke flyttet til de andre "
                "kommunene, så avtal hvem som skal dekke den."
            )
        if case.outcome is Outcome.NOTICE:
            return (
                f"{name(problem, case.doctor)} har ingen vakter i planen, men skulle hatt vakter "
                f"for {limit} {case.unit} {source(self.citations[0])}."
            )
        unit = _ONE[Measure(str(facts["measure"]))] if case.measured == 1 else case.unit
        carried = float(facts["carried"])
        before = ""
        if carried:
            before = f", og saldoen fra før er {'+' if carried > 0 else ''}{number(carried)}"
        return (
            f"{name(problem, case.doctor)} har {number(case.measured or 0)} {unit}; en "
            f"rettferdig andel er {limit}{before.replace('-', '−')} {source(self.citations[0])}."
        )


def _rounded(value: Fraction) -> int:
    """To the nearest whole number; halves upwards."""
    return floor(value + Fraction(1, 2))


def _typical_duty(problem: Problem) -> int:
    """The mean burden of what is given away at once, in hundredths of a point, at least 1."""
    burdens = [
        sum(duty.burden for duty in duties)
        for duties in problem.units.values()
        if duties[0].is_shift
    ]
    # either way: without burdens there is nothing to price, whatever the step
    return max(1, sum(burdens) // len(burdens)) if burdens else 1


def _deviation(draft: Draft, terms: list[Term], aim: Fraction, step: int, price: int) -> None:
    """Price both sides of the aim: the square of the deviation at whole steps.

    The thresholds stand at a whole number. Where the aim lies beside it, the first step
    towards the aim is so much cheaper and the one away from it so much dearer.
    """
    anchor = _rounded(aim)
    lean = 2 * (anchor - aim) / step
    for sign, side in ((1, terms), (-1, [(-c, var) for c, var in terms])):
        beyond = draft.excess(side, sign * anchor)
        prices = [(_rounded(price * (1 + sign * lean)), beyond)]
        for steps, dearer in LATER_STEPS:
            prices.append((price * dearer, draft.excess([(1, beyond)], steps * step)))
        draft.penalise(Level.FAIRNESS, prices)


def _rising(draft: Draft, terms: list[Term], least: Fraction, most: Fraction, price: int) -> None:
    """Price every one over the least fair number, dearer and dearer up to the most."""
    low = max(0, floor(least))
    high = max(low, ceil(most))
    step = ceil(Fraction(high + 1 - low, THRESHOLDS - 1))
    beyond = draft.excess(terms, low)
    draft.penalise(
        Level.FAIRNESS,
        [
            (price * step, draft.excess([(1, beyond)], over) if over else beyond)
            for over in range(0, high + 2 - low, step)
        ],
    )
