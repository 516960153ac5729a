"""How doctors stand to the fair share in a roster, told without any solver."""

from collections.abc import Sequence

from scheduler.certificate import Standing
from scheduler.solving.draft import Draft
from scheduler.solving.evaluate import total


def standings(draft: Draft, values: Sequence[int]) -> tuple[Standing, ...]:
    """How everybody stands whom the first step of doctors compares, the heaviest first."""
    compared = next((step for step in draft.model.steps if step.worst), None)
    if compared is None:
        return ()
    found = [
        Standing(
            draft.owner(terms[0][1]),
            total(terms, values) / compared.scale,
            -constant / compared.scale,
        )
        for terms, constant in compared.entries
        if terms
    ]
    return tuple(sorted(found, key=lambda own: (-own.over, own.doctor)))
