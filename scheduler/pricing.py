"""What restrictions that somebody has chosen cost the doctor who is worst off.

A restriction is a wish that binds, a limit agreed with one doctor, a pin, or a limit that the
municipality has set itself. What is somebody's right is none and is never priced; which those
are is said by whoever hands the restrictions in.
"""

import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.certificate import Certificate
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.time import Interval
from scheduler.engine import Options, cores, time_left
from scheduler.rule import Rule
from scheduler.solving.draft import Draft
from scheduler.solving.model import FALSE
from scheduler.solving.pricing import Release, Worst
from scheduler.solving.process import Budget
from scheduler.solving.proof_process import ProofProcess


class RestrictionKind(StrEnum):
    """What kind of thing is let go."""

    WISH = "wish"
    LIMIT = "limit"
    PIN = "pin"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Restriction:
    """One thing that could be let go.

    Attributes:
        rule: id of the rule that enforces it; its constraints about the same doctor and duty
            are the restriction's.
        title: of the rule, in bokmål.
        doctor: whose it is, or None for all.
        duty: the one duty that it is about, or None for all.
        when: the time of a wish.
        stops: (doctor, unit) that it forbids before there is a model.
    """

    kind: RestrictionKind
    rule: str
    title: str
    doctor: str | None = None
    duty: str | None = None
    when: Interval | None = None
    works: bool = True
    stops: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Price:
    """What a restriction costs the worst-off doctor, in burden points.

    Attributes:
        estimate: the fall that was met when it was let go.
        low, high: between which the true price lies for sure.
    """

    restriction: Restriction
    estimate: float
    low: float
    high: float

    @property
    def proven(self) -> bool:
        """Whether the price is exact."""
        return abs(self.high - self.low) < 1e-9


@dataclass(frozen=True, slots=True)
class PriceList:
    """Prices of restrictions, the dearest first.

    Attributes:
        doctor: the worst-off, who bears them.
        left: how many there was no time for.
    """

    doctor: str | None
    prices: tuple[Price, ...]
    left: int = 0

    @property
    def told(self) -> tuple[Price, ...]:
        """Those that cost something."""
        return tuple(price for price in self.prices if price.estimate > 0)


def price(
    problem: Problem,
    rules: Sequence[Rule],
    roster: Roster,
    restrictions: Sequence[Restriction],
    options: Options,
    *,
    certificate: Certificate | None = None,
    tell: Callable[[int], None] = lambda _: None,
    stop: threading.Event | None = None,
) -> PriceList:
    """Let each restriction go by itself and see how much better the worst-off can fare.

    Cover, orders and health are held at the roster's values. Everybody's fair share is kept:
    a price is what the others bear, not what a share would be otherwise.

    Args:
        problem: what the roster is for.
        rules: those in force.
        roster: a lawful roster.
        restrictions: to be priced.
        options: time for all prices together, threads, seed.
        certificate: of the roster; its bounds are used.
        tell: called with the number of the restriction that is looked at.
        stop: set it to end early.

    Raises:
        scheduler.solving.process.SearchError: the process died.
    """
    begun = time.monotonic()
    released = {own.rule for own in restrictions if own.stops}
    with ProofProcess() as process:
        draft = Draft(problem, rules, released=released)
        number = next((n for n, step in enumerate(draft.model.steps) if step.worst), None)
        if number is None or not restrictions:
            return PriceList(None, ())
        step = draft.model.steps[number]
        forbidden = _forbidden(problem, rules, released)
        releases = [_release(draft, own, restrictions, forbidden) for own in restrictions]
        known = certificate.worst if certificate else None
        found = process.price(
            draft.model,
            sorted(set(draft.decision_indices(roster.assignments))),
            Budget(time_left(options.seconds, begun), options.workers or cores(), options.seed),
            number=number,
            bound=round(known.bound * step.scale) if known and known.bound is not None else None,
            forbidden=_decisions(draft, forbidden),
            releases=releases,
            tell=tell,
            stop=stop,
        )
    prices = [
        _price(own, found.base, worst, step.scale)
        for own, worst in zip(restrictions, found.without, strict=True)
        if worst is not None
    ]
    order = sorted(range(len(prices)), key=lambda n: (-prices[n].estimate, n))
    heaviest = certificate.standings[0].doctor if certificate and certificate.standings else None
    return PriceList(
        heaviest,
        tuple(prices[n] for n in order),
        sum(worst is None for worst in found.without),
    )


def _price(restriction: Restriction, base: Worst, without: Worst, scale: int) -> Price:
    """The true price lies between what both bounds and both rosters leave open."""
    return Price(
        restriction,
        estimate=max(0, base.value - without.value) / scale,
        low=max(0, base.bound - without.value) / scale,
        high=max(0, base.value - without.bound) / scale,
    )


def _forbidden(
    problem: Problem, rules: Sequence[Rule], released: Collection[str]
) -> dict[tuple[str, str], set[str]]:
    """(doctor, unit) that only rules with restrictions forbid -> which rules."""
    found: dict[tuple[str, str], set[str]] = {}
    for rule in rules:
        if rule.id in released:
            for doctor in problem.doctors:
                for case in rule.stops(problem, doctor):
                    for duty in case.duties:
                        pair = doctor.id, problem.duty_by_id[duty].unit
                        found.setdefault(pair, set()).add(rule.id)
    return found


def _release(
    draft: Draft,
    own: Restriction,
    restrictions: Sequence[Restriction],
    forbidden: dict[tuple[str, str], set[str]],
) -> Release:
    """What still holds when this restriction is let go, and which constraints go with it."""
    others = {pair for other in restrictions if other is not own for pair in other.stops}
    # A unit that another rule of the same kind forbids without a restriction stays forbidden.
    held = {
        pair
        for pair, by in forbidden.items()
        if pair not in own.stops or pair in others or by - {own.rule}
    }
    dropped = [
        number
        for number, constraint in enumerate(draft.model.constraints)
        if (reason := draft.reasons[constraint.reason]).rule == own.rule
        and own.kind is not RestrictionKind.WISH
        and (own.doctor is None or reason.doctor == own.doctor)
        and (own.duty is None or own.duty in reason.duties)
    ]
    return Release(tuple(_decisions(draft, held)), tuple(dropped))


def _decisions(draft: Draft, pairs: Collection[tuple[str, str]]) -> list[int]:
    units = draft.problem.units
    found = {draft.works(doctor, units[unit][0]) for doctor, unit in pairs}
    return sorted(found - {FALSE})
