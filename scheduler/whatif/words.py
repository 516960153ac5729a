"""The closed choices of a change, in the words of the file."""

from enum import StrEnum


class Competence(StrEnum):
    """What a doctor without a name yet is assumed to be."""

    SPECIALIST = "specialist"  # may be alone on duty
    SUPERVISED = "supervised"  # must have a backup


class Dropped(StrEnum):
    """What a scenario can leave out of the plan."""

    BALANCES = "balances"
    PINS = "pins"
    WISHES = "wishes"
    PUBLISHED = "published"
