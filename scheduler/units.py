"""The bokmål of the units that rules and their settings are measured in."""

_IN_FULL = {"h": "timer", "1/100 poeng": "hundredels poeng", "%": "prosent"}


def in_full(unit: str) -> str:
    """The unit as it is written in a sentence: «timer» for «h»; most are words already."""
    return _IN_FULL.get(unit, unit)
