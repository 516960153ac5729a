"""How the time that is left is divided between the steps."""

from collections.abc import Sequence

from scheduler.solving.model import Step

_SHARE = {1: 4.0, 2: 2.0, 3: 4.0, 4: 3.0, 5: 2.0}  # by level; half of it for comparing doctors
OPENED = 0.65  # of the time left, for the first comparison where that is left open for a while,
AGAIN = 0.8  # and where that begins again and again with another roster
_OPENING = 6.0  # its share as long as it has not begun


def part_of_time(
    steps: Sequence[Step], number: int, opening: int | None = None, *, again: bool = False
) -> float:
    """What part of the time that is left a step has.

    Args:
        steps: of the model.
        number: of the step.
        opening: the first step that compares doctors, where the sum that follows is bettered
            before, with the comparisons open.
        again: whether that begins with more than one roster.

    Returns:
        More than 0, at most 1.
    """
    if number == opening:
        return AGAIN if again else OPENED
    shares = [_SHARE[step.level] / (2 if step.worst else 1) for step in steps]
    if opening is not None:
        shares[opening] = _OPENING
    return shares[number] / sum(shares[number:])
