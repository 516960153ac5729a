"""What restrictions that somebody has chosen cost the doctor who is worst off.

A restriction is a wish that binds, a limit agreed with one doctor, a pin, or a limit that the
municipality has set itself. What is somebody's right is none and is never priced; which those
are is said by whoever hands the restrictions in.
"""

from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.time import Interval


class RestrictionKind(StrEnum):
    """What kind of thing is let go."""

    WISH = "wish"
    LIMIT = "limit"
    PIN = "pin"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Restriction:
    """One thing that could be let go.

    Attributes:
        rule: id of the rule that enforces it; its constraints about the same doctor and duty
            are the restriction's.
        title: of the rule, in bokmål.
        doctor: whose it is, or None for all.
        duty: the one duty that it is about, or None for all.
        when: the time of a wish.
        stops: (doctor, unit) that it forbids before there is a model.
    """

    kind: RestrictionKind
    rule: str
    title: str
    doctor: str | None = None
    duty: str | None = None
    when: Interval | None = None
    works: bool = True
    stops: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Price:
    """What a restriction costs the worst-off doctor, in burden points.

    Attributes:
        estimate: the fall that was met when it was let go.
        low, high: between which the true price lies for sure.
    """

    restriction: Restriction
    estimate: float
    low: float
    high: float

    @property
    def proven(self) -> bool:
        """Whether the price is exact."""
        return abs(self.high - self.low) < 1e-9


@dataclass(frozen=True, slots=True)
class PriceList:
    """Prices of restrictions, the dearest first.

    Attributes:
        doctor: the worst-off, who bears them.
        left: how many there was no time for.
    """

    doctor: str | None
    prices: tuple[Price, ...]
    left: int = 0

    @property
    def told(self) -> tuple[Price, ...]:
        """Those that cost something."""
        return tuple(price for price in self.prices if price.estimate > 0)
