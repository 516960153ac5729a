"""The bokmål of measures and amounts in the ledger."""

import re
from fractions import Fraction

from scheduler.fairness.measures import Measure

# By value, so that a measure that is shared out later needs its words and nothing else.
_WORDS = {
    "points": "poeng",
    "nights": "netter",
    "weekends": "helger",
    "great_holidays": "høytider",
    "ordered": "pålagte timer",
    "wishes": "avslåtte ønsker",
}
_TELLING = 4  # so many letters of a word tell which it is
_AMOUNT = re.compile(r"[+-]?[0-9]{1,4}([.,][0-9]{1,2})?")


def word(measure: Measure | None) -> str:
    """«netter»; None is refused wishes."""
    return _WORDS["wishes" if measure is None else measure.value]


def per_unit(measure: Measure | None) -> int:
    """How many steps make one of what is shown: hundredths, or minutes of an hour."""
    return 100 if measure is None else int(measure.scale / measure.resolution)


def amount(measure: Measure | None, steps: int) -> str:
    """«12,50», «−0,33»: always two decimals, for columns."""
    hundredths = round(Fraction(100 * abs(steps), per_unit(measure)))
    sign = "−" if steps < 0 and hundredths else ""
    return f"{sign}{hundredths // 100},{hundredths % 100:02}"


def signed(measure: Measure | None, steps: int) -> str:
    """«+12,50»: what moves a balance."""
    text = amount(measure, steps)
    return f"+{text}" if steps > 0 and text != "0,00" else text


def measure_of(text: str) -> Measure | None:
    """The measure that a person has written: «netter», or «ønsker» for None.

    Raises:
        KeyError: there is none of this name.
    """
    asked = " ".join(text.split()).casefold()
    measures: tuple[Measure | None, ...] = (*Measure, None)
    for own in measures:
        whole = word(own)
        if asked in whole.split() or (len(asked) >= _TELLING and whole.startswith(asked)):
            return own
    raise KeyError(text)


def measure_words() -> list[str]:
    """What can be written for a measure."""
    return [word(own) for own in (*Measure, None)]


def steps_of(measure: Measure | None, text: str) -> int:
    """The steps in an amount that a person has written: «-2,5», «−2.5», «+1».

    Raises:
        ValueError: it is no such number, or has more decimals than are kept.
    """
    plain = "".join(text.split()).replace("−", "-")
    if not _AMOUNT.fullmatch(plain):
        raise ValueError(f"text ({text}) must be a number of at most two decimals")
    exact = Fraction(plain.replace(",", ".")) * per_unit(measure)
    return round(exact)
