"""Words and numbers of the pocket calculation, as they are printed."""

from fractions import Fraction
from math import floor

from scheduler.domain.duty import Letter
from scheduler.fairness.measures import Measure

TITLES = {
    Measure.POINTS: "Poeng",
    Measure.NIGHTS: "Netter",
    Measure.WEEKENDS: "Helger",
    Measure.GREAT_HOLIDAYS: "Høytider",
    Measure.ORDERED: "Pålagte timer",
}
UNITS = {
    Measure.POINTS: ("poeng", "poeng"),
    Measure.NIGHTS: ("natt", "netter"),
    Measure.WEEKENDS: ("helg", "helger"),
    Measure.GREAT_HOLIDAYS: ("høytid", "høytider"),
    Measure.ORDERED: ("time", "timer"),
}
WORK = {
    Letter.OUT_OF_HOURS: "Legevakt",
    Letter.DAYTIME: "Daglegevakt",
    Letter.MUNICIPAL: "Kommunale oppgaver",
}


def hundredth(value: Fraction) -> Fraction:
    """To the nearest hundredth; halves away from zero, as on paper."""
    size = Fraction(floor(100 * abs(value) + Fraction(1, 2)), 100)
    return -size if value < 0 else size


def decimal(value: Fraction, digits: int = 2) -> str:
    """«−7,5»: a decimal comma, a real minus sign, at most so many decimals."""
    fold = 10**digits
    whole = floor(abs(value) * fold + Fraction(1, 2))
    if not whole:
        return "0"
    rest = f"{whole % fold:0{digits}}".rstrip("0")
    return f"{'−' if value < 0 else ''}{whole // fold}{',' if rest else ''}{rest}"


def signed(value: Fraction) -> str:
    """«+1,5», «−0,5», «0»."""
    shown = decimal(value)
    return f"+{shown}" if value > 0 and shown != "0" else shown
