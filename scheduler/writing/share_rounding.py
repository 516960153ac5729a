"""Fair shares to a hundredth such that what is printed adds up to what is shared out.

Each part alone to the nearest hundredth may leave some hundredths over or short. They go to the
parts that are nearest to having them (largest remainder), as when seats are given out.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import floor

from scheduler.domain.duty import Letter
from scheduler.fairness.measures import Measure
from scheduler.fairness.shares import FairShare, FairShares, ShareStep
from scheduler.writing.share_words import hundredth

Key = tuple[str, Measure, Letter, str | None]
Parts = Mapping[Key, Fraction]
"""The printed part of each step, by `key`, in points, duties or hours."""


def key(share: FairShare, step: ShareStep) -> Key:
    """What names a step among all: doctor, measure, sort of work, municipality."""
    return share.doctor, share.measure, step.letter, step.municipality


def printed_parts(shares: FairShares) -> Parts:
    """The parts of everybody to a hundredth; those of one pot add up to the pot, to a hundredth."""
    pots: dict[tuple[Measure, Letter, str | None], dict[Key, Fraction]] = {}
    for share in shares.shares:
        for step in share.steps:
            pot = pots.setdefault((share.measure, step.letter, step.municipality), {})
            pot[key(share, step)] = step.part / share.measure.scale
    found: dict[Key, Fraction] = {}
    for pot in pots.values():
        found |= _rounded(pot)
    return found


def _rounded(pot: Mapping[Key, Fraction]) -> dict[Key, Fraction]:
    floors = {own: floor(100 * exact) for own, exact in pot.items()}
    whole = floor(100 * sum(pot.values(), Fraction(0)) + Fraction(1, 2))
    over = whole - sum(floors.values())
    nearest = sorted(pot, key=lambda own: (floors[own] - 100 * pot[own], own[0]))
    for own in nearest[:over]:
        floors[own] += 1
    return {own: Fraction(hundredths, 100) for own, hundredths in floors.items()}


def printed_target(parts: Parts, share: FairShare) -> Fraction:
    """The fair share as it is printed: the sum of the printed parts."""
    return sum((parts[key(share, step)] for step in share.steps), Fraction(0))


def printed_carried(share: FairShare) -> Fraction:
    """The part of the balance that is evened out, as it is printed."""
    return hundredth(share.carried / share.measure.scale)
