"""When numbers without names still tell whose they are."""

FEWEST = 5
"""Doctors in a spread without names; among fewer, one could be known again."""
FEWEST_OTHERS = 4
"""Of them, doctors whom the reader does not know by name: what is left is reckoned soon."""


def tells_of_one(doctors: int, unnamed: int) -> bool:
    """Whether a spread must be kept from somebody, since it would tell of single doctors.

    Args:
        doctors: how many are in the spread.
        unnamed: those of them whom the reader does not see by name. Where there is none, nothing
            is told that the reader does not see anyhow.
    """
    return unnamed > 0 and (doctors < FEWEST or unnamed < FEWEST_OTHERS)
