"""Rettferdig fordeling av legevakt og pålegg (F-33.17, F-33.18, F-20, F-32.4; S-13 and W-07).

The starting point is even distribution among those in the rota; nothing in the regulation
makes shares of legevakt proportional, so equal is the default and the other weights are
choices of the municipality. What a doctor and the municipality have agreed
(`Doctor.share_weight`) is multiplied in always, so that «equal» with agreed shares is the
custom weight. Ordered municipal work (§ 32) is shared by the cap, which follows the practice
share (F-32.2): the third step of F-32.4, after volunteers and few orders.

The worst-off come first: z = points of the roster - aim, the aim being the fair share less
the balance of earlier periods (`scheduler.fairness`). Then comes the sum of the squared
deviations: points in typical duties, nights by the number, both ways. Of weekends, great
holidays and ordered work no sum is known beforehand, so fewer is never worse there, and what
goes beyond the part of the least that must be has the price of its square.

Nothing here depends on what a point is: all points a thousand times larger give the same
model. Fairness is no breach: the checker tells result and fair share of everybody.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial
from math import lcm
from typing import ClassVar

from constraints.facts.fair_counts import counted
from constraints.facts.fair_points import (
    Scale,
    ordered_terms,
    points_terms,
    typical_duty,
    weights_of,
)
from constraints.facts.order_demand import ordered_demands, ordered_in_period
from constraints.facts.orders import FULL_CAP_HOURS
from constraints.facts.squares import price_counts, price_steps, rounded
from constraints.law import Act, LawRef, Source
from constraints.wording import name, number, source
from scheduler.domain.duty import Letter
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Timetable
from scheduler.fairness.availability import OpenUnits
from scheduler.fairness.closing import Settlement, Worked, settle, shifts_by
from scheduler.fairness.keys import Key
from scheduler.fairness.measures import Calendar, Measure
from scheduler.fairness.shares import FairShares, WeightBy, fair_shares
from scheduler.rule import Authority, Case, Confidence, Level, Outcome, Rule, parameter
from scheduler.solving.draft import Draft
from scheduler.solving.model import Term

DAY_OF_ORDERS = Fraction(FULL_CAP_HOURS) * 60
"""Minutes of ordered work that `ordered_price` is the price of: a full cap of one week."""

_UNIT = {
    Measure.POINTS: "belastningspoeng",
    Measure.NIGHTS: "netter",
    Measure.WEEKENDS: "helger",
    Measure.GREAT_HOLIDAYS: "høytider",
    Measure.ORDERED: "pålagte timer",
}
_ONE = {
    Measure.POINTS: "belastningspoeng",
    Measure.NIGHTS: "natt",
    Measure.WEEKENDS: "helg",
    Measure.GREAT_HOLIDAYS: "høytid",
    Measure.ORDERED: "pålagt time",
}


@dataclass(frozen=True)
class FairShare(Rule):
    """The worst-off doctor first, then small deviations from everybody's fair share.

    Attributes:
        others: the rules in force beside this one; they decide who takes part and when a
            share is owed. Set by the catalogue, not by the municipality.
    """

    id: ClassVar = "fair_share"
    rulebook: ClassVar = ("F-32.4", "F-33.17", "F-33.18", "F-20", "W-07", "S-13")
    title: ClassVar = "Rettferdig fordeling av vaktbelastning og pålegg"
    title_en: ClassVar = "Fair shares of the burden"
    authority: ClassVar = Authority.FAIRNESS
    citations: ClassVar = (
        Source("Legeforeningen", "om rett og plikt til å delta i legevakt"),
        LawRef(Act.FF, "33", section=1, confidence=Confidence.DERIVED),
        LawRef(Act.FF, "32", section=1, remark=True),
    )
    hard: ClassVar = False

    weight: str = parameter(
        "equal",
        "Hva en full andel av legevakten følger, før den andelen som er avtalt med legen",
        choices=tuple(WeightBy),
        basis="F-33.17, F-33.18",
    )
    prorate: bool = parameter(
        True, "Mindre andel når legen er fritatt, borte eller ikke kan ha vakt i perioden"
    )
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
    ordered_points: float = parameter(
        1.0, "Belastningspoeng for én pålagt time (0: teller ikke)", unit="poeng", low=0, high=100
    )
    leximin_depth: int = parameter(
        3, "Antall leger med tyngst belastning som vurderes hver for seg", low=1, high=100
    )
    night_price: int = parameter(
        100, "Så mye veier én natt fra andelen", unit="prosent av en vanlig vakt", low=0, high=1000
    )
    weekend_price: int = parameter(
        100, "Så mye veier én helg over andelen", unit="prosent av en vanlig vakt", low=0, high=1000
    )
    holiday_price: int = parameter(
        200,
        "Så mye veier én høytid over andelen",
        unit="prosent av en vanlig vakt",
        low=0,
        high=1000,
    )
    ordered_price: int = parameter(
        50,
        "Så mye veier 7,5 pålagte timer over andelen",
        unit="prosent av en vanlig vakt",
        low=0,
        high=1000,
    )
    others: tuple[Rule, ...] = ()

    def shares(self, problem: Problem) -> FairShares:
        """Everybody's fair share under the settings; worked out once for a problem."""
        # The key is who asks, for rules hold mappings; the rule is kept so that it stays its own.
        _, found = problem.remembered(
            ("fair shares", id(self)), lambda: (self, self._shares(problem))
        )
        return found

    def _shares(self, problem: Problem) -> FairShares:
        opened = OpenUnits(problem, self.others)
        return fair_shares(
            problem,
            self.others,
            weight_by=WeightBy(self.weight),
            prorate=self.prorate,
            key=Key(self.key),
            carry=self.carry,
            orders=ordered_demands(problem, opened),
            ordered_points=self._ordered_minute,
            opened=opened,
        )

    @property
    def _ordered_minute(self) -> Fraction:
        """Hundredths of a point for one ordered minute."""
        return _minute(self.ordered_points)

    def worked(self, timetable: Timetable) -> Worked:
        """What everybody has worked of each measure, ordered work included."""
        return {
            (doctor.id, measure): amount
            for doctor in timetable.problem.doctors
            for measure, amount in self.worked_by(timetable, doctor.id).items()
        }

    def worked_by(self, timetable: Timetable, doctor: str) -> Mapping[Measure, int]:
        """What one doctor has worked of each measure, ordered work included."""
        return timetable.remembered(
            doctor, ("worked", self.ordered_points), partial(self._count, timetable, doctor)
        )

    def _count(self, timetable: Timetable, doctor: str) -> Mapping[Measure, int]:
        minutes = ordered_in_period(timetable, timetable.problem.doctor_by_id[doctor])
        shifts = shifts_by(timetable, doctor)
        points = shifts[Measure.POINTS] + rounded(minutes * self._ordered_minute)
        return {**shifts, Measure.ORDERED: minutes, Measure.POINTS: points}

    def settlements(self, timetable: Timetable) -> tuple[Settlement, ...]:
        """What everybody worked of each measure beside the fair part of it."""
        problem = timetable.problem
        return settle(problem, self.shares(problem), self.worked(timetable))

    def squares(self, timetable: Timetable) -> Mapping[Measure, Fraction]:
        """The sum of squared deviations in a roster, earlier periods considered.

        Points are measured in typical duties, ordered work in full caps of a week. Where the
        roster decides how much there is to share, so does it here.
        """
        problem = timetable.problem
        shares, worked = self.shares(problem), self.worked(timetable)
        return {
            measure: self._square(
                problem,
                measure,
                _balances(shares, measure, worked, _owed(shares, measure, worked)),
            )
            for measure in Measure
        }

    def _square(
        self, problem: Problem, measure: Measure, balances: Mapping[str, Fraction]
    ) -> Fraction:
        step = {
            Measure.POINTS: typical_duty(problem, self._ordered_minute),
            Measure.ORDERED: DAY_OF_ORDERS,
        }.get(measure, Fraction(1))
        # In parts that all are whole numbers of: nothing is brought to lowest terms on the way.
        part = lcm(*[own.denominator for own in balances.values()])
        whole = sum([(own.numerator * (part // own.denominator)) ** 2 for own in balances.values()])
        total = Fraction(whole, part**2)
        # Where nothing weighs anything nobody is off, and there is no step to measure in.
        return total / step**2 if total else total

    def encode(self, draft: Draft) -> None:
        """Post the worst-off, then the squares."""
        problem = draft.problem
        shares = self.shares(problem)
        self._encode_points(draft, shares)
        own = counted(draft)
        for measure, price in (
            (Measure.NIGHTS, self.night_price),
            (Measure.WEEKENDS, self.weekend_price),
            (Measure.GREAT_HOLIDAYS, self.holiday_price),
        ):
            both = measure is Measure.NIGHTS
            for share in shares.pool(measure):
                price_counts(
                    draft,
                    own[share.doctor].terms(draft, measure),
                    share.aim if both else share.least - share.carried,
                    both=both,
                    weight=Fraction(price, 100),
                )
        for share in shares.pool(Measure.ORDERED):
            # A doctor's step is the own cap: the same part of it costs everybody the same.
            cap = share.steps[0].weight * 60
            price_steps(
                draft,
                ordered_terms(draft, problem.doctor_by_id[share.doctor]),
                rounded(share.least - share.carried),
                cap,
                both=False,
                weight=Fraction(self.ordered_price, 100) * cap / DAY_OF_ORDERS,
            )

    def _encode_points(self, draft: Draft, shares: FairShares) -> None:
        """The worst-off exactly, the squares with points rounded to a part of a typical duty."""
        pool = shares.pool(Measure.POINTS)
        terms = points_terms(draft, [share.doctor for share in pool], self._ordered_minute)
        scale = Scale.of(
            weights_of(draft.problem, self._ordered_minute),
            typical_duty(draft.problem, self._ordered_minute),
        )
        entries: list[tuple[list[Term], int]] = [
            (scale.exact(terms[share.doctor]), -rounded(share.aim * scale.units)) for share in pool
        ]
        draft.minimise_worst(
            Level.FAIRNESS,
            "Mest over sin rettferdige andel",
            entries,
            depth=self.leximin_depth,
            scale=float(scale.units * Measure.POINTS.scale),
            unit="poeng",
        )
        for share in pool:
            price_steps(
                draft,
                scale.coarse(terms[share.doctor]),
                rounded(share.aim * scale.parts),
                scale.step,
                both=True,
                weight=Fraction(1),
            )

    def check_roster(self, timetable: Timetable) -> Iterator[Case]:
        """Tell everybody's result and fair share; weekends by what was in fact worked."""
        problem = timetable.problem
        shares = self.shares(problem)
        worked = self.worked(timetable)
        calendar = Calendar.of(problem)
        ids = {d.id: [duty.id for duty in timetable.duties_of(d.id)] for d in problem.doctors}
        for measure in Measure:
            scale = measure.scale
            owed = _owed(shares, measure, worked)
            balances = _balances(shares, measure, worked, owed)
            counted = calendar.counted[measure]
            for share in shares.pool(measure):
                own = worked[share.doctor, measure]
                balance = balances[share.doctor]
                yield self.case(
                    Outcome.KEPT,
                    share.doctor,
                    tuple(filter(counted.__contains__, ids[share.doctor])),
                    measured=own / scale,
                    limit=_shown(owed[share.doctor], scale),
                    margin=_shown(-balance, scale) if measure is Measure.POINTS else None,
                    unit=_UNIT[measure],
                    facts=(
                        ("measure", measure.value),
                        ("carried", _shown(share.carried, scale)),
                        ("balance", _shown(balance, scale)),
                    ),
                )
            if shares.pool(measure):
                yield self.case(
                    Outcome.KEPT,
                    measured=float(self._square(problem, measure, balances)),
                    unit="kvadrater",
                    facts=(("measure", "squares"), ("of", measure.value)),
                )
        yield from self._idle(timetable, shares)
        for orphan in shares.orphans:
            if orphan.measure is Measure.POINTS:
                yield self.case(
                    Outcome.NOTICE,
                    measured=0,
                    limit=orphan.demand / 100,
                    unit=_UNIT[Measure.POINTS],
                    facts=(("municipality", orphan.municipality), ("letter", orphan.letter.value)),
                )

    def check_nearby(
        self, timetable: Timetable, doctors: Set[str], duties: Set[str]
    ) -> Iterator[Case]:
        """Nothing: fairness is no breach."""
        yield from ()

    def _idle(self, timetable: Timetable, shares: FairShares) -> Iterator[Case]:
        """Doctors who are owed a typical duty of legevakt and have none at all."""
        typical = typical_duty(timetable.problem, self._ordered_minute)
        for share in shares.pool(Measure.POINTS):
            if any(duty.is_shift for duty in timetable.duties_of(share.doctor)):
                continue
            owed = sum(
                (step.part for step in share.steps if step.letter is not Letter.MUNICIPAL),
                -share.carried,
            )
            if owed >= typical:
                yield self.case(
                    Outcome.NOTICE,
                    share.doctor,
                    measured=0,
                    limit=float(owed / 100),
                    unit=_UNIT[Measure.POINTS],
                )

    def explain(self, problem: Problem, case: Case) -> str:
        """«Kari har 12,5 belastningspoeng; en rettferdig andel er 11,9 (…).»"""
        facts = dict(case.facts)
        if facts.get("measure") == "squares":
            what = _UNIT[Measure(str(facts["of"]))]
            return (
                f"Avvikene i {what} gir en kvadratsum på {number(case.measured or 0)} "
                f"{source(self.citations[0])}."
            )
        limit = number(case.limit or 0)
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
        measure = Measure(str(facts["measure"]))
        unit = _ONE[measure] if case.measured == 1 else case.unit
        carried = float(facts["carried"])
        before = ""
        if carried:
            before = f", og saldoen fra før er {'+' if carried > 0 else ''}{number(carried)}"
        cited = self.citations[2 if measure is Measure.ORDERED else 0]
        return (
            f"{name(problem, case.doctor)} har {number(case.measured or 0)} {unit}; en "
            f"rettferdig andel er {limit}{before} {source(cited)}."
        )


@cache
def _minute(points_an_hour: float) -> Fraction:
    return Fraction(str(points_an_hour)) * 100 / 60


def _shown(amount: Fraction, scale: int) -> float:
    """The nearest number to so many of a measure's units; as of `amount / scale`."""
    return amount.numerator / (amount.denominator * scale)


def _owed(shares: FairShares, measure: Measure, worked: Worked) -> Mapping[str, Fraction]:
    """What each should have in this period of what was worked."""
    return shares.owed(measure, sum([n for (_, own), n in worked.items() if own is measure]))


def _balances(
    shares: FairShares, measure: Measure, worked: Worked, owed: Mapping[str, Fraction]
) -> Mapping[str, Fraction]:
    """How far each is over what is owed, with what is carried from before."""
    return {
        share.doctor: worked[share.doctor, measure] + share.carried - owed[share.doctor]
        for share in shares.pool(measure)
    }
