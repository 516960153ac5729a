"""What a plan that was changed since has come to say against the roster, and what a move mends."""

from scheduler.changes.move import Move, moved
from scheduler.repairing.judging import common_breaches, tolerated
from scheduler.repairing.situation import Situation
from scheduler.rule import Case


def left_broken(situation: Situation, move: Move) -> frozenset[Case]:
    """The cases of the drift that a move leaves broken, if only in part.

    Args:
        situation: what is left of the roster.
        move: what would change hands.
    """
    if not situation.drift:
        return frozenset()
    then = tuple(common_breaches(moved(situation.left, move), situation.rules))
    return frozenset(
        case for case in situation.drift if any(tolerated(own, (case,)) for own in then)
    )


def in_order(cases: frozenset[Case]) -> list[Case]:
    """Cases by rule, doctor and duties."""
    return sorted(cases, key=lambda own: (own.rule, own.doctor or "", own.duties))
