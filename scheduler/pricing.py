"""Finds what restrictions cost the doctor who is worst off (`scheduler.prices`)."""

import threading
import time
from collections.abc import Callable, Collection, Sequence

from scheduler.certificate import Certificate
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.engine import Options, cores, time_left
from scheduler.prices import Price, PriceList, Restriction, RestrictionKind
from scheduler.rule import Rule
from scheduler.solving.draft import Draft
from scheduler.solving.model import FALSE
from scheduler.solving.pricing import Release, Worst
from scheduler.solving.process import Budget
from scheduler.solving.proof_process import ProofProcess


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
        drawn = [(own, _release(draft, own, restrictions, forbidden)) for own in restrictions]
        everything = _decisions(draft, forbidden)
        # What forbids nothing here can have no price, and is not told of.
        drawn = [
            (own, release)
            for own, release in drawn
            if release.dropped or len(release.held) < len(everything)
        ]
        releases = [release for _, release in drawn]
        known = certificate.worst if certificate else None
        found = process.price(
            draft.model,
            sorted(set(draft.decision_indices(roster.assignments))),
            Budget(time_left(options.seconds, begun), options.workers or cores(), options.seed),
            number=number,
            bound=round(known.bound * step.scale) if known and known.bound is not None else None,
            forbidden=everything,
            releases=releases,
            tell=tell,
            stop=stop,
        )
    prices = [
        _price(own, found.base, worst, step.scale)
        for (own, _), worst in zip(drawn, found.without, strict=True)
        if worst is not None
    ]
    order = sorted(range(len(prices)), key=lambda n: (-prices[n].estimate, n))
    heaviest = certificate.standings[0].doctor if certificate and certificate.standings else None
    return PriceList(
        heaviest,
        tuple(prices[n] for n in order),
        sum(worst is None for worst in found.without),
    )


def _price(restriction: Restriction, base: Worst, without: Worst, scale: float) -> Price:
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
