"""The pocket calculation for a program: the numbers that are printed, without the words."""

from collections.abc import Sequence
from fractions import Fraction

from scheduler.domain.problem import Problem
from scheduler.fairness.availability import LostDays
from scheduler.fairness.measures import Measure
from scheduler.fairness.shares import FairShares, ShareStep
from scheduler.writing.share_rounding import key, printed_carried, printed_parts, printed_target
from scheduler.writing.share_words import hundredth


def as_plain(problem: Problem, shares: FairShares) -> list[dict[str, object]]:
    """Every share with its steps: numbers in points, duties and hours, to a hundredth."""
    names = {doctor.id: doctor.name for doctor in problem.doctors}
    parts = printed_parts(shares)
    return [
        {
            "doctor": share.doctor,
            "name": names[share.doctor],
            "measure": share.measure.value,
            "target": float(printed_target(parts, share)),
            "opening": float(hundredth(share.opening / share.measure.scale)),
            "carried": float(printed_carried(share)),
            "aim": float(printed_target(parts, share) - printed_carried(share)),
            "total_is_known": share.measure.total_is_known,
            "steps": [
                _plain_step(step, share.measure, parts[key(share, step)]) for step in share.steps
            ],
        }
        for share in shares.shares
    ]


def _plain_step(step: ShareStep, measure: Measure, part: Fraction) -> dict[str, object]:
    return {
        "letter": step.letter.value,
        "municipality": step.municipality,
        "demand": float(step.demand / measure.scale),
        "least": float(step.least / measure.scale),
        "weight": float(step.weight),
        "available_days": step.available_days,
        "days": step.days,
        "weighted_days": float(step.own * step.days),
        "weighted_days_of_all": float(step.total * step.days),
        "part": float(part),
        "lost": _plain_lost(step.lost),
        "quota": None
        if step.quota is None
        else {
            "whole": float(Fraction(step.quota.whole, measure.scale)),
            "part": float(step.quota.part),
        },
    }


def _plain_lost(lost: Sequence[LostDays]) -> list[dict[str, object]]:
    return [
        {
            "label": own.label,
            "first": own.first.isoformat(),
            "last": own.last.isoformat(),
            "days": own.days,
        }
        for own in lost
    ]
