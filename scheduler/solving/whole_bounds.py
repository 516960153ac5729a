"""What multipliers prove in whole numbers, doctor by doctor.

Each row that ties doctors together (`coupling.py`) pays its multiplier; a doctor's cheapest course
is then found apart from the others (`labels.py`). Together they undercut every roster, whatever the
multipliers are: a linear solver in floating point only proposes them. In a roster with a certain
score no doctor costs more over the own least than is left of that score.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import gcd, inf

import numpy as np

from scheduler.solving.annealing import Reals
from scheduler.solving.coupling import Coupling
from scheduler.solving.distinct import Small
from scheduler.solving.labels import ends, link_prices
from scheduler.solving.mixture import Column, Mixture
from scheduler.solving.packed import NO_LIMIT, Numbers
from scheduler.solving.trellis import Trellis
from scheduler.solving.walks import walk

_DIGITS = 24  # binary digits of a multiplier, at most
_EXACT = 1 << 50  # what a doctor's courses cost stays below it: also exact in floating point
_WIDTH, _AGAIN = 8, 6  # walks kept in a state; how often tolls are improved


@dataclass(frozen=True)
class Weighed:
    """What the rows pay, in whole numbers.

    Attributes:
        digits: everything below is 2**digits times as fine as the step's integers.
        rest: what does not depend on the doctors, constants included.
        costs: of each doctor's decisions and variables, by their place in the course.
        prices: of each link of each doctor's trellis; empty for who can have nothing.
    """

    digits: int
    rest: int
    costs: tuple[Numbers, ...]
    prices: tuple[Numbers, ...]


@dataclass(frozen=True)
class Limits:
    """What rosters are spoken of.

    Attributes:
        lows, highs: between what each row comes to.
        fewest, most: how much is lacking in all rows of one price together, by price.
    """

    lows: Numbers
    highs: Numbers
    fewest: tuple[int, ...]
    most: tuple[int, ...]

    @property
    def empty(self) -> bool:
        """Whether there is no such roster."""
        return bool((self.lows > self.highs).any()) or any(
            least > most for least, most in zip(self.fewest, self.most, strict=True)
        )


class WholeRows:
    """The rows, and what doctors cost, in whole numbers.

    Attributes:
        classes: the rows in which what is lacking has one price, price by price.
        free: limits that every roster keeps.

    Args:
        coupling: the rows.
        trellises: of each doctor; None for who can have nothing.

    Raises:
        ValueError: a price or a term is no whole number, or too large.
    """

    def __init__(self, coupling: Coupling, trellises: Sequence[Trellis | None]) -> None:
        """Read the rows."""
        self.coupling, self.trellises = coupling, trellises
        self.constant = _whole(np.array([coupling.constant])).item()
        self._shares = [
            (_whole(share.costs), share.locals, share.rows, _whole(share.coefficients))
            for share in coupling.shares
        ]
        self._sides = list(
            zip(
                _limits(coupling.lows),
                _limits(coupling.highs),
                _limits(coupling.under),
                _limits(coupling.over),
                strict=True,
            )
        )
        prices = [n for *_, under, over in self._sides for n in (under, over) if n is not None]
        own = [int(c) for costs, *_ in self._shares for c in costs]
        self._common = max(1, gcd(*prices, *own))
        self._most = [
            1 if t is None else int(np.abs(t.items[:, 1]).max(initial=1)) for t in trellises
        ]
        lows, highs = self._ranges()
        by_price: dict[int, list[int]] = {}
        for row, (low, _, under, _) in enumerate(self._sides):
            if low is not None and under:
                by_price.setdefault(under, []).append(row)
        self.classes = tuple(tuple(own) for own in by_price.values())
        self._class = {row: n for n, own in enumerate(self.classes) for row in own}
        most = tuple(
            sum(max(0, (self._sides[row][0] or 0) - int(lows[row])) for row in own)
            for own in self.classes
        )
        self.free = Limits(lows, highs, (0,) * len(most), most)

    def _ranges(self) -> tuple[Numbers, Numbers]:
        """Between what each row can come to."""
        lows = np.zeros(len(self._sides), dtype=np.int64)
        highs = lows.copy()
        for most, (_, _, rows, coefficients) in zip(self._most, self._shares, strict=True):
            np.add.at(lows, rows, most * np.minimum(coefficients, 0))
            np.add.at(highs, rows, most * np.maximum(coefficients, 0))
        for row, (low, high, under, over) in enumerate(self._sides):
            if low is not None and under is None:
                lows[row] = max(lows[row], low)
            if high is not None and over is None:
                highs[row] = min(highs[row], high)
        return lows, highs

    def __len__(self) -> int:
        """The number of doctors."""
        return len(self.trellises)

    def mixture(self) -> Mixture:
        """A program for mixtures of all doctors, in which what is lacking can be limited."""
        rows = self.coupling
        return Mixture(rows, np.zeros(len(rows.lows)), range(len(self)), self.classes)

    def rounded(self, low: int, digits: int) -> int:
        """The least score that a roster can have which costs no less than this."""
        unit = self._common << digits
        over = low - (self.constant << digits)
        return self.constant + self._common * -(-over // unit)

    def column(self, doctor: int, links: Small) -> Column:
        """The course that makes use of these links."""
        share, graph = self.coupling.shares[doctor], self.trellises[doctor]
        values: Reals = np.zeros(len(share.costs))
        if graph is not None:
            for kind in graph.kinds[links].tolist():
                items = graph.items[graph.item_at[kind] : graph.item_at[kind + 1]]
                values[items[:, 0]] = items[:, 1]
        taken = np.flatnonzero(values[: len(share.course.decisions)])
        cost, activity = share.weigh(values, len(self._sides))
        rows = np.flatnonzero(activity)
        decisions = tuple(share.course.decisions[taken].tolist())
        return Column(doctor, decisions, cost, rows, activity[rows])

    def score(self, columns: Iterable[Column]) -> int | None:
        """What a roster of one course a doctor costs; None where it breaks a row."""
        amounts = np.zeros(len(self._sides), dtype=np.int64)
        total = self.constant
        for column in columns:
            total += round(column.cost)
            amounts[column.rows] += np.round(column.amounts).astype(np.int64)
        for amount, (low, high, under, over) in zip(amounts.tolist(), self._sides, strict=True):
            off, price = 0, under
            if low is not None and amount < low:
                off = low - amount
            elif high is not None and amount > high:
                off, price = amount - high, over
            if off and price is None:
                return None
            total += off * (price or 0)
        return total

    def weigh(
        self, multipliers: Reals, tolls: Reals | None = None, limits: Limits | None = None
    ) -> Weighed:
        """What multipliers make of costs, as whole numbers; any are right.

        Args:
            multipliers: of the rows.
            tolls: what one that is lacking pays, by price.
            limits: of the rosters that are spoken of, in place of all.

        Raises:
            ValueError: they are so large that nothing would be exact.
        """
        proposed = np.where(np.isfinite(multipliers), multipliers, 0.0)
        widest = max(
            (
                most * float(np.abs(costs).sum() + np.abs(coefficients * proposed[rows]).sum())
                for most, (costs, _, rows, coefficients) in zip(
                    self._most, self._shares, strict=True
                )
            ),
            default=0.0,
        )
        digits = _DIGITS
        while widest * (1 << digits) >= _EXACT:
            digits -= 1
            if digits < 0:
                raise ValueError("multipliers are too large")
        factors = np.round(proposed * (1 << digits)).astype(np.int64)
        paid = [0] * len(self.classes)
        if tolls is not None:
            paid = [round(toll * (1 << digits)) for toll in tolls.tolist()]
        costs, prices = [], []
        for graph, (own, places, rows, coefficients) in zip(
            self.trellises, self._shares, strict=True
        ):
            reduced = own << digits
            np.subtract.at(reduced, places, coefficients * factors[rows])
            costs.append(reduced)
            prices.append(own[:0] if graph is None else link_prices(graph, reduced))
        rest = self._rest(factors.tolist(), paid, limits or self.free, digits)
        return Weighed(digits, rest, tuple(costs), tuple(prices))

    def _rest(self, factors: list[int], paid: list[int], limits: Limits, digits: int) -> int:
        """What rows and constants cost at least, with what they pay.

        What a row costs is straight between its limits and its sides: the least is at one of them.
        """
        rest = self.constant << digits
        for toll, least, most in zip(paid, limits.fewest, limits.most, strict=True):
            rest += toll * (least if toll > 0 else most)
        between = zip(limits.lows.tolist(), limits.highs.tolist(), strict=True)
        for row, (factor, (lowest, highest), (low, high, under, over)) in enumerate(
            zip(factors, between, self._sides, strict=True)
        ):
            lacking = (under or 0) << digits
            if row in self._class:
                lacking -= paid[self._class[row]]
            beyond = (over or 0) << digits
            at = {lowest, highest}
            at.update(side for side in (low, high) if side is not None and lowest < side < highest)
            rest += min(
                factor * amount
                + (lacking * max(0, low - amount) if low is not None else 0)
                + (beyond * max(0, amount - high) if high is not None else 0)
                for amount in at
            )
        return rest


@dataclass(frozen=True)
class Sides:
    """Between what one doctor's cheapest course lies at some prices.

    Attributes:
        low: no course is cheaper.
        high: what some course costs; None where none was met.
        tolls: on the limited sums, with which `low` was found.
    """

    low: int
    high: int | None
    tolls: Numbers


def sides(t: Trellis, costs: Numbers, prices: Numbers, tolls: Reals) -> Sides:
    """What tolls on the limited sums tell of a doctor's cheapest course.

    Args:
        t: the graph.
        costs: of decisions and variables, by their place in the course.
        prices: of its links at these.
        tolls: to begin with; improved in place.
    """
    real = costs.astype(np.float64)
    high: int | None = None
    cut = inf
    best: Sides | None = None
    for time in range(_AGAIN):
        _, found, at, links = walk(t, real, tolls, _WIDTH if time == 0 else 1, cut)
        if len(found):
            high = int(prices[links[at[0] : at[1]]].sum())
            cut = float(high) + 1.0
        whole = _safe(t, tolls)
        rest, back = ends(t, prices, whole)
        low = int(rest[-1]) + back
        if best is None or low > best.low:
            best = Sides(low, high, whole)
        if high is not None and low >= high:
            break
    assert best is not None
    return Sides(best.low, high, best.tolls)


def _safe(t: Trellis, tolls: Reals) -> Numbers:
    """Tolls as whole numbers, none where there is no limit or a sum would grow too large."""
    days = len(t.link_at)
    whole = np.zeros(len(tolls), dtype=np.int64)
    for n, toll in enumerate(tolls.tolist()):
        low, high = int(t.lows[n]), int(t.highs[n])
        side = high if toll > 0 else low
        if abs(side) >= NO_LIMIT or not np.isfinite(toll):
            continue
        largest = max(abs(side), int(np.abs(t.gains[:, n]).max(initial=0)) * days, 1)
        most = (_EXACT << 8) // (largest * len(tolls))
        whole[n] = max(-most, min(most, round(toll)))
    return whole


def _whole(numbers: Reals) -> Numbers:
    found = np.round(numbers).astype(np.int64)
    if (found != numbers).any() or (np.abs(found) >= 1 << 40).any():
        raise ValueError("every price and term must be a whole number")
    return found


def _limits(numbers: Reals) -> list[int | None]:
    finite = np.isfinite(numbers)
    whole = _whole(np.where(finite, numbers, 0.0)).tolist()
    return [n if ok else None for n, ok in zip(whole, finite.tolist(), strict=True)]
