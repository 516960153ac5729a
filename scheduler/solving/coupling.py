"""What ties doctors together in a plain sum, as rows over what single doctors have.

A doctor's course adds something to each row; how far all together are off the row's limits has a
price, or is forbidden. Everything else is the doctor's own. Where doctors are tied otherwise there
is no coupling.
"""

from dataclasses import dataclass

import numpy as np

from scheduler.solving.annealing import Reals
from scheduler.solving.courses import Courses, Outline
from scheduler.solving.model import TRUE
from scheduler.solving.packed import NO_LIMIT, Numbers, Packed, Sums
from scheduler.solving.state import State


@dataclass(frozen=True)
class Share:
    """How one doctor's decisions and variables, by their place in the course, enter.

    Attributes:
        course: the outline of the doctor's.
        places: the number in the model of each.
        costs: what each costs by itself.
        locals, rows, coefficients: of each term: its place, its row, what it adds there.
        uppers: the largest value of each.
    """

    course: Outline
    places: Numbers
    costs: Reals
    locals: Numbers
    rows: Numbers
    coefficients: Reals
    uppers: Reals

    def saves(self, prices: Reals) -> float:
        """What one course costs less than another, at most.

        Args:
            prices: what each row costs at most for one below or above.
        """
        rows = float(np.abs(self.coefficients * self.uppers[self.locals]) @ prices[self.rows])
        return float(np.abs(self.costs) @ self.uppers) + rows

    def reduced(self, multipliers: Reals) -> Reals:
        """What each costs where the rows pay their multipliers."""
        paid = self.coefficients * multipliers[self.rows]
        return self.costs - np.bincount(self.locals, weights=paid, minlength=len(self.costs))

    def weigh(self, values: Reals, rows: int) -> tuple[float, Reals]:
        """What a course costs by itself, and what it adds to each row.

        Args:
            values: of the course's decisions and variables, by their places.
            rows: how many there are.
        """
        added = self.coefficients * values[self.locals]
        activity: Reals = np.zeros(rows)
        np.add.at(activity, self.rows, added)
        return float(self.costs @ values), activity


@dataclass(frozen=True)
class Coupling:
    """The rows.

    Attributes:
        lows, highs: limits of each row; -inf or inf where there is none.
        under, over: what each row costs for one below or above; inf where it is forbidden.
        shares: of each doctor.
        constant: of the step.
    """

    lows: Reals
    highs: Reals
    under: Reals
    over: Reals
    shares: tuple[Share, ...]
    constant: float

    def own(self, state: State, doctor: int) -> Reals:
        """The values of a doctor's decisions and variables in a roster."""
        return state.board.values[self.shares[doctor].places].astype(np.float64)


_Key = tuple[tuple[int, int], ...]


class _Rows:
    """Rows by their terms: limits on the same sum are one row."""

    def __init__(self) -> None:
        self.terms: list[_Key] = []
        self.lows: list[float] = []
        self.highs: list[float] = []
        self.under: list[float] = []
        self.over: list[float] = []
        self._known: dict[_Key, list[int]] = {}

    def put(self, terms: _Key, low: float, high: float, price: float) -> None:
        """Add limits with a price for breaking them."""
        if terms and terms[0][0] < 0:
            terms = tuple((-c, v) for c, v in terms)
            low, high = -high, -low
        for row in self._known.setdefault(terms, []):
            lower, higher = low == -np.inf, high == np.inf
            open_low, open_high = self.lows[row] == -np.inf, self.highs[row] == np.inf
            if (lower or open_low) and (higher or open_high):
                new_low, new_high = max(low, self.lows[row]), min(high, self.highs[row])
                if new_low <= new_high:
                    self.lows[row], self.highs[row] = new_low, new_high
                    self.under[row] = self.under[row] if lower else price
                    self.over[row] = self.over[row] if higher else price
                    return
        self._known[terms].append(len(self.terms))
        self.terms.append(terms)
        self.lows.append(low)
        self.highs.append(high)
        self.under.append(0.0 if low == -np.inf else price)
        self.over.append(0.0 if high == np.inf else price)


def coupling(packed: Packed, courses: Courses) -> Coupling | None:
    """What ties the doctors of a model together in its first step; None where it is no such sum.

    A shortfall or an excess of several doctors must be priced in that step and used nowhere else.
    """
    owners = courses.owners
    if not len(packed.tops) or packed.tops[0, 0] or (owners[2 : packed.decisions + 2] < 0).any():
        return None
    prices = np.zeros(packed.size)
    first = slice(int(packed.steps.begins[0]), int(packed.steps.begins[1]))
    np.add.at(prices, packed.steps.variables[first], packed.steps.coefficients[first])
    used = np.zeros(packed.size, dtype=bool)
    used[packed.definitions.variables] = True
    used[packed.constraints.variables] = True
    used[packed.guards] = True
    rows = _Rows()
    tied = np.flatnonzero(owners[packed.defined] == -2)
    for number in tied.tolist():
        var = packed.defined[number]
        price = float(prices[var])
        if not price and not used[var]:
            continue
        terms, constant = _terms(packed.definitions, number)
        if packed.kinds[number] or used[var] or price < 0 or _deep(terms, owners):
            return None
        rows.put(terms, -np.inf, float(packed.thresholds[number]) - constant, price)
    for number in np.flatnonzero(courses.whose == -2).tolist():
        terms, constant = _terms(packed.constraints, number)
        if packed.guards[number] != TRUE or _deep(terms, owners):
            return None
        low, high = int(packed.lows[number]), int(packed.highs[number])
        rows.put(
            terms,
            -np.inf if low == -NO_LIMIT else float(low - constant),
            np.inf if high == NO_LIMIT else float(high - constant),
            np.inf,
        )
    return Coupling(
        np.array(rows.lows),
        np.array(rows.highs),
        np.array(rows.under),
        np.array(rows.over),
        _shares(rows.terms, courses, prices, packed.uppers),
        float(packed.step_constants[0] + prices[TRUE]),
    )


def _terms(sums: Sums, number: int) -> tuple[_Key, float]:
    low, high = int(sums.begins[number]), int(sums.begins[number + 1])
    coefficients = sums.coefficients[low:high].tolist()
    variables = sums.variables[low:high].tolist()
    own = sorted((v, c) for c, v in zip(coefficients, variables, strict=True) if v > TRUE)
    constant = sum(c for c, v in zip(coefficients, variables, strict=True) if v == TRUE)
    return tuple((c, v) for v, c in own), float(constant)


def _deep(terms: _Key, owners: Numbers) -> bool:
    return any(owners[v] < 0 for _, v in terms)


def _shares(
    terms: list[_Key], courses: Courses, prices: Reals, uppers: Numbers
) -> tuple[Share, ...]:
    local = np.zeros(len(prices), dtype=np.int64)
    own = [courses.outline(doctor) for doctor in range(len(courses))]
    places = [np.concatenate((course.decisions, course.variables)) for course in own]
    for numbers in places:
        local[numbers] = np.arange(len(numbers))
    flat = [(row, c, v) for row, key in enumerate(terms) for c, v in key]
    table = np.array(flat, dtype=np.int64).reshape(-1, 3)
    whose = courses.owners[table[:, 2]]
    shares = []
    for doctor, course in enumerate(own):
        mine = table[whose == doctor]
        shares.append(
            Share(
                course,
                places[doctor],
                prices[places[doctor]],
                local[mine[:, 2]],
                mine[:, 0],
                mine[:, 1].astype(np.float64),
                uppers[places[doctor]].astype(np.float64),
            )
        )
    return tuple(shares)
