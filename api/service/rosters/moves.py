"""Who got and lost what between two versions of a roster."""

from collections import defaultdict
from dataclasses import dataclass

from api.service.rosters.documents import assignments


@dataclass(frozen=True, slots=True)
class Moved:
    """What one doctor got and lost (ids of duties, sorted)."""

    doctor: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def moved(before: str | None, after: str) -> tuple[Moved, ...]:
    """The doctors whose duties are not the same, by id.

    Args:
        before: document of the earlier version; None where there was none.
        after: document of the later one.
    """
    had = assignments(before) if before else frozenset()
    has = assignments(after)
    gained, lost = defaultdict(list), defaultdict(list)
    for own in sorted(has - had):
        gained[own.doctor].append(own.duty)
    for own in sorted(had - has):
        lost[own.doctor].append(own.duty)
    return tuple(
        Moved(doctor, tuple(gained[doctor]), tuple(lost[doctor]))
        for doctor in sorted({*gained, *lost})
    )
